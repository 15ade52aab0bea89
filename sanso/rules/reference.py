"""Every name in a city that must lead to something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from sanso.city.device import AccessPort, ApPort, Device, HypervisorPort, PortProfile, TrunkPort, UplinkPort
from sanso.city.element import Element
from sanso.city.flow import Anchor, Breakout, Flow
from sanso.city.model import City
from sanso.messages.source import Path

Kind = Literal[
    "segment", "site", "node", "service", "wlan", "access_point", "controller", "virtualization_host", "machine"
]


class Reference(NamedTuple):
    """A name, which stands at ``keys`` below an element; a segment or WLAN may have to be at a site."""

    element: Element
    keys: tuple[str | int, ...]
    kind: Kind
    name: str
    site: str | None = None

    @property
    def path(self) -> Path:
        """Path of the name."""
        return self.element.at(*self.keys)


def references(city: City) -> Iterator[Reference]:
    """Every name in the city that must lead to something."""
    settings = city.settings
    yield Reference(settings.egress, ("site",), "site", settings.egress.site)
    yield Reference(settings, ("management_segment",), "segment", settings.management_segment)
    yield Reference(settings, ("ap_segment",), "segment", settings.ap_segment)
    for site in city.sites.values():
        for name in site.segments:
            yield Reference(site, ("segments", name), "segment", name)
    for device in city.devices.values():
        for profile in device.ports.values():
            yield from _of_port(city, device, profile)
    yield from _of_nodes(city)
    yield from _of_flows(city)
    yield from _of_breakouts(city)
    yield from _of_wlans(city)
    yield from _of_access_points(city)
    yield from _of_virtualization_hosts(city)
    yield from _of_machines(city)


def _of_port(city: City, device: Device, port: PortProfile) -> Iterator[Reference]:
    match port:
        case AccessPort():
            yield Reference(port, ("segment",), "segment", port.segment, device.site)
        case ApPort():
            keys = ("segment",) if port.segment else ()
            yield Reference(port, keys, "segment", port.segment or city.settings.ap_segment, device.site)
            for index, wlan in enumerate(port.wlans or []):
                yield Reference(port, ("wlans", index), "wlan", wlan, device.site)
        case TrunkPort() | UplinkPort() | HypervisorPort():
            for index, segment in enumerate(port.segments or []):
                yield Reference(port, ("segments", index), "segment", segment, device.site)
            if port.native is not None:
                yield Reference(port, ("native",), "segment", port.native, device.site)


def _of_nodes(city: City) -> Iterator[Reference]:
    for node in city.nodes.values():
        for interface in node.interfaces:
            yield Reference(interface, ("site",), "site", interface.site)
            yield Reference(interface, ("segment",), "segment", interface.segment, interface.site)


def _of_flows(city: City) -> Iterator[Reference]:
    for flow in city.flows.values():
        for anchor in (flow.source, flow.target):
            if isinstance(anchor, Anchor):
                yield from _of_anchor(anchor)
        if flow.via is not None:
            yield Reference(flow, ("via",), "node", flow.via)
        yield from _of_services(flow)


def _of_anchor(anchor: Anchor) -> Iterator[Reference]:
    if anchor.node is not None:
        yield Reference(anchor, ("node",), "node", anchor.node)
    if anchor.site is not None:
        yield Reference(anchor, ("site",), "site", anchor.site)
    if anchor.segment is not None:
        yield Reference(anchor, ("segment",), "segment", anchor.segment, anchor.site)


def _of_services(user: Flow | Breakout) -> Iterator[Reference]:
    for index, name in enumerate(user.service):
        if name not in {"any", "icmp"} and "/" not in name:
            yield Reference(user, ("service", index), "service", name)


def _of_breakouts(city: City) -> Iterator[Reference]:
    for breakout in city.breakouts.values():
        yield Reference(breakout, ("segment",), "segment", breakout.segment)
        for index, site in enumerate(breakout.sites):
            yield Reference(breakout, ("sites", index), "site", site)
            yield Reference(breakout, ("sites", index), "segment", breakout.segment, site)
        yield from _of_services(breakout)
        if breakout.log is not None and breakout.log.target is not None:
            yield Reference(breakout.log, ("target",), "node", breakout.log.target)


def _of_wlans(city: City) -> Iterator[Reference]:
    for wlan in city.wlans.values():
        yield Reference(wlan, ("segment",), "segment", wlan.segment)
        for index, site in enumerate(wlan.sites):
            yield Reference(wlan, ("sites", index), "site", site)
            yield Reference(wlan, ("sites", index), "segment", wlan.segment, site)
        for index, node in enumerate(wlan.radius):
            yield Reference(wlan, ("radius", index), "node", node)
        for index, segment in enumerate(wlan.radius_segments):
            for site in wlan.sites:
                yield Reference(wlan, ("radius_segments", index), "segment", segment, site)
        if wlan.portal is not None:
            yield Reference(wlan.portal, ("node",), "node", wlan.portal.node)


def _of_access_points(city: City) -> Iterator[Reference]:
    for point in city.access_points.values():
        if point.controller is not None:
            yield Reference(point, ("controller",), "controller", point.controller)
        for index, neighbour in enumerate(point.neighbours):
            yield Reference(point, ("neighbours", index), "access_point", neighbour)


def _of_virtualization_hosts(city: City) -> Iterator[Reference]:
    for host in city.virtualization_hosts.values():
        if host.migration is not None:
            yield Reference(host.migration, ("segment",), "segment", host.migration.segment, host.site)


def _of_machines(city: City) -> Iterator[Reference]:
    for machine in city.machines.values():
        for nic in machine.nics.values():
            yield Reference(nic, ("segment",), "segment", nic.segment)
        for index, host in enumerate(machine.hosts):
            yield Reference(machine, ("hosts", index), "virtualization_host", host)
        for index, other in enumerate(machine.apart_from):
            yield Reference(machine, ("apart_from", index), "machine", other)
        if machine.node is not None:
            yield Reference(machine, ("node",), "node", machine.node)
