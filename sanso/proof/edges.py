"""What the city declares at the rim of the network: hosts behind ports, and lines that lead out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sanso.city.device import ApPort, Device, ExternalPort, PortProfile, TrunkPort, UplinkPort
from sanso.city.links import ap_wlans, carried
from sanso.city.model import City
from sanso.proof.links import End
from sanso.proof.placement import Place

UNTAGGED = 0
WAN, INTERNET = "wan", "internet"


class Edge(NamedTuple):
    """Hosts of one segment behind a port, by the tag that their frames have on the cable (0: none)."""

    end: End
    tag: int
    place: Place
    name: str
    """What stands there, for people: a segment, an SSID."""


def city_edges(city: City, ssid_vlans: Mapping[str, int] | None = None) -> list[Edge]:
    """Edges of every port that leads to hosts: terminals, access points, virtualization hosts, unmanaged devices.

    Args:
        city: the city.
        ssid_vlans: SSID → VLAN as access points really tag it, where that was read; else as the city intends.
    """
    found: list[Edge] = []
    for name, ports in city.ports.items():
        known: dict[int, list[tuple[int, Place, str]]] = {}  # ports of one range share their profile
        for port, profile in ports.items():
            if id(profile) not in known:
                known[id(profile)] = list(_hosts(city, city.devices[name], profile, ssid_vlans or {}))
            found.extend(Edge(End(name, port), *host) for host in known[id(profile)])
    return found


def _hosts(
    city: City, device: Device, profile: PortProfile, ssid_vlans: Mapping[str, int]
) -> Iterator[tuple[int, Place, str]]:
    """Tag, place and name of the hosts behind a port."""
    if isinstance(profile, TrunkPort | UplinkPort) and profile.to is not None:
        return
    segments = carried(city, device, profile)
    wlans = ap_wlans(city, device, profile) if isinstance(profile, ApPort) else []
    if segments.untagged in city.segments:
        yield UNTAGGED, _place(city, device, str(segments.untagged)), str(segments.untagged)
    for wlan in (city.wlans[name] for name in wlans if name in city.wlans):
        if wlan.segment in city.segments:
            tag = ssid_vlans.get(wlan.ssid, city.segments[wlan.segment].vlan)
            yield tag, _place(city, device, wlan.segment), wlan.ssid
    for segment in segments.tagged if not isinstance(profile, ApPort) else ():
        if segment in city.segments:
            yield city.segments[segment].vlan, _place(city, device, segment), segment


def _place(city: City, device: Device, segment: str) -> Place:
    return Place(city.segments[segment].layer, segment, device.site)


def city_lines(city: City) -> dict[End, frozenset[str]]:
    """Ports of profile ``external``, and the clouds that each leads to: the WAN between the sites, the Internet.

    An inventory says that such a port leads out, not where.  So this is assumed: the last line of the egress site
    leads to the Internet, all its others and those of other sites to one WAN that forwards between any of them.
    A line that is the egress site's only one, or that stands where a local breakout is, leads to both.
    """
    found: dict[End, frozenset[str]] = {}
    breakouts = {site for breakout in city.breakouts.values() for site in breakout.sites}
    by_site: dict[str, list[End]] = {}
    for name, ports in city.ports.items():
        lines = [End(name, port) for port, profile in ports.items() if isinstance(profile, ExternalPort)]
        by_site.setdefault(city.devices[name].site, []).extend(lines)
    for site, lines in by_site.items():
        for line in lines:
            found[line] = frozenset({WAN, INTERNET}) if site in breakouts else frozenset({WAN})
        if site == city.settings.egress.site and lines:
            found[lines[-1]] = frozenset({INTERNET} if len(lines) > 1 else {WAN, INTERNET})
    return found
