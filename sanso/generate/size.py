"""How large a city is to be, and which sizes cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from sanso.generate.plan import plan

PlatformChoice = Literal["ios", "eos", "mix"]
PLATFORM_CHOICES: tuple[PlatformChoice, ...] = get_args(PlatformChoice)

BRANCH_SEGMENTS = 2
"""What the smallest branch has: switch management and a segment for people."""
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
        if self.segments < self.least_segments:
            raise SizeError(
                f"{self.sites} sites need at least {self.least_segments} site-segments, "
                f"{len(plan()['hall']['segments'])} at the city hall and {BRANCH_SEGMENTS} at each branch, "
                f"not {self.segments}"
            )

    @property
    def least_segments(self) -> int:
        """Fewest site-segments of a city with so many sites."""
        return len(plan()["hall"]["segments"]) + BRANCH_SEGMENTS * (self.sites - 1)
