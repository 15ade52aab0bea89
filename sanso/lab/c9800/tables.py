"""Global configuration of a controller beyond that of a switch, in the order in which it is printed."""

from __future__ import annotations

from collections.abc import Mapping

from sanso.lab.c9800.aaa import RADIUS_SERVER
from sanso.lab.c9800.profiles import CALENDAR, FLEX, POLICY, RADIO
from sanso.lab.c9800.tags import ACCESS_POINT, AP_PROFILE, POLICY_TAG, RF_TAG, SITE_TAG
from sanso.lab.ios import render, tables
from sanso.lab.keep import GAP, Block, Kept, Row, rank_of

#: what conforms passes and what exceeds is dropped, unless told otherwise
_POLICE = Block(
    "police cir ~ <bps:8000-100000000000> [bc <bytes:1000-2000000000>]",
    "config-pmap-c-police",
    (Kept("conform-action ~ {drop|transmit}"), Kept("exceed-action ~ {drop|transmit}")),
    begins=(("conform-action", "transmit"), ("exceed-action", "drop")),
)

POLICY_MAP = Block(
    "policy-map <name:word>",
    "config-pmap",
    (
        Kept("description ~ <text:line>"),
        Block("class <name:word>", "config-pmap-c", (_POLICE, Kept("set <what:line>"))),
    ),
)

WEB_PORTAL = Block(
    "parameter-map type webauth <name:word>",
    "config-params-parameter-map",
    (
        Kept("type ~ {authbypass|consent|webauth|webconsent}"),
        Kept("virtual-ip {ipv4|ipv6} ~ <address:host> [<name:word>]"),
        Kept("trustpoint ~ <name:word>"),
        Kept("redirect for-login ~ <url:line>"),
        Kept("redirect on-failure ~ <url:line>"),
        Kept("redirect on-success ~ <url:line>"),
        Kept("redirect append {ap-mac|client-mac|wlan-ssid} tag ~ <name:word>"),
        Kept("redirect portal {ipv4|ipv6} ~ <address:host>"),
        Kept("intercept-https-enable"),
        Kept("captive-bypass-portal"),
        Kept("webauth-http-enable"),
        Kept("consent email"),
        Kept("cisco-logo-disable"),
        Kept("logout-window-disabled"),
        Kept("success-window-disable"),
        Kept("max-http-conns ~ <number:1-200>"),
        Kept("sleeping-client ~ [timeout <minutes:10-43200>]"),
        Kept("timeout init-state sec ~ <seconds:60-3932100>"),
    ),
)

#: what is printed before the WLANs
BEFORE_WLANS: tuple[Row, ...] = (
    Kept("wireless country <code:word>"),
    Block("wireless aaa policy <name:name>", "config-aaa-policy", (Kept("nas-id option1 ~ <what:word>"),)),
    Block(
        "wireless management interface ~ <name:interface>",
        "config-mgmt-interface",
        (Kept("public-ip ~ <address:host>"),),
    ),
    Kept("wireless mobility group name ~ <name:word>"),
    CALENDAR,
    FLEX,
    POLICY,
    SITE_TAG,
    POLICY_TAG,
    RF_TAG,
)

AFTER_WLANS: tuple[Row, ...] = (
    *RADIO,
    Kept("ap dot11 {24ghz|5ghz|6ghz} shutdown"),
    Kept("ap tag-source-priority <priority:2-3> ~ source {ap|filter}"),
    ACCESS_POINT,
    AP_PROFILE,
    Kept("trapflags ap <what:word>"),
)

WLAN_RANK = render.WIRELESS + len(BEFORE_WLANS) * GAP

#: prefix of the rows' modes: the rows, and the rank of the first
PLACES: Mapping[str, tuple[tuple[Row, ...], int]] = {
    "portal": ((WEB_PORTAL,), rank_of(tables.HEAD, "login on-success ~ [log]", render.HEAD) + 1),
    "encryption": (
        (Kept("password encryption aes"),),
        rank_of(tables.HEAD, "memory free low-watermark processor ~ <kb:1-4294967295>", render.HEAD) + 1,
    ),
    "qos": ((POLICY_MAP,), rank_of(tables.HEAD, "policy-map <name:word>", render.HEAD)),
    "radius": ((RADIUS_SERVER,), rank_of(tables.TAIL, "radius server <name:word>", render.TAIL)),
    "before": (BEFORE_WLANS, render.WIRELESS),
    "after": (AFTER_WLANS, WLAN_RANK + GAP),
}
