"""FLOW: approved flows that are past, too wide, malformed, or open nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sanso.city.addressing import FAMILIES, Family
from sanso.city.flow import Anchor, Flow
from sanso.city.services import literal_service
from sanso.messages import Finding, Severity
from sanso.rules.crossing import anchor_layers, crossings, node_layers
from sanso.rules.rule import GUIDELINE, Rule


class Expired(Rule):
    """A flow's last day has not passed (SEP-03 asks for an expiry)."""

    id = "FLOW-01"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        for name, flow in self.city.flows.items():
            if flow.expires < self.today:
                days = (self.today - flow.expires).days
                yield self.finding(
                    flow.at("expires"),
                    flow=name,
                    expires=flow.expires,
                    days=days,
                    today=self.today,
                    approver=flow.approver,
                )


class ExpiresSoon(Rule):
    """A flow's last day is not near; `flow_warning_days` says how near."""

    id = "FLOW-02"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        limit = self.city.settings.flow_warning_days
        for name, flow in self.city.flows.items():
            days = (flow.expires - self.today).days
            if 0 <= days <= limit:
                yield self.finding(
                    flow.at("expires"),
                    flow=name,
                    expires=flow.expires,
                    days=days,
                    limit=limit,
                    today=self.today,
                    approver=flow.approver,
                )


class Anything(Rule):
    """A flow says who, whom and what; `any` is none of these."""

    id = "FLOW-03"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        for name, flow in self.city.flows.items():
            for key, anchor in (("from", flow.source), ("to", flow.target)):
                if anchor == "any":
                    yield self.finding(flow.at(key), "end", flow=name, key=key)
            for index, service in enumerate(flow.service):
                if service == "any" or service.endswith("/any"):
                    yield self.finding(flow.at("service", index), "service", flow=name, service=service)


class AnchorShape(Rule):
    """An end of a flow is a node, or a segment with or without a site."""

    id = "FLOW-04"

    def check(self) -> Iterator[Finding]:
        for name, flow in self.city.flows.items():
            for key, anchor in (("from", flow.source), ("to", flow.target)):
                if not isinstance(anchor, Anchor):
                    continue
                if anchor.node is None and anchor.segment is None:
                    yield self.finding(flow.at(key), "neither", flow=name, key=key)
                elif anchor.node is not None and (anchor.segment is not None or anchor.site is not None):
                    also = "segment" if anchor.segment is not None else "site"
                    yield self.finding(flow.at(key, also), "both", flow=name, key=key, also=also, node=anchor.node)


class ServicePorts(Rule):
    """The ports of a service are ports, in order, and only tcp and udp have any."""

    id = "FLOW-05"

    def check(self) -> Iterator[Finding]:
        for name, ranges in self.city.services.items():
            for index, item in enumerate(ranges):
                path = ("services", name, index)
                ports = f"{item.first}-{item.last}"
                if item.protocol == "icmp" and (item.first is not None or item.last is not None):
                    yield self.finding(path, "icmp", service=name)
                elif item.protocol != "icmp" and item.first is None:
                    yield self.finding(path, "portless", service=name, protocol=item.protocol)
                elif item.first is not None and item.last is not None and item.last < item.first:
                    yield self.finding((*path, "last"), "backwards", service=name, ports=ports)
        for users in (self.city.flows, self.city.breakouts):
            for user in users.values():
                for index, text in enumerate(user.service):
                    yield from self._literal(user.at("service", index), text)

    def _literal(self, path: tuple[str | int, ...], text: str) -> Iterator[Finding]:
        _, slash, ports = text.partition("/")
        if not slash or ports == "any":
            return
        try:
            item = literal_service(text)
        except ValueError:
            yield self.finding(path, "number", service=text)
            return
        if item.first is not None and item.last is not None and item.last < item.first:
            yield self.finding(path, "backwards", service=text, ports=ports)


class PointlessFlow(Rule):
    """A flow opens something: its ends stand in different layers and have a common address family."""

    id = "FLOW-06"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, flow in self.city.flows.items():
            source, target = anchor_layers(self.index, flow.source), anchor_layers(self.index, flow.target)
            if not source or not target:
                continue
            if not crossings(self.index, flow):
                yield self.finding(flow.at(), "layer", flow=name, layer=next(iter(source)))
            elif flow.via is None:
                families, others = self._families(flow.source), self._families(flow.target)
                if families and others and not families & others:  # NODE-01 and GATE-02 tell of ends with none
                    yield self.error(flow.at(), "family", flow=name)

    def _families(self, anchor: Anchor | Literal["any"]) -> set[Family]:
        if anchor == "any":
            return set()
        if anchor.node is not None:
            holders: list[object] = [*self.city.nodes[anchor.node].interfaces]
        else:
            holders = [self.city.segments[anchor.segment or ""]]
        found: set[Family] = {family for family in FAMILIES for one in holders if getattr(one, family) is not None}
        for family in FAMILIES:
            if any(self.index.prefix(site, anchor.segment or "", family) for site in self.city.sites):
                found.add(family)
        return found


class IdleCarrier(Rule):
    """The node that carries a flow has an interface in the layer of one of its ends."""

    id = "FLOW-07"

    def check(self) -> Iterator[Finding]:
        for name, flow in self.city.flows.items():
            node = self.city.nodes.get(flow.via or "")
            wanted = anchor_layers(self.index, flow.source) | anchor_layers(self.index, flow.target)
            if node is None or not wanted:
                continue
            layers = node_layers(self.index, node)
            if layers and not layers & wanted:
                yield self.finding(
                    flow.at("via"),
                    flow=name,
                    node=flow.via,
                    layers=", ".join(sorted(layers)),
                    wanted=", ".join(sorted(wanted)),
                )


class SameFlow(Rule):
    """No two flows open the same."""

    id = "FLOW-08"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for name, flow in self.city.flows.items():
            other = first.setdefault(_opened(flow), name)
            if other != name:
                yield self.finding(flow.at(), flow=name, other=other)


def _opened(flow: Flow) -> str:
    return repr((flow.source, flow.target, sorted(flow.service), flow.via))
