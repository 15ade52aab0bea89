"""SEP-01 and BETA-01: everything stands in one layer, and in the one that the model says."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.segment import Layer
from sanso.city.separation import separation_model
from sanso.messages import Finding
from sanso.rules.addresses import clashes
from sanso.rules.crossing import CARRIERS, node_layers
from sanso.rules.rule import GUIDELINE, Rule
from sanso.rules.segments import free_vlan, same_vlan


class OneLayer(Rule):
    """Every segment, prefix, VLAN id and machine belongs to exactly one layer; exchange nodes alone stand in two."""

    id = "SEP-01"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        yield from self._vlans()
        yield from self._prefixes()
        yield from self._nodes()

    def _vlans(self) -> Iterator[Finding]:
        for name, segment, other in same_vlan(self.index):
            other_layer = self.city.segments[other].layer
            if segment.layer is not other_layer:
                yield self.finding(
                    segment.at("vlan"),
                    "vlan",
                    vlan=segment.vlan,
                    segment=name,
                    layer=segment.layer,
                    other=other,
                    other_layer=other_layer,
                    free=free_vlan(self.index, segment.vlan),
                )

    def _prefixes(self) -> Iterator[Finding]:
        for inner, outer in clashes(self.index):
            if inner.layer is not outer.layer:
                yield self.finding(
                    inner.path,
                    "prefix",
                    prefix=inner.prefix,
                    segment=inner.segment,
                    layer=inner.layer,
                    other=outer.segment,
                    other_layer=outer.layer,
                    other_prefix=outer.prefix,
                )

    def _nodes(self) -> Iterator[Finding]:
        for name, node in self.city.nodes.items():
            layers = node_layers(self.index, node)
            if len(layers) > 1 and node.role not in CARRIERS:
                path = node.at("interfaces")
                yield self.finding(path, "node", node=name, role=node.role, layers=", ".join(sorted(layers)))


class ModelPlacement(Rule):
    """Terminals and systems stand in the layers of the city's separation model, and so do breakouts."""

    id = "BETA-01"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        model, name = separation_model(self.city.settings.model), self.city.settings.model
        for segment_name, segment in self.city.segments.items():
            allowed = model.placement.get(segment.purpose)
            if allowed is not None and segment.layer not in allowed:
                yield self.finding(
                    segment.at("layer"),
                    "placement",
                    segment=segment_name,
                    purpose=segment.purpose,
                    layer=segment.layer,
                    model=name,
                    allowed=", ".join(allowed),
                )
        for breakout_name, breakout in self.city.breakouts.items():
            layer = self.index.layers.get(breakout.segment)
            if layer not in {None, Layer.MYNUMBER} and layer not in model.breakout_layers:  # SEP-02 has mynumber
                yield self.finding(
                    breakout.at("segment"),
                    "breakout",
                    breakout=breakout_name,
                    layer=layer,
                    model=name,
                    allowed=", ".join(model.breakout_layers),
                )
