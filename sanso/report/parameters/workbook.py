"""Sheets as a workbook (Office Open XML) that prints on A4 across, and is the same whenever it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from math import ceil
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sanso.report.parameters.sheet import Sheet, Value
from sanso.report.visible import visible

NARROW, WIDE = 8, 36
"""Widths of columns in digits of 11 points, as workbooks count; what is longer goes on below."""
SMALLER = 1.15
"""So many characters of 9 points are as wide as one of those, on the safe side."""
LINE = 12.5
"""Height of a line of text, in points."""
SHEET = 230
"""Characters that are printed side by side on a sheet of paper, at two thirds of their size."""
_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""
_LINE = Side(style="thin", color="FF9AA3AF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_EPOCH = b"2000-01-01T00:00:00Z"


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in _styles():
        book.add_named_style(style)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    out = BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _styles() -> list[NamedStyle]:
    ground = PatternFill("solid", fgColor="FFE4E9F0")
    formats = {"text": "@", "number": "0", "day": "yyyy-mm-dd"}
    return [
        _style("head", "@", bold=True, fill=ground),
        *(_style(name, shown) for name, shown in formats.items()),
    ]


def _style(name: str, number_format: str, *, bold: bool = False, fill: PatternFill | None = None) -> NamedStyle:
    return NamedStyle(
        name,
        font=Font(name="Yu Gothic", size=9, bold=bold),
        fill=fill or PatternFill(),
        border=_BORDER,
        alignment=Alignment(horizontal="left", vertical="top", wrap_text=True),
        number_format=number_format,
    )


def _fill(page: Worksheet, sheet: Sheet) -> None:
    rows: list[list[Value]] = [list(sheet.head), *sheet.rows]
    widths = [_width(row[column] for row in rows) for column in range(len(sheet.columns))]
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            _write(page, line, column, value, "head" if line == 1 else _style_of(value))
        page.row_dimensions[line].height = LINE * max(map(_lines, row, widths)) + 3
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
    _print(page, sheet, pages=ceil(sum(widths) / SHEET))


def _write(page: Worksheet, line: int, column: int, value: Value, style: str) -> None:
    """Put a value into a cell; words are words, however they begin."""
    cell = page.cell(line, column)
    cell.style = style
    if isinstance(value, str) and value:
        cell.value = visible(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_SIGNS)  # so that they stay words when somebody edits them
    elif value != "":
        cell.value = value


def _style_of(value: Value) -> str:
    return "number" if isinstance(value, int) else "day" if isinstance(value, date) else "text"


def _width(values: Iterable[Value]) -> int:
    longest = max(_columns(line) for value in values for line in _text(value).split("\n"))
    return min(max(ceil(longest / SMALLER) + 2, NARROW), WIDE)


def _lines(value: Value, width: int) -> int:
    """Lines that a value takes in a column; spreadsheets do not grow rows by themselves when they open a file."""
    return sum(max(1, ceil(_columns(line) / ((width - 1) * SMALLER))) for line in _text(value).split("\n"))


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _columns(words: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in words)


def _print(page: Worksheet, sheet: Sheet, pages: int) -> None:
    """A4 across, so many side by side; the heading and the first column on each, and which sheet it is."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = pages, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows, page.print_title_cols = "1:1", "A:A"
    page.oddHeader.left.text = sheet.title  # type: ignore[union-attr]  # every sheet has both
    page.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr]
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.8


def _timeless(data: bytes) -> bytes:
    """The same archive without the moment at which it was written."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            part = _STAMP.sub(rb"\g<1>" + _EPOCH + rb"\3", old.read(one))
            new.writestr(ZipInfo(one.filename), part, ZIP_DEFLATED)
    return out.getvalue()
