"""What controllers and access points put on the air, as the proof needs it: hosts of a layer behind switch ports.

An SSID whose hosts nobody can place, an access point that hangs nowhere, a way in that the layer forbids: none of
these may be taken for proved, so each is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sanso.city.links import ap_wlans
from sanso.city.model import City
from sanso.city.segment import Layer
from sanso.city.wireless import AccessPoint
from sanso.city.wlan import ENTERPRISE, Wlan
from sanso.messages import Finding
from sanso.network.on_air import OnAir, asked, on_air
from sanso.network.snapshot import Line
from sanso.network.wireless import WirelessFacts
from sanso.proof.edges import UNTAGGED, ReadEdge
from sanso.proof.findings import error
from sanso.proof.links import End
from sanso.proof.placement import Place
from sanso.rules.words import some

STRICT_LAYERS = frozenset({Layer.MYNUMBER, Layer.LGWAN})
"""Layers whose SSIDs authenticate each terminal (WLAN-01)."""


@dataclass(frozen=True)
class Air:
    """Hosts behind access points, and what is wrong with what is on the air."""

    edges: list[ReadEdge]
    findings: list[Finding]


def read_air(read: Mapping[str, WirelessFacts], city: City) -> Air:
    """Put together what several controllers and access points hold.

    Args:
        read: facts by host name.
        city: the city that tells where access points hang and whose SSIDs are.
    """
    edges: list[ReadEdge] = []
    findings: list[Finding] = []
    for host, facts in read.items():
        reader = _Reader(city, host, facts)
        edges += [edge for one in reader.heard for edge in reader.edges(one)]
        findings += reader.findings(reader.wrongs())
    return Air(edges, findings)


def air_at(facts: WirelessFacts, city: City, mac: str) -> list[Finding]:
    """What is wrong at one access point of a controller."""
    reader = _Reader(city, facts.hostname, facts)
    return list(reader.findings(one for one in reader.wrongs() if one[0] == mac))


def worse_air(was: WirelessFacts, now: WirelessFacts, city: City) -> list[Finding]:
    """What is wrong with a controller, or with any of its access points, and was not so before."""
    reader, before = _Reader(city, now.hostname, now), _Reader(city, was.hostname, was)
    known = set(before.wrongs())
    return list(reader.findings(one for one in reader.wrongs() if one not in known))


class _Wrong(NamedTuple):
    """What is wrong with an SSID, wherever it is."""

    rule: str
    variant: str = ""
    ssid: str = ""
    layer: str = ""
    found: str = ""
    other: str = ""
    """The layer that it should not be."""


class _Reader:
    """Reads what one controller, or one access point, puts on the air."""

    def __init__(self, city: City, host: str, facts: WirelessFacts) -> None:
        self.city = city
        self.host = host
        self.facts = facts
        self.heard = sorted(on_air(facts), key=str)
        self._points = {point.mac: point for point in city.access_points.values()}
        self._layers = {segment.vlan: segment.layer for segment in city.segments.values()}
        self._asked = asked(facts)

    def edges(self, one: OnAir) -> Iterator[ReadEdge]:
        """Where the frames of an SSID's terminals come out, for each VLAN that they may be in."""
        point = self._points.get(one.mac)
        wlan = self._wlan(one, point) if point is not None else None
        if point is None or wlan is None:
            return
        end = End(point.switch, point.port) if one.at_ap else self._end_of_controller()
        if end is None:
            return
        yield ReadEdge(one.ssid, one.vlan or UNTAGGED, self._place(wlan.segment, point.site), end)
        if one.vlan_by_radius:
            for segment in wlan.radius_segments:
                yield ReadEdge(one.ssid, self.city.segments[segment].vlan, self._place(segment, point.site), end)

    def wrongs(self) -> Iterator[tuple[str, _Wrong]]:
        """What is wrong at an access point, by its MAC address, or with the controller as a whole."""
        yield from ((one.mac, wrong) for one in self.heard for wrong in self._wrong(one))
        yield from (("", _Wrong("AIR-08", found=line)) for line in _doubts(self.facts))

    def findings(self, wrongs: Iterable[tuple[str, _Wrong]]) -> Iterator[Finding]:
        """One finding for all access points at which the same is wrong."""
        where: dict[_Wrong, dict[str, None]] = {}
        for mac, wrong in wrongs:
            where.setdefault(wrong, {})[self._name(mac)] = None
        for wrong, names in where.items():
            args = {**wrong._asdict(), "aps": some(names), "count": len(names), "device": self.host}
            line = Line(self.host, 0, wrong.ssid or wrong.found or next(iter(names)))
            yield error(wrong.rule, line, args, wrong.variant)

    def _wrong(self, one: OnAir) -> Iterator[_Wrong]:
        point = self._points.get(one.mac)
        if point is None:
            yield _Wrong("AIR-04") if one.mac else _Wrong("AIR-04", "preset", one.ssid, found=_vlan(one))
            return
        wlan = self._wlan(one, point)
        if wlan is None:
            yield _Wrong("AIR-01", ssid=one.ssid, found=_vlan(one))
            return
        layer = self.city.segments[wlan.segment].layer
        yield from self._way_in(one, wlan, layer)
        if one.vlan is None:
            yield _Wrong("AIR-07", "untagged", one.ssid, layer)
        elif (found := self._layers.get(one.vlan)) is not layer:
            yield _Wrong("AIR-07", "", one.ssid, layer, _vlan(one), found or "-")
        if one.vlan_by_radius and not self._is_held(one, wlan):
            yield _Wrong("AIR-03", ssid=one.ssid, layer=layer)
        if not one.at_ap and self._end_of_controller() is None:
            yield _Wrong("AIR-05", ssid=one.ssid)

    def _is_held(self, one: OnAir, wlan: Wlan) -> bool:
        """Whether the RADIUS server may name no VLAN that the inventory does not."""
        if one.radius_vlans is None:
            return bool(wlan.radius_segments)
        return one.radius_vlans <= {self.city.segments[segment].vlan for segment in wlan.segments}

    def _way_in(self, one: OnAir, wlan: Wlan, layer: Layer) -> Iterator[_Wrong]:
        """Who is let in that should not be, and who says so."""
        if one.security in ENTERPRISE:
            known = {address for server in wlan.radius for address in self._addresses(server)}
            servers = {server.server or "-" for server in self._asked if server.ssid == one.ssid} or {"-"}
            if wlan.auth in ENTERPRISE and (odd := servers - known):
                yield _Wrong("AIR-02", "radius", one.ssid, layer, some(sorted(odd)))
        elif layer in STRICT_LAYERS:
            yield _Wrong("AIR-02", "auth", one.ssid, layer, one.security)
        elif layer is not Layer.PUBLIC and one.security != wlan.auth:
            yield _Wrong("AIR-02", "other", one.ssid, layer, one.security, wlan.auth)
        if layer is Layer.PUBLIC and not one.isolated:
            yield _Wrong("AIR-02", "isolation", one.ssid, layer)

    def _addresses(self, node: str) -> Iterator[str]:
        for one in self.city.nodes[node].interfaces:
            yield from (str(address) for address in (one.ipv4, one.ipv6) if address is not None)

    def _wlan(self, one: OnAir, point: AccessPoint) -> Wlan | None:
        """Whose an SSID is: at the access point's own port first, for another site may use the name otherwise."""
        device = self.city.devices[point.switch]
        port = self.city.ports[point.switch].get(point.port)
        here = ap_wlans(self.city, device, port) if port is not None and port.profile == "ap" else []
        names: Iterable[str] = [*here, *self.city.wlans]
        return next((self.city.wlans[name] for name in names if self.city.wlans[name].ssid == one.ssid), None)

    def _end_of_controller(self) -> End | None:
        controller = self.city.controllers.get(self.host)
        return End(controller.switch, controller.port) if controller is not None else None

    def _place(self, segment: str, site: str) -> Place:
        return Place(self.city.segments[segment].layer, segment, site)

    def _name(self, mac: str) -> str:
        point = self._points.get(mac)
        return point.hostname if point is not None else mac


def _doubts(facts: WirelessFacts) -> Iterator[str]:
    """Lines that may put something on the air, or lead frames, and that nobody understands."""
    yield from facts.doubts
    for part in (facts, facts.presets):
        if part is not None:
            yield from (line for group in part.groups.values() for line in group.other)
            yield from (line for site in part.sites.values() for line in site.other)


def _vlan(one: OnAir) -> str:
    return str(one.vlan) if one.vlan is not None else "-"
