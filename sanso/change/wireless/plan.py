"""Order the commands that take a controller from what it is to what it should be.

The order keeps one promise after every single command: no access point puts an SSID into a VLAN, or lets anybody in
more easily, than the old or the new configuration does.

1. *create*: what is referred to, and WLANs and policies that are new, both shut.
2. *quiet*: everything whose meaning is about to change goes off the air first. A WLAN or a policy that changes in any
   way is shut: the controller refuses changes otherwise, and a policy that loses its VLAN would send frames into the
   access points' own. Access points that would get the groups of one side with the sites, or the contents of groups,
   of the other are parked in a group that offers nothing.
3. *change*: WLANs, policies, sites, radio plans; then groups; then access points, of which each flips in one command
   from one side to the other, or is taken out of the park.
4. *enable*: policies, then WLANs.
5. *delete*: what nothing refers to any more.

Errors are looked for after each step, so that nothing is put on the air that the controller did not take whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from sanso.change.plan import Step
from sanso.network.wireless import AirGroup, AirPolicy, AirWlan, WirelessFacts
from sanso.platforms.wireless import WirelessPlatform, numbered

PARK = "SANSO-PARKED"
"""A group without WLANs, for the time of a change."""
T = TypeVar("T")
Things = Mapping[str, T]
Setter = Callable[[T | None, T], list[str]]


def plan(platform: WirelessPlatform, running: WirelessFacts, target: WirelessFacts) -> list[Step]:
    """Steps from the running facts to the target's; empty where nothing differs."""
    return _Planner(platform, running, target).steps()


