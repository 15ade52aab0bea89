"""REF: every name in the city leads to something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sanso.city.device import AccessPort, ApPort, Device, HypervisorPort, PortProfile, TrunkPort, UplinkPort
from sanso.city.flow import Anchor
from sanso.city.model import City
from sanso.city.services import well_known
from sanso.messages import Finding
from sanso.messages.source import Path
from sanso.rules.rule import Rule
from sanso.rules.words import nearest

Kind = Literal["segment", "site", "node", "service", "wlan"]


@dataclass(frozen=True)
class Reference:
    """A name at a path; a segment or WLAN may have to be at a site."""

    path: Path
    kind: Kind
    name: str
    site: str | None = None


class UnknownName(Rule):
    """A segment, site, node, service or WLAN is named and not declared anywhere."""

    id = "REF-01"

    def check(self) -> Iterator[Finding]:
        known = known_names(self.city)
        for reference in references(self.city):
            if reference.name not in known[reference.kind]:
                near = nearest(reference.name, known[reference.kind])
                yield self.finding(reference.path, reference.kind, name=reference.name, near=near)


class AbsentSegment(Rule):
    """A port, node, flow, WLAN or breakout uses a segment at a site that does not have it."""

    id = "REF-02"

    def check(self) -> Iterator[Finding]:
        for reference in references(self.city):
            if reference.kind != "segment" or reference.name not in self.city.segments:
                continue
            site = self.city.sites.get(reference.site or "")
            if site is not None and reference.name not in site.segments:
                near = nearest(reference.name, site.segments)
                yield self.finding(reference.path, segment=reference.name, site=site.id, near=near)


class AbsentWlan(Rule):
    """An access point's port names a WLAN that is not offered at its site."""

    id = "REF-03"

    def check(self) -> Iterator[Finding]:
        for reference in references(self.city):
            wlan = self.city.wlans.get(reference.name) if reference.kind == "wlan" else None
            if wlan is not None and reference.site in self.city.sites and reference.site not in wlan.sites:
                here = [name for name, other in self.city.wlans.items() if reference.site in other.sites]
                near = nearest(reference.name, here)
                yield self.finding(reference.path, wlan=reference.name, site=reference.site, near=near)


def known_names(city: City) -> dict[Kind, Iterable[str]]:
    """What each kind of name may be."""
    return {
        "segment": city.segments,
        "site": city.sites,
        "node": city.nodes,
        "service": {*city.services, *well_known()},
        "wlan": city.wlans,
    }


def references(city: City) -> Iterator[Reference]:
    """Every name in the city that must lead to something."""
    settings = city.settings
    yield Reference(settings.egress.at("site"), "site", settings.egress.site)
    yield Reference(settings.at("management_segment"), "segment", settings.management_segment)
    yield Reference(settings.at("ap_segment"), "segment", settings.ap_segment)
    for site in city.sites.values():
        for name in site.segments:
            yield Reference(site.at("segments", name), "segment", name)
    for device in city.devices.values():
        for profile in device.ports.values():
            yield from _of_port(city, device, profile)
    yield from _of_nodes(city)
    yield from _of_flows(city)
    yield from _of_breakouts(city)
    yield from _of_wlans(city)


def _of_port(city: City, device: Device, port: PortProfile) -> Iterator[Reference]:
    match port:
        case AccessPort():
            yield Reference(port.at("segment"), "segment", port.segment, device.site)
        case ApPort():
            path = port.at("segment") if port.segment else port.at()
            yield Reference(path, "segment", port.segment or city.settings.ap_segment, device.site)
            for index, wlan in enumerate(port.wlans or []):
                yield Reference(port.at("wlans", index), "wlan", wlan, device.site)
        case TrunkPort() | UplinkPort() | HypervisorPort():
            for index, segment in enumerate(port.segments or []):
                yield Reference(port.at("segments", index), "segment", segment, device.site)
            if port.native is not None:
                yield Reference(port.at("native"), "segment", port.native, device.site)


def _of_nodes(city: City) -> Iterator[Reference]:
    for node in city.nodes.values():
        for interface in node.interfaces:
            yield Reference(interface.at("site"), "site", interface.site)
            yield Reference(interface.at("segment"), "segment", interface.segment, interface.site)


def _of_flows(city: City) -> Iterator[Reference]:
    for flow in city.flows.values():
        for anchor in (flow.source, flow.target):
            if isinstance(anchor, Anchor):
                yield from _of_anchor(anchor)
        if flow.via is not None:
            yield Reference(flow.at("via"), "node", flow.via)
        yield from _of_services(flow.at("service"), flow.service)


def _of_anchor(anchor: Anchor) -> Iterator[Reference]:
    if anchor.node is not None:
        yield Reference(anchor.at("node"), "node", anchor.node)
    if anchor.site is not None:
        yield Reference(anchor.at("site"), "site", anchor.site)
    if anchor.segment is not None:
        yield Reference(anchor.at("segment"), "segment", anchor.segment, anchor.site)


def _of_services(path: Path, services: list[str]) -> Iterator[Reference]:
    for index, name in enumerate(services):
        if name not in {"any", "icmp"} and "/" not in name:
            yield Reference((*path, index), "service", name)


def _of_breakouts(city: City) -> Iterator[Reference]:
    for breakout in city.breakouts.values():
        yield Reference(breakout.at("segment"), "segment", breakout.segment)
        for index, site in enumerate(breakout.sites):
            yield Reference(breakout.at("sites", index), "site", site)
            yield Reference(breakout.at("sites", index), "segment", breakout.segment, site)
        yield from _of_services(breakout.at("service"), breakout.service)
        if breakout.log is not None and breakout.log.target is not None:
            yield Reference(breakout.log.at("target"), "node", breakout.log.target)


def _of_wlans(city: City) -> Iterator[Reference]:
    for wlan in city.wlans.values():
        yield Reference(wlan.at("segment"), "segment", wlan.segment)
        for index, site in enumerate(wlan.sites):
            yield Reference(wlan.at("sites", index), "site", site)
            yield Reference(wlan.at("sites", index), "segment", wlan.segment, site)
        for index, node in enumerate(wlan.radius):
            yield Reference(wlan.at("radius", index), "node", node)
