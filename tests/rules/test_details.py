"""Parts of rules against plainer ways to the same answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.city import City, load_city
from sanso.city.device import UnusedPort
from sanso.messages import Finding
from sanso.rules.index import LONGEST_RANGE, Index, port_names
from sanso.rules.ports import DuplicatePort
from sanso.rules.segments import RESERVED_VLANS, free_vlan
from sanso.rules.words import nearest, some

BASE = Path(__file__).parents[1] / "errors" / "base"
TODAY = date(2026, 10, 1)
WEEK = 7 * 24 * 60


def base() -> City:
    return load_city(BASE)


def with_vlans(vlans: list[int]) -> City:
    """The base city with as many segments as there are ids."""
    city = base()
    template = city.segments["staff"]
    segments = {f"s{index}": template.model_copy(update={"vlan": vlan}) for index, vlan in enumerate(vlans)}
    return city.model_copy(update={"segments": segments})


@given(st.lists(st.integers(1, 60), max_size=40), st.integers(1, 60))
def test_the_free_vlan_id_is_nobodys_and_none_is_nearer(vlans: list[int], near: int) -> None:
    free = free_vlan(Index(with_vlans(vlans)), near)
    taken = {*vlans, 1, *RESERVED_VLANS, 998, 999}
    assert 2 <= free <= 4094
    assert free not in taken
    assert all(vlan in taken for vlan in range(max(2, near - abs(free - near) + 1), near + abs(free - near)))


def test_no_vlan_id_is_left() -> None:
    assert free_vlan(Index(with_vlans(list(range(2, 4095)))), 7) == 0


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 6)), min_size=1, max_size=6))
def test_ports_of_overlapping_ranges_are_found(ranges: list[tuple[int, int]]) -> None:
    entries = dict.fromkeys(
        (f"Ethernet{first}-{first + length}" for first, length in ranges), UnusedPort(profile="unused")
    )
    city = base()
    device = city.devices["hall-1"].model_copy(update={"ports": entries})
    changed = city.model_copy(update={"devices": {"hall-1": device}})
    held = {entry: set(port_names(entry)) for entry in entries}
    order = list(entries)
    expected = {
        entry for index, entry in enumerate(order) if any(held[entry] & held[other] for other in order[:index])
    }
    found: list[Finding] = list(DuplicatePort(Index(changed), TODAY).check())
    assert {finding.args["entry"] for finding in found} == expected


def test_a_range_of_millions_is_not_expanded() -> None:
    assert len(port_names("Ethernet1-90000000")) == LONGEST_RANGE


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("staf", ["staff", "web"], "staff"),
        ("zzz", ["web", "staff"], "staff / web"),
        ("zzz", [], "-"),
        ("zzz", [f"n{number}" for number in range(9)], "n0 / n1 / n2 / n3 / n4 / n5 / …"),
    ],
)
def test_a_hint_names_the_nearest_or_a_few(word: str, known: list[str], expected: str) -> None:
    assert nearest(word, known) == expected


def test_few_names_stay_few() -> None:
    assert some(range(3)) == "0, 1, 2"
    assert some([]) == "-"
