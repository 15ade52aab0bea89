"""What the city declares at the rim of the network: hosts behind ports, and lines that lead out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanso.city.device import ApPort, Device, ExternalPort, PortProfile, TrunkPort, UplinkPort
from sanso.city.links import ap_wlans, carried
from sanso.city.model import City
from sanso.proof.links import End
from sanso.proof.placement import Place

UNTAGGED = 0
WAN, INTERNET = "wan", "internet"


@dataclass(frozen=True)
class Edge:
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
    return [
        edge
        for name, ports in city.ports.items()
        for port, profile in ports.items()
        for edge in _edges(city, city.devices[name], End(name, port), profile, ssid_vlans or {})
    ]


def _edges(
    city: City, device: Device, end: End, profile: PortProfile, ssid_vlans: Mapping[str, int]
) -> Iterator[Edge]:
    if isinstance(profile, TrunkPort | UplinkPort) and profile.to is not None:
        return

    def edge(tag: int, segment: str, name: str) -> Edge:
        return Edge(end, tag, Place(city.segments[segment].layer, segment, device.site), name)

    segments = carried(city, device, profile)
    if segments.untagged in city.segments:
        yield edge(UNTAGGED, str(segments.untagged), str(segments.untagged))
    if isinstance(profile, ApPort):
        for wlan in (city.wlans[name] for name in ap_wlans(city, device, profile) if name in city.wlans):
            if wlan.segment in city.segments:
                yield edge(ssid_vlans.get(wlan.ssid, city.segments[wlan.segment].vlan), wlan.segment, wlan.ssid)
        return
    for segment in segments.tagged:
        if segment in city.segments:
            yield edge(city.segments[segment].vlan, segment, segment)


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
