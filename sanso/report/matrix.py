"""What passes between layers and segments, as plain data and as lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sanso.messages import Language, text
from sanso.proof.frame import UNKNOWN
from sanso.proof.matrix import OUTSIDE, Cell, Matrix
from sanso.proof.placement import Place
from sanso.proof.traffic import addresses, words

Pair = tuple[Place, Place]


def matrix_data(matrix: Matrix, lang: Language) -> dict[str, Any]:
    """Every pair of layers and of segments as JSON can hold it.

    A pair of segments that is open in part has ``traffic`` too: each of its ``services`` passes from each of its
    ``sources`` to each of its ``targets``.
    """
    return {
        "layers": [_entry(matrix, pair, cell, lang) for pair, cell in _layers(matrix).items()],
        "segments": [
            _entry(matrix, pair, cell, lang) | _traffic(matrix, pair, cell, lang)
            for pair, cell in matrix.segments.items()
        ],
    }


def matrix_lines(matrix: Matrix, lang: Language) -> list[str]:
    """A line for each pair of layers between which something passes, and one that counts the others."""
    pairs = _layers(matrix)
    open_pairs = {pair: cell for pair, cell in pairs.items() if cell.open | cell.forged}
    lines = [_line(matrix, pair, cell, lang) for pair, cell in open_pairs.items()]
    return [*lines, text("matrix.denied_pairs", lang, count=len(pairs) - len(open_pairs))]


def _layers(matrix: Matrix) -> Mapping[Pair, Cell]:
    return {(Place(source), Place(target)): cell for (source, target), cell in matrix.layers.items()}


def _line(matrix: Matrix, pair: Pair, cell: Cell, lang: Language) -> str:
    source, target = (_name(place.layer, lang) for place in pair)
    state = text(f"matrix.{cell.state}", lang)
    said = {
        name: words(matrix.services, bits, lang).said(lang)
        for name, bits in (("services", cell.open), ("unapproved", cell.unapproved), ("forged", cell.forged_only))
    }
    parts = [text("matrix.line", lang, source=source, target=target, state=state, services=said["services"])]
    if cell.unapproved:
        parts.append(text("matrix.unapproved", lang, services=said["unapproved"]))
    if cell.forged_only:
        parts.append(text("matrix.forged", lang, services=said["forged"]))
    return "".join(parts)


def _name(layer: str, lang: Language) -> str:
    """A layer as people call it; those of the city have their own names."""
    return text(f"matrix.{layer}", lang) if layer in {OUTSIDE.layer, UNKNOWN} else layer


def _entry(matrix: Matrix, pair: Pair, cell: Cell, lang: Language) -> dict[str, Any]:
    def said(bits: int) -> list[str]:
        told = words(matrix.services, bits, lang)
        return [*told.opens, *(text("traffic.answers", lang, services=one) for one in told.answers)]

    return {
        "from": _place(pair[0]),
        "to": _place(pair[1]),
        "state": cell.state,
        "services": said(cell.open),
        "unapproved": said(cell.unapproved),
        "forged_only": said(cell.forged_only),
    }


def _traffic(matrix: Matrix, pair: Pair, cell: Cell, lang: Language) -> dict[str, Any]:
    if cell.state != "partly":
        return {}
    rows = [
        {
            "sources": addresses(row.family, row.sources),
            "targets": addresses(row.family, row.targets),
            "services": words(matrix.services, row.services, lang).said(lang),
        }
        for row in matrix.traffic(*pair)
    ]
    return {"traffic": rows}


def _place(place: Place) -> dict[str, str]:
    return {"layer": place.layer} | ({"segment": place.segment} if place.segment else {})
