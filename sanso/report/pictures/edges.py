"""What is open between layers, as edges to draw: two directions are one edge where one of them only answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from sanso.messages import Language
from sanso.proof.cells import OUTSIDE, Cell
from sanso.proof.matrix import Matrix
from sanso.proof.placement import Place
from sanso.proof.traffic import Words, words

Kind = Literal["crossing", "flow", "egress"]
"""Not approved; approved by flows; to the Internet, from layers that may."""
Pair = tuple[Place, Place]

MOST: Mapping[Kind, int] = {"crossing": 10, "flow": 16, "egress": 0}
"""Edges that are drawn between segments; where there are more, they are drawn between whole layers."""
ERRORS = "icmp errors"


class Edge(NamedTuple):
    """Traffic from one place to another: two segments, or two whole layers."""

    kind: Kind
    source: Place
    target: Place
    words: Words
    replies: bool = False
    """Whether what answers it comes back."""


def edges(matrix: Matrix, lang: Language) -> list[Edge]:
    """Everything that is open between layers, crossings first; as fine as one can read."""
    layers = {(Place(source), Place(target)): cell for (source, target), cell in matrix.layers.items()}
    found: list[Edge] = []
    for kind in MOST:
        fine = list(_of_kind(kind, matrix, matrix.segments, lang))
        found += fine if len(fine) <= MOST[kind] else _of_kind(kind, matrix, layers, lang)
    return found


def _of_kind(kind: Kind, matrix: Matrix, cells: Mapping[Pair, Cell], lang: Language) -> Iterator[Edge]:
    bits = {pair: _bits(kind, pair, cell) for pair, cell in cells.items()}
    found = {pair: Edge(kind, *pair, words(matrix.services, some, lang)) for pair, some in bits.items() if some}
    for (source, target), edge in found.items():
        back = found.get((target, source))
        if kind != "flow" or back is None:
            yield edge
        elif left := _unasked(edge.words, back.words):
            yield edge._replace(words=left, replies=not _answers(left).isdisjoint(back.words.answers))


def _bits(kind: Kind, pair: Pair, cell: Cell) -> int:
    if kind == "egress":
        return cell.open & ~cell.unapproved & ~cell.approved if pair[1] == OUTSIDE else 0
    return cell.unapproved if kind == "crossing" else cell.approved


def _unasked(these: Words, others: Words) -> Words | None:
    """Words less the answers to what is begun the other way, and errors; None where nothing is left."""
    known = {*_answers(others), ERRORS}
    left = Words(these.opens, tuple(one for one in these.answers if one not in known))
    return left if left != Words() else None


def _answers(asked: Words) -> set[str]:
    """What answers that which is begun."""
    return {*asked.opens, *(f"{one} reply" for one in asked.opens)}
