"""Cuts of a long list, found by where they lie instead of one by one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
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
    """The cuts of one list, each numbered by its place: in a static tree, or in a row where targets lie apart."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self._cuts = cuts
        self._top: list[_Node] = []
        self._apart: tuple[Sequence[Cut], list[int], list[int]] | None = None
        if len(cuts) <= _FEW:
            return
        by_target = sorted(cuts, key=itemgetter(2))
        if all(one[3] < other[2] for one, other in pairwise(by_target)):
            self._apart = (by_target, [cut[2] for cut in by_target], [cut[3] for cut in by_target])
            return
        ordered = sorted(cuts, key=itemgetter(0, 2))
        self._top = [_Node(ordered[start : start + _FANOUT], ()) for start in range(0, len(ordered), _FANOUT)]
        while len(self._top) > _FANOUT:
            below = self._top
            self._top = [_Node((), below[start : start + _FANOUT]) for start in range(0, len(below), _FANOUT)]

    def touching(self, box: Box, before: int | None = None) -> list[Cut]:
        """The cuts that have packets in common with a box, in their order; only those numbered below ``before``."""
        if self._apart is None and not self._top:
            return touching(box, self._cuts if before is None else self._cuts[:before])
        last = len(self._cuts) if before is None else before
        found = self._search(box, last) if self._apart is None else self._between(*self._apart, box, last)
        found.sort(key=itemgetter(5))
        return found

    def _between(self, cuts: Sequence[Cut], firsts: list[int], lasts: list[int], box: Box, before: int) -> list[Cut]:
        """Cuts whose targets lie apart, as those of subnets do, are in a row."""
        row = cuts[bisect_left(lasts, box[2]) : bisect_right(firsts, box[3])]
        return [cut for cut in touching(box, row) if cut[5] < before]

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
