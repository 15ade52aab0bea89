"""What there is between subnets: sources, targets, and the chains of access lists on the ways between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sanso.network.facts import Family
from sanso.proof.legs import Leg, Network, Stage
from sanso.proof.placement import Place


class Chain(NamedTuple):
    """One way from a source to a target; none of its places has a list where there is no stage at all."""

    stages: tuple[Stage, ...]

    @property
    def filters(self) -> tuple[Stage, ...]:
        """The stages with an access list: all of them must permit a packet."""
        return tuple(stage for stage in self.stages if stage.acl is not None)


@dataclass(frozen=True, eq=False)
class Source:
    """An interface by which a router takes packets of a family from a broadcast domain.

    Hosts there may send from any address; ``subnets`` are those that they should have.
    """

    leg: Leg
    family: Family
    place: Place | None
    outside: str = ""
    """Name of the outside network that it faces, ``wan`` or ``internet``; empty inside the city."""

    @property
    def device(self) -> str:
        """Host name of the router."""
        return self.leg.router.device

    @property
    def interface(self) -> str:
        """Name of the interface."""
        return self.leg.name

    @property
    def domain(self) -> int:
        """Number of the broadcast domain."""
        return self.leg.domain

    @property
    def subnets(self) -> tuple[Network, ...]:
        """Subnets of the interface."""
        return self.leg.networks[self.family]


@dataclass(frozen=True, eq=False)
class Target:
    """A connected subnet, in its broadcast domain; or the Internet."""

    prefix: Network
    family: Family
    domain: int
    legs: tuple[Leg, ...]
    place: Place | None
    outside: str = ""


class Group(NamedTuple):
    """Targets that are reached past the same access lists; packets pass if all lists of any one chain permit."""

    targets: tuple[Target, ...]
    chains: tuple[Chain, ...]


class Way(NamedTuple):
    """A chain in the making, from behind the entrance of its first router."""

    stages: tuple[Stage, ...] = ()
    filters: frozenset[Stage] = frozenset()

    def past(self, *stages: Stage) -> Way:
        """The way and some stages more."""
        met = [stage for stage in stages if stage.acl is not None]
        return Way((*self.stages, *stages), self.filters.union(met) if met else self.filters)


def keep(ways: list[Way], way: Way) -> bool:
    """Add a way unless one that passes no other lists is there; drop those that it makes needless."""
    for known in ways:
        if known.filters <= way.filters:
            return False
    ways[:] = [known for known in ways if not way.filters <= known.filters]
    ways.append(way)
    return True
