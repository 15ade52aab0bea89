"""A sheet as rows of tidied text, whatever file it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sanso.ledger.place import Cell
from sanso.messages import Finding, Severity
from sanso.messages.source import Location

UNCOUNTED = "="
"""Text of a cell with a formula whose value nobody stored: a program wrote it, and no spreadsheet since."""


@dataclass
class Findings:
    """What was found on the way, gathered."""

    all: list[Finding] = field(default_factory=list)

    def error(self, rule: str, place: Location | None, variant: str = "", /, **args: Any) -> None:
        """Something for which what stands there is left out."""
        self.all.append(Finding(rule, Severity.ERROR, (), place, args, variant))

    def warning(self, rule: str, place: Location | None, variant: str = "", /, **args: Any) -> None:
        """Something that somebody should look at."""
        self.all.append(Finding(rule, Severity.WARNING, (), place, args, variant))

    def add(self, findings: Iterable[Finding]) -> None:
        """Take in what was found elsewhere."""
        self.all.extend(findings)


@dataclass(slots=True)
class Row:
    """Cells of a row of a workbook, or of the record that begins on a line of a file."""

    line: int
    cells: list[str]

    def cell(self, index: int) -> str:
        """Text of a cell; empty where the row ends before it."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass
class Sheet:
    """Rows of a sheet; a file of separated values is one, without a name."""

    file: str
    rows: list[Row]
    name: str = ""
    problems: Findings = field(default_factory=Findings)

    @property
    def separated(self) -> bool:
        """Whether the rows come from a file of separated values."""
        return not self.name

    def place(self, line: int, index: int = 0) -> Location:
        """Place of a cell; ``index`` counts from 0."""
        return Cell(self.file, line, index + 1, self.name) if self.name else Location(self.file, line, index + 1)
