"""How much of a controller a change takes away."""

from __future__ import annotations

from collections.abc import Mapping

from sanso.change.guard import Removal
from sanso.network.wireless import WirelessFacts


def removal(running: WirelessFacts, target: WirelessFacts) -> Removal:
    """Count WLANs, policies, groups, sites, radio plans and access points that the target does not have."""
    pairs = list(zip(_parts(running), _parts(target), strict=True))
    return Removal(sum(len(had.keys() - has.keys()) for had, has in pairs), sum(len(had) for had, _ in pairs))


def _parts(facts: WirelessFacts) -> tuple[Mapping[str, object], ...]:
    return facts.wlans, facts.policies, facts.groups, facts.sites, facts.plans, facts.aps
