"""Flows that are not open against packets that are tried one by one, on random networks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings

from sanso.network.packets import Match, Packet, any_address
from sanso.network.snapshot import AccessList, Line, Rule
from sanso.proof.approved import Approved
from sanso.proof.chains import Source
from sanso.proof.frame import Frame
from sanso.proof.interpreter import matches
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.unopened import Stop, unopened
from tests.proof.test_matrix import HALVES, frames, half, packets, permits
from tests.proof.topology.networks import Text, device, network, route, routed

ANY = Match("ipv4", any_address("ipv4"), any_address("ipv4"))
LINE = Line("x.cfg", 1, "a line")


def stop_of(frame: Frame, source: Source, packet: Packet) -> Stop | None:
    """Where a packet from an interface stops on some way, read line by line; None if nowhere."""
    targets = [
        one
        for one in frame.topology.targets()
        if one.family == "ipv4" and packet.target in range(int(one.prefix[0]), int(one.prefix[-1]) + 1)
    ]
    if not targets:
        return Stop.NO_TARGET
    chains = [chain for target in targets for chain in frame.topology.chains(source, target)]
    if not chains:
        return Stop.NO_WAY
    passes = all(permits(frame, stage, packet) for chain in chains for stage in chain.stages)
    return None if passes else Stop.LIST


def tried(frame: Frame, source: Source) -> Iterator[tuple[int, Stop]]:
    """Which parts of flows stop, of those that an interface may begin."""
    first, last = int(source.subnets[0][0]), int(source.subnets[0][-1])
    own = [span for span in HALVES if first <= span[0] <= last]
    for target in HALVES:
        for packet in packets(frame, own, target):
            asked = [n for n, one in enumerate(frame.policy.approved) if matches(one.match, packet)]
            if asked and (stop := stop_of(frame, source, packet)):
                yield from ((number, stop) for number in asked)


@settings(max_examples=60, deadline=None)
@given(frames())
def test_what_is_told_not_to_be_open_is_what_stops(frame: Frame) -> None:
    found = unopened(frame)
    parts = frame.policy.approved
    sources = [one for one in frame.topology.sources() if one.family == "ipv4"]
    for source in sources:
        expected = {(parts[number], stop) for number, stop in tried(frame, source)}
        assert {(one.part, one.stop) for one in found if one.source is source} == expected
    begun = {int(net[0]) for source in sources for net in source.subnets} | {
        int(net[128]) for source in sources for net in source.subnets
    }
    nowhere = [span for span in HALVES if span[0] not in begun]
    orphans = {
        part
        for part in parts
        for target in HALVES
        if any(matches(part.match, packet) for packet in packets(frame, nowhere, target))
    }
    assert {one.part for one in found if one.source is None} == orphans
    for one in found:
        assert matches(one.part.match, one.packet)
        if one.source is not None and one.stop is not Stop.NO_TARGET:
            assert stop_of(frame, one.source, one.packet) is one.stop
        if one.stop is Stop.LIST:
            *passed, last = one.way
            assert all(permits(frame, step.stage, one.packet) for step in passed)
            assert not permits(frame, last.stage, one.packet)


def test_each_of_two_ways_must_be_open() -> None:
    """One router of the two that a route leads to denies: whether a packet gets through hangs on which it takes."""
    text = Text("a")
    hops = [route(text, "10.0.3.0/24", f"10.0.2.{host}") for host in (2, 3)]
    ports = routed(text, "Gi1", "10.0.1.1/24"), routed(text, "Gi2", "10.0.2.1/24")
    first = device("a", *ports, routes=tuple(hops))
    others = [
        device(
            name,
            routed(Text(name), "Gi2", f"10.0.2.{host}/24", acl_in="x"),
            routed(Text(name), "Gi3", f"10.0.3.{host}/24"),
            acls={("ipv4", "x"): AccessList("ipv4", "x", (Rule(action, (ANY,), LINE, 10),), LINE)},
        )
        for name, host, action in (("b", 2, "permit"), ("c", 3, "deny"))
    ]
    flow = replace(ANY, sources=(half(1, upper=False),), targets=(half(3, upper=False),))
    policy = Policy((Approved("flow", flow, False, "lgwan", "internet"),))
    found = unopened(Frame(Topology(network(first, *others)), policy))
    assert [(one.stop, one.way[-1].stage.device) for one in found] == [(Stop.LIST, "c")]
