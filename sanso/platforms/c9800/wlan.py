"""A WLAN profile: ``wlan <name> <number> <ssid>``, with its list of RADIUS servers and its page to sign on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sanso.network.wireless import EVERY_BAND, AirWlan, Band
from sanso.platforms.c9800 import radius
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import WORD, Line, block, rest, undo
from sanso.platforms.c9800.names import RADIO_BAND, own
from sanso.platforms.c9800.security import (
    is_enterprise,
    read_protection,
    read_security,
    security_shown,
    security_typed,
)
from sanso.platforms.platform import ParseError

_HEAD = re.compile(rf"wlan (?P<name>{WORD}) (?P<number>\d+)(?: (?P<ssid>.+))?")
_MAP = "parameter-map type webauth"
_LIST = "security dot1x authentication-list"
_ISOLATED = "peer-blocking drop"
_PORTAL_TYPE = "type consent"
"""The page itself knows who signs on, by telephone or mail; the controller lets through whom it sends back."""
_BANDS: dict[Band, str] = {band: f"radio policy dot11 {name}" for band, name in RADIO_BAND.items()}
_OLD_BANDS: dict[str, frozenset[Band]] = {
    "radio dot11a": frozenset({"5ghz"}),
    "radio dot11ag": frozenset({"5ghz", "2.4ghz"}),
    "radio dot11bg": frozenset({"2.4ghz"}),
    "radio dot11g": frozenset({"2.4ghz"}),
}
"""As releases before 17.6 say it."""


def read_wlans(config: Config) -> Iterator[AirWlan]:
    """Every WLAN.

    Raises:
        ParseError: a line begins as a WLAN does, and is none.
    """
    for _, line in config.named("wlan"):
        found = _HEAD.fullmatch(line.text)
        if found is None:
            raise ParseError(f"nobody knows which WLAN this is: {line.text!r}")
        ssid = found["ssid"] or found["name"]
        yield _wlan(config, found["name"], int(found["number"]), ssid.strip('"'), line)


def _wlan(config: Config, name: str, number: int, ssid: str, line: Line) -> AirWlan:
    lines = [child.text for child in line.children]
    portal, address, signs_on = _portal(config, name, lines)
    security, other = read_security([one for one in lines if one not in signs_on])
    listed = rest(line.children, _LIST)
    return AirWlan(
        name=name,
        ssid=ssid,
        enabled="no shutdown" in lines,
        security=security,
        protection=read_protection(lines),
        radius=radius.read_list(config, listed[-1]) if listed else (),
        bands=_bands(lines),
        isolated=_ISOLATED in lines,
        portal=portal,
        portal_address=address,
        other=other,
        number=number,
    )


def _bands(lines: Iterable[str]) -> frozenset[Band]:
    """Bands that are named; where none is, every one."""
    found: set[Band] = set()
    for line in lines:
        found |= _OLD_BANDS.get(line, frozenset())
        found |= {band for band, text in _BANDS.items() if line == text or line.startswith(f"{text} ")}
    return frozenset(found) or EVERY_BAND


def _portal(config: Config, name: str, lines: list[str]) -> tuple[str, str, tuple[str, ...]]:
    """The page of a WLAN, its address, and the lines that bring people there; no page that is not ours."""
    signs_on = _signs_on(name)
    settings = config.below(f"{_MAP} {own(name)}")
    if settings is None or any(line not in lines for line in signs_on):
        return "", "", ()
    pages, addresses = rest(settings, "redirect for-login"), rest(settings, "redirect portal ipv4")
    if len(pages) != 1 or len(addresses) != 1 or _PORTAL_TYPE not in [line.text for line in settings]:
        return "", "", ()
    return pages[0], addresses[0], signs_on


def _signs_on(name: str) -> tuple[str, ...]:
    return ("security web-auth", f"security web-auth parameter-map {own(name)}")


# ----- as it is shown, and as it is typed ------------------------------------------------------------------------


def wlan_shown(wlan: AirWlan) -> list[Line]:
    """Everything of a WLAN, as a running configuration shows it."""
    enterprise = is_enterprise(wlan) and bool(wlan.radius)
    lines = [
        *([_ISOLATED] if wlan.isolated else []),
        *_bands_shown(wlan.bands),
        *security_shown(wlan),
        *([f"{_LIST} {radius.list_name(wlan.name)}"] if enterprise else []),
        *(_signs_on(wlan.name) if wlan.portal else ()),
        *(["no shutdown"] if wlan.enabled else []),
    ]
    return [
        *(radius.list_lines(wlan) if enterprise else []),
        *([_portal_lines(wlan)] if wlan.portal else []),
        block(f"wlan {wlan.name} {wlan.number} {_quoted(wlan.ssid)}", *lines),
    ]


def wlan_typed(old: AirWlan | None, new: AirWlan) -> list[Line]:
    """What makes a WLAN, shut, or changes one that is shut; what it refers to comes first and goes last."""
    listed, was_listed = is_enterprise(new) and bool(new.radius), old is not None and is_enterprise(old)
    lines = [*_settings(old, new), *_list_change(new, listed=listed, was=was_listed), *_portal_change(old, new)]
    made = radius.list_lines(new, old.radius if old is not None else ()) if listed and _differ(old, new) else []
    page = [_portal_lines(new)] if new.portal and (old is None or _page(old) != _page(new)) else []
    head = f"wlan {new.name} {new.number} {_quoted(new.ssid)}" if old is None else f"wlan {new.name}"
    gone = [] if listed or old is None else radius.remove_list(old)
    no_page = [Line(f"no {_MAP} {own(new.name)}")] if old is not None and old.portal and not new.portal else []
    return [*made, *page, block(head, *lines), *gone, *no_page]


def remove_wlan(wlan: AirWlan) -> list[Line]:
    """What deletes a WLAN that no group offers any more, and all that belongs to it."""
    page = [Line(f"no {_MAP} {own(wlan.name)}")] if wlan.portal else []
    return [Line(f"no wlan {wlan.name}"), *radius.remove_list(wlan), *page]


def wlan_state(name: str, *, enabled: bool) -> list[Line]:
    """What enables or shuts a WLAN."""
    return [block(f"wlan {name}", "no shutdown" if enabled else "shutdown")]


def _settings(old: AirWlan | None, new: AirWlan) -> Iterator[str]:
    isolated = old is not None and old.isolated
    if new.isolated != isolated:
        yield _ISOLATED if new.isolated else "no peer-blocking"
    if old is not None:
        yield from (undo(line) for line in old.other if not line.removeprefix("no ").startswith("security "))
    before = _named(old.bands) if old is not None else frozenset()
    after = _named(new.bands)
    yield from (text for band, text in _BANDS.items() if band in after - before)
    yield from (f"no {text}" for band, text in _BANDS.items() if band in before - after)
    if old is None or (old.security, old.protection, old.other) != (new.security, new.protection, new.other):
        yield from security_typed(old, new)


def _list_change(new: AirWlan, *, listed: bool, was: bool) -> list[str]:
    if listed:
        return [f"{_LIST} {radius.list_name(new.name)}"]
    return ["no security dot1x authentication-list"] if was else []


def _portal_change(old: AirWlan | None, new: AirWlan) -> list[str]:
    was = old is not None and bool(old.portal)
    if new.portal:
        return [] if was else list(_signs_on(new.name))
    return [undo(line) for line in reversed(_signs_on(new.name))] if was else []


def _portal_lines(wlan: AirWlan) -> Line:
    page, address = f"redirect for-login {wlan.portal}", f"redirect portal ipv4 {wlan.portal_address}"
    return block(f"{_MAP} {own(wlan.name)}", _PORTAL_TYPE, page, address)


def _differ(old: AirWlan | None, new: AirWlan) -> bool:
    return old is None or old.radius != new.radius or not is_enterprise(old)


def _page(wlan: AirWlan) -> tuple[str, str]:
    return wlan.portal, wlan.portal_address


def _named(bands: frozenset[Band]) -> frozenset[Band]:
    """Bands that are said: all of them need not be."""
    return frozenset() if bands == EVERY_BAND else bands


def _bands_shown(bands: frozenset[Band]) -> list[str]:
    return [text for band, text in _BANDS.items() if band in _named(bands)]


def _quoted(ssid: str) -> str:
    return f'"{ssid}"' if " " in ssid else ssid
