"""What the city intends for a virtualization host itself: its cables, its addresses, and who reaches it."""

from __future__ import annotations

from dataclasses import dataclass

from sanso.city.addressing import FAMILIES, gateway_address
from sanso.city.model import City
from sanso.city.virtual import VirtualizationHost
from sanso.network.virtual import MANAGEMENT, MIGRATION, Address
from sanso.render.virtual import carried_to, host_facts


@dataclass(frozen=True)
class OwnNetwork:
    """A host's own network, apart from its machines'."""

    uplinks: tuple[str, ...]
    addresses: dict[str, tuple[Address, ...]]
    """Own port → addresses, IPv4 first."""
    gateways: tuple[str, ...]
    """Default gateways, in the segment of management."""
    networks: tuple[str, ...]
    """Prefixes of the segment of management."""
    peers: tuple[str, ...]
    """Addresses of the other hosts in the same network of migration."""


def own_network(city: City, host: VirtualizationHost) -> OwnNetwork:
    """A host's own network, as the city intends it."""
    addresses = _addresses(city, host)
    segment = carried_to(city, host).untagged
    gateways = (gateway_address(city, segment, host.site, family) for family in FAMILIES if segment is not None)
    here = {address.network for address in addresses.get(MIGRATION, ())}
    others = (other for other in city.virtualization_hosts.values() if other.hostname != host.hostname)
    return OwnNetwork(
        uplinks=tuple(uplink.interface for uplink in host.uplinks),
        addresses=addresses,
        gateways=tuple(str(gateway.ip) for gateway in gateways if gateway is not None),
        networks=tuple(str(address.network) for address in addresses.get(MANAGEMENT, ())),
        peers=tuple(
            str(address.ip)
            for other in others
            for address in _addresses(city, other).get(MIGRATION, ())
            if address.network in here
        ),
    )


def _addresses(city: City, host: VirtualizationHost) -> dict[str, tuple[Address, ...]]:
    """Addresses in a stable order."""
    facts = host_facts(city, host)
    return {
        port: tuple(sorted(found, key=lambda address: (address.version, address)))
        for port, found in facts.addresses.items()
    }
