"""Numbers in classes: two are in one class when no range in use holds only one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from sanso.network.packets import Range, Ranges, joined


class Axis:
    """The classes of one number that filters look at: a port, a type, a protocol."""

    def __init__(self, used: Iterable[Ranges], whole: Range) -> None:
        sets = list(dict.fromkeys((*used, (whole,))))
        flips = _flips(sets, whole)
        self._firsts = sorted(point for point in flips if point <= whole[1])
        self._classes_at: list[int] = []
        members: dict[int, list[Range]] = {}
        numbers: dict[int, int] = {}
        signature = 0
        for first, following in zip(self._firsts, [*self._firsts[1:], whole[1] + 1], strict=True):
            signature ^= flips[first]
            members.setdefault(signature, []).append((first, following - 1))
            self._classes_at.append(numbers.setdefault(signature, len(numbers)))
        self.classes: tuple[Ranges, ...] = tuple(joined(ranges) for ranges in members.values())
        self._masks: dict[Ranges, int] = {(): 0, **_masks(sets, list(members))}

    def mask(self, ranges: Ranges) -> int:
        """The classes that make up some ranges, one bit each.

        Raises:
            ValueError: the ranges hold a class in part.
        """
        found = self._masks.get(ranges)
        if found is None:
            found = self._masks[ranges] = self._sum(ranges)
        return found

    def class_of(self, number: int) -> int:
        """Class of a number."""
        return self._classes_at[bisect_right(self._firsts, number) - 1]

    def ranges(self, mask: int) -> Ranges:
        """What the classes of a mask hold together."""
        chosen = (ranges for index, ranges in enumerate(self.classes) if mask >> index & 1)
        return joined(one for ranges in chosen for one in ranges)

    def _sum(self, ranges: Ranges) -> int:
        found = 0
        for index, members in enumerate(self.classes):
            inside = sum(_common(one, other) for one in members for other in ranges)
            if inside == sum(last - first + 1 for first, last in members):
                found |= 1 << index
            elif inside:
                raise ValueError(f"{ranges} holds {members} in part")
        return found


def _flips(sets: list[Ranges], whole: Range) -> dict[int, int]:
    """Where a set begins or ends: the bits of the sets for which that is so."""
    flips: dict[int, int] = {whole[0]: 0}
    for index, ranges in enumerate(sets):
        for first, last in ranges:
            for point in (first, last + 1):
                flips[point] = flips.get(point, 0) ^ 1 << index
    return flips


def _masks(sets: list[Ranges], signatures: list[int]) -> dict[Ranges, int]:
    masks = [0] * len(sets)
    for number, signature in enumerate(signatures):
        while signature:
            low = signature & -signature
            masks[low.bit_length() - 1] |= 1 << number
            signature ^= low
    return dict(zip(sets, masks, strict=True))


def _common(one: Range, other: Range) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]) + 1)
