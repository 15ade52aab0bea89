"""The machines that a WLAN needs are reached: RADIUS servers by access points, the sign-on page by terminals."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from sanso.city.segment import OFFICE_LAYERS, Layer
from sanso.city.wlan import ENTERPRISE, Portal, Wlan
from sanso.messages import Finding
from sanso.rules.crossing import node_layers
from sanso.rules.index import SiteSegment
from sanso.rules.reach import Service, reaches
from sanso.rules.rule import Rule
from sanso.rules.words import some

RADIUS: Service = ("udp", 1812)
"""Authentication (RFC 2865)."""


class RadiusReached(Rule):
    """At each site of a WLAN with 802.1X its access points reach its RADIUS servers, by a flow between layers."""

    id = "WLAN-25"

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            sources = sorted(self._sources(name)) if wlan.auth in ENTERPRISE else []
            for index, server in enumerate(wlan.radius):
                node = self.city.nodes.get(server)
                if node is None or not node_layers(self.index, node):
                    continue  # REF-01 tells
                lost = [source for source in sources if not reaches(self.index, source, server, RADIUS)]
                if lost:
                    segments, sites = some({segment for _, segment in lost}), some(site for site, _ in lost)
                    path = wlan.at("radius", index)
                    yield self.finding(path, wlan=name, node=server, segments=segments, sites=sites)

    def _sources(self, wlan: str) -> set[SiteSegment]:
        """Segments of the access points that offer a WLAN, at their sites."""
        found = set()
        for host, port in self.index.hung.items():
            segment = port.segment or self.city.settings.ap_segment
            if wlan in self.index.offered[host] and segment in self.index.layers:
                found.add((self.city.access_points[host].site, segment))
        return found


class PortalReached(Rule):
    """A sign-on page stands in the layer of its WLAN, or a flow leads there; that of public Wi-Fi is in no office."""

    id = "WLAN-27"

    def check(self) -> Iterator[Finding]:
        for name, wlan in self.city.wlans.items():
            if wlan.portal is not None:
                yield from self._portal(name, wlan, wlan.portal)

    def _portal(self, name: str, wlan: Wlan, portal: Portal) -> Iterator[Finding]:
        port = _port(portal.url)
        if port is None:
            yield self.finding(portal.at("url"), "url", wlan=name, url=portal.url)
        node, layer = self.city.nodes.get(portal.node), self.index.layers.get(wlan.segment)
        layers = node_layers(self.index, node) if node is not None else frozenset()
        if layer is None or not layers or layer in layers:
            return
        args = {"wlan": name, "node": portal.node, "layer": layer, "layers": ", ".join(sorted(layers))}
        if layer is Layer.PUBLIC and layers & OFFICE_LAYERS:
            yield self.finding(portal.at("node"), "office", **args)
            return
        lost = [site for site in wlan.sites if port and not self._reaches(site, wlan, portal.node, port)]
        if lost:
            yield self.finding(portal.at("node"), "flow", **args, sites=some(lost), segment=wlan.segment, port=port)

    def _reaches(self, site: str, wlan: Wlan, node: str, port: int) -> bool:
        return all(reaches(self.index, (site, segment), node, ("tcp", port)) for segment in wlan.segments)


def _port(url: str) -> int | None:
    """Port of an https address; None where its host or port is none."""
    try:
        parts = urlsplit(url)
        return (parts.port or 443) if parts.hostname else None
    except ValueError:
        return None
