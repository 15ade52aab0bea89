"""Which layers a flow joins, hop by hop, as the access lists will open it."""

from __future__ import annotations

from typing import Literal

from sanso.city.flow import Anchor, Flow, Node
from sanso.city.segment import Layer
from sanso.rules.index import Index

Crossing = tuple[Layer, Layer]
"""From, to."""

CARRIERS = frozenset({"exchange", "sanitizer"})
"""Roles of nodes that may stand between layers: they pass files or pictures on, never packets."""


def anchor_layers(index: Index, anchor: Anchor | Literal["any"]) -> frozenset[Layer]:
    """Layers that an end of a flow stands in; none for `any` and for names that lead nowhere."""
    if anchor == "any":
        return frozenset()
    if anchor.node is not None:
        node = index.city.nodes.get(anchor.node)
        return frozenset() if node is None else node_layers(index, node)
    layer = index.layers.get(anchor.segment or "")
    return frozenset() if layer is None else frozenset({layer})


def node_layers(index: Index, node: Node) -> frozenset[Layer]:
    """Layers that a node has an interface in."""
    return frozenset(
        index.layers[interface.segment] for interface in node.interfaces if interface.segment in index.layers
    )


def ends(index: Index, flow: Flow) -> set[Crossing]:
    """Layers at the two ends of a flow, where they differ."""
    return _across(anchor_layers(index, flow.source), anchor_layers(index, flow.target))


def crossings(index: Index, flow: Flow) -> set[Crossing]:
    """Layers that a flow joins: at its ends, and on each hop to and from the node that carries it."""
    found = ends(index, flow)
    node = index.city.nodes.get(flow.via or "")
    if node is not None:
        carrier = node_layers(index, node)
        source, target = anchor_layers(index, flow.source), anchor_layers(index, flow.target)
        found |= _across(source, (carrier & source) or carrier)
        found |= _across((carrier & target) or carrier, target)
    return found


def _across(sources: frozenset[Layer], targets: frozenset[Layer]) -> set[Crossing]:
    return {(source, target) for source in sources for target in targets if source is not target}


def carrier(index: Index, flow: Flow) -> str | None:
    """Name of the node that stands between the layers: the one in `via`, else an end that is one itself."""
    if flow.via is not None:
        return flow.via if flow.via in index.city.nodes else None
    for anchor in (flow.source, flow.target):
        if isinstance(anchor, Anchor) and anchor.node is not None:
            node = index.city.nodes.get(anchor.node)
            if node is not None and node.role in CARRIERS:
                return anchor.node
    return None
