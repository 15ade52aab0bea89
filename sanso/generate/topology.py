"""How the switches of a generated site hang together: a tree below its gateway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Literal

from sanso.generate.hardware import Hardware, access_hardware, distribution_hardware, gateway_hardware
from sanso.generate.sites import SitePlan
from sanso.generate.size import PlatformChoice

STAR = 12
"""So many switches or fewer hang from the gateway; with more, distribution switches stand between."""
FAN = 20
"""Most floor switches below one distribution switch."""
EOS_SHARE = 0.25
"""Part of a mixed city's switches that are Arista's."""

Role = Literal["core", "distribution", "access", "gateway"]


@dataclass
class Switch:
    """A switch of the tree; ``servers`` stand at one of the city hall's."""

    host: str
    number: int
    """Among the site's switches, the gateway being 1."""
    role: Role
    platform: str
    hardware: Hardware
    servers: bool = False
    below: list[Switch] = field(default_factory=list)

    def tree(self) -> Iterator[Switch]:
        """This switch and all below it, from the top."""
        yield self
        for child in self.below:
            yield from child.tree()


class SiteTree:
    """Builds the tree of one site; a city hall with virtualization hosts has two server switches."""

    def __init__(self, site: SitePlan, platform: PlatformChoice, random: Random, *, hosts: bool = False) -> None:
        self.site = site
        self._platform = platform
        self._servers = 2 if hosts else 1
        self._random = random
        self._numbers = count(1)
        self._names: dict[str, Iterator[int]] = {}

    def build(self) -> Switch:
        """The gateway, with everything below it."""
        hall = self.site.kind == "city_hall"
        platform = self._choose()
        gateway = self._switch("core" if hall else "gateway", platform, distribution_hardware(platform))
        below = self.site.switches - 1
        if hall and below > self._servers:
            gateway.below.extend(self._access(servers=True) for _ in range(self._servers))
            below -= self._servers
        else:
            gateway.servers = hall
        gateway.below.extend(self._floors(below))
        # Two lines lead out of the city hall: to the branches, and to the security cloud.
        links = len(gateway.below) + (2 if hall else 1)
        gateway.hardware = gateway_hardware(platform, links, users=48 if gateway.servers else 0)
        return gateway

    def _floors(self, below: int) -> Iterator[Switch]:
        if below <= STAR:
            yield from (self._access() for _ in range(below))
            return
        groups = -(-below // (FAN + 1))
        for group in range(groups):
            platform = self._choose()
            distribution = self._switch("distribution", platform, distribution_hardware(platform))
            floors = len(range(group, below - groups, groups))
            distribution.below.extend(self._access() for _ in range(floors))
            yield distribution

    def _access(self, *, servers: bool = False) -> Switch:
        platform = self._choose()
        switch = self._switch("core" if servers else "access", platform, access_hardware(platform))
        switch.servers = servers
        return switch

    def _switch(self, role: Role, platform: str, hardware: Hardware) -> Switch:
        return Switch(self._name(role), next(self._numbers), role, platform, hardware)

    def _name(self, role: Role) -> str:
        """City hall: ``hall-core-1``, ``hall-floor-3``; a branch's switches are counted from its gateway."""
        words = {"core": "core", "distribution": "dist", "access": "floor"}
        stem = f"{self.site.host}-{words[role]}" if self.site.kind == "city_hall" else self.site.host
        return f"{stem}-{next(self._names.setdefault(stem, count(1)))}"

    def _choose(self) -> str:
        if self._platform != "mix":
            return self._platform
        return "eos" if self._random.random() < EOS_SHARE else "ios"
