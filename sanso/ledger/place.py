"""Where a value stands that is not in a text file: a cell of a workbook, an entry of a directory."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from sanso.messages.source import Location


@dataclass(frozen=True, order=True)
class Cell(Location):
    """A cell of a sheet; ``line`` and ``column`` are its row and column, from 1."""

    sheet: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.sheet}!{get_column_letter(self.column)}{self.line}"


@dataclass(frozen=True, order=True)
class Entry(Location):
    """An entry of a directory; ``file`` is the server's address."""

    dn: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.dn}" if self.dn else self.file
