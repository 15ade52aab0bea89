"""What access points really put on the air, whoever configured them how: the facts that the layers depend on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sanso.network.wireless import AirAp, AirPolicy, AirSite, AirWlan, Protection, Security, WirelessFacts


class OnAir(NamedTuple):
    """An SSID at an access point: how terminals get in, and where their frames come out."""

    mac: str
    """The access point's."""
    ssid: str
    vlan: int | None
    """Tag of the frames on the cable; None: untagged, so in the VLAN of the access point itself."""
    at_ap: bool
    """Whether they come out at the access point's own cable; else at the controller's."""
    security: Security
    protection: Protection
    isolated: bool
    vlan_by_radius: bool
    radius_vlans: frozenset[int] | None = None
    """VLANs that the access point holds the RADIUS server to; None where it takes any."""


def on_air(facts: WirelessFacts) -> frozenset[OnAir]:
    """Everything that is on the air, whatever the hour: a schedule may begin at any time.

    So is what an access point would put there that joins the controller and that nobody gave anything.
    """
    whole = _with_presets(facts)
    return frozenset(one for point in whole.aps.values() for one in _of_ap(whole, point))


class Asked(NamedTuple):
    """Who decides on an SSID's terminals."""

    ssid: str
    server: str
    """Address of a RADIUS server; empty where nobody knows it, a name where no server of ours has it."""


def asked(facts: WirelessFacts) -> frozenset[Asked]:
    """RADIUS servers that are asked for the WLANs that are up."""
    return frozenset(
        Asked(wlan.ssid, facts.radius[name].address if name in facts.radius else name)
        for wlan in facts.wlans.values()
        if wlan.enabled
        for name in wlan.radius
    )


def _with_presets(facts: WirelessFacts) -> WirelessFacts:
    own = facts.presets
    if own is None:
        return facts
    return replace(
        facts,
        policies={**own.policies, **facts.policies},
        groups={**own.groups, **facts.groups},
        sites={**own.sites, **facts.sites},
        aps={**own.aps, **{mac: _given(ap, facts, own) for mac, ap in facts.aps.items()}},
    )


def _given(point: AirAp, facts: WirelessFacts, own: WirelessFacts) -> AirAp:
    """An access point whose group or site is not there gets the controller's own."""
    preset = next(iter(own.aps.values()))
    return replace(
        point,
        group=point.group if point.group in facts.groups else preset.group,
        site=point.site if point.site in facts.sites else preset.site,
    )


def _of_ap(facts: WirelessFacts, point: AirAp) -> Iterator[OnAir]:
    group, site = facts.groups.get(point.group), facts.sites.get(point.site)
    for wlan_name, policy_name in (group.policies if group is not None else {}).items():
        wlan, policy = facts.wlans.get(wlan_name), facts.policies.get(policy_name)
        if wlan is not None and policy is not None and wlan.enabled and policy.enabled:
            yield _one(point, wlan, policy, site)


def _one(point: AirAp, wlan: AirWlan, policy: AirPolicy, site: AirSite | None) -> OnAir:
    at_ap = policy.bridged_at_ap and site is not None and not site.local
    return OnAir(
        point.mac,
        wlan.ssid,
        _tag(policy.vlan, site) if at_ap and site is not None else policy.vlan,
        at_ap,
        wlan.security,
        wlan.protection,
        wlan.isolated,
        policy.vlan_by_radius,
        policy.radius_vlans,
    )


def _tag(vlan: int | None, site: AirSite) -> int | None:
    """Tag at an access point's cable, where its own VLAN has none; None, too, where nobody knows which that is."""
    return None if site.other or vlan == site.native_vlan else vlan
