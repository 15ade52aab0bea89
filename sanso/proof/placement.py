"""Which layer, segment and site a VLAN or a subnet belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

from sanso.city.addressing import FAMILIES, share
from sanso.city.model import City
from sanso.proof.links import End

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Place:
    """A layer, and the segment and site where they are known."""

    layer: str
    segment: str = ""
    site: str = ""


class Placement:
    """Looks up VLAN ids and subnets."""

    def __init__(
        self,
        vlans: Mapping[int, Place] | None = None,
        prefixes: Mapping[Network, Place] | None = None,
        lines: Mapping[End, frozenset[str]] | None = None,
    ):
        self.vlans = dict(vlans or {})
        self.lines = dict(lines or {})
        """Ports that lead out of a network without a city, and the clouds that each leads to."""
        self._prefixes: dict[tuple[int, int], dict[int, Place]] = {}
        for prefix, place in (prefixes or {}).items():
            by_address = self._prefixes.setdefault((prefix.version, prefix.prefixlen), {})
            by_address[int(prefix.network_address)] = place
        self._lengths = sorted(self._prefixes, reverse=True)

    @classmethod
    def of_city(cls, city: City) -> Placement:
        """Segments by their VLAN id, each site's shares, and the pools around them."""
        vlans = {segment.vlan: Place(segment.layer, name) for name, segment in city.segments.items()}
        prefixes: dict[Network, Place] = {}
        for name, segment in city.segments.items():
            for pool in (segment.ipv4, segment.ipv6):
                if pool is not None:
                    prefixes[pool.pool] = Place(segment.layer, name)
        for site_id, site in city.sites.items():
            for name in site.segments:
                if name in city.segments:
                    prefixes.update(_shares(city, name, site_id))
        return cls(vlans, prefixes)

    def vlan(self, vlan: int) -> Place | None:
        """Place of a VLAN id; it has no site."""
        return self.vlans.get(vlan)

    def subnet(self, network: Network) -> Place | None:
        """Place of the longest prefix that holds a subnet."""
        bits, address = network.max_prefixlen, int(network.network_address)
        for version, length in self._lengths:
            if version == network.version and length <= network.prefixlen:
                shift = bits - length
                found = self._prefixes[version, length].get(address >> shift << shift)
                if found is not None:
                    return found
        return None


def _shares(city: City, segment: str, site: str) -> dict[Network, Place]:
    found: dict[Network, Place] = {}
    for family in FAMILIES:
        try:
            prefix = share(city, segment, site, family)
        except ValueError:
            continue  # ADDR-02 tells
        if prefix is not None:
            found[prefix] = Place(city.segments[segment].layer, segment, site)
    return found
