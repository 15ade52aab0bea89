"""Differences between what a controller is and what it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from sanso.change.compare import Difference, WirelessKind
from sanso.change.wireless import views
from sanso.network.wireless import WirelessFacts

T = TypeVar("T")


def differences(running: WirelessFacts, target: WirelessFacts, layers: Mapping[int, str]) -> list[Difference]:
    """Every difference in scope: RADIUS servers, WLANs, policies, groups, sites, radio plans, access points, strays.

    Args:
        running: what the controller is.
        target: what it should be.
        layers: VLAN id → layer.
    """
    comparer = _Comparer(running, target, layers)
    return [
        *comparer.things("radius", "RADIUS", running.radius, target.radius, views.radius_view),
        *comparer.things("wlan", "WLAN", running.wlans, target.wlans, views.wlan_view),
        *comparer.things("policy", "policy", running.policies, target.policies, views.policy_view),
        *comparer.things("group", "group", running.groups, target.groups, views.group_view),
        *comparer.things("site", "site", running.sites, target.sites, views.site_view),
        *comparer.things("plan", "radio plan", running.plans, target.plans, views.plan_view),
        *comparer.things("ap", "AP", running.aps, target.aps, views.ap_view),
        *(Difference("stray", line, "stray", "", line) for line in sorted(running.strays)),
    ]


class _Comparer:
    def __init__(self, running: WirelessFacts, target: WirelessFacts, layers: Mapping[int, str]) -> None:
        self._layers = layers
        self._sides = (target, running)

    def things(
        self,
        kind: WirelessKind,
        word: str,
        running: Mapping[str, T],
        target: Mapping[str, T],
        view: Callable[[T], views.View],
    ) -> Iterator[Difference]:
        """Differences of one kind of thing, by its name."""
        for name in dict.fromkeys((*target, *running)):
            where, layers = self._where(kind, word, name), self._touched(kind, name)
            if name not in running or name not in target:
                expected, found = (name if name in side else "" for side in (target, running))
                yield Difference(kind, where, kind, expected, found, layers)
                continue
            before, after = view(running[name]), view(target[name])
            for attribute in dict.fromkeys((*after, *before)):
                expected, found = after.get(attribute, ""), before.get(attribute, "")
                if expected != found:
                    yield Difference(kind, where, attribute, expected, found, layers)

    def _where(self, kind: WirelessKind, word: str, name: str) -> str:
        """What people call a thing: access points by their names in the inventory, where they are known."""
        known = self._sides[0].aps[name].name if kind == "ap" and name in self._sides[0].aps else ""
        return known or f"{word} {name}"

    def _touched(self, kind: WirelessKind, name: str) -> tuple[str, ...]:
        """Layers of the VLANs that a thing leads into, on both sides."""
        found = {vlan: None for side in self._sides for vlan in _vlans(side, kind, name)}
        return tuple(dict.fromkeys(self._layers[vlan] for vlan in sorted(found) if vlan in self._layers))


def _vlans(facts: WirelessFacts, kind: WirelessKind, name: str) -> Iterator[int]:
    """VLANs that frames come out in because of a thing."""
    if kind == "site":
        site = facts.sites.get(name)
        yield from [site.native_vlan] if site is not None and site.native_vlan is not None else []
        return
    for policy in _policies(facts, kind, name):
        vlan = facts.policies[policy].vlan if policy in facts.policies else None
        yield from [vlan] if vlan is not None else []


def _policies(facts: WirelessFacts, kind: WirelessKind, name: str) -> Iterator[str]:
    match kind:
        case "policy":
            yield name
        case "wlan":
            yield from (group.policies[name] for group in facts.groups.values() if name in group.policies)
        case "radius":
            asking = [wlan.name for wlan in facts.wlans.values() if name in wlan.radius]
            yield from (policy for wlan in asking for policy in _policies(facts, "wlan", wlan))
        case "group":
            yield from facts.groups[name].policies.values() if name in facts.groups else ()
        case "ap":
            yield from _policies(facts, "group", facts.aps[name].group) if name in facts.aps else ()
