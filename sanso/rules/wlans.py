"""WLAN: wireless networks, who gets in, and which layer they lead to."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.device import ApPort
from sanso.city.segment import OFFICE_LAYERS, Layer
from sanso.city.wlan import Wlan
from sanso.messages import Finding, Severity
from sanso.messages.source import Path
from sanso.rules.rule import GUIDELINE, Rule
from sanso.rules.separation import FlowRule
from sanso.rules.words import some

ENTERPRISE = frozenset({"wpa2_enterprise", "wpa3_enterprise"})
STRICT_LAYERS = frozenset({Layer.MYNUMBER, Layer.LGWAN})


class WlanAuthentication(Rule):
    """SSIDs of the mynumber and lgwan layers authenticate each terminal at a RADIUS server."""

    id = "WLAN-01"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        servers = some(name for name, node in self.city.nodes.items() if node.role == "radius")
        for name, wlan in self.city.wlans.items():
            layer = self.index.layers.get(wlan.segment)
            if layer in STRICT_LAYERS and wlan.auth not in ENTERPRISE:
                yield self.finding(wlan.at("auth"), "auth", wlan=name, layer=layer, auth=wlan.auth)
            if wlan.auth in ENTERPRISE and not wlan.radius:
                yield self.finding(wlan.at(), "radius", wlan=name, auth=wlan.auth, servers=servers)
            for index, server in enumerate(wlan.radius):
                node = self.city.nodes.get(server)
                if node is not None and node.role != "radius":
                    path = wlan.at("radius", index)
                    yield self.finding(path, "role", wlan=name, node=server, role=node.role, servers=servers)


class TerminalCertificates(Rule):
    """SSIDs of the mynumber and lgwan layers use EAP-TLS: a certificate on each terminal."""

    id = "WLAN-02"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            layer = self.index.layers.get(wlan.segment)
            if layer in STRICT_LAYERS and wlan.auth in ENTERPRISE and wlan.eap != "tls":
                path = wlan.at("eap") if wlan.eap else wlan.at()
                yield self.finding(path, wlan=name, layer=layer, eap=wlan.eap or "-")


class SsidApart(Rule):
    """One SSID leads to one segment; access points are managed in a segment of their own."""

    id = "WLAN-04"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for name, wlan in self.city.wlans.items():
            other = first.setdefault(wlan.ssid, name)
            if self.city.wlans[other].segment != wlan.segment:
                yield self._same_ssid(name, wlan, other)
        yield from self._management()

    def _same_ssid(self, name: str, wlan: Wlan, other: str) -> Finding:
        other_segment = self.city.wlans[other].segment
        args = {
            "wlan": name,
            "ssid": wlan.ssid,
            "segment": wlan.segment,
            "other": other,
            "other_segment": other_segment,
        }
        return self.finding(wlan.at("ssid"), "ssid", **args)

    def _management(self) -> Iterator[Finding]:
        users = {wlan.segment: name for name, wlan in self.city.wlans.items()}
        for path, segment in self._ap_segments():
            layer = self.index.layers.get(segment)
            if layer is None:
                continue
            if segment in users:
                yield self.finding(path, "shared", segment=segment, wlan=users[segment])
            elif layer is not Layer.MANAGEMENT:
                yield self.finding(path, "layer", segment=segment, layer=layer)
            elif segment == self.city.settings.management_segment:
                yield self.finding(path, "switches", segment=segment)

    def _ap_segments(self) -> Iterator[tuple[Path, str]]:
        yield self.city.settings.at("ap_segment"), self.city.settings.ap_segment
        for device in self.city.devices.values():
            for port in device.ports.values():
                if isinstance(port, ApPort) and port.segment is not None:
                    yield port.at("segment"), port.segment


class PublicApart(FlowRule):
    """No flow joins public Wi-Fi with an office layer, and its clients do not see one another."""

    id = "WLAN-05"

    def check(self) -> Iterator[Finding]:
        for name, flow, (source, target) in self.joined({Layer.PUBLIC}, OFFICE_LAYERS - {Layer.MYNUMBER}):
            yield self.finding(flow.at(), "flow", flow=name, source=source, target=target)  # SEP-02 has mynumber
        for name, wlan in self.city.wlans.items():
            if self.index.layers.get(wlan.segment) is Layer.PUBLIC and not wlan.client_isolation:
                path = wlan.at("client_isolation" if "client_isolation" in wlan.model_fields_set else "ssid")
                yield self.finding(path, "isolation", wlan=name)


class SsidText(Rule):
    """An SSID has no blank at either end."""

    id = "WLAN-10"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            if wlan.ssid != wlan.ssid.strip():
                yield self.finding(wlan.at("ssid"), wlan=name, ssid=wlan.ssid)


class IdleFields(Rule):
    """EAP and RADIUS servers stand at WLANs that use 802.1X."""

    id = "WLAN-11"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            for key in ("eap", "radius"):
                if wlan.auth not in ENTERPRISE and getattr(wlan, key):
                    yield self.finding(wlan.at(key), wlan=name, key=key, auth=wlan.auth)


class WlanWithoutAccessPoint(Rule):
    """At each site of a WLAN some access point's port offers it."""

    id = "WLAN-12"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        offered: set[tuple[str, str]] = set()
        for device in self.city.devices.values():
            for port in device.ports.values():
                if isinstance(port, ApPort):
                    names = port.wlans if port.wlans is not None else self.city.wlans
                    offered.update((device.site, name) for name in names)
        for name, wlan in self.city.wlans.items():
            for index, site in enumerate(wlan.sites):
                if site in self.city.sites and (site, name) not in offered:
                    yield self.finding(wlan.at("sites", index), wlan=name, site=site)
