"""The inbound ACL of each routed segment: default deny between layers.

Order of entries, first match wins:

1. what a host needs of its gateway: DHCP's broadcast, neighbour discovery, ping;
2. approved flows that start here, and the return traffic of those that end here, a remark before each;
3. the segment's own layer, city-wide;
4. layers with Internet egress: deny the city's own prefixes, log, then permit the rest;
   all others: deny everything, log.

Sources are the segment's own prefix, so that a forged source address is denied and logged.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from sanso.city.addressing import Family, Network, gateway_address, share
from sanso.city.model import City
from sanso.city.segment import EGRESS_LAYERS, Layer
from sanso.network.facts import Acl, Entry, Ports
from sanso.render.names import acl_name
from sanso.render.policy import Leg

STEP = 10

ICMP_ECHO: dict[Family, tuple[int, int]] = {"ipv4": (8, 0), "ipv6": (128, 129)}
"""ICMP and ICMPv6 type numbers of echo request and reply (RFC 792, RFC 4443)."""
ROUTER_SOLICITATION = 133
NEIGHBOUR_TYPES = (135, 136)
"""Neighbour solicitation and advertisement (RFC 4861)."""
LINK_LOCAL, LINK_MULTICAST = ip_network("fe80::/10"), ip_network("ff02::/16")
DHCP6_SERVERS = ip_network("ff02::1:2/128")
ICMP6_ERRORS = (1, 2, 3, 4)
"""Unreachable, packet too big, time exceeded, parameter problem (RFC 4890: must not be dropped)."""


class AclBuilder:
    """Builds the ACLs of a city, with the pools of each layer collected once."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._pools: dict[tuple[Layer, Family], list[Network]] = {}

    def build(self, segment: str, site: str, family: Family, legs: list[Leg]) -> Acl | None:
        """Inbound ACL of a segment at a site; None where the segment has no addresses of the family.

        Args:
            segment: name of the segment.
            site: id of the site.
            family: ``ipv4`` or ``ipv6``.
            legs: the legs of approved flows whose packets come from this segment at this site.
        """
        own = share(self.city, segment, site, family)
        if own is None:
            return None
        entries = [
            *self._of_gateway(segment, site, family, own),
            *_of_legs([leg for leg in legs if leg.source.family == family]),
            *self._of_layer(segment, family, own),
            *self._of_rest(segment, family, own),
        ]
        numbered = {STEP * (index + 1): entry for index, entry in enumerate(dict.fromkeys(entries))}
        return Acl(family, acl_name(segment, family), numbered)

    def _of_gateway(self, segment: str, site: str, family: Family, own: Network) -> Iterator[Entry]:
        gateway = gateway_address(self.city, segment, site, family)
        if family == "ipv4":
            nobody, everybody = ip_network("0.0.0.0/32"), ip_network("255.255.255.255/32")
            yield Entry("permit", "udp", nobody, Ports(68, 68), everybody, Ports(67, 67))
        else:
            yield from _neighbours(own)
            yield Entry("permit", "udp", LINK_LOCAL, Ports(546, 546), DHCP6_SERVERS, Ports(547, 547))
        if gateway is not None:
            yield Entry("permit", "icmp", own, target=ip_network(gateway.ip), icmp_type=ICMP_ECHO[family][0])

    def _of_layer(self, segment: str, family: Family, own: Network) -> Iterator[Entry]:
        layer = self.city.segments[segment].layer
        yield Entry("remark", remark=f"layer {layer}")
        for pool in self._layer_pools(layer, family):
            yield Entry("permit", "ip", own, target=pool)

    def _of_rest(self, segment: str, family: Family, own: Network) -> Iterator[Entry]:
        if self.city.segments[segment].layer in EGRESS_LAYERS:
            yield Entry("remark", remark="the city's own addresses, then the Internet")
            for prefix in getattr(self.city.settings.prefixes, family):
                yield Entry("deny", "ip", target=prefix, log=True)
            yield Entry("permit", "ip", own)
        yield Entry("deny", "ip", log=True)

    def _layer_pools(self, layer: Layer, family: Family) -> list[Network]:
        """All prefixes of a layer in the city that are routed: pools, and overrides that lie outside their pool."""
        key = (layer, family)
        if key not in self._pools:
            found: dict[Network, None] = {}
            for name, segment in self.city.segments.items():
                if segment.layer is layer and segment.routed:
                    found.update(dict.fromkeys(self._segment_prefixes(name, family)))
            self._pools[key] = list(found)
        return self._pools[key]

    def _segment_prefixes(self, segment: str, family: Family) -> Iterator[Network]:
        pool = getattr(self.city.segments[segment], family)
        if pool is not None:
            yield pool.pool
        for site in self.city.sites.values():
            override = site.segments.get(segment)
            prefix = getattr(override, family) if override is not None else None
            if prefix is not None and (pool is None or not prefix.subnet_of(pool.pool)):
                yield prefix


def _neighbours(own: Network) -> Iterator[Entry]:
    """Neighbour discovery, to addresses of the link alone: a router must not carry it to another segment."""
    yield Entry("permit", "icmp", target=LINK_MULTICAST, icmp_type=ROUTER_SOLICITATION)
    for target in (LINK_LOCAL, LINK_MULTICAST, own):
        for kind in NEIGHBOUR_TYPES:
            yield Entry("permit", "icmp", target=target, icmp_type=kind)


def _of_legs(legs: list[Leg]) -> Iterator[Entry]:
    for leg in legs:
        yield Entry("remark", remark=f"{'return of ' if leg.reply else ''}{leg.flow}")
        yield from _of_leg(leg)


def _of_leg(leg: Leg) -> Iterator[Entry]:
    source, target = leg.source.network, leg.target.network
    if leg.protocol == "icmp":
        request, answer = ICMP_ECHO[leg.source.family]
        yield Entry("permit", "icmp", source, target=target, icmp_type=answer if leg.reply else request)
    elif leg.reply:
        yield Entry("permit", leg.protocol, source, leg.ports, target, established=leg.protocol == "tcp")
    else:
        yield Entry("permit", leg.protocol, source, Ports(), target, leg.ports)
    if leg.source.family == "ipv6":
        for kind in ICMP6_ERRORS:
            yield Entry("permit", "icmp", source, target=target, icmp_type=kind)
