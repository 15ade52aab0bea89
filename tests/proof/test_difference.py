"""What opens and closes, held to all pairs of the lab city looked at anew, and to packets tried one by one."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, reject, settings

from sanso.messages import LANGUAGES
from sanso.network.packets import Packet
from sanso.network.snapshot import Snapshot
from sanso.platforms import ReplayError
from sanso.proof.difference import Difference, Shift, difference
from sanso.proof.difference_text import difference_lines
from sanso.proof.frame import Frame
from sanso.proof.interpreter import judge
from sanso.proof.policy import Policy
from sanso.proof.space import Space
from sanso.proof.topology import Topology
from sanso.proof.transition.course import Course
from tests.proof.mutations.conftest import LAB
from tests.proof.mutations.harness import Config, World
from tests.proof.transition.test_interleavings import POLICY, courses, topology

Edit = Callable[[Config], object]
GATEWAY, BRANCH = "hall-core-1", "hoikusho-east-1"


@pytest.fixture(scope="module")
def lab() -> World:
    return World(LAB)


def frame(world: World, snapshots: Mapping[str, Snapshot]) -> Frame:
    return Frame(Topology(snapshots, world.city), Policy.of_city(world.city))


def changed(world: World, device: str, edit: Edit) -> tuple[Frame, Frame]:
    config = world.config(device)
    edit(config)
    return frame(world, world.snapshots), frame(world, {**world.snapshots, device: world._read(device, config.text)})


def acl(config: Config) -> str:
    return next(line for line in config.lines if "access-list" in line and "-V4" in line)


def insert_permit(config: Config) -> None:
    config.insert(config.number(acl(config)) + 1, config.entry(5, "permit tcp any any eq 443"))


def delete_entry(config: Config) -> None:
    config.delete(next(n for n, line in enumerate(config.lines, 1) if " permit tcp" in line))


def unbind(config: Config) -> None:
    config.delete(next(n for n, line in enumerate(config.lines, 1) if "access-group" in line))


def move_address(config: Config) -> None:
    number = next(n for n, line in enumerate(config.lines, 1) if " ip address 10." in line)
    config.lines[number - 1] = config.address("10.250.1.1")


def rogue_svi(config: Config) -> None:
    config.append("interface Vlan777", config.address("10.251.0.1"))
    config.append("vlan 777", " name rogue")


def route(config: Config) -> None:
    config.append("ip route 10.252.0.0 255.255.0.0 Null0" if config.ios else "ip route 10.252.0.0/16 Null0")


EDITS = [insert_permit, delete_entry, unbind, move_address, rogue_svi, route]


def everywhere(before: Frame, after: Frame) -> dict[tuple[str, str, str, str], tuple[Space, Space]]:
    """What passes between every interface and prefix on both sides, all of it computed anew; only what differs."""
    found: dict[tuple[str, str, str, str], list[Space]] = {}
    for place, one in enumerate((before, after)):
        for source in one.entrances:
            for target in one.topology.targets():
                if target.family == source.family and target.prefix.prefixlen:
                    key = (source.device, source.interface, str(source.family), str(target.prefix))
                    spaces = found.setdefault(key, [Space(), Space()])
                    spaces[place] = spaces[place] | one.reached(source, target, one.area(target))
    return {key: (was, now) for key, (was, now) in found.items() if was != now}


def shifts(found: tuple[Shift, ...]) -> dict[tuple[str, str, str, str], Space]:
    return {
        (one.source.device, one.source.interface, str(one.source.family), str(one.target.prefix)): one.space
        for one in found
        if one.target.prefix.prefixlen
    }


def compared(before: Frame, after: Frame) -> Difference:
    found = difference(before, after)
    shared = Frame(before.topology, before.policy), Frame(after.topology, after.policy)
    for one_frame in shared:
        one_frame.services = found.services
    opens, closes = shifts(found.opens), shifts(found.closes)
    differing = everywhere(*shared)
    assert set(differing) == {*opens, *closes}
    for key, (was, now) in differing.items():
        assert opens.get(key, Space()) == now - was
        assert closes.get(key, Space()) == was - now
    return found


@pytest.mark.parametrize("device", [GATEWAY, BRANCH])
@pytest.mark.parametrize("edit", EDITS)
def test_the_same_as_all_pairs_looked_at_anew(lab: World, device: str, edit: Edit) -> None:
    before, after = changed(lab, device, edit)
    found = compared(before, after)
    back = difference(after, before)
    assert shifts(back.opens) == shifts(found.closes)
    for lang in LANGUAGES:
        assert difference_lines(found, lang) or not found


def passes(one: Frame, shift: Shift, packet: Packet) -> bool:
    """Whether a packet gets to the prefix, each list read line by line."""
    sources = [s for s in one.entrances if (s.device, s.interface) == (shift.source.device, shift.source.interface)]
    return any(
        all(judge(one.list_at(stage, packet.family), packet).permitted for stage in chain.filters)
        for source in sources
        if source.family == packet.family
        for target in one.topology.targets()
        if (target.prefix, target.outside) == (shift.target.prefix, shift.target.outside)
        for chain in one.topology.chains(source, target)
    )


@pytest.mark.parametrize("edit", [insert_permit, delete_entry, unbind])
def test_packets_of_what_shifts_pass_on_one_side_only(lab: World, edit: Edit) -> None:
    before, after = changed(lab, BRANCH, edit)
    found = difference(before, after)
    rng = random.Random(1)  # noqa: S311 - which packets are tried
    assert found.opens or found.closes
    for sides, parts in (((after, before), found.opens), ((before, after), found.closes)):
        for shift in parts:
            s0, s1, t0, t1, bits = rng.choice(shift.space.boxes)
            kind = found.services.example(bits)
            other = Packet(shift.source.family, rng.randint(s0, s1), rng.randint(t0, t1), *kind)
            for packet in (shift.packet, other):
                assert passes(sides[0], shift, packet)
                assert not passes(sides[1], shift, packet)


def test_the_lines_of_an_inserted_permit(lab: World) -> None:
    before, after = changed(lab, BRANCH, insert_permit)
    found = difference(before, after, within_layers=False)
    assert found.proved
    assert not found.closes
    assert found.opens
    assert all(one.crosses for one in found.opens)
    assert {one.permitted_by.text for one in found.opens} == {"5 permit tcp any any eq 443"}
    assert all(one.denied_by is not None for one in found.opens)
    lines = difference_lines(found, "en", most=2)
    assert any(line.startswith("+ tcp/443 ") and f"{BRANCH}.cfg:" in line for line in lines)
    assert any("more" in line for line in lines)


def test_nothing_shifts_where_nothing_changes(lab: World) -> None:
    before, after = changed(lab, BRANCH, str)
    found = difference(before, after)
    assert not found
    assert difference_lines(found, "en") == []


def test_layers_that_are_joined_and_parted(lab: World) -> None:
    def join(config: Config) -> None:
        number = next(n for n, line in enumerate(config.lines, 1) if "switchport access vlan 210" in line)
        config.change(number, "210", "310")

    before, after = changed(lab, BRANCH, join)
    found = difference(before, after)
    assert found.joined
    assert {one.layer for pair in found.joined for one in pair[:2]} == {"internet", "lgwan"}
    assert {str(one) for one in difference(after, before).parted} == {str(one) for one in found.joined}
    assert any(line.startswith("+ ") for line in difference_lines(found, "en"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(changes=courses())
def test_small_networks_of_which_anything_changes(changes: dict[str, Course]) -> None:
    try:
        ends = [{name: getattr(one, end) for name, one in changes.items()} for end in ("before", "after")]
    except ReplayError:
        reject()  # blocks in an order in which they make no sense
    before, after = map(topology, ends)
    found = compared(Frame(before, POLICY), Frame(after, POLICY))
    rng = random.Random(1)  # noqa: S311 - which packets are tried
    frames = Frame(before, POLICY), Frame(after, POLICY)
    for sides, parts in ((frames[::-1], found.opens), (frames, found.closes)):
        for shift in parts:
            s0, s1, t0, t1, bits = rng.choice(shift.space.boxes)
            kind = found.services.example(bits)
            packet = Packet(shift.source.family, rng.randint(s0, s1), rng.randint(t0, t1), *kind)
            assert passes(sides[0], shift, packet)
            assert not passes(sides[1], shift, packet)
    pairs = [{frozenset((str(one.one), str(one.other))) for one in side} for side in (found.joined, found.parted)]
    assert not pairs[0] & pairs[1]
