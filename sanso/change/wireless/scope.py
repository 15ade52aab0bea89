"""What of a controller is in scope, and what it should be: the two sides that are compared.

Both are without what has no effect, so that they say the same in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from sanso.city.wlan import ENTERPRISE
from sanso.network.hours import canonical
from sanso.network.wireless import AirPlan, AirPolicy, AirRadio, AirSite, AirWlan, WirelessFacts
from sanso.render.wireless import WirelessIntent

T = TypeVar("T")

HIGHEST_POWER = 30
"""In dBm; as good as no limit."""


def sides(running: WirelessFacts, intent: WirelessIntent) -> tuple[WirelessFacts, WirelessFacts]:
    """What a controller is, and what it should be."""
    is_, wanted = effective(running), effective(intent.facts)
    if intent.points is None:
        return is_, wanted
    return replace(is_, strays=frozenset()), _of_points(is_, wanted, intent.points)


def _of_points(running: WirelessFacts, wanted: WirelessFacts, points: Iterable[str]) -> WirelessFacts:
    """What a controller should be where only some access points are worked on.

    What they need and is not there is made; what is there and shared with others is left as it is.
    """
    mine = {mac: wanted.aps[mac] for mac in points}
    groups = {ap.group: wanted.groups[ap.group] for ap in mine.values()}
    pairs = {pair for group in groups.values() for pair in group.policies.items()}
    wlans = {name: wanted.wlans[name] for name, _ in pairs}
    return replace(
        running,
        radius=_filled(running.radius, {name: wanted.radius[name] for one in wlans.values() for name in one.radius}),
        wlans=_filled(running.wlans, wlans),
        policies=_filled(running.policies, {name: wanted.policies[name] for _, name in pairs}),
        groups=_filled(running.groups, groups),
        sites=_filled(running.sites, {ap.site: wanted.sites[ap.site] for ap in mine.values()}),
        plans=_filled(running.plans, {ap.plan: wanted.plans[ap.plan] for ap in mine.values()}),
        aps={**running.aps, **mine},
        strays=frozenset(),
    )


def _filled(running: Mapping[str, T], needed: Mapping[str, T]) -> dict[str, T]:
    return {**dict(sorted(needed.items())), **running}


def effective(facts: WirelessFacts) -> WirelessFacts:
    """Facts with hours in their one form, and without RADIUS servers and VLANs that nobody asks for."""
    return replace(
        facts,
        wlans={name: _wlan(wlan) for name, wlan in facts.wlans.items()},
        policies={name: _policy(policy) for name, policy in facts.policies.items()},
        sites={name: _site(site) for name, site in facts.sites.items()},
        plans={name: _plan(plan) for name, plan in facts.plans.items()},
    )


def _wlan(wlan: AirWlan) -> AirWlan:
    return wlan if wlan.security in ENTERPRISE or wlan.security == "other" else replace(wlan, radius=())


def _policy(policy: AirPolicy) -> AirPolicy:
    return replace(policy, hours=canonical(policy.hours))


def _site(site: AirSite) -> AirSite:
    return replace(site, native_vlan=None, vlans=frozenset()) if site.local else site


def _plan(plan: AirPlan) -> AirPlan:
    return AirPlan(plan.name, {band: _radio(radio) for band, radio in plan.radios.items()})


def _radio(radio: AirRadio) -> AirRadio:
    return radio if radio.power != HIGHEST_POWER else replace(radio, power=None)
