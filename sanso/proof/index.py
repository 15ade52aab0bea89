"""Cuts of a long list, found by where they lie instead of one by one."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from sanso.proof.boxes import Box, Cut, touching

_FANOUT = 24
_FEW = 96
"""So many cuts are looked through faster than any tree."""


class _Node:
    """A box around cuts, or around other nodes, with the lowest number of all the cuts below."""

    __slots__ = ("around", "cuts", "nodes")

    def __init__(self, cuts: Sequence[Cut], nodes: Sequence[_Node]) -> None:
        self.cuts = cuts
        self.nodes = nodes
        self.around: Cut = _around(cuts or [node.around for node in nodes])


class Index:
    """A static tree over the cuts of one list, each numbered by its place in the list."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self._cuts = cuts
        self._top: list[_Node] = []
        if len(cuts) <= _FEW:
            return
        ordered = sorted(cuts, key=itemgetter(0, 2))
        self._top = [_Node(ordered[start : start + _FANOUT], ()) for start in range(0, len(ordered), _FANOUT)]
        while len(self._top) > _FANOUT:
            below = self._top
            self._top = [_Node((), below[start : start + _FANOUT]) for start in range(0, len(below), _FANOUT)]

    def touching(self, box: Box, before: int | None = None) -> list[Cut]:
        """The cuts that have packets in common with a box, in their order; only those numbered below ``before``."""
        if not self._top:
            return touching(box, self._cuts if before is None else self._cuts[:before])
        found = self._search(box, len(self._cuts) if before is None else before)
        found.sort(key=itemgetter(5))
        return found

    def _search(self, box: Box, before: int) -> list[Cut]:
        s0, s1, t0, t1, services = box
        found: list[Cut] = []
        nodes = list(self._top)
        while nodes:
            node = nodes.pop()
            b0, b1, c0, c1, bits, lowest = node.around
            if b0 > s1 or b1 < s0 or c0 > t1 or c1 < t0 or lowest >= before or not bits & services:
                continue
            nodes += node.nodes
            found += [cut for cut in touching(box, node.cuts) if cut[5] < before]
        return found


def _around(cuts: Sequence[Cut]) -> Cut:
    services = 0
    for cut in cuts:
        services |= cut[4]
    s0, t0, number = (min(cut[place] for cut in cuts) for place in (0, 2, 5))
    s1, t1 = (max(cut[place] for cut in cuts) for place in (1, 3))
    return s0, s1, t0, t1, services, number
