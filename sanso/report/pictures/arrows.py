"""The middle of the picture: an arrow for each edge, from layer to layer, in as few rows as they fit in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from sanso.proof.placement import Place
from sanso.report.pictures.cards import Column
from sanso.report.pictures.edges import Edge, Kind
from sanso.report.pictures.look import ALARM, ALARM_PALE, EGRESS, FAINT, FLOW, GAP, INK, PAPER, Names, colour
from sanso.report.pictures.svg import Drawing, fitted, measure, shortened

ROW, ABOVE, BELOW = 37.0, 24.0, 6.0
"""Height of a row, where its line is, and what is left free after the last."""
LABEL, BOLDER, ABOVE_LINE = 10.5, 1.08, 8.5
"""Size of labels, how much wider bold ones are, and where they stand."""
END, END_LEAST, END_LINE = 8.5, 7.6, 9.5
"""Sizes of the names of segments below the line, and their height."""
HALO: Mapping[str, str] = {"paint_order": "stroke", "stroke": PAPER, "stroke_width": "3", "stroke_linejoin": "round"}
"""Keeps text apart from the lines behind it."""

Titles = Mapping[tuple[Place, Place, Kind], str]
"""What the pointer shows at an edge."""


class Pen(NamedTuple):
    """How a kind of edge is drawn."""

    ink: str
    thick: float
    dashes: str = "none"


PENS: Mapping[Kind, Pen] = {"crossing": Pen(ALARM, 3.2), "flow": Pen(FLOW, 1.8), "egress": Pen(EGRESS, 1.4, "5 3")}


class _Arrow(NamedTuple):
    """An edge as it is written, and the room that it takes."""

    edge: Edge
    label: str
    begin: float
    end: float
    middle: float
    """Of its label."""
    left: float
    right: float

    @property
    def is_crossing(self) -> bool:
        return self.edge.kind == "crossing"

    def is_apart(self, other: _Arrow) -> bool:
        """Whether both may stand in one row."""
        aside = self.right + GAP <= other.left or other.right + GAP <= self.left
        return aside and self.is_crossing == other.is_crossing


class Arrows:
    """Everything that is open between layers."""

    def __init__(self, row: Sequence[Column], names: Names, titles: Titles) -> None:
        self.row = row
        self.at = {column.layer: column for column in row}
        self.names = names
        self.titles = titles

    def draw(self, page: Drawing, edges: Iterable[Edge], top: float) -> float:
        """Draw them below the cards; the lower edge."""
        rows = _packed(self._arrow(edge) for edge in edges)
        heights = [self._height(together) for together in rows]
        height = (sum(heights) if rows else ROW) + BELOW
        for column in self.row:
            ink, x = colour(column.layer), column.middle
            page.box(column.left, top, column.width, height, fill=ink, fill_opacity=0.07)
            page.line((x, top), (x, top + height), stroke=ink, stroke_opacity=0.45)
        if not rows:
            middle = (self.row[0].left + self.row[-1].right) / 2
            page.text(middle, top + 26, self.names.say("none"), 11, anchor="middle", fill=FAINT, **HALO)
        for together, before in zip(rows, accumulate(heights, initial=ABOVE), strict=False):
            for arrow in together:
                self._draw(page, arrow, top + before)
        return top + height

    # ----- layout ---------------------------------------------------------------------------------------------

    def _arrow(self, edge: Edge) -> _Arrow:
        first, last = self.row[0].left, self.row[-1].right
        said = edge.words.said(self.names.lang)
        label = self.names.say("unapproved", services=said) if edge.kind == "crossing" else said
        label = shortened(label, LABEL, (last - first) / BOLDER - 40)
        half = measure(label, LABEL) * BOLDER / 2 + 17
        begin, end = self.at[edge.source.layer].middle, self.at[edge.target.layer].middle
        middle = min(max((begin + end) / 2, first + half), last - half)
        pad = self.row[0].width / 2 if edge.source.segment else GAP
        left, right = min(begin - pad, end - pad, middle - half), max(begin + pad, end + pad, middle + half)
        return _Arrow(edge, label, begin, end, middle, left, right)

    def _height(self, together: Sequence[_Arrow]) -> float:
        """Of a row: names of segments may take two lines."""
        ends = [self._end(place) for arrow in together for place in (arrow.edge.source, arrow.edge.target)]
        return ROW + END_LINE * max(len(lines) - 1 for lines in ends)

    def _end(self, place: Place) -> list[tuple[str, float]]:
        """Name of the segment at an end, in lines with their sizes."""
        return fitted(self.names.segment(place.segment), END, END_LEAST, self.at[place.layer].width + GAP - 6)

    # ----- drawing --------------------------------------------------------------------------------------------

    def _draw(self, page: Drawing, arrow: _Arrow, y: float) -> None:
        edge, label = arrow.edge, arrow.label
        title = self.titles.get((edge.source, edge.target, edge.kind), "")
        bold = {"font_weight": "bold"} if arrow.is_crossing else {}
        if arrow.is_crossing:
            low, high = sorted((arrow.begin, arrow.end))
            page.box(low, y - 20, high - low, 31, fill=ALARM_PALE)
        stroke(page, edge.kind, arrow.begin, arrow.end, y, title, replies=edge.replies)
        ink = PENS[edge.kind].ink
        page.text(arrow.middle, y - ABOVE_LINE, label, LABEL, title, anchor="middle", fill=ink, **HALO, **bold)
        if arrow.is_crossing:
            half = measure(label, LABEL) * BOLDER / 2 + 11
            cross(page, arrow.middle - half, y - ABOVE_LINE - 3.5, 4)
            cross(page, arrow.middle + half, y - ABOVE_LINE - 3.5, 4)
        for place, x in ((edge.source, arrow.begin), (edge.target, arrow.end)):
            for number, (words, size) in enumerate(self._end(place) if place.segment else ()):
                name = self.names.segment(place.segment)
                page.text(x, y + 13.5 + END_LINE * number, words, size, name, anchor="middle", fill=INK, **HALO)


def stroke(
    page: Drawing, kind: Kind, begin: float, end: float, y: float, title: str = "", *, replies: bool = False
) -> None:
    """The line of an edge: a full head where it leads, an empty one where replies come back."""
    pen = PENS[kind]
    way = 1 if end > begin else -1
    tip = 4 + pen.thick
    ends = (begin + 4 * way, y), (end - 8 * way, y)
    page.line(*ends, title=title, stroke=pen.ink, stroke_width=pen.thick, stroke_dasharray=pen.dashes)
    page.area((end, y), (end - 11 * way, y - tip), (end - 11 * way, y + tip), fill=pen.ink)
    if replies:
        back = (begin, y), (begin + 10 * way, y - 5), (begin + 10 * way, y + 5)
        page.area(*back, fill=PAPER, stroke=pen.ink, stroke_width=1.2)
    else:
        page.shape("circle", cx=begin, cy=y, r=3.4, fill=pen.ink)


def cross(page: Drawing, x: float, y: float, half: float) -> None:
    """A cross: the mark of what is not approved."""
    for rise in (half, -half):
        ends = (x - half, y - rise), (x + half, y + rise)
        page.line(*ends, stroke=ALARM, stroke_width=2.4, stroke_linecap="round")


def _packed(arrows: Iterable[_Arrow]) -> list[list[_Arrow]]:
    """Arrows in rows, each in the first that has room."""
    rows: list[list[_Arrow]] = []
    for arrow in arrows:
        room = (row for row in rows if all(arrow.is_apart(other) for other in row))
        row = next(room, None)
        if row is None:
            rows.append([arrow])
        else:
            row.append(arrow)
    return rows
