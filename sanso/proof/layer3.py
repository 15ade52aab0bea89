"""Ways of packets between subnets, as the chains of access lists that they meet.

What matters of a way is which lists it passes.  So of all ways only those are kept whose lists are not a superset of
another way's: what passes the longer chain passes the shorter too.  Loops are cut by the same rule.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from ipaddress import ip_network
from typing import Any, NamedTuple

from sanso.city.addressing import FAMILIES
from sanso.city.model import City
from sanso.messages import Finding
from sanso.network.facts import Family
from sanso.network.snapshot import Kind, Snapshot
from sanso.proof.chains import Chain, Group, Source, Target, Way, keep
from sanso.proof.edges import INTERNET
from sanso.proof.findings import warning
from sanso.proof.layer2 import Layer2
from sanso.proof.legs import Leg, Legs, Network, Router, Stage
from sanso.proof.placement import Place
from sanso.proof.routes import Matched, Routes

ANYWHERE: dict[Family, Network] = {"ipv4": ip_network("0.0.0.0/0"), "ipv6": ip_network("::/0")}


class _Walk(NamedTuple):
    """How far packets of one signature get from a router."""

    at: dict[Router, list[Way]]
    left: dict[Leg, list[Way]]


class Reached(NamedTuple):
    """Where packets get to."""

    routers: tuple[Router, ...]
    legs: tuple[Leg, ...]
    """Interfaces that they come in or leave by."""
    ends: tuple[Router, ...]
    """Routers that send them no further."""


class Layer3:
    """Sources, targets and the chains between them."""

    def __init__(self, snapshots: Mapping[str, Snapshot], layer2: Layer2, city: City | None) -> None:
        self.layer2 = layer2
        self.city = city
        self.legs = Legs(snapshots, layer2, city)
        self.routes = {family: Routes(snapshots, self.legs, city, family) for family in FAMILIES}
        self._walks: dict[tuple[Router, Family, tuple[Matched, ...]], _Walk] = {}
        self._groups: dict[tuple[Router, Family], list[Group]] = {}
        self._grouped: dict[Hashable, list[Group]] = {}

    def findings(self) -> Iterator[Finding]:
        """Next hops that nobody knows, and subnets in two places."""
        for routes in self.routes.values():
            yield from routes.findings
        places: dict[tuple[Network, str], list[Leg]] = {}
        for target in self.targets:
            if not target.outside and target.prefix.prefixlen < target.prefix.max_prefixlen:
                leg = target.legs[0]
                places.setdefault((target.prefix, leg.router.vrf), []).append(leg)
        for (prefix, _), legs in places.items():
            if len(legs) > 1:
                here, *others = (f"{leg.router.device} {leg.name}" for leg in legs)
                args = {"prefix": prefix, "here": here, "others": ", ".join(others), "count": len(legs)}
                yield warning("TOPO-10", legs[0].line, args)

    # ----- ends -----------------------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> list[Source]:
        """Every interface by which a router forwards packets, once for each family."""
        return [
            Source(leg, family, self._place(leg, family), self.legs.outside.get(leg.domain, ""))
            for family in FAMILIES
            for leg in self.legs.all
            if leg.forwards(family) and self._forwards(leg, family)
        ]

    def _forwards(self, leg: Leg, family: Family) -> bool:
        """Whether packets that come in by a leg get anywhere but where they came from."""
        if not self.legs.routes(leg.router.device, family):
            return False
        if leg.interface is not None and leg.interface.kind is Kind.LOOPBACK:
            return False
        others = any(one is not leg and one.forwards(family) for one in self.legs.by_router[leg.router])
        return others or leg.router in self.routes[family].tables

    @cached_property
    def targets(self) -> list[Target]:
        """Every connected subnet, and the Internet where a line leads there."""
        by_subnet: dict[tuple[Family, Network, int], list[Leg]] = {}
        for leg in self.legs.all:
            for family in FAMILIES:
                for network in leg.networks[family]:
                    by_subnet.setdefault((family, network, leg.domain), []).append(leg)
        found = [
            Target(network, family, domain, tuple(legs), self._place(legs[0], family, network))
            for (family, network, domain), legs in by_subnet.items()
        ]
        for domain, name in self.legs.outside.items():
            if name == INTERNET:
                legs = tuple(self.legs.by_domain.get(domain, ()))
                found += [Target(ANYWHERE[f], f, domain, legs, None, INTERNET) for f in FAMILIES]
        return found

    def _place(self, leg: Leg, family: Family, network: Network | None = None) -> Place | None:
        """Layer, segment and site of a subnet; where nothing tells, of its broadcast domain."""
        placement = self.layer2.placement
        networks = (network,) if network is not None else leg.networks[family]
        place = next((found for one in networks if (found := placement.subnet(one)) is not None), None)
        if place is None and leg.domain in self.layer2.domains:
            places = self.layer2.domains[leg.domain].places
            place = next(iter(places)) if len({one.layer for one in places}) == 1 else None
        if place is not None and not place.site and self.city is not None and leg.router.device in self.city.devices:
            return Place(place.layer, place.segment, self.city.devices[leg.router.device].site)
        return place

    # ----- chains ---------------------------------------------------------------------------------------------

    def chains(self, source: Source, target: Target) -> list[Chain]:
        """Ways from a source to a target, each with all of its stages; none means: no way."""
        if source.family != target.family:
            return []
        if source.domain == target.domain:
            return [Chain(())]
        entry = source.leg.stage(source.family, "in")
        return [Chain((entry, *way.stages)) for way in self._ways(self.legs.behind(source.leg), target)]

    def groups(self, source: Source) -> Iterator[Group]:
        """All targets of a source that there is a way to, by the access lists on it.

        Their chains have only stages with a list.  First come the targets in the source's own broadcast domain, with
        a chain that has no stage; they may stand in a later group too, which then adds nothing.  All sources of a
        router share the later groups' tuples of targets, so that work on one may be kept for the others.
        """
        family = source.family
        entry = source.leg.stage(family, "in")
        head = () if entry.acl is None else (entry,)
        if near := self._by_domain.get((family, source.domain)):
            yield Group(tuple(near), (Chain(()),))
        for targets, chains in self._groups_from(self.legs.behind(source.leg), family):
            yield Group(targets, tuple(Chain((*head, *chain.stages)) for chain in chains))

    @cached_property
    def _by_domain(self) -> dict[tuple[Family, int], list[Target]]:
        found: dict[tuple[Family, int], list[Target]] = {}
        for target in self.targets:
            found.setdefault((target.family, target.domain), []).append(target)
        return found

    def _groups_from(self, router: Router, family: Family) -> list[Group]:
        """Targets by the lists that packets from behind a router's entrance meet on the way."""
        if (router, family) not in self._groups:
            outcome = self._outcome(router, family)
            if outcome not in self._grouped:
                self._grouped[outcome] = self._group(router, family)
            self._groups[router, family] = self._grouped[outcome]
        return self._groups[router, family]

    def _outcome(self, router: Router, family: Family) -> Hashable:
        """What matters of how far packets get from a router: it is the same for most of the routers around a WAN."""
        return family, tuple(
            frozenset(
                (place, frozenset(way.filters for way in ways))
                for places in self._walk(router, family, signature)
                for place, ways in places.items()
                if not isinstance(place, Leg) or place in self._delivering
            )
            for signature in self._signatures_of[family]
        )

    @cached_property
    def _signatures_of(self) -> dict[Family, tuple[tuple[Matched, ...], ...]]:
        return {family: tuple(dict.fromkeys(key[0] for key in self._classes[family])) for family in FAMILIES}

    @cached_property
    def _delivering(self) -> frozenset[Leg]:
        """Legs that have a target behind them."""
        return frozenset(leg for target in self.targets for leg in target.legs)

    def _group(self, router: Router, family: Family) -> list[Group]:
        found: dict[frozenset[frozenset[Stage]], tuple[list[Target], list[Way]]] = {}
        for targets, ways in self._alike(router, family):
            if ways:
                found.setdefault(frozenset(way.filters for way in ways), ([], ways))[0].extend(targets)
        return [
            Group(tuple(targets), tuple(Chain(Chain(way.stages).filters) for way in ways))
            for targets, ways in found.values()
        ]

    def _alike(self, router: Router, family: Family) -> Iterator[tuple[list[Target], list[Way]]]:
        """Targets that share their ways from a router."""
        for (signature, *_), targets in self._classes[family].items():
            left = self._walk(router, family, signature).left
            single = [target for target in targets if not left.keys().isdisjoint(target.legs)] if left else []
            for target in single:
                yield [target], self._ways(router, target)
            others = [target for target in targets if target not in single] if single else targets
            if others:
                yield others, self._ways(router, others[0])

    @cached_property
    def _classes(self) -> dict[Family, dict[tuple[Any, ...], list[Target]]]:
        """Targets that the same routers send the same ways, and deliver past the same lists."""
        found: dict[Family, dict[tuple[Any, ...], list[Target]]] = {family: {} for family in FAMILIES}
        for target in self.targets:
            outs = [(leg.router, leg.stage(target.family, "out")) for leg in target.legs]
            last = tuple(
                (router, stage if stage.acl is not None or self.legs.behind(leg).entrance else None)
                for (router, stage), leg in zip(outs, target.legs, strict=True)
            )
            found[target.family].setdefault((self._signatures[target], target.outside, last), []).append(target)
        return found

    def _ways(self, router: Router, target: Target) -> list[Way]:
        """Ways from behind a router's entrance to a target, those that pass fewest lists."""
        walk = self._walk(router, target.family, self._signatures[target])
        found: list[Way] = []
        for leg in target.legs:
            if found and not found[0].filters:
                break  # nothing passes fewer lists
            out = leg.stage(target.family, "out")
            if not target.outside and leg.forwards(target.family) and self._is_up(leg, target.family):
                for here, ways in self._arrived(walk, leg):
                    for way in ways:
                        keep(found, way.past(*self.legs.through(here, leg, target.family), out))
            for way in walk.left.get(leg, ()):
                keep(found, way)
        return found

    def reached(self, source: Source, target: Target) -> Reached:
        """How far packets to a target get from an entrance, past whatever lists."""
        walk = self._walk(self.legs.behind(source.leg), target.family, self._signatures[target])
        routes, signature = self.routes[target.family], self._signatures[target]
        ends = [one for one in walk.at if not routes.exits(one.table, signature)]
        return Reached(tuple(walk.at), (source.leg, *walk.left), tuple(ends or walk.at))

    def _arrived(self, walk: _Walk, leg: Leg) -> Iterator[tuple[Router, list[Way]]]:
        """Ways to the router of a leg, by the entrance that it remembers."""
        if self.legs.behind(leg).entrance:
            yield from ((here, ways) for here, ways in walk.at.items() if here.table == leg.router)
        elif leg.router in walk.at:
            yield leg.router, walk.at[leg.router]

    @cached_property
    def _signatures(self) -> dict[Target, tuple[Matched, ...]]:
        return {
            target: self.routes[target.family].signature(target.prefix, internet=bool(target.outside))
            for target in self.targets
        }

    def _is_up(self, leg: Leg, family: Family) -> bool:
        return self.legs.routes(leg.router.device, family)

    def _walk(self, start: Router, family: Family, signature: tuple[Matched, ...]) -> _Walk:
        """Follow every exit from a router, as long as a way with other lists is found."""
        key = (start, family, signature)
        if key in self._walks:
            return self._walks[key]
        walk = self._walks[key] = _Walk({start: [Way()]}, {})
        crossed: dict[int, list[Way]] = {}
        queue = deque([(start, Way())])
        while queue:
            router, way = queue.popleft()
            for leg, entrances, other, routed in self.routes[family].exits(router.table, signature):
                sent = way.past(*routed)
                other = other and other._replace(entrance=router.entrance)
                if other is not None and keep(walk.at.setdefault(other, []), sent):
                    queue.append((other, sent))
                if leg is None:
                    continue
                out = sent.past(*self.legs.through(router, leg, family), leg.stage(family, "out"))
                keep(walk.left.setdefault(leg, []), out)
                if entrances is None:
                    if not keep(crossed.setdefault(leg.domain, []), out):
                        continue
                    entrances = self.legs.entrances(leg.domain, family)
                for entrance in entrances:
                    if entrance is leg or entrance.router == router.table:
                        continue
                    inside = out.past(entrance.stage(family, "in"))
                    behind = self.legs.behind(entrance)
                    if keep(walk.at.setdefault(behind, []), inside):
                        queue.append((behind, inside))
        return walk
