"""How large a city is to be, and which sizes cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from sanso.generate.plan import plan

PlatformChoice = Literal["ios", "eos", "mix"]
PLATFORM_CHOICES: tuple[PlatformChoice, ...] = get_args(PlatformChoice)

BRANCH_SEGMENTS = 2
"""What the smallest branch has: switch management and a segment for people."""
HOSTS = (2, 24)
"""Fewest virtualization hosts, for one alone has no spare, and most: each has a port at both server switches."""
SITE_SWITCHES = 200
"""Most switches of a site: their own addresses share a /24 with servers."""


class SizeError(ValueError):
    """No city has this size; the message says why, and what would do."""


@dataclass(frozen=True)
class Size:
    """What a generated city has; the same size and seed always give the same city.

    ``segments`` counts site-segments: a segment that exists at three sites is three.

    Raises:
        SizeError: there is no such city.
    """

    sites: int
    switches: int
    segments: int
    platform: PlatformChoice = "mix"
    seed: int = 1
    endpoints: int = 0
    """Terminals with licences."""
    access_points: int = 0
    """Those of the city's wireless network, which has a controller then."""
    virtualization_hosts: int = 0
    """Those of the city hall, which has two server switches then."""

    def __post_init__(self) -> None:
        if self.sites < 1:
            raise SizeError(f"a city has at least 1 site, not {self.sites}")
        if self.switches < self.sites:
            raise SizeError(f"{self.sites} sites need at least {self.sites} switches, one each, not {self.switches}")
        if self.switches > self.sites * SITE_SWITCHES:
            most = self.sites * SITE_SWITCHES
            raise SizeError(
                f"{self.sites} sites take at most {most} switches, {SITE_SWITCHES} each, not {self.switches}"
            )
        if self.endpoints < 0:
            raise SizeError(f"a city has no terminals or some, not {self.endpoints}")
        if self.access_points < 0:
            raise SizeError(f"a city has no access points or some, not {self.access_points}")
        if self.virtualization_hosts and not HOSTS[0] <= self.virtualization_hosts <= HOSTS[1]:
            raise SizeError(
                f"a city has no virtualization hosts, or {HOSTS[0]} to {HOSTS[1]}, not {self.virtualization_hosts}"
            )
        if self.segments < self.least_segments:
            raise SizeError(
                f"{self.sites} sites need at least {self.least_segments} site-segments, "
                f"{len(self.hall_segments)} at the city hall and {BRANCH_SEGMENTS} at each branch, "
                f"not {self.segments}"
            )

    @property
    def hall_segments(self) -> list[str]:
        """Segments that the city hall has, whatever the size; with hosts, one in which machines move."""
        return [*plan()["hall"]["segments"], *(["hypervisor_migration"] if self.virtualization_hosts else [])]

    @property
    def least_segments(self) -> int:
        """Fewest site-segments of a city with so many sites."""
        return len(self.hall_segments) + BRANCH_SEGMENTS * (self.sites - 1)
