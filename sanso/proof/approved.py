"""What the city approves: flows as sets of packets, their return traffic included.

Read from the flows themselves and not from what was rendered, so that a fault of the rendering is not approved along
with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from itertools import product
from typing import Literal

from sanso.city.addressing import FAMILIES, share
from sanso.city.flow import Anchor, Flow, PortRange
from sanso.city.model import City
from sanso.city.services import services
from sanso.network.facts import Family
from sanso.network.packets import ANY_PORT, Match, Range, Ranges

PROTOCOLS: Mapping[tuple[str, Family], int] = {
    ("tcp", "ipv4"): 6,
    ("tcp", "ipv6"): 6,
    ("udp", "ipv4"): 17,
    ("udp", "ipv6"): 17,
    ("icmp", "ipv4"): 1,
    ("icmp", "ipv6"): 58,
}
ECHO: Mapping[Family, tuple[int, int]] = {"ipv4": (8, 0), "ipv6": (128, 129)}
"""Types of echo request and reply (RFC 792, RFC 4443)."""
ERRORS: Mapping[Family, Ranges] = {"ipv4": ((3, 5), (11, 12)), "ipv6": ((1, 4),)}
"""Types of ICMP that tell of another packet, which whoever has it may send back (RFC 792, RFC 4443, RFC 4890)."""


@dataclass(frozen=True)
class Approved:
    """One direction of a flow between two layers."""

    flow: str
    match: Match
    reply: bool
    source_layer: str
    target_layer: str
    needed: bool = True
    """Whether the flow wants it open; what is not needed may pass, and may as well be closed."""


@dataclass(frozen=True)
class FlowEnd:
    """Addresses at an end of a flow."""

    layer: str
    family: Family
    range: Range


def approved(city: City) -> list[Approved]:
    """Everything that flows open between different layers."""
    return [part for name, flow in city.flows.items() for part in _Reader(city, name, flow).parts()]


def relayed(city: City) -> list[Approved]:
    """What flows by way of a node mean from end to end: no packet may go so, which people then ask about."""
    carried = ((name, flow) for name, flow in city.flows.items() if flow.via is not None)
    return [part for name, flow in carried for part in _Reader(city, name, flow).whole()]


class _Reader:
    """Reads one flow."""

    def __init__(self, city: City, name: str, flow: Flow) -> None:
        self.city = city
        self.name = name
        self.flow = flow

    def parts(self) -> Iterator[Approved]:
        ports = list(services(self.city, self.flow.service))
        for (source, target), service in product(dict.fromkeys(self._hops()), ports):
            yield from both_ways(self.name, service, source, target)

    def whole(self) -> Iterator[Approved]:
        """From the flow's source to its target, whatever is between."""
        ends = crossing(self._ends(self.flow.source), self._ends(self.flow.target))
        for (source, target), service in product(ends, list(services(self.city, self.flow.service))):
            yield _part(self.name, (source, target), _match(service, source, target, reply=False), reply=False)

    def _hops(self) -> Iterator[tuple[FlowEnd, FlowEnd]]:
        """Ends that talk across layers: directly, or with the node that the flow goes by."""
        sources, targets = self._ends(self.flow.source), self._ends(self.flow.target)
        if self.flow.via is None:
            yield from crossing(sources, targets)
            return
        node = self._ends(Anchor(node=self.flow.via))
        yield from crossing(sources, _near(node, sources))
        yield from crossing(_near(node, targets), targets)

    def _ends(self, anchor: Anchor | Literal["any"]) -> list[FlowEnd]:
        if anchor == "any":
            return []
        if anchor.node is not None:
            return [
                self._end(interface.segment, family, ip_network(address))
                for interface in self.city.nodes[anchor.node].interfaces
                for family in FAMILIES
                if (address := getattr(interface, family)) is not None
            ]
        segment = str(anchor.segment)
        sites = (
            [anchor.site] if anchor.site else [id for id, site in self.city.sites.items() if segment in site.segments]
        )
        found = ((family, share(self.city, segment, site, family)) for site in sites for family in FAMILIES)
        return [self._end(segment, family, network) for family, network in found if network is not None]

    def _end(self, segment: str, family: Family, network: object) -> FlowEnd:
        prefix = ip_network(str(network))
        span = (int(prefix.network_address), int(prefix.broadcast_address))
        return FlowEnd(str(self.city.segments[segment].layer), family, span)


def both_ways(name: str, service: PortRange, source: FlowEnd, target: FlowEnd) -> Iterator[Approved]:
    """What a flow opens between two ends of one family, and the way back."""
    there, back = (source, target), (target, source)
    for ends, reply in ((there, False), (back, True)):
        yield _part(name, ends, _match(service, ends[0], ends[1], reply=reply), reply=reply)
        yield _part(name, ends, _errors(*ends), reply=reply, needed=source.family == "ipv6")


def _part(name: str, ends: tuple[FlowEnd, FlowEnd], match: Match, *, reply: bool, needed: bool = True) -> Approved:
    return Approved(name, match, reply, ends[0].layer, ends[1].layer, needed)


def _near(node: list[FlowEnd], others: list[FlowEnd]) -> list[FlowEnd]:
    """The node's interfaces in the layer of the others, where it has one there."""
    layers = {end.layer for end in others}
    return [end for end in node if end.layer in layers] or node


def crossing(sources: Iterable[FlowEnd], targets: Iterable[FlowEnd]) -> Iterator[tuple[FlowEnd, FlowEnd]]:
    """Ends of one family that stand in different layers."""
    for source, target in product(sources, targets):
        if source.family == target.family and source.layer != target.layer:
            yield source, target


def _errors(source: FlowEnd, target: FlowEnd) -> Match:
    """ICMP errors; IPv4 does without most of them, IPv6 cannot do without packet-too-big (RFC 8200, section 5)."""
    number = PROTOCOLS["icmp", source.family]
    types = ERRORS[source.family]
    return Match(source.family, (source.range,), (target.range,), ((number, number),), icmp_types=types)


def _match(service: PortRange, source: FlowEnd, target: FlowEnd, *, reply: bool) -> Match:
    number = PROTOCOLS[service.protocol, source.family]
    protocol: Ranges = ((number, number),)
    if service.protocol == "icmp":
        kind = ECHO[source.family][reply]
        return Match(source.family, (source.range,), (target.range,), protocol, icmp_types=((kind, kind),))
    ports: Ranges = ANY_PORT if service.first is None else ((service.first, service.last or service.first),)
    if not reply:
        return Match(source.family, (source.range,), (target.range,), protocol, target_ports=ports)
    established = True if service.protocol == "tcp" else None
    return Match(
        source.family, (source.range,), (target.range,), protocol, source_ports=ports, established=established
    )
