"""Who answers around a device, as it sees it itself."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple


class Heard(NamedTuple):
    """A neighbour that is heard through a port whose line is up."""

    port: str
    """By its full name."""
    name: str
    """Without its domain, in small letters."""

    def __str__(self) -> str:
        return f"{self.name} ({self.port})"


class Gateway(NamedTuple):
    """A next hop that the device sends packets to."""

    address: IPv4Address | IPv6Address
    vrf: str = ""
    """Empty is the global table."""

    def __str__(self) -> str:
        return f"{self.address} ({self.vrf})" if self.vrf else str(self.address)


@dataclass(frozen=True)
class Surroundings:
    """The neighbours that are heard and the gateways that answer."""

    neighbours: frozenset[Heard] = frozenset()
    gateways: frozenset[Gateway] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.neighbours or self.gateways)

    def __sub__(self, other: Surroundings) -> Surroundings:
        """What is here and not there."""
        return Surroundings(self.neighbours - other.neighbours, self.gateways - other.gateways)

    def names(self) -> dict[str, list[str]]:
        """Names for people, by kind and in order."""
        return {
            "neighbours": sorted(str(one) for one in self.neighbours),
            "gateways": sorted(str(one) for one in self.gateways),
        }

    def __str__(self) -> str:
        return ", ".join(name for names in self.names().values() for name in names)
