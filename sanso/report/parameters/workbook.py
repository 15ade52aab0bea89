"""Sheets as a workbook (Office Open XML) that prints on A4 across, and is the same whenever it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from unicodedata import east_asian_width
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sanso.report.parameters.sheet import Sheet, Value
from sanso.report.visible import visible

NARROW, WIDE = 6, 42
"""Widths of columns in characters; what is longer goes on below."""
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
        alignment=Alignment(vertical="top", wrap_text=True),
        number_format=number_format,
    )


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for column, words in enumerate(sheet.head, start=1):
        _write(page, 1, column, words, "head")
    for line, row in enumerate(sheet.rows, start=2):
        for column, value in enumerate(row, start=1):
            _write(page, line, column, value, _style_of(value))
    for column in range(1, len(sheet.columns) + 1):
        cells = [sheet.head[column - 1], *(row[column - 1] for row in sheet.rows)]
        page.column_dimensions[get_column_letter(column)].width = _width(cells)
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
    _print(page, sheet)


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


def _width(values: Iterable[Value]) -> float:
    longest = max(_columns(line) for value in values for line in str(value or "").split("\n"))
    return min(max(longest + 2, NARROW), WIDE)


def _columns(words: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in words)


def _print(page: Worksheet, sheet: Sheet) -> None:
    """A4 across, as wide as the sheet, the heading on each, and which sheet it is."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    page.oddHeader.left.text = sheet.title  # type: ignore[union-attr]  # every sheet has both
    page.oddFooter.right.text = "&P / &N"  # type: ignore[union-attr]
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.6


def _timeless(data: bytes) -> bytes:
    """The same archive without the moment at which it was written."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            part = _STAMP.sub(rb"\g<1>" + _EPOCH + rb"\3", old.read(one))
            new.writestr(ZipInfo(one.filename), part, ZIP_DEFLATED)
    return out.getvalue()
