"""Approved flows that a fault closes: each is found at its line; a city as rendered has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from sanso.messages import LANGUAGES, Severity
from sanso.network.snapshot import Snapshot
from sanso.proof.frame import Frame
from sanso.proof.interpreter import judge, matches
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.unopened import Stop, Unopened, unopened
from sanso.proof.unopened_findings import unopened_findings
from tests.proof.mutations.harness import Config, World, place_of

HALL = "hall-core-1"
UPDATES = "mynumber_updates"


def frame_of(world: World, snapshots: Mapping[str, Snapshot]) -> Frame:
    return Frame(Topology(snapshots, world.city), Policy.of_city(world.city))


def closed(world: World, config: Config) -> tuple[Frame, list[Unopened]]:
    """What is not open once a device holds another configuration; what is said of it can be said."""
    frame = frame_of(world, world.outcome(config).snapshots)
    found = unopened(frame)
    told = unopened_findings(found, world.city)
    assert all(one.severity is Severity.WARNING and one.lines(lang) for one in told for lang in LANGUAGES)
    return frame, found


def delete(config: Config, head: str, words: str) -> int:
    """Delete a line; what then decides is the deny at the end of its list."""
    config.delete(config.number(head, words))
    return config.number(head, "deny ip", last=True)


def turn(config: Config, head: str, words: str) -> int:
    return config.change(config.number(head, words), "permit", "deny")


def narrow(config: Config, head: str, words: str) -> int:
    config.change(config.number(head, words), "range 8530 8531", "eq 8530")
    return config.number(head, "deny ip", last=True)


def shadow(config: Config, head: str, words: str) -> int:
    """A deny above it; its sequence is 5."""
    protocol = "ipv6" if head.startswith("ipv6") else "ip"
    number = config.number(head, words)
    family = "ipv6" if protocol == "ipv6" else "ipv4"
    return config.insert(number - 1, config.entry(5, f"deny {protocol} any any", family))


@pytest.mark.parametrize("name", ["lab", "generated"])
def test_all_flows_of_a_city_as_rendered_are_open(name: str, worlds: dict[str, World]) -> None:
    world = worlds[name]
    frame = frame_of(world, world.snapshots)
    assert frame.policy.approved
    assert unopened(frame) == []


@pytest.mark.parametrize("family", ["ipv4", "ipv6"])
@pytest.mark.parametrize("fault", [delete, turn, narrow, shadow])
@pytest.mark.parametrize("name", ["lab", "generated"])
def test_a_closed_request_is_found_at_the_line(
    name: str, fault: Callable[[Config, str, str], int], family: str, worlds: dict[str, World]
) -> None:
    world = worlds[name]
    config = world.config(HALL)
    head = config.acl("mynumber_servers", "ipv4" if family == "ipv4" else "ipv6")
    number = fault(config, head, "8530")
    frame, found = closed(world, config)
    requests = [one for one in found if one.part.flow == UPDATES and not one.part.reply]
    assert requests
    assert {one.stop for one in found} == {Stop.LIST}
    if fault is not shadow:  # which closes everything
        assert {(one.part.flow, one.part.reply) for one in found} == {(UPDATES, False)}
    for one in requests:
        assert one.packet.family == family
        assert matches(one.part.match, one.packet)
        assert one.line is not None
        assert (one.line.file, one.line.number) == (f"{HALL}.cfg", number)
        stop = one.way[-1].stage
        assert not judge(frame.list_at(stop, one.packet.family), one.packet).permitted
    told = [one for one in unopened_findings(found, world.city) if one.args["flow"] == UPDATES]
    assert {place_of(one) for one in told} == {(f"{HALL}.cfg", number)}


def test_a_closed_reply_is_found_at_the_branch_or_hall_that_answers(lab: World) -> None:
    config = lab.config(HALL)
    number = turn(config, config.acl("lgwan_servers"), "8530")
    _, found = closed(lab, config)
    assert {(one.part.flow, one.part.reply, one.line.number if one.line else 0) for one in found} == {
        (UPDATES, True, number)
    }


def test_a_list_at_the_way_out_closes_as_well(lab: World) -> None:
    """The packet passes the list where it enters, and stops at the one where it would leave."""
    config = lab.config(HALL)
    vlan = lab.city.segments["lgwan_servers"].vlan
    config.insert(config.number(f"interface Vlan{vlan}") + 1, config.bind("SHUT", direction="out"))
    config.append("ip access-list SHUT", "   10 permit udp any any")
    _, found = closed(lab, config)
    updates = [one for one in found if one.part.flow == UPDATES and not one.part.reply]
    assert {one.packet.family for one in updates} == {"ipv4"}
    for one in updates:
        assert one.line is not None
        assert (one.line.file, one.line.text) == (f"{HALL}.cfg", "ip access-list SHUT")
        assert [step.stage.direction for step in one.way] == ["in", "out"]


def test_a_line_that_is_not_understood_may_close(lab: World) -> None:
    acls = dict(lab.snapshots[HALL].acls)
    key = ("ipv4", "SANSO-mynumber_servers-IN-V4")
    rules = acls[key].rules
    doubtful = replace(rules[0], action="deny", matches=(), understood=False)
    acls[key] = replace(acls[key], rules=(doubtful, *rules))
    snapshots = {**lab.snapshots, HALL: replace(lab.snapshots[HALL], acls=acls)}
    found = unopened(frame_of(lab, snapshots))
    assert {one.stop for one in found} == {Stop.DOUBT}
    assert {one.line for one in found} == {rules[0].line}
    assert UPDATES in {one.part.flow for one in found}


def test_an_interface_that_is_shut_leaves_no_end(lab: World) -> None:
    config = lab.config(HALL)
    vlan = lab.city.segments["mynumber_servers"].vlan
    config.insert(config.number(f"interface Vlan{vlan}") + 1, " shutdown")
    _, found = closed(lab, config)
    assert {(one.stop, one.part.reply) for one in found if one.part.flow == UPDATES} == {
        (Stop.NO_SOURCE, False),
        (Stop.NO_TARGET, True),
    }
    flow = lab.city.location(lab.city.flows[UPDATES].at())
    assert flow in [one.location for one in unopened_findings(found, lab.city)]


def test_a_route_that_is_missing_is_no_way(generated: World) -> None:
    """Routes of a branch that the text does not have are taken to lead anywhere; so it is asked in another VRF."""
    config = generated.config(HALL)
    vlan = generated.city.segments["mynumber_servers"].vlan
    config.insert(config.number(f"interface Vlan{vlan}") + 1, " vrf forwarding APART")
    _, found = closed(generated, config)
    stops = {one.stop for one in found if one.part.flow == UPDATES}
    assert stops <= {Stop.NO_WAY, Stop.NO_SOURCE}
    assert stops
