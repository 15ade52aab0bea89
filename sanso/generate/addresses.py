"""Address plan of a generated city: one pool per segment, cut one after the other, each with a share per site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from random import Random

from sanso.generate.size import SizeError

CITY_IPV4 = IPv4Network("10.0.0.0/8")
V4_SHARE = 24
V6_SHARE = 64
_SHARES = 2**16 - 2**8
"""How many /24 the city's /8 and how many /64 its /48 has, less the last 256, which are for links between sites."""
FIRST_NUMBERED_VLAN = 2000
"""Above the VLANs of the plan, and clear of the 1002–1005 and 1006… that switches keep for themselves."""
LAST_VLAN = 4094


@dataclass(frozen=True)
class AddressPlan:
    """Pools of the segments; site number ``n`` has the ``n``-th share of each."""

    prefix: IPv6Network
    spare: int
    """How many bits of each pool count the sites."""
    order: tuple[str, ...]

    def pools(self, segment: str) -> tuple[IPv4Network, IPv6Network]:
        """Pools of a segment."""
        first = self.order.index(segment) << self.spare
        v4 = int(CITY_IPV4.network_address) + (first << (32 - V4_SHARE))
        v6 = int(self.prefix.network_address) + (first << (128 - V6_SHARE))
        return IPv4Network((v4, V4_SHARE - self.spare)), IPv6Network((v6, V6_SHARE - self.spare))

    def hall_address(self, segment: str, host: int) -> tuple[IPv4Address, IPv6Address]:
        """Addresses of a machine at site 0; the IPv6 one ends in the same digits as the IPv4 one."""
        v4, v6 = self.pools(segment)
        return v4.network_address + host, v6.network_address + int(str(host), 16)


def plan_addresses(segments: Iterable[str], sites: int, random: Random) -> AddressPlan:
    """Give each segment a pool with a share for each site.

    Raises:
        SizeError: the city's prefixes do not hold so many.
    """
    order = tuple(segments)
    spare = (sites - 1).bit_length()
    if len(order) << spare > _SHARES:
        raise SizeError(
            f"{len(order)} segments with a share for each of {sites} sites do not fit in {CITY_IPV4}: "
            f"{sites} sites may have {_SHARES >> spare} different segments; lower --segments or --sites"
        )
    global_id = random.getrandbits(40)  # random, so that cities that merge do not clash (RFC 4193)
    prefix = IPv6Network(((0xFD << 120) | (global_id << 80), 48))
    return AddressPlan(prefix, spare, order)


def numbered_vlans(segments: list[str]) -> dict[str, int]:
    """VLAN ids of numbered segments.

    Raises:
        SizeError: there are not so many.
    """
    most = LAST_VLAN - FIRST_NUMBERED_VLAN + 1
    if len(segments) > most:
        raise SizeError(
            f"{len(segments)} numbered segments need as many VLAN ids, and there are {most}; lower --segments"
        )
    return {name: FIRST_NUMBERED_VLAN + index for index, name in enumerate(segments)}
