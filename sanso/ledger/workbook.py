"""Workbooks (xlsx): values as they were last shown, merged cells, hidden sheets and rows."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from sanso.ledger.place import Cell
from sanso.ledger.sheet import UNCOUNTED, Findings, Row, Sheet
from sanso.ledger.words import tidy
from sanso.messages.source import Location

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Begin of an old workbook (xls), and of one with a password (MS-CFB 2.2)."""


def read_workbook(file: Path, shown: str, wanted: list[str], findings: Findings) -> list[Sheet]:
    """The sheets that are wanted, else those in sight; none where the file cannot be read."""
    with file.open("rb") as stream:
        if stream.read(len(_OLE)) == _OLE:
            findings.error("LEDGER-02", Location(shown, 1, 1), "old")
            return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of looks and checks that openpyxl does not keep
            book = load_workbook(file, data_only=True)
            uncounted = _uncounted(file)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, EOFError) as error:
        findings.error("LEDGER-02", Location(shown, 1, 1), "workbook", problem=str(error))
        return []
    titles = [sheet.title for sheet in book.worksheets]
    for name in wanted:
        if name not in titles:
            findings.error("LEDGER-02", Location(shown, 1, 1), "sheet", sheet=name, known=", ".join(titles))
    sheets = []
    for sheet in book.worksheets:
        if sheet.title not in wanted if wanted else sheet.sheet_state != "visible":
            continue
        rows = list(_rows(sheet))
        for line, column in uncounted.get(sheet.title, []):
            rows[line - 1].cells[column - 1] = UNCOUNTED
        problems = Findings()
        sheets.append(Sheet(shown, rows, sheet.title, problems))
        hidden = [number for number, row in sheet.row_dimensions.items() if row.hidden and number <= sheet.max_row]
        if hidden:
            place = Cell(shown, hidden[0], 1, sheet.title)
            problems.warning("LEDGER-02", place, "hidden", count=len(hidden), line=hidden[0])
    return sheets


def _rows(sheet: Worksheet) -> Iterator[Row]:
    """Rows of text; cells merged from above have what stands in the first of them."""
    below = {
        (line, merged.min_col): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for line in range(merged.min_row + 1, merged.max_row + 1)
    }
    lines = {line for line, _ in below}
    shown: dict[tuple[int, int], str] = {}
    tops = set(below.values())
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(value) for value in values]
        if number in lines:
            for index in range(len(cells)):
                if (top := below.get((number, index + 1))) is not None:
                    cells[index] = shown[top]
        for index, cell in enumerate(cells):
            if (number, index + 1) in tops:
                shown[(number, index + 1)] = cell
        yield Row(number, cells)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _uncounted(file: Path) -> dict[str, list[tuple[int, int]]]:
    """Cells with a formula whose value nobody stored, by sheet."""
    with ZipFile(file) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        if not any(b"<f>" in (data := archive.read(name)) or b"<f " in data or b"<f/" in data for name in parts):
            return {}
    values = load_workbook(file, data_only=True, read_only=True)
    formulas = load_workbook(file, read_only=True)
    found: dict[str, list[tuple[int, int]]] = {}
    for sheet in formulas.worksheets:
        stored = values[sheet.title]
        for line, (row, shown) in enumerate(zip(sheet.iter_rows(), stored.iter_rows(), strict=True), start=1):
            for column, (cell, value) in enumerate(zip(row, shown, strict=True), start=1):
                if cell.data_type == "f" and value.value is None:
                    found.setdefault(sheet.title, []).append((line, column))
    return found
