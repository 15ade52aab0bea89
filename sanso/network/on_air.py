"""What access points really put on the air, whoever configured them how: the facts that the layers depend on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sanso.network.wireless import AirAp, AirPolicy, AirWlan, Protection, Security, WirelessFacts


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


def on_air(facts: WirelessFacts) -> frozenset[OnAir]:
    """Everything that is on the air, whatever the hour: a schedule may begin at any time."""
    return frozenset(one for point in facts.aps.values() for one in _of_ap(facts, point))


def _of_ap(facts: WirelessFacts, point: AirAp) -> Iterator[OnAir]:
    group, site = facts.groups.get(point.group), facts.sites.get(point.site)
    for wlan_name, policy_name in (group.policies if group is not None else {}).items():
        wlan, policy = facts.wlans.get(wlan_name), facts.policies.get(policy_name)
        if wlan is not None and policy is not None and wlan.enabled and policy.enabled:
            tunnelled = site is None or site.local
            yield _one(point, wlan, policy, tunnelled=tunnelled)


def _one(point: AirAp, wlan: AirWlan, policy: AirPolicy, *, tunnelled: bool) -> OnAir:
    return OnAir(
        point.mac,
        wlan.ssid,
        policy.vlan,
        policy.bridged_at_ap and not tunnelled,
        wlan.security,
        wlan.protection,
        wlan.isolated,
        policy.vlan_by_radius,
    )
