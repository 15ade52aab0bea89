"""The matrix against packets that are tried one by one, on random networks; and on cities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanso.network.packets import Match, Packet
from sanso.network.snapshot import AccessList, Line, Rule
from sanso.proof.approved import Approved
from sanso.proof.chains import Source, Target
from sanso.proof.filters import bound_list
from sanso.proof.frame import Frame
from sanso.proof.interpreter import judge, matches
from sanso.proof.legs import Stage
from sanso.proof.matrix import OUTSIDE, Matrix, Traffic
from sanso.proof.placement import Place, Placement
from sanso.proof.policy import Policy
from sanso.proof.prove import prove
from sanso.proof.topology import Topology
from sanso.proof.traffic import addresses, words
from tests.proof.mutations.harness import World as CityWorld
from tests.proof.topology.test_paths import World, worlds

LAB = Path(__file__).parents[2] / "inventories" / "lab"
LANS = (1, 2, 3, 4)
PLACES = {
    1: Place("lgwan", "staff", "hall"),
    2: Place("lgwan", "servers", "hall"),
    3: Place("internet", "staff", "hall"),
    4: Place("internet", "staff", "branch"),
}
"""LAN → place: two layers, and a segment at two sites."""
FORGED = int(ip_network("192.0.2.0/24").network_address)
MARKS = ("open", "forged", "approved", "unapproved")
TCP, UDP, ECHO = ((6, 6),), ((17, 17),), ((1, 1),)


def half(lan: int, upper: bool) -> tuple[int, int]:
    """Half of a LAN's addresses."""
    first = int(ip_network(f"10.0.{lan}.0/24").network_address) + 128 * upper
    return first, first + 127


HALVES = [*(half(lan, upper) for lan in LANS for upper in (False, True)), (FORGED, FORGED)]


@st.composite
def lines(draw: st.DrawFn) -> Match:
    """A match that tells halves of LANs, and a few services."""
    ends = st.sampled_from([((0, 2**32 - 1),), *(((half(lan, False)[0], half(lan, True)[1]),) for lan in LANS)])
    halves = st.builds(lambda lan, upper: (half(lan, upper),), st.sampled_from(LANS), st.booleans())
    match = Match("ipv4", draw(ends | halves), draw(ends | halves))
    return draw(
        st.sampled_from(
            [
                match,
                replace(match, protocols=TCP, target_ports=((443, 443),)),
                replace(match, protocols=TCP, source_ports=((443, 443),), established=True),
                replace(match, protocols=UDP, target_ports=((53, 53),)),
                replace(match, protocols=ECHO, icmp_types=((8, 8),)),
            ]
        )
    )


@st.composite
def frames(draw: st.DrawFn) -> Frame:
    """A random network whose lists have lines, and some flows that are approved."""
    world: World = draw(worlds())
    snapshots = {}
    for name, snapshot in world.snapshots().items():
        rules = [
            Rule(draw(st.sampled_from(("permit", "deny"))), (match,), Line(f"{name}.cfg", number, "line"), number)
            for number, match in enumerate(draw(st.lists(lines(), max_size=4)), 100)
        ]
        acl = AccessList("ipv4", "x", tuple(rules), Line(f"{name}.cfg", 99, "access-list x"))
        snapshots[name] = replace(snapshot, acls={("ipv4", "x"): acl} if rules else {})
    placement = Placement(prefixes={ip_network(f"10.0.{lan}.0/24"): place for lan, place in PLACES.items()})
    pairs = st.sampled_from([("lgwan", "internet"), ("internet", "lgwan")])
    flows = draw(
        st.lists(st.builds(lambda match, pair: Approved("flow", match, False, *pair), lines(), pairs), max_size=3)
    )
    return Frame(Topology(snapshots, placement=placement), Policy(tuple(flows), frozenset({"internet"})))


def packets(frame: Frame, sources: list[tuple[int, int]], target: tuple[int, int]) -> Iterator[Packet]:
    """One of all packets between some addresses that the frame tells apart."""
    every = frame.services.every
    atoms = (1 << place for place in range(every.bit_length()) if every >> place & 1)
    for (source, _), atom in product(sources, atoms):
        yield Packet("ipv4", source, target[0], *frame.services.example(atom))


def passes(frame: Frame, sources: list[Source], target: Target, packet: Packet) -> bool:
    """Whether a packet gets from a LAN to a subnet by any of its routers, line by line."""
    return any(
        all(permits(frame, stage, packet) for stage in chain.stages)
        for source in sources
        for chain in frame.topology.chains(source, target)
    )


def permits(frame: Frame, stage: Stage, packet: Packet) -> bool:
    snapshot = frame.snapshots[stage.device]
    bindings = snapshot.interfaces[stage.interface].bindings
    bound = [one for one in bindings if (one.family, one.direction) == (packet.family, stage.direction)]
    assert bool(bound) is (stage.acl is not None)
    return not bound or judge(bound_list(snapshot, bound[-1]), packet).permitted


def holds(rows: list[Traffic], frame: Frame, packet: Packet) -> bool:
    atom = frame.services.atom_of(packet)
    return any(
        row.services & atom
        and any(first <= packet.source <= last for first, last in row.sources)
        and any(first <= packet.target <= last for first, last in row.targets)
        for row in rows
    )


