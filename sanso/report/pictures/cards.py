"""The upper part of the picture: layers side by side, each with its segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sanso.proof.cells import OUTSIDE, Cell, State
from sanso.proof.matrix import Matrix
from sanso.report.pictures.look import FAINT, GAP, INK, PAPER, Names, colour
from sanso.report.pictures.svg import Drawing, fitted, shortened

NAME, NAME_LEAST = 13.0, 6.0
SMALL = 9.5
LINE, LINE_LEAST = 13.0, 8.5
HEAD = 62.0
MOST = 12
"""Segments that a card tells; of more it tells how many."""


class Column(NamedTuple):
    """A layer's part of the page."""

    layer: str
    left: float
    width: float

    @property
    def middle(self) -> float:
        """Where its arrows begin and end."""
        return self.left + self.width / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width


class _Line(NamedTuple):
    """A line of a card, what the pointer shows there, and whether it goes on from the line before."""

    words: str
    size: float
    title: str
    goes_on: bool


def columns(layers: Sequence[str], left: float, width: float) -> list[Column]:
    """The page in equal parts."""
    pitch = (width + GAP) / len(layers)
    return [Column(layer, left + place * pitch, pitch - GAP) for place, layer in enumerate(layers)]


def count(names: Iterable[str]) -> int:
    """So many different ones; what has no name does not count."""
    return len({*names} - {""})


class Cards:
    """What each layer holds."""

    def __init__(self, matrix: Matrix, names: Names) -> None:
        self.matrix = matrix
        self.names = names

    def draw(self, page: Drawing, row: Sequence[Column], top: float) -> float:
        """Draw a card for each column, all of one height; their lower edge."""
        written = [self._lines(column) for column in row]
        height = HEAD + LINE * max(map(len, written))
        for column, lines in zip(row, written, strict=True):
            ink = colour(column.layer)
            page.box(column.left, top, column.width, height, rx=5, fill=PAPER, stroke=ink)
            page.box(column.left, top, column.width, 24, rx=5, fill=ink)
            page.box(column.left, top + 14, column.width, 10, fill=ink)
            self._head(page, column, top)
            for number, line in enumerate(lines):
                y = top + HEAD + 2 + LINE * number
                if not line.goes_on:
                    page.shape("circle", cx=column.left + 10, cy=y - 3.2, r=1.8, fill=ink)
                page.text(column.left + 16, y, line.words, line.size, line.title, fill=INK)
        return top + height

    def _head(self, page: Drawing, column: Column, top: float) -> None:
        """Its name, how many segments and sites, and what passes inside."""
        limit, left = column.width - 14, column.left + 7
        name, size = fitted(self.names.layer(column.layer), NAME, NAME_LEAST, limit)[0]
        bold = {"font_weight": "bold", "fill": PAPER}
        page.text(column.middle, top + 17, name, size, column.layer, anchor="middle", **bold)
        if column.layer == OUTSIDE.layer:
            for number, (words, small) in enumerate(fitted(self.names.say("line_out"), SMALL, SMALL, limit)):
                page.text(left, top + 37 + LINE * number, words, small, fill=FAINT)
            return
        places = [place for place in self.matrix.places if place.layer == column.layer]
        counts = {"segments": count(one.segment for one in places), "sites": count(one.site for one in places)}
        if any(counts.values()):
            page.text(left, top + 37, shortened(self.names.say("counts", **counts), SMALL, limit), SMALL, fill=FAINT)
        state = self.matrix.layers.get((column.layer, column.layer), Cell()).state
        _gauge(page, left + 4.5, top + 46.6, state)
        words = shortened(self.names.say(f"within.{state}"), SMALL, limit - 12)
        page.text(left + 12, top + 50, words, SMALL, fill=FAINT)

    def _lines(self, column: Column) -> list[_Line]:
        sites: dict[str, dict[str, None]] = {}
        for place in self.matrix.places:
            if place.layer == column.layer and place.segment:
                sites.setdefault(place.segment, {})[self.names.site(place.site)] = None
        found: list[_Line] = []
        for segment in list(sites)[:MOST]:
            title = f"{segment}: {', '.join(sites[segment])}"
            lines = fitted(self.names.segment(segment), SMALL, LINE_LEAST, column.width - 22)
            found += [_Line(words, size, title, number > 0) for number, (words, size) in enumerate(lines)]
        if left := [self.names.segment(segment) for segment in list(sites)[MOST:]]:
            found.append(_Line(self.names.say("more", count=len(left)), SMALL, ", ".join(left), goes_on=True))
        return found


def _gauge(page: Drawing, x: float, y: float, state: State) -> None:
    """A circle that is full, half full or empty: everything passes, something, nothing."""
    page.shape("circle", cx=x, cy=y, r=4, fill=FAINT if state == "allowed" else PAPER, stroke=FAINT)
    if state == "partly":
        page.shape("path", d=f"M {x:.1f} {y - 4:.1f} A 4 4 0 0 1 {x:.1f} {y + 4:.1f} Z", fill=FAINT)
