"""What the controller has of its own, and gives to every access point that joins without tags."""

from __future__ import annotations

from collections.abc import Mapping

from sanso.network.wireless import AirAp, AirGroup, AirPolicy, AirSite, AirWlan, WirelessFacts
from sanso.platforms.c9800 import plan, policy, site, tags

LAST_NUMBER = 16
"""WLANs up to this number are in the default policy tag, with the default policy profile where it says no other."""


def take_presets(
    hostname: str,
    wlans: Mapping[str, AirWlan],
    policies: dict[str, AirPolicy],
    groups: dict[str, AirGroup],
    sites: dict[str, AirSite],
) -> WirelessFacts:
    """Take the controller's own out of what was read."""
    own_policy = policies.pop(policy.DEFAULT, None)
    group = groups.pop(tags.DEFAULT, AirGroup(tags.DEFAULT, {}))
    own_site = sites.pop(site.DEFAULT, None)
    offered = {name: policy.DEFAULT for name, wlan in wlans.items() if wlan.number <= LAST_NUMBER}
    return WirelessFacts(
        hostname,
        "c9800",
        policies={policy.DEFAULT: own_policy} if own_policy is not None else {},
        groups={tags.DEFAULT: AirGroup(tags.DEFAULT, {**offered, **group.policies}, other=group.other)},
        sites={site.DEFAULT: own_site} if own_site is not None else {},
        aps={"": AirAp("", tags.DEFAULT, site.DEFAULT, plan.DEFAULT)},
    )
