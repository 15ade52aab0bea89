"""How a site gets its share of a segment's addresses."""

from __future__ import annotations

from ipaddress import IPv4Interface, IPv4Network, IPv6Interface, IPv6Network, ip_interface
from typing import Literal, TypeVar

from sanso.city.model import City
from sanso.city.segment import Pool

Family = Literal["ipv4", "ipv6"]
Network = IPv4Network | IPv6Network
Interface = IPv4Interface | IPv6Interface
FAMILIES: tuple[Family, Family] = ("ipv4", "ipv6")
N = TypeVar("N", IPv4Network, IPv6Network)


def nth_share(pool: Pool[N], number: int) -> N:
    """Cut sub-prefix ``number`` (from 0) of the pool's share length out of the pool.

    Raises:
        ValueError: the pool has no such sub-prefix.
    """
    network = pool.pool
    spare = pool.length - network.prefixlen
    if spare < 0 or pool.length > network.max_prefixlen:
        raise ValueError(f"a /{pool.length} does not fit in {network}")
    if number >= 1 << spare:
        raise ValueError(f"{network} has {1 << spare} shares of /{pool.length}, none with number {number}")
    base = int(network.network_address) + (number << (network.max_prefixlen - pool.length))
    return type(network)((base, pool.length))


def share(city: City, segment_name: str, site_id: str, family: Family) -> Network | None:
    """Prefix of a segment at a site: the site's override, else its share of the pool, else None.

    Raises:
        ValueError: the share does not fit in the pool.
    """
    site = city.sites[site_id]
    override = site.segments.get(segment_name)
    if override is not None and (prefix := getattr(override, family)) is not None:
        return prefix  # type: ignore[no-any-return]  # getattr by family name
    pool = getattr(city.segments[segment_name], family)
    return None if pool is None else nth_share(pool, site.number)


def host_address(prefix: Network, number: int) -> Interface:
    """Address ``number`` of a prefix, with the prefix's length.

    Raises:
        ValueError: the prefix has no such host.
    """
    last = prefix.num_addresses - (1 if prefix.version == 6 else 2)
    if not 1 <= number <= last:
        raise ValueError(f"{prefix} has no host number {number}")
    return ip_interface(f"{prefix.network_address + number}/{prefix.prefixlen}")


def gateway_address(city: City, segment_name: str, site_id: str, family: Family) -> Interface | None:
    """Address of the site's gateway in a segment: the first host of the share."""
    prefix = share(city, segment_name, site_id, family)
    return None if prefix is None else host_address(prefix, 1)
