"""SEP-02 to SEP-07 and SCH-01: what may never pass between layers, and what may only by way of a node."""

from __future__ import annotations

from collections.abc import Iterator, Set
from ipaddress import IPv4Address, IPv6Address

from sanso.city.addressing import Network
from sanso.city.flow import Anchor, Flow
from sanso.city.segment import Layer
from sanso.city.services import services
from sanso.messages import Finding
from sanso.rules.crossing import CARRIERS, Crossing, anchor_layers, carrier, crossings, ends
from sanso.rules.rule import GUIDELINE, Rule
from sanso.rules.words import some

MOST_PORTS = 100
"""Ports that an exception to SEP-02 may open and still be said to name them."""


class FlowRule(Rule):
    """A rule on the pairs of layers that a flow joins."""

    source = GUIDELINE

    def joined(self, one: Set[Layer], other: Set[Layer]) -> Iterator[tuple[str, Flow, Crossing]]:
        """Flows that join a layer of ``one`` with a layer of ``other``, in either direction, once each."""
        for name, flow in self.city.flows.items():
            for source, target in sorted(crossings(self.index, flow)):
                if (source in one and target in other) or (source in other and target in one):
                    yield name, flow, (source, target)
                    break


class MynumberApart(FlowRule):
    """No flow and no breakout joins the mynumber layer with the Internet layer or with public Wi-Fi."""

    id = "SEP-02"

    def check(self) -> Iterator[Finding]:
        for name, flow, (source, target) in self.joined({Layer.MYNUMBER}, {Layer.INTERNET, Layer.PUBLIC}):
            if (source, target) in ends(self.index, flow):
                yield self.finding(flow.at(), "flow", flow=name, source=source, target=target)
            else:
                yield self.finding(flow.at("via"), "via", flow=name, node=flow.via, source=source, target=target)
        for name, breakout in self.city.breakouts.items():
            if self.index.layers.get(breakout.segment) is Layer.MYNUMBER:
                yield self.finding(breakout.at("segment"), "breakout", breakout=name, segment=breakout.segment)


class NarrowException(FlowRule):
    """An exception to SEP-02 names hosts at both ends and few ports, and its peer is not on the Internet."""

    id = "SEP-03"

    def check(self) -> Iterator[Finding]:
        for name, flow, _ in self.joined({Layer.MYNUMBER}, {Layer.LGWAN, Layer.MANAGEMENT}):
            for key, anchor in (("from", flow.source), ("to", flow.target)):
                if isinstance(anchor, Anchor):
                    yield from self._anchor(name, flow, key, anchor)
            yield from self._ports(name, flow)

    def _anchor(self, name: str, flow: Flow, key: str, anchor: Anchor) -> Iterator[Finding]:
        if anchor.segment is not None:
            nodes = [
                node
                for node, value in self.city.nodes.items()
                if any(interface.segment == anchor.segment for interface in value.interfaces)
            ]
            path = flow.at(key, "segment")
            yield self.finding(path, "segment", flow=name, segment=anchor.segment, nodes=some(nodes))
        node = self.city.nodes.get(anchor.node or "")
        for interface in node.interfaces if node else []:
            for address in (interface.ipv4, interface.ipv6):
                if address is not None and not self._own(address):
                    yield self.finding(flow.at(key), "peer", flow=name, node=anchor.node, address=address)

    def _own(self, address: IPv4Address | IPv6Address) -> bool:
        own = self.city.settings.prefixes
        networks: list[Network] = [*own.ipv4, *own.ipv6]
        return any(address in network for network in networks)

    def _ports(self, name: str, flow: Flow) -> Iterator[Finding]:
        for index, service in enumerate(flow.service):
            count = self._count(service)
            if count > MOST_PORTS and service != "any" and not service.endswith("/any"):  # FLOW-03 has those
                path = flow.at("service", index)
                yield self.finding(path, "ports", flow=name, service=service, count=count, limit=MOST_PORTS)

    def _count(self, service: str) -> int:
        try:
            ranges = list(services(self.city, [service]))
        except ValueError:
            return 0  # REF-01 and FLOW-05 tell
        return sum((item.last or item.first) - item.first + 1 for item in ranges if item.first is not None)


class ThroughExchange(FlowRule):
    """The lgwan and the Internet layer meet only at an exchange node."""

    id = "SEP-05"

    def check(self) -> Iterator[Finding]:
        for name, flow in self.city.flows.items():
            joined = {frozenset(crossing) for crossing in ends(self.index, flow)}
            if frozenset({Layer.LGWAN, Layer.INTERNET}) not in joined:
                continue
            node = carrier(self.index, flow)
            role = self.city.nodes[node].role if node is not None else ""
            if node is None and flow.via is None:
                yield self.finding(flow.at(), "direct", flow=name, nodes=self._nodes())
            elif node is not None and role not in CARRIERS:
                yield self.finding(flow.at("via"), "role", flow=name, node=node, role=role, nodes=self._nodes())

    def _nodes(self) -> str:
        return some(name for name, node in self.city.nodes.items() if node.role in CARRIERS)


class ThroughSanitizer(FlowRule):
    """What goes from the Internet layer to the lgwan layer goes by way of a sanitizer."""

    id = "SEP-06"

    def check(self) -> Iterator[Finding]:
        sanitizers = some(name for name, node in self.city.nodes.items() if node.role == "sanitizer")
        for name, flow in self.city.flows.items():
            node = carrier(self.index, flow)
            role = self.city.nodes[node].role if node is not None else ""
            if role in CARRIERS - {"sanitizer"} and self._inwards(flow):  # SEP-05 has those without a carrier
                path = flow.at("via") if flow.via else flow.at()
                yield self.finding(path, flow=name, node=node, role=role, sanitizers=sanitizers)

    def _inwards(self, flow: Flow) -> bool:
        return Layer.INTERNET in anchor_layers(self.index, flow.source) and Layer.LGWAN in anchor_layers(
            self.index, flow.target
        )


class SecurityCloud(Rule):
    """Internet traffic leaves by the prefecture's security cloud, at the site that is connected to it."""

    id = "SEP-07"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        egress = self.city.settings.egress
        if egress.by != "security_cloud":
            yield self.finding(egress.at("by"), "by", by=egress.by)
        site = self.city.sites.get(egress.site)
        if site is not None and site.line.kind != "security_cloud":
            connected = [name for name, other in self.city.sites.items() if other.line.kind == "security_cloud"]
            yield self.finding(egress.at("site"), "line", site=site.id, kind=site.line.kind, sites=some(connected))


class SchoolApart(FlowRule):
    """No flow joins a school's segments with the mynumber or the lgwan layer."""

    id = "SCH-01"
    source = "education ministry's policy on information security of schools"

    def check(self) -> Iterator[Finding]:
        for name, flow, (source, target) in self.joined({Layer.SCHOOL}, {Layer.MYNUMBER, Layer.LGWAN}):
            yield self.finding(flow.at(), flow=name, source=source, target=target)
