"""From approved flows to address pairs: who may talk to whom across layers, in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Literal

from sanso.city.addressing import FAMILIES, Family, Network, share
from sanso.city.flow import Anchor, Flow, PortRange
from sanso.city.model import City
from sanso.city.services import services
from sanso.network.facts import Ports

SiteSegmentKey = tuple[str, str]
"""Segment, site."""


@dataclass(frozen=True)
class Place:
    """Addresses of one end of a leg inside one segment of one site."""

    segment: str
    site: str
    family: Family
    network: Network


@dataclass(frozen=True)
class Leg:
    """One direction of one part of a flow between two layers, as a packet filter sees it.

    ``reply`` marks return traffic, which a stateless filter must let through by itself: for TCP only segments with
    ACK or RST set, for UDP only from the service's port, for ICMP only answers.
    """

    flow: str
    protocol: Literal["tcp", "udp", "icmp"]
    ports: Ports
    source: Place
    target: Place
    reply: bool


def legs_by_source(city: City) -> dict[SiteSegmentKey, list[Leg]]:
    """Every leg of every flow, by the site-segment that its packets come from, in the order of the flows."""
    legs: dict[SiteSegmentKey, list[Leg]] = defaultdict(list)
    places = _Places(city)
    for name, flow in city.flows.items():
        for source, target in _pairs(places, flow):
            for service in services(city, flow.service):
                for leg in _both_ways(name, service, source, target):
                    legs[leg.source.segment, leg.source.site].append(leg)
    return legs


class _Places:
    """Anchors to addresses, with the shares of each segment computed once."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._shares: dict[SiteSegmentKey, list[Place]] = {}

    def of_anchor(self, anchor: Anchor | Literal["any"]) -> list[Place]:
        if anchor == "any":
            return []  # FLOW rules refuse it; nothing is opened for it
        if anchor.node is not None:
            return list(self._of_node(anchor.node))
        sites = [anchor.site] if anchor.site else list(self.city.sites)
        return [place for site in sites for place in self._of_segment(str(anchor.segment), site)]

    def _of_node(self, name: str) -> Iterator[Place]:
        for interface in self.city.nodes[name].interfaces:
            for family in FAMILIES:
                if (address := getattr(interface, family)) is not None:
                    yield Place(interface.segment, interface.site, family, ip_network(address))

    def _of_segment(self, segment: str, site: str) -> list[Place]:
        if segment not in self.city.sites[site].segments:
            return []
        key = (segment, site)
        if key not in self._shares:
            prefixes = {family: share(self.city, segment, site, family) for family in FAMILIES}
            self._shares[key] = [Place(segment, site, f, p) for f, p in prefixes.items() if p is not None]
        return self._shares[key]


def _pairs(places: _Places, flow: Flow) -> Iterator[tuple[Place, Place]]:
    """Pairs of places in different layers; a flow via a node runs to the node and on from it, never direct."""
    sources, targets = places.of_anchor(flow.source), places.of_anchor(flow.target)
    if flow.via is None:
        yield from _across(places.city, sources, targets)
        return
    carrier = places.of_anchor(Anchor(node=flow.via))
    yield from _across(places.city, sources, _same_layer(places.city, carrier, sources) or carrier)
    yield from _across(places.city, _same_layer(places.city, carrier, targets) or carrier, targets)


def _same_layer(city: City, places: list[Place], others: list[Place]) -> list[Place]:
    layers = {city.segments[other.segment].layer for other in others}
    return [place for place in places if city.segments[place.segment].layer in layers]


def _across(city: City, sources: list[Place], targets: list[Place]) -> Iterator[tuple[Place, Place]]:
    for source in sources:
        for target in targets:
            same_layer = city.segments[source.segment].layer is city.segments[target.segment].layer
            if source.family == target.family and not same_layer:
                yield source, target


def _both_ways(flow: str, service: PortRange, source: Place, target: Place) -> Iterator[Leg]:
    ports = Ports() if service.first is None else Ports(service.first, service.last or service.first)
    yield Leg(flow, service.protocol, ports, source, target, reply=False)
    yield Leg(flow, service.protocol, ports, target, source, reply=True)
