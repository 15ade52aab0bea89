"""WLAN-05: public Wi-Fi, in every state of the city, and the office's doors, which are never open to everybody."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.segment import OFFICE_LAYERS, Layer
from sanso.city.wlan import Wlan
from sanso.messages import Finding
from sanso.rules.separation import FlowRule
from sanso.rules.wlans import STRICT_LAYERS

FOR_EVERYBODY = frozenset({"open", "owe"})
"""Ways in that ask nobody who he is."""


class PublicApart(FlowRule):
    """No flow joins public Wi-Fi with an office layer; its clients do not see one another, and have a capped rate."""

    id = "WLAN-05"

    def check(self) -> Iterator[Finding]:
        for name, flow, (source, target) in self.joined({Layer.PUBLIC}, OFFICE_LAYERS - {Layer.MYNUMBER}):
            yield self.finding(flow.at(), "flow", flow=name, source=source, target=target)  # SEP-02 has mynumber
        for name, wlan in self.city.wlans.items():
            layer = self.index.layers.get(wlan.segment)
            if layer is Layer.PUBLIC:
                yield from self._public(name, wlan)
            elif layer in OFFICE_LAYERS - STRICT_LAYERS and wlan.auth in FOR_EVERYBODY:  # WLAN-01 has the strict ones
                yield self.finding(wlan.at("auth"), "office", wlan=name, layer=layer, auth=wlan.auth)

    def _public(self, name: str, wlan: Wlan) -> Iterator[Finding]:
        if not wlan.client_isolation:
            path = wlan.at("client_isolation" if "client_isolation" in wlan.model_fields_set else "ssid")
            yield self.finding(path, "isolation", wlan=name)
        if not self.city.access_points:  # the settings below are for those that configure access points
            return
        if wlan.rate_limit is None:
            yield self.warning(wlan.at(), "rate", wlan=name)
        if wlan.auth == "open" and "normal" in wlan.states:
            yield self.warning(wlan.at("auth"), "owe", wlan=name)
