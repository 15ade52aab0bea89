"""A tree of cuts finds what looking through all of them finds, in their order."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from sanso.proof.boxes import Box, Cut, carved, first_match, merged, overlap, touching
from sanso.proof.index import Index
from tests.proof.small_world import THOROUGH

SIZE = 64


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    ends = [sorted((draw(st.integers(0, SIZE - 1)), draw(st.integers(0, SIZE - 1)))) for _ in range(2)]
    return (*ends[0], *ends[1], draw(st.integers(1, 7)))  # type: ignore[return-value]


@st.composite
def long_lists(draw: st.DrawFn) -> list[Cut]:
    """Enough cuts for a tree of two levels, from few drawn numbers."""
    count, step, width = draw(st.integers(90, 900)), draw(st.integers(1, 61)), draw(st.integers(1, 9))
    firsts = [(place * step % SIZE, place * place * step % SIZE) for place in range(count)]
    return [
        (s, min(SIZE - 1, s + place % width), t, min(SIZE - 1, t + place % 5), 1 + place % 7, place)
        for place, (s, t) in enumerate(firsts)
    ]


@THOROUGH
@given(long_lists(), boxes(), st.integers(0, 900))
def test_the_tree_finds_what_touches(cuts: list[Cut], box: Box, before: int) -> None:
    index = Index(cuts)
    assert index.touching(box) == touching(box, cuts)
    assert index.touching(box, before=before) == touching(box, cuts[:before])


@THOROUGH
@given(st.lists(st.integers(1, 9), min_size=97, max_size=300), st.data())
def test_cuts_that_lie_apart_by_target_are_found_in_their_row(gaps: list[int], data: st.DataObject) -> None:
    edges = list(accumulate(gaps))
    order = data.draw(st.permutations(range(len(gaps))))
    cuts = [
        (place % 5, 40, edges[at] - gaps[at] % 3, edges[at], 1 + place % 7, place) for place, at in enumerate(order)
    ]
    first, length = data.draw(st.integers(0, edges[-1])), data.draw(st.integers(0, 200))
    box = (data.draw(st.integers(0, 50)), 50, first, first + length, data.draw(st.integers(1, 7)))
    before = data.draw(st.integers(0, len(cuts)))
    assert Index(cuts).touching(box) == touching(box, cuts)
    assert Index(cuts).touching(box, before=before) == touching(box, cuts[:before])


@THOROUGH
@given(long_lists(), boxes())
def test_a_box_in_many_parts_is_still_the_box(cuts: list[Cut], box: Box) -> None:
    cuts = touching(box, cuts)
    parts = list(first_match(box, cuts))
    assert sum(size(part) for part in parts) == size(box)
    for part in parts:
        first = touching(part[:5], cuts)[:1]
        assert overlap(part[:5], box) == part[:5]
        if part[5] < 0:
            assert not first
        else:
            assert overlap(part[:5], cuts_by_place(cuts)[part[5]]) == part[:5]
            assert first[0][5] == part[5]
    assert sum(size(part) for part in carved(box, cuts)) == sum(size(part) for part in parts if part[5] < 0)


@THOROUGH
@given(long_lists(), boxes())
def test_merging_neither_adds_nor_drops(cuts: list[Cut], box: Box) -> None:
    left = list(carved(box, touching(box, cuts)))
    joined = merged(left)
    assert len(joined) <= len(left)
    assert sum(map(size, joined)) == sum(map(size, left))
    numbered = [(*one, place) for place, one in enumerate(joined)]
    assert not [rest for part in left for rest in carved(part, touching(part, numbered))]


def cuts_by_place(cuts: list[Cut]) -> dict[int, Cut]:
    return {cut[5]: cut for cut in cuts}


def size(box: Box | Cut) -> int:
    return (box[1] - box[0] + 1) * (box[3] - box[2] + 1) * box[4].bit_count()
