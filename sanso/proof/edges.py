"""What the city declares at the rim of the network: hosts behind ports, and lines that lead out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


class ReadEdge(NamedTuple):
    """Hosts as somebody read them, at an access point, a controller or a hypervisor, instead of as intended."""

    name: str
    """An SSID, a segment, or whatever else stands there, for people."""
    tag: int
    """On the cable; 0: none."""
    place: Place | None = None
    """Where its hosts belong; None: where the SSID or the segment of that name does."""
    end: End | None = None
    """The switch port; None: every port where the city intends something of that name, as a controller tells."""


def city_edges(city: City, read: Iterable[ReadEdge] = ()) -> list[Edge]:
    """Edges of every port that leads to hosts: terminals, access points, virtualization hosts, unmanaged devices.

    Args:
        city: the city.
        read: what was read takes the place of what is intended of the same name; the rest is taken as intended.
            What was read at a port and what was read of all of them stand beside each other.
    """
    read = list(read)
    anywhere = {one.name: one.tag for one in read if one.end is None}
    here = [
        Edge(one.end, one.tag, place, one.name)
        for one in read
        if one.end is not None and (place := one.place or place_of(city, one.name)) is not None
    ]
    replaced = {(one.end, one.name) for one in here}
    kept = (one for one in _intended(city) if (one.end, one.name) not in replaced or one.name in anywhere)
    return [*(one._replace(tag=anywhere.get(one.name, one.tag)) for one in kept), *here]


def place_of(city: City, name: str) -> Place | None:
    """Where the hosts of an SSID or a segment belong."""
    segment = next((wlan.segment for wlan in city.wlans.values() if wlan.ssid == name), name)
    return Place(city.segments[segment].layer, segment) if segment in city.segments else None


def _intended(city: City) -> list[Edge]:
    found: list[Edge] = []
    for name, ports in city.ports.items():
        known: dict[int, list[tuple[int, Place, str]]] = {}  # ports of one range share their profile
        for port, profile in ports.items():
            if id(profile) not in known:
                known[id(profile)] = list(_hosts(city, city.devices[name], profile))
            found.extend(Edge(End(name, port), *host) for host in known[id(profile)])
    return found


def _hosts(city: City, device: Device, profile: PortProfile) -> Iterator[tuple[int, Place, str]]:
    """Tag, place and name of the hosts behind a port."""
    if isinstance(profile, TrunkPort | UplinkPort) and profile.to is not None:
        return
    segments = carried(city, device, profile)
    wlans = ap_wlans(city, device, profile) if isinstance(profile, ApPort) else []
    if segments.untagged in city.segments:
        yield UNTAGGED, _place(city, device, str(segments.untagged)), str(segments.untagged)
    for wlan in (city.wlans[name] for name in wlans if name in city.wlans):  # in whatever state of the city
        for segment in wlan.segments:
            if segment in city.segments:
                yield city.segments[segment].vlan, _place(city, device, segment), wlan.ssid
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
