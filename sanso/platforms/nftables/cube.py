"""What conditions of a rule ask for, as ranges on each axis of a packet and of its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sanso.network.facts import Family
from sanso.network.firewall import ALL_STATES, Case, State
from sanso.network.packets import ANY_BYTE, ANY_PORT, Match, Ranges, any_address

FAMILIES: frozenset[Family] = frozenset({"ipv4", "ipv6"})
EVERYWHERE: Ranges = ((0, 2**128 - 1),)


@dataclass(frozen=True)
class Cube:
    """All parts must hold; where ``exact`` is False something else must hold too that is not modelled."""

    families: frozenset[Family] = FAMILIES
    sources: Ranges = EVERYWHERE
    targets: Ranges = EVERYWHERE
    protocols: Ranges = ANY_BYTE
    source_ports: Ranges = ANY_PORT
    target_ports: Ranges = ANY_PORT
    icmp_types: Ranges = ANY_BYTE
    icmp_codes: Ranges = ANY_BYTE
    established: frozenset[bool] = frozenset({True, False})
    entrances: frozenset[str] | None = None
    exits: frozenset[str] | None = None
    states: frozenset[State] = field(default=ALL_STATES)
    exact: bool = True

    def met(self, other: Cube) -> Cube | None:
        """What fits both; None if nothing can."""
        found = Cube(
            self.families & other.families,
            common(self.sources, other.sources),
            common(self.targets, other.targets),
            common(self.protocols, other.protocols),
            common(self.source_ports, other.source_ports),
            common(self.target_ports, other.target_ports),
            common(self.icmp_types, other.icmp_types),
            common(self.icmp_codes, other.icmp_codes),
            self.established & other.established,
            _both(self.entrances, other.entrances),
            _both(self.exits, other.exits),
            self.states & other.states,
            self.exact and other.exact,
        )
        ports = found.source_ports and found.target_ports
        rest = found.icmp_types and found.icmp_codes and found.established and found.states
        asked = (found.families, found.sources, found.targets, found.protocols, ports, rest)
        names = (found.entrances is None or found.entrances) and (found.exits is None or found.exits)
        return found if all(asked) and names else None

    @property
    def doubtful(self) -> Cube:
        """The same, with something else that must hold."""
        return replace(self, exact=False)

    def cases(self) -> Iterator[Case]:
        """The same in the neutral terms of a firewall."""
        for family in sorted(self.families):
            match = Match(
                family,
                common(self.sources, any_address(family)),
                common(self.targets, any_address(family)),
                self.protocols,
                self.source_ports,
                self.target_ports,
                self.icmp_types,
                self.icmp_codes,
                next(iter(self.established)) if len(self.established) == 1 else None,
            )
            yield Case(match, self.entrances, self.exits, self.states)


def met(some: Iterable[Cube], others: Iterable[Cube]) -> list[Cube]:
    """What fits one of some cubes and one of others."""
    right = list(others)
    return [found for one in some for other in right if (found := one.met(other)) is not None]


def common(one: Ranges, other: Ranges) -> Ranges:
    """What two sets of ranges have in common."""
    if one == other:
        return one
    found = []
    for first, last in one:
        for low, high in other:
            if first <= high and low <= last:
                found.append((max(first, low), min(last, high)))
    return tuple(sorted(found))


def outside(ranges: Ranges, last: int) -> Ranges:
    """Every number from 0 to the last that is in none of the ranges."""
    found = []
    place = 0
    for low, high in ranges:
        if place < low:
            found.append((place, low - 1))
        place = high + 1
    return (*found, (place, last)) if place <= last else tuple(found)


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other