class _Planner:
    def __init__(self, platform: WirelessPlatform, running: WirelessFacts, target: WirelessFacts) -> None:
        self.platform = platform
        self.running = running
        self.target = target
        self.renamed = {
            name
            for name, wlan in running.wlans.items()
            if name in target.wlans and wlan.ssid != target.wlans[name].ssid
        }
        """WLANs with another SSID: the controller wants them made anew."""
        self.wlans = self._numbered()
        self.park = self._free_name()
        self.parked = [ap for mac, ap in running.aps.items() if mac in target.aps and self._parks(mac)]

    def steps(self) -> list[Step]:
        """The steps that have commands."""
        parts: list[tuple[str, Callable[[], Iterator[str]]]] = [
            ("create", self._create),
            ("quiet", self._quiet),
            ("change", self._change),
            ("enable", self._enable),
            ("delete", self._delete),
        ]
        built = [Step(title, tuple(make())) for title, make in parts]
        return [step for step in built if step.commands]

    def _numbered(self) -> dict[str, AirWlan]:
        """The target's WLANs with their numbers: those they have, or free ones."""
        had = {name: wlan.number for name, wlan in self.running.wlans.items()}
        kept = {name: replace(wlan, number=had.get(name, 0)) for name, wlan in self.target.wlans.items()}
        return numbered(kept, self.platform.wlan_numbers, had.values())

    def _free_name(self) -> str:
        """A name that no group has; one may be left over from an interrupted run."""
        name = PARK
        while name in self.running.groups:
            name += "2"
        return name

    def _parks(self, mac: str) -> bool:
        """Whether an access point would, on its way, have something of both sides at once."""
        before, after = self.running.aps[mac], self.target.aps[mac]
        if len({*self._localities(before.site), *self._localities(after.site)}) > 1:
            return True
        edited = any(self._is_edited(group) for group in (before.group, after.group))
        return before.group != after.group and edited

    def _localities(self, site: str) -> Iterator[bool]:
        """Whether a site's access points tunnel everything, before and after; the controller's own default's do."""
        sides = [facts.sites[site].local for facts in (self.running, self.target) if site in facts.sites]
        yield from sides or [True]

    def _is_edited(self, group: str) -> bool:
        before, after = self.running.groups.get(group), self.target.groups.get(group)
        return before is not None and after is not None and before != after

    # ----- steps ----------------------------------------------------------------------------------------------

    def _create(self) -> Iterator[str]:
        for stray in sorted(self.running.strays):
            yield from self.platform.remove_stray(stray)
        yield from _changed(self.running.radius, self.target.radius, self.platform.set_radius)
        for name, wlan in self.wlans.items():
            if name not in self.running.wlans:
                yield from self.platform.set_wlan(None, wlan)
        for set_ in (self._new_policies, self._new_sites, self._new_plans, self._new_groups):
            yield from set_()

    def _new_policies(self) -> Iterator[str]:
        yield from _new(self.running.policies, self.target.policies, self.platform.set_policy)

    def _new_sites(self) -> Iterator[str]:
        yield from _new(self.running.sites, self.target.sites, self.platform.set_site)

    def _new_plans(self) -> Iterator[str]:
        yield from _new(self.running.plans, self.target.plans, self.platform.set_plan)

    def _new_groups(self) -> Iterator[str]:
        yield from _new(self.running.groups, self.target.groups, self.platform.set_group)
        if self.parked:
            yield from self.platform.set_group(None, AirGroup(self.park, {}))

    def _quiet(self) -> Iterator[str]:
        for name, wlan in self.running.wlans.items():
            if wlan.enabled and wlan != self.target.wlans.get(name):
                yield from self.platform.wlan_state(name, enabled=False)
        for name, policy in self.running.policies.items():
            if policy.enabled and policy != self.target.policies.get(name):
                yield from self.platform.policy_state(name, enabled=False)
        for mac in self.running.aps:
            if mac not in self.target.aps:
                yield from self.platform.remove_ap(mac)
        for ap in self.parked:
            yield from self.platform.set_ap(ap, replace(ap, group=self.park))

    def _change(self) -> Iterator[str]:
        yield from self._renew()
        for name, wlan in self.wlans.items():
            before = self.running.wlans.get(name)
            if before is not None and name not in self.renamed and _settled(before) != _settled(wlan):
                yield from self.platform.set_wlan(before, wlan)
        for name, policy in self.target.policies.items():
            was = self.running.policies.get(name)
            if was is not None and _settled(was) != _settled(policy):
                yield from self.platform.set_policy(was, policy)
        yield from _kept(self.running.sites, self.target.sites, self.platform.set_site)
        yield from _kept(self.running.plans, self.target.plans, self.platform.set_plan)
        yield from _kept(self._bare_groups(), self.target.groups, self.platform.set_group)
        yield from self._points()

    def _renew(self) -> Iterator[str]:
        """Take WLANs with another SSID out of all groups, and make them anew by the same number."""
        if not self.renamed:
            return
        yield from _kept(self.running.groups, self._bare_groups(), self.platform.set_group)
        for name in sorted(self.renamed):
            yield from self.platform.remove_wlan(self.running.wlans[name])
            yield from self.platform.set_wlan(None, self.wlans[name])

    def _bare_groups(self) -> dict[str, AirGroup]:
        """The groups as they are, without the WLANs that are made anew."""
        return {
            name: replace(
                group, policies={wlan: one for wlan, one in group.policies.items() if wlan not in self.renamed}
            )
            for name, group in self.running.groups.items()
        }

    def _points(self) -> Iterator[str]:
        parked = {ap.mac for ap in self.parked}
        for mac, ap in self.target.aps.items():
            before = self.running.aps.get(mac)
            if before is not None and mac in parked:
                before = replace(before, group=self.park)
            if before != ap:
                yield from self.platform.set_ap(before, ap)

    def _enable(self) -> Iterator[str]:
        for name, policy in self.target.policies.items():
            if policy.enabled and self.running.policies.get(name) != policy:
                yield from self.platform.policy_state(name, enabled=True)
        for name, wlan in self.target.wlans.items():
            if wlan.enabled and self.running.wlans.get(name) != wlan:
                yield from self.platform.wlan_state(name, enabled=True)

    def _delete(self) -> Iterator[str]:
        for name in self.running.groups:
            if name not in self.target.groups:
                yield from self.platform.remove_group(name)
        if self.parked:
            yield from self.platform.remove_group(self.park)
        for name, wlan in self.running.wlans.items():
            if name not in self.target.wlans:
                yield from self.platform.remove_wlan(wlan)
        for name, policy in self.running.policies.items():
            if name not in self.target.policies:
                yield from self.platform.remove_policy(policy)
        for name, site in self.running.sites.items():
            if name not in self.target.sites:
                yield from self.platform.remove_site(site)
        for name, radio in self.running.plans.items():
            if name not in self.target.plans:
                yield from self.platform.remove_plan(radio)
        for name in self.running.radius:
            if name not in self.target.radius:
                yield from self.platform.remove_radius(name)


def _settled(thing: AirWlan | AirPolicy) -> AirWlan | AirPolicy:
    """All of it but whether it is enabled, which is a command of its own."""
    return replace(thing, enabled=False)


def _new(before: Things[T], after: Things[T], make: Setter[T]) -> Iterator[str]:
    """Commands for what is not there yet."""
    for name, thing in after.items():
        if name not in before:
            yield from make(None, thing)


def _kept(before: Things[T], after: Things[T], make: Setter[T]) -> Iterator[str]:
    """Commands for what is there and differs."""
    for name, thing in after.items():
        if name in before and before[name] != thing:
            yield from make(before[name], thing)


def _changed(before: Things[T], after: Things[T], make: Setter[T]) -> Iterator[str]:
    """Commands for all that differs."""
    yield from _new(before, after, make)
    yield from _kept(before, after, make)
