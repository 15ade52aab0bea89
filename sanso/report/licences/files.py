"""The report as files: CSV for spreadsheets, and one page of HTML that needs nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from sanso.messages import Language
from sanso.report.licences.page import page
from sanso.report.licences.rows import HEAD, terminal_rows
from sanso.report.licences.table import say
from sanso.report.licences.words import Record

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell."""


def write_licences(records: Sequence[Record], folder: Path, run: str, lang: Language) -> list[Path]:
    """Write ``licences.csv`` and ``licences.html``; the folder is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    table, document = folder / "licences.csv", folder / "licences.html"
    # Excel takes UTF-8 only with a byte order mark, and shows Japanese as rubbish without it
    table.write_text(csv_text(records, lang), encoding="utf-8-sig", newline="")
    document.write_text(page(records, run, lang), encoding="utf-8")
    return [table, document]


def csv_text(records: Sequence[Record], lang: Language) -> str:
    """One line for each application on each terminal (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([say(name, lang) for name in HEAD])
    writer.writerows(_plain(row) for record in records for row in terminal_rows(record, lang))
    return out.getvalue()


def _plain(row: Sequence[str]) -> Iterator[str]:
    """Cells that no spreadsheet runs: details come from terminals."""
    yield from (f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row)
