"""Tags, which bring profiles together, and the access points that they are given to."""

from __future__ import annotations

from sanso.lab.grammar import Match
from sanso.lab.keep import Block, Kept
from sanso.lab.tree import Section

DEFAULT_TAGS = {"policy": "default-policy-tag", "site": "default-site-tag", "rf": "default-rf-tag"}

_MOST_WLANS = 16
_DESCRIPTION = Kept("description ~ <text:line>")


def _refuse_policy_tag(_: Match, __: Section, after: Section) -> str | None:
    """Hold a tag to ``Cisco-IOS-XE-wireless-wlan-cfg.yang``."""
    if len(list(after.under("wlan"))) > _MOST_WLANS:
        return f"% Cumulative number of RLANs and WLANs associated with a policy tag cannot exceed {_MOST_WLANS}"
    return None


POLICY_TAG = Block(
    "wireless tag policy <name:name>",
    "config-policy-tag",
    (_DESCRIPTION, Kept("wlan <wlan:name> ~ policy <policy:name>")),
    refuse=_refuse_policy_tag,
)

SITE_TAG = Block(
    "wireless tag site <name:name>",
    "config-site-tag",
    (
        Kept("ap-profile ~ <name:name>", default="default-ap-profile"),
        _DESCRIPTION,
        Kept("flex-profile ~ <name:name>", default="default-flex-profile"),
        Kept("local-site", "on"),
    ),
)

RF_TAG = Block(
    "wireless tag rf <name:name>",
    "config-wireless-rf-tag",
    (
        Kept("24ghz-rf-policy ~ <name:name>"),
        Kept("5ghz-rf-policy ~ <name:name>"),
        Kept("6ghz-rf-policy ~ <name:name>"),
        _DESCRIPTION,
    ),
)


def _tag(kind: str) -> Kept:
    return Kept(f"{kind}-tag ~ <name:name>", says=f"Associating {kind}-tag will cause associated AP to reconnect")


ACCESS_POINT = Block("ap <mac:mac>", "config-ap-tag", (_tag("policy"), _tag("rf"), _tag("site")))

AP_PROFILE = Block(
    "ap profile <name:name>",
    "config-ap-profile",
    (
        Kept("country ~ <code:word>"),
        _DESCRIPTION,
        Kept("mgmtuser username ~ <how:line>"),
        Kept("ntp ip ~ <server:host>"),
        Kept("ssh"),
        Kept("syslog host ~ <server:host>"),
    ),
)
