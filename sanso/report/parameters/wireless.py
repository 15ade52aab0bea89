"""WLANs, controllers, access points and their channels; passphrases and secrets stand in no city."""

from __future__ import annotations

from typing import get_args

from sanso.city.device import ApPort
from sanso.city.links import ap_wlans
from sanso.city.model import City
from sanso.city.wireless import AccessPoint, Radio
from sanso.city.wlan import Band, Wlan
from sanso.report.parameters.overview import days
from sanso.report.parameters.sheet import Names, Sheet, Value, lines, word, yes

BANDS: tuple[Band, ...] = get_args(Band)


def sheets(city: City, names: Names) -> list[Sheet]:
    """WLANs, controllers, access points."""
    return [_wlans(city, names), _controllers(city, names), _access_points(city, names)]


def _wlans(city: City, names: Names) -> Sheet:
    columns = (
        *("id", "ssid", "name", "name_en", "segment", "vlan", "layer", "radius_segments", "auth", "eap", "radius"),
        *("pmf", "bands", "isolation", "down_kbps", "up_kbps", "schedule", "portal", "states", "sites"),
    )
    return Sheet("wlans", columns, [_wlan(name, one, names) for name, one in city.wlans.items()])


def _wlan(name: str, one: Wlan, names: Names) -> list[Value]:
    hours = lines(f"{days(window.days)} {window.start:%H:%M}-{window.end:%H:%M}" for window in one.schedule)
    cap = one.rate_limit
    return [
        *(name, one.ssid, one.name_ja, one.name, names.segment(one.segment), names.vlan(one.segment)),
        *(names.layer(one.segment), names.segments(one.radius_segments), word("auth", one.auth), one.eap),
        *(lines(map(names.node, one.radius)), word("pmf", one.protection), ", ".join(one.bands)),
        *(yes(one.client_isolation), cap.down_kbps if cap else None, cap.up_kbps if cap else None, hours),
        *(one.portal.url if one.portal else "", lines(word("state", state) for state in one.states)),
        names.sites(one.sites),
    ]


def _controllers(city: City, names: Names) -> Sheet:
    columns = ("host", "name", "name_en", "site", "platform", "hardware", "switch", "port", "access_points")
    managed = [one.controller for one in city.access_points.values()]
    rows: list[list[Value]] = [
        [
            *(host, one.name_ja, one.name, names.site(one.site), one.platform, one.model, one.switch, one.port),
            managed.count(host),
        ]
        for host, one in city.controllers.items()
    ]
    return Sheet("controllers", columns, rows)


def _access_points(city: City, names: Names) -> Sheet:
    columns = (
        *("host", "site", "building", "floor", "room", "mac", "hardware", "switch", "port", "managed_by", "indoor"),
        *(f"{what}_{band.replace('.', '_')}" for band in BANDS for what in ("channel", "width", "power", "fallback")),
        *("wlans", "neighbours"),
    )
    rows = [_access_point(city, host, one, names) for host, one in city.access_points.items()]
    return Sheet("access_points", columns, rows)


def _access_point(city: City, host: str, one: AccessPoint, names: Names) -> list[Value]:
    return [
        *(host, names.site(one.site), one.building, one.floor, one.room, one.mac, one.model, one.switch, one.port),
        *(one.controller or one.platform, yes(one.indoor)),
        *(value for band in BANDS for value in _radio(one.radios.get(band))),
        *(_offered(city, one), lines(one.neighbours)),
    ]


def _radio(radio: Radio | None) -> list[Value]:
    return [None] * 4 if radio is None else [radio.channel, radio.width, radio.power, radio.fallback]


def _offered(city: City, point: AccessPoint) -> str:
    """SSIDs that its switch port has it offer."""
    port = city.ports.get(point.switch, {}).get(point.port)
    if not isinstance(port, ApPort):
        return ""
    return lines(city.wlans[name].ssid for name in ap_wlans(city, city.devices[point.switch], port))
