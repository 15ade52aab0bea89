"""What the city intends for each wireless controller and each access point that is configured by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from sanso.city.device import ApPort
from sanso.city.hours import WeeklyWindow
from sanso.city.links import ap_wlans
from sanso.city.model import City
from sanso.city.wireless import AccessPoint, Radio
from sanso.city.wlan import Wlan
from sanso.network.wireless import (
    AirAp,
    AirGroup,
    AirPlan,
    AirPolicy,
    AirRadio,
    AirSite,
    AirWlan,
    Band,
    Hours,
    RadiusServer,
    WirelessFacts,
)

LONGEST_NAME = 32
"""Characters of the name of a profile or tag (Cisco Catalyst 9800)."""
HOLD_RADIUS = frozenset({"hostapd"})
"""Platforms on which the RADIUS server's answer is held to some VLANs."""
_SHORT: dict[Band, str] = {"2.4ghz": "2g", "5ghz": "5g", "6ghz": "6g"}


@dataclass(frozen=True)
class WirelessIntent:
    """Intended facts of a controller, and what its configuration is read with."""

    facts: WirelessFacts
    layers: dict[int, str] = field(default_factory=dict)
    """VLAN id → layer, for the whole city."""
    site: str = ""
    points: frozenset[str] | None = None
    """MAC addresses of the access points that are worked on, where it is not the whole controller."""


def intend_controllers(city: City) -> dict[str, WirelessIntent]:
    """Intent of every controller of the city, by host name."""
    layers = {segment.vlan: str(segment.layer) for segment in city.segments.values()}
    facts = intend_wireless(city)
    return {name: WirelessIntent(facts[name], layers, one.site) for name, one in city.controllers.items()}


def intend_wireless(city: City) -> dict[str, WirelessFacts]:
    """Intended facts of every controller, and of every access point without one, by host name."""
    by_controller: dict[str, list[AccessPoint]] = {name: [] for name in city.controllers}
    alone: list[AccessPoint] = []
    for point in city.access_points.values():
        (by_controller[point.controller] if point.controller else alone).append(point)
    found = {
        name: _facts(city, name, city.controllers[name].platform, points) for name, points in by_controller.items()
    }
    return found | {point.hostname: _facts(city, point.hostname, str(point.platform), [point]) for point in alone}


def port_of(city: City, point: AccessPoint) -> ApPort:
    """The switch port that an access point hangs on.

    Raises:
        LookupError: it hangs on no port of profile ``ap``; the rules AP-… say so.
    """
    port = city.ports[point.switch][point.port]
    if not isinstance(port, ApPort):
        raise LookupError(f"{point.hostname}: {point.switch} {point.port} is no port for an access point")
    return port


def wlans_of(city: City, point: AccessPoint) -> list[str]:
    """WLANs that an access point offers, in whatever state of the city: those of its switch port."""
    return [name for name in ap_wlans(city, city.devices[point.switch], port_of(city, point)) if name in city.wlans]


def plan_name(radios: dict[Band, Radio]) -> str:
    """Name of a radio plan; says what it holds."""
    parts = (f"{_SHORT[band]}{_radio_name(radio)}" for band, radio in sorted(radios.items()))
    return _fit("_".join(parts))


def group_name(wlans: Iterable[str]) -> str:
    """Name of a group of access points; says which WLANs they offer."""
    return _fit("-".join(wlans))


def _radio_name(radio: Radio) -> str:
    fallback = f".{radio.fallback}" if radio.fallback else ""
    power = f"p{radio.power}" if radio.power else ""
    return f"{radio.channel}{fallback}w{radio.width}{power}"


def _fit(name: str) -> str:
    """A name that is short enough; of a longer one its beginning, and what tells it from others that begin so."""
    if len(name) <= LONGEST_NAME:
        return name
    mark = sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - len(mark) - 1]}-{mark}"


