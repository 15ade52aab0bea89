"""A sheet as plain rows, and how the city's things are called in it: in Japanese, with the inventory's own names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sanso.city.element import Named
from sanso.city.model import City
from sanso.messages import text

Value = str | int | date | None


@dataclass
class Sheet:
    """A table: catalogue keys of its title and columns, and its rows."""

    key: str
    columns: tuple[str, ...]
    rows: list[list[Value]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its name, which spreadsheets show on a tab."""
        return f"{text(f'sheet.title.{self.key}', 'ja')} {text(f'sheet.title.{self.key}', 'en')}"

    @property
    def head(self) -> list[str]:
        """Headings: Japanese, and English below."""
        keys = (f"sheet.column.{column}" for column in self.columns)
        return [f"{text(key, 'ja')}\n{text(key, 'en')}" for key in keys]


class Names:
    """What things are called."""

    def __init__(self, city: City) -> None:
        self.city = city

    def segment(self, name: str | None) -> str:
        """A segment; empty where there is none."""
        return _called(name, self.city.segments)

    def segments(self, names: Iterable[str]) -> str:
        """Segments with their VLANs, one below the other."""
        return "\n".join(f"{self.vlan(name)} {self.segment(name)}" for name in names)

    def vlan(self, segment: str | None) -> int | None:
        """VLAN id of a segment."""
        return self.city.segments[segment].vlan if segment is not None else None

    def vlans(self, segments: Iterable[str]) -> str:
        """VLAN ids of segments in one line."""
        return ", ".join(map(str, sorted(self.city.segments[name].vlan for name in segments)))

    def layer(self, segment: str) -> str:
        """The layer of a segment."""
        return layer(self.city.segments[segment].layer)

    def site(self, name: str | None) -> str:
        """A site; empty where there is none."""
        return _called(name, self.city.sites)

    def sites(self, names: Iterable[str]) -> str:
        """Sites, one below the other."""
        return "\n".join(map(self.site, names))

    def node(self, name: str | None) -> str:
        """A node; empty where there is none."""
        return _called(name, self.city.nodes)


def _called(name: str | None, known: Mapping[str, Named]) -> str:
    if not name:
        return ""
    return f"{known[name].name_ja} ({name})" if name in known else name


def layer(name: str) -> str:
    """A layer."""
    return f"{text(f'picture.layer.{name}', 'ja')} ({name})"


def word(kind: str, value: str | None) -> str:
    """A word of the inventory; empty where nothing is said."""
    return "" if value is None else f"{text(f'sheet.word.{kind}.{value}', 'ja')} ({value})"


def yes(value: bool) -> str:
    """Whether something is so, as such sheets say it."""
    return "○" if value else "-"


def lines(values: Iterable[object]) -> str:
    """Values one below the other."""
    return "\n".join(map(str, values))


def shown(value: object | None) -> str:
    """A value as text; empty where there is none."""
    return "" if value is None else str(value)
