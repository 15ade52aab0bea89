"""Find the row of a sheet that names its columns, and which column is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sanso.ledger.sheet import Findings, Row, Sheet
from sanso.ledger.words import fold
from sanso.messages.catalogue import Phrase

LOOK_AT = 30
"""Rows that are looked at for headers; titles, dates and approvals stand above them."""


@dataclass(frozen=True)
class Header:
    """Index of the header's row, and the column of each field, both from 0."""

    index: int
    columns: Mapping[str, int]


class Columns:
    """What a ledger may call its columns.

    Args:
        named: field → header, as the inventory source says it.
        known: field → well-known headers, the best first.
    """

    def __init__(self, named: Mapping[str, str], known: Mapping[str, Sequence[str]]) -> None:
        self.named = named
        self.words = {field: [named[field]] if field in named else list(words) for field, words in known.items()}

    def match(self, row: Row) -> tuple[dict[str, int], list[str]]:
        """Columns of the fields that a row names, and headers that it has twice."""
        at: dict[str, list[int]] = {}
        for index, cell in enumerate(row.cells):
            at.setdefault(fold(cell), []).append(index)
        columns, twice = {}, []
        for field, words in self.words.items():
            word = next((word for word in map(fold, words) if word in at), None)
            if word is not None:
                columns[field] = at[word][0]
                twice += [row.cells[at[word][0]]] if len(at[word]) > 1 else []
        return columns, twice

    def enough(self, found: Mapping[str, int]) -> bool:
        """Whether this is a header: of a name alone only where the source says what it is called."""
        return "name" in found and (len(found) > 1 or "name" in self.named)


def best_sheet(sheets: Sequence[Sheet], columns: Columns) -> Sheet:
    """Of several readings of the same file, the one with the most columns that are known."""
    return max(sheets, key=lambda sheet: max((len(columns.match(row)[0]) for row in sheet.rows[:LOOK_AT]), default=0))


def find_header(sheet: Sheet, columns: Columns, line: int | None, findings: Findings) -> Header | None:
    """The header of a sheet; None, and a finding, where there is none or it cannot be told."""
    looked_at = [
        index
        for index, row in enumerate(sheet.rows)
        if (row.line == line if line else index < LOOK_AT) and any(row.cells)
    ]
    if not looked_at:
        findings.error("LEDGER-03", sheet.place(line or 1), "empty")
        return None
    best = max(looked_at, key=lambda index: len(columns.match(sheet.rows[index])[0]))
    row = sheet.rows[best]
    found, twice = columns.match(row)
    shown = [cell for cell in row.cells if cell]
    if not columns.enough(found):
        wanted = [columns.words["name"][0], *(words[0] for field, words in columns.words.items() if field != "name")]
        where = sheet.place(row.line)
        findings.error("LEDGER-03", where, "header", wanted=", ".join(wanted), found=", ".join(shown)[:200])
        return None
    faults = Findings()
    for header in twice:
        faults.error("LEDGER-03", sheet.place(row.line, row.cells.index(header)), "twice", header=header)
    for field, header in columns.named.items():
        if field not in found:
            near = get_close_matches(header, shown, n=1, cutoff=0.3)
            args = {
                "field": Phrase(f"ledger.field.{field}"),
                "header": header,
                "known": ", ".join(shown),
                "near": near[0] if near else shown[0],
            }
            faults.error("LEDGER-03", sheet.place(row.line), "column", **args)
    findings.add(faults.all)
    return None if faults.all else Header(best, found)
