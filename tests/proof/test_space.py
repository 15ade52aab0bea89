"""Sets of packets: what they hold, and the laws of sets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.network.facts import Family
from sanso.network.packets import Match
from sanso.proof.boxes import carved, first_match, merged, overlap
from sanso.proof.interpreter import matches as asks
from sanso.proof.services import Services
from sanso.proof.space import EMPTY, Space, everything, matched, pick, translated, union, witness
from tests.proof.small_world import BLOCKS, SERVICES, THOROUGH, cells, matches, packet

FAMILIES: tuple[Family, ...] = ("ipv4", "ipv6")


class Pair:
    """Two or three sets of one family, and the cells that each should hold."""

    def __init__(self, family: Family, *asked: list[Match]) -> None:
        self.family = family
        self.services = Services(match for one in asked for match in one)
        self.spaces = [union(box for match in one for box in matched(match, self.services)) for one in asked]

    def cells(self, space: Space) -> set[int]:
        """Cells of a set; fails where two boxes hold the same packet."""
        found = [cell for box in space for cell in cells(box, self.family, self.services)]
        assert len(found) == len(set(found)), "boxes are disjoint"
        return set(found)


@st.composite
def spaces(draw: st.DrawFn, count: int) -> Pair:
    family = draw(st.sampled_from(FAMILIES))
    return Pair(family, *(draw(st.lists(matches(family), max_size=3)) for _ in range(count)))


@THOROUGH
@given(spaces(2))
def test_operations_hold_what_sets_hold(pair: Pair) -> None:
    one, other = pair.spaces
    left, right = pair.cells(one), pair.cells(other)
    assert pair.cells(one | other) == left | right
    assert pair.cells(one & other) == left & right
    assert pair.cells(one - other) == left - right
    assert (one <= other) == (left <= right)
    assert (one == other) == (left == right)
    assert bool(one & other) == bool(left & right)


@THOROUGH
@given(spaces(3))
def test_laws_of_sets(pair: Pair) -> None:
    a, b, c = pair.spaces
    whole = everything(pair.family, pair.services)
    assert a | b == b | a
    assert a & b == b & a
    assert (a | b) | c == a | (b | c)
    assert (a & b) & c == a & (b & c)
    assert a & (b | c) == (a & b) | (a & c)
    assert a - (b | c) == (a - b) - c
    assert whole - (a & b) == (whole - a) | (whole - b)
    assert (a - b) | (a & b) == a
    assert whole - (whole - a) == a
    assert a - a == EMPTY
    assert a | EMPTY == a
    assert a & whole == a


@THOROUGH
@given(spaces(1), st.integers(0, BLOCKS - 1), st.integers(0, BLOCKS - 1), st.sampled_from(SERVICES))
def test_a_set_holds_the_packets_of_its_boxes(pair: Pair, source: int, target: int, fields: tuple[int, ...]) -> None:
    one = packet(pair.family, source, target, fields)  # type: ignore[arg-type]
    number = (source * BLOCKS + target) * len(SERVICES) + SERVICES.index(fields)  # type: ignore[arg-type]
    assert pair.spaces[0].holds(one, pair.services) == (number in pair.cells(pair.spaces[0]))


@THOROUGH
@given(st.sampled_from(FAMILIES).flatmap(matches))
def test_a_witness_is_in_the_set(match: Match) -> None:
    services = Services([match])
    found = witness(union(matched(match, services)), match.family, services)
    assert found is not None
    assert asks(match, found)


def test_nothing_has_no_witness() -> None:
    assert witness(EMPTY, "ipv4", Services([])) is None


def test_equal_sets_may_be_cut_differently() -> None:
    halves = Space([(0, 7, 0, 15, 1), (8, 15, 0, 15, 1)])
    whole = Space([(0, 15, 0, 7, 1), (0, 15, 8, 15, 1)])
    assert halves == whole
    assert halves != EMPTY
    assert halves != "a set"
    with pytest.raises(TypeError, match="hash"):
        hash(halves)


def test_neighbours_and_services_are_merged() -> None:
    assert merged([(0, 7, 0, 3, 1), (0, 7, 4, 7, 1), (8, 9, 0, 7, 1), (0, 7, 0, 3, 2), (0, 7, 4, 7, 2)]) == [
        (8, 9, 0, 7, 1),
        (0, 7, 0, 7, 3),
    ]
    assert merged([]) == []


def test_the_first_cut_takes_what_it_holds_and_leaves_other_services_whole() -> None:
    cuts = [(4, 7, 4, 7, 0b01, 0), (0, 15, 0, 15, 0b01, 1)]
    parts = list(first_match((0, 15, 0, 15, 0b11), cuts))
    assert [part for part in parts if part[5] == 0] == [(4, 7, 4, 7, 0b01, 0)]
    assert [part for part in parts if part[5] < 0] == [(0, 15, 0, 15, 0b10, -1)]
    assert list(carved((0, 15, 0, 15, 0b01), cuts)) == []


def test_boxes_that_only_touch_have_nothing_in_common() -> None:
    assert overlap((0, 7, 0, 7, 1), (8, 9, 0, 7, 1)) is None
    assert overlap((0, 7, 0, 7, 1), (0, 7, 0, 7, 2)) is None
    assert overlap((0, 7, 0, 7, 3), (5, 9, 7, 7, 2)) == (5, 7, 7, 7, 2)


@THOROUGH
@given(spaces(2))
def test_the_same_packet_is_picked_however_a_set_is_cut(pair: Pair) -> None:
    one, other = pair.spaces
    if one:
        packet = pick(one, pair.family, pair.services)
        assert one.holds(packet, pair.services)
        assert packet == pick((one - other) | (one & other), pair.family, pair.services)


@THOROUGH
@given(spaces(1), st.lists(matches("ipv4"), max_size=3))
def test_a_set_in_finer_atoms_is_the_same_set(pair: Pair, more: list[Match]) -> None:
    finer = pair.services.divided(more)
    (one,) = pair.spaces
    found = [cell for box in translated(one, pair.services, finer) for cell in cells(box, pair.family, finer)]
    assert set(found) == pair.cells(one)
