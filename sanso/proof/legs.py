"""Routers and their legs: where packets enter and leave them, and past which access lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network
from typing import Literal, NamedTuple

from sanso.city.addressing import FAMILIES
from sanso.city.links import is_gateway
from sanso.city.model import City
from sanso.network.facts import Direction, Family
from sanso.network.firewall import Passage
from sanso.network.snapshot import Interface, Kind, Line, Snapshot
from sanso.proof.edges import INTERNET
from sanso.proof.layer2 import Layer2
from sanso.proof.links import End

Network = IPv4Network | IPv6Network


class Router(NamedTuple):
    """A routing table of a device."""

    device: str
    vrf: str
    entrance: str = ""
    """Where packets came in, where a firewall asks for it."""

    @property
    def table(self) -> Router:
        """The same, wherever packets came in."""
        return self._replace(entrance="") if self.entrance else self


class Stage(NamedTuple):
    """A place that a packet passes, and the access list that it meets there, which need not exist."""

    device: str
    interface: str
    direction: Direction | Literal["through", "route"]
    """``route`` is where a router sends it on by a route: no list stands there."""
    acl: str | None
    line: Line
    """The line that binds the list, or the route's; without one, the interface's own."""
    exit: str = ""
    """Where packets leave, of a place between two interfaces."""

    @property
    def place(self) -> str:
        """The interface, or the two between which it stands."""
        return f"{self.interface}→{self.exit}" if self.exit else self.interface


@dataclass(frozen=True, eq=False)
class Leg:
    """An interface of a router, in the broadcast domain that it is attached to."""

    router: Router
    name: str
    domain: int
    line: Line
    networks: Mapping[Family, tuple[Network, ...]]
    addresses: Mapping[Family, frozenset[int]]
    interface: Interface | None = None
    assumed: bool = False
    """Its addresses are not told (a line that others configure, DHCP): it may forward both families."""
    _stages: dict[tuple[Family, Direction], Stage] = field(default_factory=dict, repr=False)

    def forwards(self, family: Family) -> bool:
        """Whether packets of a family enter and leave here; for IPv6 a link-local address is enough."""
        return self.assumed or bool(self.addresses[family])

    def stage(self, family: Family, direction: Direction) -> Stage:
        """What a packet meets here; of several bindings the last counts, as on the devices."""
        key = (family, direction)
        if key not in self._stages:
            bindings = self.interface.bindings if self.interface is not None else ()
            bound = [one for one in bindings if (one.family, one.direction) == key]
            acl, line = (bound[-1].name, bound[-1].line) if bound else (None, self.line)
            self._stages[key] = Stage(self.router.device, self.name, direction, acl, line)
        return self._stages[key]


class Legs:
    """Every leg of a network."""

    def __init__(self, snapshots: Mapping[str, Snapshot], layer2: Layer2, city: City | None) -> None:
        self.snapshots = snapshots
        self.layer2 = layer2
        self.city = city
        self.all: list[Leg] = []
        self.by_router: dict[Router, list[Leg]] = {}
        self.by_domain: dict[int, list[Leg]] = {}
        self._entrances: dict[tuple[int, Family], tuple[Leg, ...]] = {}
        self.outside: dict[int, str] = {}
        """Domain of an outside network → its name; where two are one, it is the Internet."""
        self._untold = {
            End(name, line.interface)
            for name, one in snapshots.items()
            for line in one.unread
            if line.why == "address"
        }
        for end in layer2.interfaces:
            self._add(self._leg(end, layer2.find(layer2.interface_node(end))))
        for name, snapshot in snapshots.items():
            for interface in snapshot.interfaces.values():
                if interface.kind is Kind.LOOPBACK and not interface.shutdown:
                    own = layer2.find(layer2.nodes.other(name, interface.name))
                    self._add(self._leg(End(name, interface.name), own))
        for end, clouds in layer2.lines.items():
            for cloud in sorted(clouds):
                domain = layer2.find(layer2.cloud_node(cloud))
                if self.outside.get(domain) != INTERNET:
                    self.outside[domain] = cloud
                if self._is_bare(end):
                    self._add(self._assumed(end, domain))

    def _add(self, leg: Leg) -> None:
        self.all.append(leg)
        self.by_router.setdefault(leg.router, []).append(leg)
        self.by_domain.setdefault(leg.domain, []).append(leg)

    def _leg(self, end: End, domain: int) -> Leg:
        interface = self.snapshots[end.device].interfaces[end.port]
        networks: dict[Family, tuple[Network, ...]] = {}
        addresses: dict[Family, frozenset[int]] = {}
        for family, version in zip(FAMILIES, (4, 6), strict=True):
            own = [one.interface for one in interface.addresses if one.interface.version == version]
            addresses[family] = frozenset(int(one.ip) for one in own)
            networks[family] = tuple(dict.fromkeys(one.network for one in own if not one.is_link_local))
        router = Router(end.device, interface.vrf)
        untold = end in self._untold
        return Leg(router, end.port, domain, interface.line, networks, addresses, interface, assumed=untold)

    def _assumed(self, end: End, domain: int) -> Leg:
        snapshot = self.snapshots[end.device]
        interface = snapshot.interfaces.get(end.port)
        line = interface.line if interface is not None else Line(snapshot.file, 0, f"interface {end.port}")
        vrf = interface.vrf if interface is not None else ""
        none: dict[Family, tuple[Network, ...]] = {"ipv4": (), "ipv6": ()}
        nobody: dict[Family, frozenset[int]] = {"ipv4": frozenset(), "ipv6": frozenset()}
        return Leg(Router(end.device, vrf), end.port, domain, line, none, nobody, interface, assumed=True)

    def _is_bare(self, end: End) -> bool:
        """Whether a line of a router has no address that the configuration tells: somebody else configures it."""
        snapshot = self.snapshots.get(end.device)
        if snapshot is None or not any(self.routes(end.device, family) for family in FAMILIES):
            return False
        interface = snapshot.interfaces.get(end.port)
        if interface is None:
            return True
        if interface.shutdown:
            return False
        wire = self.layer2.wires.of(*end)
        behind = {node for _, node in wire.sends | wire.takes}
        return not any(
            one.addresses and not one.shutdown and self.layer2.interface_node(End(end.device, one.name)) in behind
            for one in snapshot.interfaces.values()
            if one.kind in {Kind.SVI, Kind.ROUTED, Kind.SUBINTERFACE}
        )

    def routes(self, device: str, family: Family) -> bool:
        """Whether a device routes: its configuration says so, or the city, whose gateway it is."""
        return device in self._routing[family]

    @cached_property
    def _routing(self) -> dict[Family, frozenset[str]]:
        devices = self.city.devices if self.city is not None else {}
        gateways = {name for name in devices if self.city is not None and is_gateway(self.city, devices[name])}
        return {
            family: frozenset(
                name for name, one in self.snapshots.items() if name in gateways or one.routing.get(family, True)
            )
            for family in FAMILIES
        }

    def behind(self, leg: Leg) -> Router:
        """The router that packets have come to by a leg, which remembers the leg if it has a firewall."""
        filtered = leg.router.device in self.snapshots and self.snapshots[leg.router.device].firewall is not None
        return leg.router._replace(entrance=leg.name) if filtered else leg.router

    def through(self, router: Router, leg: Leg, family: Family) -> tuple[Stage, ...]:
        """What packets meet between the entrance that a router remembers and a leg."""
        if not router.entrance:
            return ()
        snapshot = self.snapshots[router.device]
        name = snapshot.through.get(Passage(router.entrance, leg.name, family))
        acl = snapshot.acls.get((family, name)) if name is not None else None
        line = acl.line if acl is not None else snapshot.firewall.line if snapshot.firewall is not None else leg.line
        return (Stage(router.device, router.entrance, "through", name, line, leg.name),)

    def entrances(self, domain: int, family: Family) -> tuple[Leg, ...]:
        """Legs by which routers take packets from a broadcast domain."""
        key = (domain, family)
        if key not in self._entrances:
            self._entrances[key] = tuple(
                leg
                for leg in self.by_domain.get(domain, ())
                if leg.forwards(family) and self.routes(leg.router.device, family)
            )
        return self._entrances[key]
