"""Proving again after edits says what a proof from the start says, whatever was edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from sanso.network.facts import Family
from sanso.network.snapshot import Snapshot
from sanso.platforms import read_snapshot
from sanso.proof.policy import Policy
from sanso.proof.prove import Crossing, Proof, prove
from sanso.proof.proved import Proved
from sanso.proof.topology import Topology
from tests.proof.mutations.harness import Config, World
from tests.proof.mutations.test_property import change_a_line, small

__all__ = ["small"]
RANDOM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SVI = "interface Vlan210"


def read(config: Config) -> Snapshot:
    return read_snapshot(config.text, f"{config.device}.cfg", config.platform)


def first(world: World) -> Proved:
    return Proved.of(Topology(world.snapshots, world.city), Policy.of_city(world.city))


def fresh(world: World, snapshots: Mapping[str, Snapshot]) -> Proof:
    return prove(Topology(snapshots, world.city), Policy.of_city(world.city))


def told(crossing: Crossing) -> tuple[object, ...]:
    """All that people are told of a crossing; the packet only by who lets it pass, for atoms may be cut otherwise."""
    source, target = crossing.source, crossing.target
    ends = (source.device, source.interface, source.family, target.prefix, target.domain)
    return (*ends, crossing.source_layer, crossing.target_layer, crossing.way)


def assert_same(again: Proved, whole: Proof) -> None:
    assert {told(one) for one in again.proof.crossings} == {told(one) for one in whole.crossings}
    assert len(again.proof.crossings) == len(whole.crossings)
    assert again.proof.unread == whole.unread
    assert again.proof.pairs == whole.pairs
    assert (again.proof.sources, again.proof.targets) == (whole.sources, whole.targets)
    assert again.holds == again.proof.holds == whole.holds


def kept(one: Proved, other: Proved) -> bool:
    """Whether the network was put together once only."""
    return one.topology.layer3 is other.topology.layer3


@RANDOM
@given(st.data())
def test_one_edit_after_the_other(small: dict[str, World], data: st.DataObject) -> None:
    world = small[data.draw(st.sampled_from(("ios", "eos")), "platform")]
    proved, configs = first(world), {}
    start = proved
    for _ in range(data.draw(st.integers(1, 4), "edits")):
        device = data.draw(st.sampled_from(sorted(world.texts)), "device")
        config = configs.setdefault(device, world.config(device))
        change_a_line(config, data)
        proved = proved.replaced(device, read(config))
        assert_same(proved, fresh(world, proved.frame.snapshots))
        assert kept(proved, start)
        event("divided" if proved.frame.services is not start.frame.services else "as fine")
    back = proved.again(world.snapshots)
    assert_same(back, start.proof)


def unbound(config: Config, family: Family = "ipv4") -> None:
    config.delete(config.number(SVI, config.bind("", family).split()[1]))


def outward(config: Config, *lines: str) -> None:
    """A list on the way out to the VLANs of the Internet layer, and none on the way in from the LGWAN layer."""
    unbound(config)
    config.insert(config.number("interface Vlan310") + 1, config.bind("OUTWARD", direction="out"))
    config.append("ip access-list extended OUTWARD" if config.ios else "ip access-list OUTWARD", *lines)


LINES = [" deny ip 10.0.0.0 0.255.255.255 any", " permit tcp any any eq 22", " permit udp any any range 4000 5000"]
LINES += [" permit ip any host 10.31.0.9", " deny tcp any any established", " deny ip any any"]


@RANDOM
@given(st.lists(st.lists(st.sampled_from(LINES), max_size=5), min_size=2, max_size=4))
def test_a_list_in_the_middle_of_the_way(small: dict[str, World], lists: list[list[str]]) -> None:
    world = small["ios"]
    states = []
    for lines in lists:
        config = world.config("hall-core-1")
        outward(config, *lines)
        states.append(read(config))
    start = proved = first(world).replaced("hall-core-1", states[0])
    for state in states[1:]:
        proved = proved.replaced("hall-core-1", state)
        assert kept(proved, start)
        assert_same(proved, fresh(world, proved.frame.snapshots))


def shut_svi(config: Config) -> None:
    config.insert(config.number(SVI) + 1, " shutdown")


def default_route(config: Config) -> None:
    config.append("ip route 0.0.0.0 0.0.0.0 10.51.0.9")


def second_address(config: Config) -> None:
    config.insert(config.number(SVI, "ip address") + 1, config.address("10.77.0.1", " secondary"))


def not_read(config: Config) -> None:
    config.append("router ospf 1", " network 10.0.0.0 0.255.255.255 area 0")


@pytest.mark.parametrize("edit", [shut_svi, unbound, default_route, second_address, not_read])
@pytest.mark.parametrize("platform", ["ios", "eos"])
def test_what_is_no_list_is_proved_from_the_start(
    platform: str, edit: Callable[[Config], None], small: dict[str, World]
) -> None:
    world = small[platform]
    config = world.config("hall-core-1")
    edit(config)
    start = first(world)
    proved = start.replaced("hall-core-1", read(config))
    assert not kept(proved, start)
    assert_same(proved, fresh(world, proved.frame.snapshots))


def test_a_device_less_is_proved_from_the_start(small: dict[str, World]) -> None:
    world = small["ios"]
    start = first(world)
    fewer = {name: one for name, one in world.snapshots.items() if name != max(world.snapshots)}
    assert_same(start.again(fewer), fresh(world, fewer))


def test_lines_that_move_are_shown_where_they_are(small: dict[str, World]) -> None:
    """Comments above everything move each line, also those of a crossing that is known already."""
    world = small["ios"]
    config = world.config("hall-core-1")
    unbound(config)
    open_state = first(world).replaced("hall-core-1", read(config))
    config.insert(1, "!", "!", "!")
    moved = open_state.replaced("hall-core-1", read(config))
    assert kept(moved, open_state)
    assert moved.proof.crossings
    assert_same(moved, fresh(world, moved.frame.snapshots))
    assert moved.topology.findings == Topology(moved.frame.snapshots, world.city).findings
