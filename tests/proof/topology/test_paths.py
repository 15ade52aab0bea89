"""Chains against packets that are routed hop by hop, on random networks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, ip_address, ip_network

from hypothesis import given, settings
from hypothesis import strategies as st

from sanso.network.snapshot import Line, Route, Snapshot, Unread
from sanso.proof.topology import Topology
from tests.proof.topology.networks import Text, device, network, routed

DEEPEST = 8


@dataclass
class Box:
    """A router: the host number it has on each of its LANs, and its routes."""

    lans: dict[int, int]
    lists: dict[tuple[int, str], str]
    routes: list[tuple[str, str]]
    knows: bool


@dataclass
class World:
    boxes: dict[str, Box]
    seen: set[frozenset[str]] = field(default_factory=set)

    def lan(self, number: int) -> IPv4Network:
        return IPv4Network(f"10.0.{number}.0/24")

    def snapshots(self) -> dict[str, Snapshot]:
        made = []
        for name, box in self.boxes.items():
            text = Text(name)
            ports = [
                routed(
                    text,
                    f"Gi{lan}",
                    f"10.0.{lan}.{host}/24",
                    acl_in=box.lists.get((lan, "in"), ""),
                    acl_out=box.lists.get((lan, "out"), ""),
                )
                for lan, host in box.lans.items()
            ]
            routes = tuple(
                Route(ip_network(prefix), text(prefix), next_hop=ip_address(hop) if hop else None)
                for prefix, hop in box.routes
            )
            unread = () if box.knows else (Unread(Line(f"{name}.cfg", 99, "router ospf 1"), "routing_protocol"),)
            made.append(device(name, *ports, routes=routes, unread=unread))
        return network(*made)

    # ----- routing one packet ---------------------------------------------------------------------------------

    def exits(self, name: str, target: IPv4Address, depth: int = DEEPEST) -> Iterator[tuple[int, IPv4Address | None]]:
        """LAN that a packet leaves by, and the next hop; None: to its target itself."""
        box = self.boxes[name]
        connected = [lan for lan in box.lans if target in self.lan(lan)]
        far = [(ip_network(prefix), hop) for prefix, hop in box.routes if target in ip_network(prefix)]
        longest = max((prefix.prefixlen for prefix, _ in far), default=-1)
        if connected and longest <= 24:
            yield connected[0], None
            return
        for prefix, hop in far:
            if prefix.prefixlen == longest and hop and depth:
                for lan, last in self.exits(name, IPv4Address(hop), depth - 1):
                    yield lan, last or IPv4Address(hop)

    def takers(self, lan: int, hop: IPv4Address, but: str) -> list[str]:
        """Routers that a next hop may be: its owner, or anybody where nobody has the address."""
        there = [name for name, box in self.boxes.items() if lan in box.lans and name != but]
        owners = [name for name in there if hop == self.lan(lan).network_address + self.boxes[name].lans[lan]]
        return owners or there

    def paths(self, name: str, target: IPv4Address, been: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Access lists of every way that a packet may take, past a router's entrance."""
        box = self.boxes[name]
        been = (*been, name)
        ways = list(self.exits(name, target))
        for lan, hop in ways:
            if hop is None:
                yield self._met(name, lan, "out")
        onward = [(lan, taker) for lan, hop in ways if hop for taker in self.takers(lan, hop, name)]
        if not box.knows:
            everybody = self.boxes.items()
            onward += [(lan, other) for lan in box.lans for other, one in everybody if lan in one.lans]
        for lan, taker in onward:
            if taker not in been:
                for rest in self.paths(taker, target, been):
                    yield (*self._met(name, lan, "out"), *self._met(taker, lan, "in"), *rest)

    def _met(self, name: str, lan: int, direction: str) -> tuple[str, ...]:
        found = self.boxes[name].lists.get((lan, direction))
        return (f"{name} {lan} {direction}",) if found else ()


@st.composite
def worlds(draw: st.DrawFn) -> World:
    boxes: dict[str, Box] = {}
    hosts = st.integers(1, 6)
    for number, name in enumerate("abcd"[: draw(st.integers(2, 4))], start=1):
        lans = dict.fromkeys(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True)), number)
        lists = {(lan, direction): "x" for lan in lans for direction in ("in", "out") if draw(st.integers(0, 2)) == 0}
        prefixes = st.sampled_from(
            ["0.0.0.0/0", "10.0.0.0/16", *(f"10.0.{n}.0/24" for n in (1, 2, 3, 4)), "10.0.2.128/25", "10.0.3.0/25"]
        )
        hops = st.builds(lambda lan, host: f"10.0.{lan}.{host}", st.integers(1, 5), hosts) | st.just("")
        routes = draw(st.lists(st.tuples(prefixes, hops), max_size=4))
        boxes[name] = Box(lans, lists, routes, knows=draw(st.integers(0, 5)) > 0)
    return World(boxes)


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_no_packet_takes_a_way_without_a_chain(world: World) -> None:
    topology = Topology(world.snapshots())
    for source in topology.sources():
        for target in topology.targets():
            if source.family != target.family or source.domain == target.domain:
                continue
            chains = topology.chains(source, target)
            told = [{f"{s.device} {s.interface[2:]} {s.direction}" for s in chain.filters} for chain in chains]
            entry = world._met(source.device, int(source.interface[2:]), "in")
            for last in (1, 2, 6, 127, 130, 250):
                address = IPv4Address(int(target.prefix.network_address) + last)
                for path in world.paths(source.device, address):
                    assert any(lists <= {*entry, *path} for lists in told), (source, target, path)


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_no_chain_is_longer_than_another_and_groups_agree(world: World) -> None:
    topology = Topology(world.snapshots())
    for source in topology.sources():
        groups = list(topology.groups(source))
        for target in topology.targets():
            if source.family != target.family:
                continue
            sets = [frozenset(chain.filters) for chain in topology.chains(source, target)]
            assert not any(
                one < other or (one == other and a != b) for a, one in enumerate(sets) for b, other in enumerate(sets)
            )
            told = next((group.chains for group in groups if target in group.targets), ())
            assert {frozenset(chain.filters) for chain in told} == set(sets)


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_where_all_routes_are_known_and_plain_every_chain_is_some_packets_way(world: World) -> None:
    for box in world.boxes.values():
        box.knows = True
        own = {str(world.lan(lan)) for lan in box.lans}
        covering = {"0.0.0.0/0", "10.0.0.0/16"}
        # One route for each prefix, none that a connected subnet makes needless, none to an address of nobody.
        box.routes = [
            (prefix, hop)
            for prefix, hop in dict(box.routes).items()
            if prefix not in own and prefix not in covering and prefix.endswith("/24")
        ]
    topology = Topology(world.snapshots())
    for source in topology.sources():
        for target in topology.targets():
            if source.family != target.family or source.domain == target.domain:
                continue
            entry = set(world._met(source.device, int(source.interface[2:]), "in"))
            real = [
                entry | set(path)
                for path in world.paths(source.device, IPv4Address(int(target.prefix.network_address) + 250))
            ]
            for chain in topology.chains(source, target):
                lists = {f"{s.device} {s.interface[2:]} {s.direction}" for s in chain.filters}
                assert lists in real
