"""Wireless facts without what has no effect, so that both sides of a comparison say the same in the same words."""

from __future__ import annotations

from dataclasses import replace

from sanso.city.wlan import ENTERPRISE
from sanso.network.hours import canonical
from sanso.network.wireless import AirPlan, AirPolicy, AirRadio, AirSite, AirWlan, WirelessFacts

HIGHEST_POWER = 30
"""In dBm; as good as no limit."""


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
    return wlan if wlan.security in ENTERPRISE else replace(wlan, radius=())


def _policy(policy: AirPolicy) -> AirPolicy:
    return replace(policy, hours=canonical(policy.hours))


def _site(site: AirSite) -> AirSite:
    return replace(site, native_vlan=None, vlans=frozenset()) if site.local else site


def _plan(plan: AirPlan) -> AirPlan:
    return AirPlan(plan.name, {band: _radio(radio) for band, radio in plan.radios.items()})


def _radio(radio: AirRadio) -> AirRadio:
    return radio if radio.power != HIGHEST_POWER else replace(radio, power=None)
