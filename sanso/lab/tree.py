"""Configuration as a tree of lines, each found by the words that make it the one it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

_rank = attrgetter("rank")


@dataclass
class Entry:
    """One line: ``key`` names it, ``value`` is what another line of the same key would replace.

    ``shown`` is the line as printed where that is not the key with the value behind it.
    """

    key: str
    value: str = ""
    rank: int = 0
    section: "Section | None" = None
    shown: str = ""

    @property
    def text(self) -> str:
        """The line as printed."""
        return self.shown or (f"{self.key} {self.value}" if self.value else self.key)


@dataclass
class Section:
    """Lines by key.  ``rank`` orders them when printed; lines of one rank stay in the order they came.

    ``closing`` is a line printed behind them, as far in as the line above them.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    closing: str = ""

    def set(self, key: str, value: str = "", rank: int = 0, shown: str = "") -> Entry:
        """Add the line, or replace the one of that key in its place; a section below it is kept."""
        entry = self.entries.get(key)
        if entry is None:
            entry = self.entries[key] = Entry(key)
        entry.value, entry.rank, entry.shown = value, rank, shown
        return entry

    def open(self, key: str, value: str = "", rank: int = 0) -> "Section":
        """Give the section below the line, both made if need be."""
        entry = self.entries.get(key) or self.set(key, value, rank)
        if entry.section is None:
            entry.section = Section()
        return entry.section

    def remove(self, key: str) -> bool:
        """Remove the line of that key with all below it, and say whether it was there."""
        return self.entries.pop(key, None) is not None

    def value(self, key: str, default: str = "") -> str:
        """Give the value of the line of that key."""
        entry = self.entries.get(key)
        return default if entry is None else entry.value

    def __contains__(self, key: str) -> bool:
        return key in self.entries

    def under(self, prefix: str) -> Iterator[Entry]:
        """Give the lines whose key begins with the words of ``prefix``, in printed order."""
        longer = prefix + " "
        found = [one for one in self.entries.values() if one.key == prefix or one.key.startswith(longer)]
        yield from sorted(found, key=_rank)

    def ordered(self) -> list[Entry]:
        """Give the lines in the order in which they are printed."""
        return sorted(self.entries.values(), key=_rank)

    def copy(self) -> "Section":
        """Give lines of their own that read the same."""
        return Section(
            {
                key: Entry(one.key, one.value, one.rank, one.section.copy() if one.section else None, one.shown)
                for key, one in self.entries.items()
            }
        )

    def render(self, indent: str = "", step: str = " ") -> Iterator[str]:
        """Give the printed lines, those of sections ``step`` further in."""
        for entry in self.ordered():
            yield indent + entry.text
            if entry.section is not None:
                yield from entry.section.render(indent + step, step)
                if entry.section.closing:
                    yield indent + entry.section.closing
