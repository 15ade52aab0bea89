"""Hosts that share a broadcast domain, and what of the packets that they may send gets where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sanso.network.facts import Family
from sanso.network.packets import BITS, Ranges, joined
from sanso.proof.chains import Source, Target
from sanso.proof.frame import UNKNOWN, Frame
from sanso.proof.legs import Stage
from sanso.proof.placement import Place
from sanso.proof.space import Space, everything, union

Way = tuple[Stage, ...]
"""Places with a list, in the order that packets meet them."""


class Alike(NamedTuple):
    """Targets that are reached by the same ways; a packet passes if all lists of any one of them permit it."""

    targets: tuple[Target, ...]
    ways: tuple[Way, ...]


class Hosts(NamedTuple):
    """Hosts of one place and family in a broadcast domain; they send by whichever router of it they like."""

    place: Place
    family: Family
    domain: int
    subnets: Ranges
    """Addresses that they should have."""
    entrances: tuple[Source, ...]

    def sent(self, frame: Frame) -> Space:
        """What they send, unless they forge their address."""
        last = 2 ** BITS[self.family] - 1
        return Space((first, end, 0, last, frame.services.every) for first, end in self.subnets)

    def is_near(self, target: Target) -> bool:
        """Whether frames get there, with no router between."""
        return target.family == self.family and target.domain == self.domain

    def alike(self, frame: Frame) -> Iterator[Alike]:
        """What they reach past routers; targets near to them may be among it."""
        groups = [
            group
            for source in self.entrances
            for group in frame.topology.groups(source)
            if not all(self.is_near(target) for target in group.targets)
        ]
        if len(self.entrances) == 1:
            yield from (Alike(targets, tuple(chain.filters for chain in chains)) for targets, chains in groups)
            return
        ways: dict[Target, dict[Way, None]] = {}
        for targets, chains in groups:
            found = dict.fromkeys(chain.filters for chain in chains)
            for target in targets:
                ways.setdefault(target, {}).update(found)
        by_ways: dict[tuple[Way, ...], list[Target]] = {}
        for target, known in ways.items():
            by_ways.setdefault(tuple(known), []).append(target)
        yield from (Alike(tuple(targets), known) for known, targets in by_ways.items())


def hosts_of(frame: Frame) -> list[Hosts]:
    """All hosts inside the city that routers take packets from."""
    domains: dict[tuple[int, Family], list[Source]] = {}
    for source in frame.entrances:
        if not source.outside:
            domains.setdefault((source.domain, source.family), []).append(source)
    found: list[Hosts] = []
    for (domain, family), sources in domains.items():
        places: dict[Place, list[Source]] = {}
        for source in sources:
            places.setdefault(source.place or Place(UNKNOWN), []).append(source)
        found += [Hosts(place, family, domain, _subnets(own), tuple(sources)) for place, own in places.items()]
    return found


def _subnets(sources: list[Source]) -> Ranges:
    networks = (network for source in sources for network in source.subnets)
    return joined((int(network.network_address), int(network.broadcast_address)) for network in networks)


class Sieve:
    """What passes some ways, of everything that hosts may send; the ways of one host share their first lists."""

    def __init__(self, frame: Frame, family: Family) -> None:
        self.frame = frame
        self.family = family
        self._past: dict[Way, Space] = {(): everything(family, frame.services)}

    def of(self, ways: tuple[Way, ...]) -> Space:
        """What passes any of them."""
        first, *others = (self._by(way) for way in ways)
        return union(box for space in (first, *others) for box in space) if others else first

    def _by(self, way: Way) -> Space:
        if way not in self._past:
            self._past[way] = self.frame.filter_at(way[-1], self.family).space(self._by(way[:-1]))
        return self._past[way]