Pair = tuple[Place, Place]


@dataclass
class Tried:
    """What packets between two segments did."""

    outcomes: list[bool] = field(default_factory=list)
    """Of those whose source is not forged: whether they got through."""
    marks: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MARKS, 0))
    """Services of packets that got through."""

    @property
    def state(self) -> str:
        return "allowed" if all(self.outcomes) else "partly" if any(self.outcomes) else "denied"


def try_all(frame: Frame) -> dict[Pair, Tried]:
    """Every packet between any two LANs that the frame can tell apart, from forged addresses too."""
    found: dict[Pair, Tried] = {}
    matrix = Matrix(frame)
    sources = [one for one in frame.topology.sources() if one.family == "ipv4"]
    targets = [one for one in frame.topology.targets() if one.family == "ipv4"]
    for domain, target in product({one.domain for one in sources}, targets):
        entrances = [one for one in sources if one.domain == domain]
        lan, there = (int(str(net).split(".")[2]) for net in (entrances[0].subnets[0], target.prefix))
        tried = found.setdefault((segment(lan), segment(there)), Tried())
        rows = matrix.traffic(PLACES[lan], PLACES[there])
        for packet in (one for upper in (False, True) for one in packets(frame, HALVES, half(there, upper))):
            forged = packet.source not in (half(lan, False)[0], half(lan, True)[0])
            through = passes(frame, entrances, target, packet)
            if not forged:
                tried.outcomes.append(through)
                assert holds(rows, frame, packet) is through, packet
            for mark in marks_of(frame, PLACES[lan], PLACES[there], packet, forged=forged) if through else ():
                tried.marks[mark] |= frame.services.atom_of(packet)
    return found


def segment(lan: int) -> Place:
    return replace(PLACES[lan], site="")


def marks_of(frame: Frame, source: Place, target: Place, packet: Packet, *, forged: bool) -> Iterator[str]:
    """What a packet that got through counts as."""
    yield "forged" if forged else "open"
    if source.layer != target.layer:
        flows = (one.match for one in frame.policy.approved if one.source_layer == source.layer)
        asked = any(matches(match, packet) for match in flows)
        if not (asked and forged):
            yield "approved" if asked else "unapproved"


@settings(max_examples=30, deadline=None)
@given(frames())
def test_cells_and_traffic_are_what_packets_do(frame: Frame) -> None:
    matrix = Matrix(frame)
    tried = try_all(frame)
    assert set(matrix.segments) == set(tried)
    for pair, one in tried.items():
        assert matrix.segments[pair].state == one.state, pair
        assert {mark: getattr(matrix.segments[pair], mark) for mark in MARKS} == one.marks, pair
    for pair, cell in matrix.layers.items():
        states = {one.state for (a, b), one in tried.items() if (a.layer, b.layer) == pair}
        assert cell.state == (states.pop() if len(states) == 1 else "partly")


@settings(max_examples=80, deadline=None)
@given(frames())
def test_layers_cross_in_the_matrix_as_in_the_proof(frame: Frame) -> None:
    crossing = {(one.source_layer, one.target_layer) for one in prove(frame.topology, frame.policy).crossings}
    assert {pair for pair, cell in Matrix(frame).layers.items() if cell.unapproved} == crossing


@pytest.fixture(scope="module")
def lab() -> Matrix:
    world = CityWorld(LAB)
    return Matrix(Frame(Topology(world.snapshots, world.city), Policy.of_city(world.city)))


def test_a_city_is_open_inside_its_layers_and_between_them_for_its_flows(lab: Matrix) -> None:
    assert not any(cell.unapproved or cell.forged_only for cell in lab.segments.values())
    assert {pair for pair, cell in lab.layers.items() if cell.state == "allowed"} == {
        *((layer, layer) for layer in ("mynumber", "lgwan", "internet", "management", "school", "public")),
        *((layer, OUTSIDE.layer) for layer in ("internet", "school", "public")),
    }
    assert {frozenset(pair) for pair, cell in lab.layers.items() if cell.state == "partly"} == {
        frozenset((one.source_layer, one.target_layer)) for one in lab.frame.policy.approved
    }


def test_traffic_of_a_pair_is_told_exactly(lab: Matrix) -> None:
    rows = lab.traffic(Place("mynumber"), Place("lgwan", "lgwan_servers"))
    told = [
        (
            addresses(row.family, row.sources),
            addresses(row.family, row.targets),
            words(lab.services, row.services, "en").said("en"),
        )
        for row in rows
        if row.family == "ipv4"
    ]
    assert told == [
        ("10.12.0.10", "10.24.0.10", "tcp/443"),
        ("10.12.0.20", "10.24.0.70", "tcp/1688"),
        ("10.12.0.20", "10.24.0.80", "tcp/8530-8531"),
    ]
    assert lab.traffic(Place("mynumber"), Place("lgwan", "lgwan_servers", "branch_shogakko_kita")) == []
    assert lab.traffic(Place("mynumber"), Place("public")) == []


def test_the_internet_is_a_target_and_no_source(lab: Matrix) -> None:
    assert OUTSIDE in {target for _, target in lab.segments}
    assert OUTSIDE not in {source for source, _ in lab.segments}
    assert OUTSIDE not in lab.places