def _facts(city: City, host: str, platform: str, points: list[AccessPoint]) -> WirelessFacts:
    offered = {point.hostname: wlans_of(city, point) for point in points}
    names = [name for name in city.wlans if any(name in one for one in offered.values())]
    groups = {group_name(one): AirGroup(group_name(one), {name: name for name in one}) for one in offered.values()}
    plans = {plan_name(point.radios): _plan(point) for point in points}
    return WirelessFacts(
        hostname=host,
        platform=platform,
        radius={server.name: server for name in names for server in _servers(city, city.wlans[name])},
        wlans={name: _wlan(city, name) for name in names},
        policies={name: _policy(city, name, held=platform in HOLD_RADIUS) for name in names},
        groups=dict(sorted(groups.items())),
        sites={site.name: site for site in (_site(city, point) for point in points)},
        plans=dict(sorted(plans.items())),
        aps={
            point.mac: AirAp(
                point.mac,
                group=group_name(offered[point.hostname]),
                site=_site(city, point).name,
                plan=plan_name(point.radios),
                name=point.hostname,
            )
            for point in points
        },
    )


def _wlan(city: City, name: str) -> AirWlan:
    wlan = city.wlans[name]
    return AirWlan(
        name=name,
        ssid=wlan.ssid,
        enabled=name in city.on_air,
        security=wlan.auth,
        protection=wlan.protection,
        radius=tuple(server.name for server in _servers(city, wlan)),
        bands=frozenset(wlan.bands),
        isolated=wlan.client_isolation,
        portal=wlan.portal.url if wlan.portal is not None else "",
        portal_address=_address(city, wlan.portal.node) if wlan.portal is not None else "",
    )


def _policy(city: City, name: str, *, held: bool) -> AirPolicy:
    """Policy of a WLAN.

    Args:
        city: the city.
        name: of the WLAN.
        held: whether the platform holds the RADIUS server's answer to the VLANs that it may say.
    """
    wlan = city.wlans[name]
    vlans = frozenset(city.segments[segment].vlan for segment in wlan.segments)
    return AirPolicy(
        name=name,
        enabled=True,
        vlan=city.segments[wlan.segment].vlan,
        bridged_at_ap=True,
        vlan_by_radius=bool(wlan.radius_segments),
        radius_vlans=vlans if held and wlan.radius_segments else None,
        down_kbps=wlan.rate_limit.down_kbps if wlan.rate_limit is not None else None,
        up_kbps=wlan.rate_limit.up_kbps if wlan.rate_limit is not None else None,
        hours=tuple(map(_hours, wlan.schedule)),
    )


def _servers(city: City, wlan: Wlan) -> Iterator[RadiusServer]:
    """RADIUS servers of a WLAN, by their IPv4 addresses where they have one."""
    for name in wlan.radius:
        if address := _address(city, name):
            yield RadiusServer(name, address)


def _address(city: City, node: str) -> str:
    """A node's first address, IPv4 where it has one; empty where it has none."""
    return next((str(one.ipv4 or one.ipv6) for one in city.nodes[node].interfaces), "")


def _site(city: City, point: AccessPoint) -> AirSite:
    own = port_of(city, point).segment
    name = point.site if own is None else _fit(f"{point.site}-{own}")
    named = {segment for wlan in city.wlans.values() if point.site in wlan.sites for segment in wlan.radius_segments}
    vlans = frozenset(city.segments[segment].vlan for segment in named)
    return AirSite(name, city.segments[own or city.settings.ap_segment].vlan, vlans=vlans)


def _plan(point: AccessPoint) -> AirPlan:
    return AirPlan(plan_name(point.radios), {band: _radio(radio) for band, radio in sorted(point.radios.items())})


def _radio(radio: Radio) -> AirRadio:
    channels = {radio.channel, *([radio.fallback] if radio.fallback else [])}
    return AirRadio(frozenset(channels), radio.width, radio.power)


def _hours(window: WeeklyWindow) -> Hours:
    return Hours(tuple(window.days), f"{window.start:%H:%M}", f"{window.end:%H:%M}")
