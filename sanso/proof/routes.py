"""Where each router sends packets on: its static routes, and all that may be where routes are not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import NamedTuple

from sanso.city.addressing import FAMILIES
from sanso.city.model import City
from sanso.messages import Finding
from sanso.network.facts import Family
from sanso.network.packets import BITS
from sanso.network.snapshot import Kind, Route, Snapshot
from sanso.proof.findings import error
from sanso.proof.legs import Leg, Legs, Network, Router, Stage

UNKNOWN_ROUTES = frozenset({"routing_protocol", "policy_route"})
"""What was not read, and lets a router send any packet to any neighbour."""
_DEEPEST = 8
"""So many routes may resolve each other's next hops."""

Address = IPv4Address | IPv6Address
Matched = tuple[int, ...]
"""Numbers of the routes of a table that a packet may take; -1 stands for: none of them may cover it."""


class Exit(NamedTuple):
    """A way out of a router: by a leg to those entrances, or to any of its domain; or into another VRF."""

    leg: Leg | None
    entrances: tuple[Leg, ...] | None = None
    router: Router | None = None
    stages: tuple[Stage, ...] = ()
    """The route that says so, where one does."""


class Routes:
    """The tables of a network's routers, for one family."""

    def __init__(self, snapshots: Mapping[str, Snapshot], legs: Legs, city: City | None, family: Family) -> None:
        self.legs = legs
        self.family: Family = family
        self.findings: list[Finding] = []
        self._own = [] if city is None else [ip_network(prefix) for prefix in getattr(city.settings.prefixes, family)]
        self._unknown = {
            name for name, one in snapshots.items() if any(line.why in UNKNOWN_ROUTES for line in one.unread)
        }
        self.tables: dict[Router, list[Route]] = {}
        version = FAMILIES.index(family) * 2 + 4
        for name, snapshot in snapshots.items():
            for route in snapshot.routes:
                if route.prefix.version == version:
                    self.tables.setdefault(Router(name, route.vrf), []).append(route)
        self._keys = {router: tuple(_ends(route.prefix) for route in table) for router, table in self.tables.items()}
        self._distinct = {keys: index for index, keys in enumerate(dict.fromkeys(self._keys.values()))}
        self._exits: dict[tuple[Router, Matched], tuple[Exit, ...]] = {}
        self._by_route = {
            (router, index): tuple(_by_route(one, router, route) for one in self._resolve(router, route))
            for router, table in self.tables.items()
            for index, route in enumerate(table)
        }

    # ----- which routes ---------------------------------------------------------------------------------------

    def signature(self, target: Network, *, internet: bool = False) -> tuple[Matched, ...]:
        """What every distinct table matches a target with; targets of one signature are sent the same ways."""
        if not self._distinct:
            return ()
        ends = _ends(target)
        return tuple(self._match(keys, ends, internet) for keys in self._distinct)

    def _match(self, keys: Sequence[tuple[int, int]], target: tuple[int, int], internet: bool) -> Matched:
        """Routes to a part of the target, and the longest that cover it whole."""
        first, last = target
        found: list[int] = []
        longest: list[int] = []
        least = 1 << BITS[self.family]
        for index, (low, high) in enumerate(keys):
            if low <= first and last <= high:
                if high - low < least:
                    longest, least = [], high - low
                if high - low == least:
                    longest.append(index)
            elif first <= low and high <= last and not (internet and self._is_own(low, high)):
                found.append(index)
        return (*found, *longest) if longest else (*found, -1)

    def _is_own(self, low: int, high: int) -> bool:
        return any(first <= low and high <= last for first, last in map(_ends, self._own))

    # ----- exits ----------------------------------------------------------------------------------------------

    def exits(self, router: Router, signature: tuple[Matched, ...]) -> tuple[Exit, ...]:
        """Ways that packets of a signature may leave a router by, but to what is connected to it."""
        keys = self._keys.get(router)
        matched = signature[self._distinct[keys]] if keys is not None else (-1,)
        if (router, matched) not in self._exits:
            self._exits[router, matched] = tuple(self._of(router, matched))
        return self._exits[router, matched]

    def _of(self, router: Router, matched: Matched) -> Iterator[Exit]:
        if not self.legs.routes(router.device, self.family):
            return
        legs = [leg for leg in self.legs.by_router.get(router, ()) if leg.forwards(self.family)]
        if router.device in self._unknown:
            yield from (Exit(leg) for leg in legs if not _is_loopback(leg))
        elif -1 in matched:
            yield from (Exit(leg) for leg in legs if leg.domain in self.legs.outside)
        for index in matched:
            yield from self._by_route.get((router, index), ())

    def _resolve(self, router: Router, route: Route) -> Iterator[Exit]:
        """Where a route leads; nowhere where packets are dropped."""
        table = Router(router.device, route.vrf if route.next_vrf is None else route.next_vrf)
        if route.next_hop is None and not route.interface:
            if route.next_vrf is not None:
                yield Exit(None, router=table)
            return
        ways = list(self._by(router, route, _DEEPEST))
        for leg, hop in ways:
            yield self._exit(router, route, leg, hop)
        if ways:
            return
        bare = [leg for leg in self.legs.by_router.get(table, ()) if leg.assumed]
        if bare and route.next_hop is not None:  # a line whose addresses are not told may well lead to the next hop
            yield from (Exit(leg) for leg in bare)
        elif route.interface and not route.interface.lower().startswith("null"):
            self._tell(router, route, "tunnel", route.interface)

    def _exit(self, router: Router, route: Route, leg: Leg, hop: Address | None) -> Exit:
        if hop is None:
            if leg.interface is not None and leg.interface.kind is Kind.TUNNEL and not self._neighbours(leg):
                self._tell(router, route, "tunnel", leg.name)
            return Exit(leg)
        owners = tuple(one for one in self._neighbours(leg) if int(hop) in one.addresses[self.family])
        if not owners and leg.domain not in self.legs.outside:
            self._tell(router, route, "hop", str(hop))
        return Exit(leg, owners or None)

    def _by(self, router: Router, route: Route, depth: int) -> Iterator[tuple[Leg, Address | None]]:
        """Legs that a route's packets leave by, each with the next hop on that leg."""
        if route.interface:
            own = (leg for name, legs in self.legs.by_router.items() if name.device == router.device for leg in legs)
            yield from ((leg, route.next_hop) for leg in own if leg.name == route.interface)
        elif route.next_hop is not None and depth:
            table = Router(router.device, route.vrf if route.next_vrf is None else route.next_vrf)
            yield from self._toward(table, route.next_hop, depth - 1)

    def _toward(self, router: Router, hop: Address, depth: int) -> Iterator[tuple[Leg, Address | None]]:
        """Look a next hop up in a table, as often as its routes have next hops themselves."""
        near = [
            (network.prefixlen, leg)
            for leg in self.legs.by_router.get(router, ())
            for network in leg.networks[self.family]
            if hop in network
        ]
        far = [route for route in self.tables.get(router, ()) if hop in route.prefix]
        longest = max((route.prefix.prefixlen for route in far), default=-1)
        connected = max((length for length, _ in near), default=-1)
        if near and connected >= longest:
            yield from ((leg, hop) for length, leg in near if length == connected)
            return
        for route in far:
            if route.prefix.prefixlen == longest:
                yield from self._by(router, route, depth)

    def _neighbours(self, leg: Leg) -> list[Leg]:
        return [one for one in self.legs.by_domain[leg.domain] if one is not leg]

    def _tell(self, router: Router, route: Route, variant: str, hop: str) -> None:
        args = {"device": router.device, "prefix": route.prefix, "hop": hop, "line": route.line.text.strip()}
        self.findings.append(error("TOPO-09", route.line, args, variant))


def _by_route(found: Exit, router: Router, route: Route) -> Exit:
    """The way out, with the route that leads there."""
    out = found.leg.name if found.leg is not None else found.router.vrf if found.router is not None else ""
    return found._replace(stages=(Stage(router.device, out, "route", None, route.line),))


def _is_loopback(leg: Leg) -> bool:
    return leg.interface is not None and leg.interface.kind is Kind.LOOPBACK


def _ends(network: Network) -> tuple[int, int]:
    return int(network.network_address), int(network.broadcast_address)
