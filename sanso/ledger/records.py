"""From a ledger's file to its records: each row that says something, with the place of each value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sanso.ledger.header import Columns, Header, best_sheet, find_header
from sanso.ledger.separated import read_separated
from sanso.ledger.sheet import UNCOUNTED, Findings, Row, Sheet
from sanso.ledger.spec import Loans, Terminals
from sanso.ledger.words import fold, folded, well_known
from sanso.ledger.workbook import read_workbook
from sanso.messages.source import Location


@dataclass(slots=True)
class Record:
    """A row's values by field."""

    values: dict[str, str]
    row: Row
    sheet: Sheet
    columns: Header
    faulty: bool = False
    """Whether something was found in it, so that it is left out."""

    def get(self, field: str) -> str | None:
        """A value; None where the cell is empty or says in a word that there is nothing."""
        value = self.values.get(field, "")
        return None if fold(value) in _NOTHING else value

    def place(self, field: str = "name") -> Location:
        """Place of a field; of the row where the sheet does not have it."""
        return self.sheet.place(self.row.line, self.columns.columns.get(field, 0))


_NOTHING = folded("nothing") | {""}
_TOTALS = folded("totals")
_NOTES = tuple(well_known()["notes"])
_BROKEN = frozenset(well_known()["broken"])


def read_records(ledger: Terminals | Loans, kind: str, folder: Path, findings: Findings) -> Iterator[Record]:
    """Records of a ledger; ``kind`` says what it is a ledger of, in ``words.yml``."""
    columns = Columns({str(field): header for field, header in ledger.columns.items()}, well_known()[kind])
    for sheet in _sheets(ledger, columns, folder, findings):
        findings.add(sheet.problems.all)
        header = find_header(sheet, columns, ledger.header, findings)
        if header is not None:
            yield from _records(sheet, header, findings)


def _sheets(ledger: Terminals | Loans, columns: Columns, folder: Path, findings: Findings) -> list[Sheet]:
    file = folder / ledger.file
    shown = str(file.relative_to(here) if file.is_relative_to(here := Path.cwd()) else file)
    try:
        if file.suffix.lower() in {".xlsx", ".xlsm"}:
            return _in_use(read_workbook(file, shown, ledger.sheets, findings), columns, ledger, findings)
        if file.suffix.lower() == ".xls":
            findings.error("LEDGER-02", Location(shown, 1, 1), "old")
            return []
        readings = read_separated(file, shown, ledger.encoding, findings)
    except OSError as error:
        findings.error("LEDGER-02", Location(shown, 1, 1), "file", problem=error.strerror or str(error))
        return []
    return [best_sheet(readings, columns)] if readings else []


def _in_use(sheets: list[Sheet], columns: Columns, ledger: Terminals | Loans, findings: Findings) -> list[Sheet]:
    """Of the sheets that nobody chose, those with headers; the others are named, if there is anything in them."""
    if ledger.sheets or len(sheets) < 2:
        return sheets
    used = [sheet for sheet in sheets if find_header(sheet, columns, ledger.header, Findings()) is not None]
    for sheet in sheets if used else []:
        if sheet not in used and any(any(row.cells) for row in sheet.rows):
            findings.warning("LEDGER-02", sheet.place(1), "unused", sheet=sheet.name)
    return used or sheets


def _records(sheet: Sheet, header: Header, findings: Findings) -> Iterator[Record]:
    names = sheet.rows[header.index].cells
    for row in sheet.rows[header.index + 1 :]:
        if _says_nothing(row, names):
            continue
        record = Record({field: row.cell(index) for field, index in header.columns.items()}, row, sheet, header)
        broken = [field for field, value in record.values.items() if value in _BROKEN or value == UNCOUNTED]
        for field in broken:
            value = record.values[field]
            variant = "uncounted" if value == UNCOUNTED else "broken"
            findings.error(
                "LEDGER-04", record.place(field), variant, header=names[header.columns[field]], value=value
            )
        wide = sheet.separated and any(row.cells[len(names) :])
        if wide:
            findings.error("LEDGER-04", record.place(), "wide", cells=len(row.cells), headers=len(names))
        record.faulty = wide or bool(broken)
        yield record


def _says_nothing(row: Row, names: list[str]) -> bool:
    """Whether a row is blank, repeats the header, adds up, or is a note below the table."""
    filled = [cell for cell in row.cells if cell]
    if not filled or row.cells == names:
        return True
    return fold(filled[0]).rstrip(":") in _TOTALS or (len(filled) == 1 and filled[0].startswith(_NOTES))
