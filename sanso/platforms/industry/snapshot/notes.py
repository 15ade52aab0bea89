"""What a reader could not read, and how much it could."""

from __future__ import annotations

from collections.abc import Iterable

from sanso.network.secrets import without_secrets
from sanso.network.snapshot import Line, Unread
from sanso.platforms.industry.snapshot.text import Block


class Notes:
    """Keeps the unread lines of one text."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines = 0
        self.mentions: set[str] = set()
        """Words of lines that are not modelled, and of those that name object groups."""
        self._unread: list[Unread] = []
        self._missed: set[int] = set()

    def default(self, text: str) -> Line:
        """What holds though no line says it."""
        return Line(self.file, 0, text)

    def unread(self, line: Line, why: str, interface: str = "") -> None:
        """A line that was not taken in; it is told, and so without secrets."""
        self.warn(line, why, interface)
        self._missed.add(line.number)

    def unread_block(self, block: Block, why: str, interface: str = "") -> None:
        """A line that was not taken in, and with it all below: one entry for the whole."""
        self.unread(block.line, why, interface)
        self.missed(block.rows)

    def warn(self, line: Line, why: str, interface: str = "") -> None:
        """A line that was taken in, but whose effect is not known for sure."""
        self._unread.append(Unread(line._replace(text=without_secrets(line.text)), why, interface))

    def missed(self, lines: Iterable[Line]) -> None:
        """Lines that belong to one that was not taken in."""
        self._missed.update(line.number for line in lines)

    @property
    def all(self) -> tuple[Unread, ...]:
        """Unread lines in the order of the text."""
        return tuple(sorted(self._unread, key=lambda unread: unread.line.number))

    @property
    def understood(self) -> int:
        """How many lines were taken in, or are known not to matter."""
        return self.lines - len(self._missed)
