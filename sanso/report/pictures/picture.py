"""A picture of what the network lets pass between the layers, from the proof and not from what is intended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sanso.city.model import City
from sanso.messages import Language, Severity
from sanso.proof.cells import place_of
from sanso.proof.frame import UNKNOWN
from sanso.proof.matrix import Matrix
from sanso.proof.prove import Crossing
from sanso.proof.traffic import addresses, words
from sanso.report.pictures.arrows import Arrows, cross, stroke
from sanso.report.pictures.cards import Cards, columns, count
from sanso.report.pictures.edges import Edge, Kind, edges
from sanso.report.pictures.look import ALARM, FAINT, INK, PAPER, Names, arranged
from sanso.report.pictures.sites import Sites
from sanso.report.pictures.svg import Drawing, measure

WIDTH, HEIGHT, MARGIN = 1123.0, 794.0, 28.0
"""A4 across at 96 dots per inch (CSS); a picture that needs more is higher, and shrinks when it is printed."""
ROWS = 12
"""Most rows of addresses that one edge tells."""


def picture(
    matrix: Matrix, crossings: Sequence[Crossing], city: City | None, lang: Language, *, unproved: int = 0
) -> str:
    """Draw layers, their segments and sites, and all that is open between layers; an SVG file that stands alone.

    Args:
        matrix: what passes.
        crossings: what the proof found, of the same network: each gives an example, and marks the site it begins at.
        city: gives names; without one, ids are shown.
        lang: language of all words.
        unproved: findings beside the network's own that leave something unproved, such as devices that were not read.
    """
    names = Names(city, lang)
    city_name = names.say("title", city=names.of(city.settings)) if city is not None else names.say("untitled")
    page = Drawing(WIDTH, city_name, lang)
    found = edges(matrix, lang)
    layers = arranged({place.layer for pair in matrix.segments for place in pair} or {UNKNOWN})
    row = columns(layers, MARGIN, WIDTH - 2 * MARGIN)
    top = _head(page, city_name, matrix, names)
    _badge(page, matrix, crossings, names, unproved)
    top = _key(page, names, top)
    top = Cards(matrix, names).draw(page, row, top)
    titles = {(one.source, one.target, one.kind): _title(one, matrix, crossings, names) for one in found}
    top = Arrows(row, names, titles).draw(page, found, top)
    top = Sites(matrix, crossings, names).draw(page, layers, MARGIN, WIDTH - 2 * MARGIN, top + 18)
    page.text(MARGIN, top + 12, names.say("note"), 9, fill=FAINT)
    return page.written(max(top + 26, HEIGHT))


def _head(page: Drawing, title: str, matrix: Matrix, names: Names) -> float:
    page.text(MARGIN, 40, title, 20, font_weight="bold", fill=INK)
    subnets = [target for target in matrix.frame.topology.targets() if not target.outside]
    counts = {
        "devices": len(matrix.frame.snapshots),
        "sites": count(place.site for place in matrix.places),
        "segments": count(place.segment for place in matrix.places),
        "subnets": len(subnets),
    }
    page.text(MARGIN, 58, names.say("scope", **counts), 10.5, fill=FAINT)
    return 70


def _badge(page: Drawing, matrix: Matrix, crossings: Sequence[Crossing], names: Names, unproved: int) -> None:
    """What it comes to: crossings, else what is not proved, else nothing but approved traffic."""
    pairs = sum(bool(cell.unapproved) for cell in matrix.segments.values())
    errors = sum(one.severity is Severity.ERROR for one in matrix.frame.topology.findings)
    unread = sum(len(one.unread) for one in matrix.frame.snapshots.values())
    doubts = unproved + errors + unread + (not matrix.hosts)
    if pairs or crossings:
        words, ink, mark = names.say("crosses", count=max(pairs, 1)), ALARM, "✕"
    elif doubts:
        words, ink, mark = names.say("doubt", count=doubts), "#8a5a00", "?"
    else:
        words, ink, mark = names.say("clean"), "#1c6b43", "✓"
    width = measure(f"{mark} {words}", 12.5) + 24
    page.box(WIDTH - MARGIN - width, 24, width, 26, rx=13, fill=PAPER, stroke=ink, stroke_width=2)
    page.text(
        WIDTH - MARGIN - width / 2, 41.5, f"{mark} {words}", 12.5, anchor="middle", font_weight="bold", fill=ink
    )


def _key(page: Drawing, names: Names, top: float) -> float:
    """What the lines mean."""
    x, y = MARGIN, top + 10
    keys: Mapping[str, Kind] = {"flow": "flow", "replies": "flow", "egress": "egress", "crossing": "crossing"}
    for key, kind in keys.items():
        stroke(page, kind, x + 2, x + 44, y, replies=key == "replies")
        if kind == "crossing":
            cross(page, x + 19, y, 5)
        said = names.say(f"key.{key}")
        page.text(x + 52, y + 3.5, said, 10, fill=INK)
        x += 52 + measure(said, 10) + 26
    return top + 24


def _title(edge: Edge, matrix: Matrix, crossings: Sequence[Crossing], names: Names) -> str:
    """What the pointer shows: all services, and the addresses of flows or a packet of each crossing."""
    ends = [f"{names.layer(one.layer)} {names.segment(one.segment)}".strip() for one in (edge.source, edge.target)]
    lines = [" → ".join(ends), edge.words.said(names.lang)]
    if edge.kind == "crossing":
        mine = [one for one in crossings if _is_of(one, edge)]
        lines += [
            names.say("packet", packet=f"{one.source.device} {one.source.interface}: {one.packet}") for one in mine
        ]
    elif edge.kind == "flow":
        rows = matrix.traffic(edge.source, edge.target)
        lines += [
            f"{addresses(row.family, row.sources)} → {addresses(row.family, row.targets)}: "
            f"{words(matrix.services, row.services, names.lang).said(names.lang)}"
            for row in rows
        ]
    more = len(lines) - 2 - ROWS
    return "\n".join(lines if more <= 0 else [*lines[: 2 + ROWS], names.say("more", count=more)])


def _is_of(crossing: Crossing, edge: Edge) -> bool:
    ends = (crossing.source.place, edge.source), (place_of(crossing.target), edge.target)
    return all(
        place is not None and place.layer == end.layer and end.segment in ("", place.segment) for place, end in ends
    )
