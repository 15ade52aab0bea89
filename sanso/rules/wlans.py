"""WLAN-01 to WLAN-04, and plain sense of WLANs: who gets in, which layer they lead to, and when."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import combinations

from sanso.city.device import ApPort
from sanso.city.segment import Layer
from sanso.city.wlan import ENTERPRISE, Wlan
from sanso.messages import Finding, Severity
from sanso.messages.source import Path
from sanso.rules.hours import WEEK, week_names, window_faults
from sanso.rules.rule import GUIDELINE, Rule
from sanso.rules.words import some

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
    """One SSID leads to one segment, or to further ones of its layer; access points have a segment of their own."""

    id = "WLAN-04"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        for (one, first), (name, wlan) in combinations(self.city.wlans.items(), 2):
            if first.ssid == wlan.ssid:
                yield from self._same_ssid(one, first, name, wlan)
        for name, wlan in self.city.wlans.items():
            yield from self._by_radius(name, wlan)
        yield from self._management()

    def _same_ssid(self, one: str, first: Wlan, name: str, wlan: Wlan) -> Iterator[Finding]:
        args = {"wlan": name, "ssid": wlan.ssid, "segment": wlan.segment, "other": one}
        if first.segment != wlan.segment:
            yield self.finding(wlan.at("ssid"), "ssid", **args, other_segment=first.segment)
        elif sites := _together(first, wlan):
            yield self.finding(wlan.at("ssid"), "twice", **args, sites=some(sites))

    def _by_radius(self, name: str, wlan: Wlan) -> Iterator[Finding]:
        layer = self.index.layers.get(wlan.segment)
        for index, segment in enumerate(wlan.radius_segments):
            other = self.index.layers.get(segment)
            if layer is not None and other is not None and other is not layer:
                args = {"wlan": name, "segment": wlan.segment, "layer": layer, "other": segment, "other_layer": other}
                yield self.finding(wlan.at("radius_segments", index), "radius", **args)

    def _management(self) -> Iterator[Finding]:
        users = {segment: name for name, wlan in self.city.wlans.items() for segment in wlan.segments}
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


def _together(one: Wlan, two: Wlan) -> list[str]:
    """Sites at which two WLANs are on the air together, on some band in some state of the city."""
    sites = [site for site in one.sites if site in two.sites]
    return sites if set(one.states) & set(two.states) and set(one.bands) & set(two.bands) else []


class SsidText(Rule):
    """An SSID has no blank at either end."""

    id = "WLAN-10"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            if wlan.ssid != wlan.ssid.strip():
                yield self.finding(wlan.at("ssid"), wlan=name, ssid=wlan.ssid)


class IdleFields(Rule):
    """EAP, RADIUS servers and segments that these choose stand at WLANs that use 802.1X."""

    id = "WLAN-11"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            for key in ("eap", "radius", "radius_segments"):
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


class SsidCharacters(Rule):
    """An SSID has no control characters, which nobody sees and devices read in ways of their own."""

    id = "WLAN-21"

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            odd = [character for character in wlan.ssid if unicodedata.category(character)[0] == "C"]
            if odd:
                codes = some(f"U+{ord(character):04X}" for character in odd)
                clean = "".join(character for character in wlan.ssid if character not in odd)
                yield self.finding(wlan.at("ssid"), wlan=name, codes=codes, clean=clean)


class Schedule(Rule):
    """The hours of a WLAN are told apart, and do not name a day twice."""

    id = "WLAN-26"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            for path, variant, args in window_faults(wlan.schedule, WEEK, week_names):
                yield self.finding(path, variant, **args, wlan=name)
