"""Boxes of packets, a range of sources × a range of targets × a set of services, and how to cut them.

Everything here works on plain tuples: a proof handles hundreds of thousands of them, and their numbers are shared
with the lines that they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Box = tuple[int, int, int, int, int]
"""First and last source, first and last target, services (:class:`~sanso.proof.services.Services`)."""
Cut = tuple[int, int, int, int, int, int]
"""A box, and the number of the filter line that it stands for."""

_FEW = 12
"""So many cuts are tried one by one; more are first sliced apart."""
_WORTH = 0.8
"""A slice is worth its seam when each side is left with fewer cuts than this share."""


def overlap(one: Box, other: Box | Cut) -> Box | None:
    """What two boxes have in common."""
    s0, s1, t0, t1, services = one
    services &= other[4]
    s0, s1 = max(s0, other[0]), min(s1, other[1])
    t0, t1 = max(t0, other[2]), min(t1, other[3])
    return (s0, s1, t0, t1, services) if services and s0 <= s1 and t0 <= t1 else None


def touching(box: Box, cuts: Iterable[Cut]) -> list[Cut]:
    """The cuts that have packets in common with a box, in their order."""
    s0, s1, t0, t1, services = box
    return [c for c in cuts if c[0] <= s1 and c[1] >= s0 and c[2] <= t1 and c[3] >= t0 and c[4] & services]


def first_match(box: Box, cuts: Sequence[Cut]) -> Iterator[Cut]:
    """The parts of a box with the number of the first cut that holds them, -1 where none does; parts are disjoint.

    Args:
        box: what to part.
        cuts: in order of precedence, all of them :func:`touching` the box.
    """
    waiting: list[tuple[Box, Sequence[Cut]]] = [(box, cuts)]
    while waiting:
        box, cuts = waiting.pop()
        if len(cuts) > _FEW and (slices := _sliced(box, cuts)):
            waiting += slices
            continue
        s0, s1, t0, t1, services = box
        for position, (c0, c1, d0, d1, cut_services, number) in enumerate(cuts):
            hit = services & cut_services
            if not hit:
                continue
            services &= ~hit
            i0, i1 = (c0 if c0 > s0 else s0), (c1 if c1 < s1 else s1)
            j0, j1 = (d0 if d0 > t0 else t0), (d1 if d1 < t1 else t1)
            yield i0, i1, j0, j1, hit, number
            rest = cuts[position + 1 :]
            for part in _around(s0, s1, t0, t1, i0, i1, j0, j1, hit):
                waiting.append((part, touching(part, rest)))
            if not services:
                break
        else:
            yield s0, s1, t0, t1, services, -1


def carved(box: Box, cuts: Sequence[Cut]) -> Iterator[Box]:
    """What is left of a box without the cuts, which all touch it; the parts are disjoint."""
    if not cuts:
        yield box
        return
    if len(cuts) > 1:
        cuts = sorted(cuts, key=_extent, reverse=True)  # large ones leave little for the others to part
    for part in first_match(box, cuts):
        if part[5] < 0:
            yield part[:5]


def merged(boxes: Iterable[Box]) -> list[Box]:
    """The same packets in fewer boxes: services of equal ranges together, neighbours joined."""
    boxes = list(boxes)
    if len(boxes) < 2:
        return boxes
    rectangles: dict[tuple[int, int, int, int], int] = {}
    for s0, s1, t0, t1, services in boxes:
        key = (s0, s1, t0, t1)
        rectangles[key] = rectangles.get(key, 0) | services
    found = [(*key, services) for key, services in rectangles.items()]
    if len(found) < 2:
        return found
    return _joined_sources(_joined_targets(found))


def _around(s0: int, s1: int, t0: int, t1: int, i0: int, i1: int, j0: int, j1: int, services: int) -> Iterator[Box]:
    """What surrounds the inner box ``i × j`` in the outer box ``s × t``."""
    if s0 < i0:
        yield s0, i0 - 1, t0, t1, services
    if i1 < s1:
        yield i1 + 1, s1, t0, t1, services
    if t0 < j0:
        yield i0, i1, t0, j0 - 1, services
    if j1 < t1:
        yield i0, i1, j1 + 1, t1, services


def _sliced(box: Box, cuts: Sequence[Cut]) -> list[tuple[Box, Sequence[Cut]]]:
    """The box in two, with the cuts of each half; empty where that would not spare any work."""
    best: list[tuple[Box, Sequence[Cut]]] = []
    least = int(len(cuts) * _WORTH)
    for axis in (0, 2):
        first, last = box[axis], box[axis + 1]
        edges = [cut[axis] for cut in cuts if cut[axis] > first] + [
            c[axis + 1] + 1 for c in cuts if c[axis + 1] < last
        ]
        if not edges:
            continue
        edges.sort()
        edge = edges[len(edges) // 2]
        low = [cut for cut in cuts if cut[axis] < edge]
        high = [cut for cut in cuts if cut[axis + 1] >= edge]
        if max(len(low), len(high)) < least:
            least = max(len(low), len(high))
            best = [(_with(box, axis + 1, edge - 1), low), (_with(box, axis, edge), high)]
    return best


def _with(box: Box, place: int, number: int) -> Box:
    changed = list(box)
    changed[place] = number
    s0, s1, t0, t1, services = changed
    return s0, s1, t0, t1, services


def _extent(cut: Cut) -> int:
    return (cut[1] - cut[0] + 1) * (cut[3] - cut[2] + 1)


def _joined_targets(boxes: list[Box]) -> list[Box]:
    boxes.sort(key=lambda box: (box[0], box[1], box[4], box[2]))
    found = [boxes[0]]
    for s0, s1, t0, t1, services in boxes[1:]:
        last = found[-1]
        if last[0] == s0 and last[1] == s1 and last[4] == services and last[3] + 1 == t0:
            found[-1] = (s0, s1, last[2], t1, services)
        else:
            found.append((s0, s1, t0, t1, services))
    return found


def _joined_sources(boxes: list[Box]) -> list[Box]:
    boxes.sort(key=lambda box: (box[2], box[3], box[4], box[0]))
    found = [boxes[0]]
    for s0, s1, t0, t1, services in boxes[1:]:
        last = found[-1]
        if last[2] == t0 and last[3] == t1 and last[4] == services and last[1] + 1 == s0:
            found[-1] = (last[0], s1, t0, t1, services)
        else:
            found.append((s0, s1, t0, t1, services))
    return found
