"""Whether a segment reaches a node: within their layer, or by an approved flow."""

from __future__ import annotations

from typing import Literal

from sanso.city.flow import Anchor, Flow, Node
from sanso.city.model import City
from sanso.city.services import services
from sanso.rules.crossing import node_layers
from sanso.rules.index import Index, SiteSegment

Service = tuple[Literal["tcp", "udp"], int]
"""Protocol and port."""


def reaches(index: Index, source: SiteSegment, name: str, service: Service) -> bool:
    """Whether the segment at a site stands in a layer of the node's, or an approved flow leads there."""
    node = index.city.nodes[name]
    if index.layers.get(source[1]) in node_layers(index, node):
        return True
    return any(
        flow.via is None and _starts(flow, source) and _ends(flow, name, node) and _opens(index.city, flow, service)
        for flow in index.city.flows.values()
    )


def _starts(flow: Flow, source: SiteSegment) -> bool:
    site, segment = source
    anchor = flow.source
    return anchor == "any" or (anchor.segment == segment and anchor.site in {None, site})


def _ends(flow: Flow, name: str, node: Node) -> bool:
    anchor = flow.target
    return anchor == "any" or anchor.node == name or _holds(anchor, node)


def _holds(anchor: Anchor, node: Node) -> bool:
    return any(
        anchor.segment == interface.segment and anchor.site in {None, interface.site} for interface in node.interfaces
    )


def _opens(city: City, flow: Flow, service: Service) -> bool:
    return "any" in flow.service or any(_covers(city, name, service) for name in flow.service)


def _covers(city: City, name: str, service: Service) -> bool:
    protocol, port = service
    try:
        ranges = list(services(city, [name]))
    except ValueError:
        return False  # REF-01 and FLOW-05 tell
    return any(
        item.protocol == protocol and item.first is not None and item.first <= port <= (item.last or item.first)
        for item in ranges
    )
