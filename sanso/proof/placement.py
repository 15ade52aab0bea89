"""Which layer, segment and site a VLAN or a subnet belongs to: from the city, or from a file for backups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

import yaml

from sanso.city.addressing import FAMILIES, share
from sanso.city.model import City
from sanso.messages import language, text

Network = IPv4Network | IPv6Network
LAST_VLAN = 4094


@dataclass(frozen=True)
class Place:
    """A layer, and the segment and site where they are known."""

    layer: str
    segment: str = ""
    site: str = ""


class LayersError(ValueError):
    """A file of layers that cannot be read; the message names the file and the value."""


class Placement:
    """Looks up VLAN ids and subnets."""

    def __init__(self, vlans: Mapping[int, Place] | None = None, prefixes: Mapping[Network, Place] | None = None):
        self.vlans = dict(vlans or {})
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

    @classmethod
    def of_file(cls, file: Path) -> Placement:
        """Layers of a YAML file: ``vlans: {10: lgwan, 20-29: internet}``, ``prefixes: {10.1.0.0/16: lgwan}``.

        Raises:
            LayersError: the file cannot be read, or a value is none of these.
        """
        try:
            data = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
            raise _unreadable(file, str(problem)) from problem
        if not isinstance(data, dict) or not set(data) <= {"vlans", "prefixes"}:
            raise _unreadable(file, "vlans, prefixes")
        vlans: dict[int, Place] = {}
        prefixes: dict[Network, Place] = {}
        for key, layer in _entries(file, data.get("vlans")):
            vlans.update(dict.fromkeys(_vlan_range(file, key), Place(layer)))
        for key, layer in _entries(file, data.get("prefixes")):
            try:
                prefixes[ip_network(key)] = Place(layer)
            except ValueError as problem:
                raise _unreadable(file, str(problem)) from problem
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


def _entries(file: Path, value: Any) -> list[tuple[str, str]]:
    if value is None:
        return []
    if not isinstance(value, dict) or not all(isinstance(layer, str) and layer for layer in value.values()):
        raise _unreadable(file, str(value))
    return [(str(key), layer) for key, layer in value.items()]


def _vlan_range(file: Path, key: str) -> range:
    first, _, last = key.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal():
        raise _unreadable(file, key)
    found = range(int(first), int(last or first) + 1)
    if not found or found[0] < 1 or found[-1] > LAST_VLAN:
        raise _unreadable(file, key)
    return found


def _unreadable(file: Path, value: str) -> LayersError:
    return LayersError(text("topology.layers", language(), file=str(file), value=value))
