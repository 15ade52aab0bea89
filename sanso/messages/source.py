"""Where a value of the inventory stands: paths into the city's document, and file, line and column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Location:
    """A place in a text file; line and column start at 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


Locate = Callable[[Path], Location | None]


def nowhere(path: Path) -> Location | None:
    """Locate nothing: for cities that were made in memory and stand in no file."""
    del path
    return None
