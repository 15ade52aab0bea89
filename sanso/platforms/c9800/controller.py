"""The Catalyst 9800 as a platform; that this file is there makes the folder a controller's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanso.network.wireless import (
    AirAp,
    AirGroup,
    AirPlan,
    AirPolicy,
    AirSite,
    AirWlan,
    RadiusServer,
    WirelessFacts,
)
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.doubts import read_doubts
from sanso.platforms.c9800.lines import Line, shown, typed
from sanso.platforms.c9800.plan import plan_shown, plan_typed, read_plans, remove_plan
from sanso.platforms.c9800.policy import policy_shown, policy_state, policy_typed, read_policies, remove_policy
from sanso.platforms.c9800.presets import take_presets
from sanso.platforms.c9800.radius import read_servers, remove_server, server_lines
from sanso.platforms.c9800.replay import Replay
from sanso.platforms.c9800.site import read_sites, remove_site, site_shown, site_typed
from sanso.platforms.c9800.strays import read_strays, remove_stray
from sanso.platforms.c9800.tags import (
    ap_of,
    ap_shown,
    ap_typed,
    group_shown,
    group_typed,
    read_aps,
    read_groups,
    remove_ap,
    remove_group,
)
from sanso.platforms.c9800.wlan import read_wlans, remove_wlan, wlan_shown, wlan_state, wlan_typed
from sanso.platforms.platform import ParseError
from sanso.platforms.wireless import EVERYWHERE, NOWHERE, numbered

_QUIET = re.compile(
    r"parameter-map type webauth |policy-map |wireless profile calender-profile |wireless tag rf "
    r"|ap dot11 "
)
"""Blocks that say nothing of who gets in, or of where frames go."""


class C9800:
    """Implements :class:`sanso.platforms.wireless.WirelessPlatform`; see there for what each method promises."""

    name = "c9800"
    stepwise = True
    wlan_numbers = range(17, 4097)
    """WLANs 1 to 16 are in the default policy tag, which access points without tags have."""

    def parse(self, hostname: str, text: str) -> WirelessFacts:
        """Read the facts in scope from a running configuration."""
        try:
            return self._read(hostname, Config(text))
        except ValueError as problem:  # such as letters where a device shows a number
            raise ParseError(f"nobody knows what a line means: {problem}") from problem

    def _read(self, hostname: str, config: Config) -> WirelessFacts:
        policies = {one.name: one for one in read_policies(config)}
        groups = {one.name: one for one in read_groups(config)}
        sites = {one.name: one for one in read_sites(config)}
        wlans = {one.name: one for one in read_wlans(config)}
        return WirelessFacts(
            hostname=hostname,
            platform=self.name,
            presets=take_presets(hostname, wlans, policies, groups, sites),
            doubts=tuple(read_doubts(config)),
            radius={server.name: server for server in read_servers(config)},
            wlans=wlans,
            policies=policies,
            groups=groups,
            sites=sites,
            plans={one.name: one for one in read_plans(config)},
            aps={one.mac: one for one in read_aps(config)},
            strays=read_strays(config),
        )

    def render(self, facts: WirelessFacts) -> str:
        """Write facts as configuration text, as the device would show them."""
        blocks = (text for line in _shown(facts) for text in (*shown([line]), "!"))
        return "\n".join([f"hostname {facts.hostname}", "!", *blocks, "end", ""])

    def set_radius(self, old: RadiusServer | None, new: RadiusServer) -> list[str]:
        """Create or change a RADIUS server."""
        return list(typed([server_lines(new, old)]))

    def remove_radius(self, name: str) -> list[str]:
        """Delete a RADIUS server."""
        return list(typed([remove_server(name)]))

    def set_wlan(self, old: AirWlan | None, new: AirWlan) -> list[str]:
        """Create or change a WLAN."""
        return list(typed(wlan_typed(old, new)))

    def wlan_state(self, name: str, *, enabled: bool) -> list[str]:
        """Enable or shut a WLAN."""
        return list(typed(wlan_state(name, enabled=enabled)))

    def remove_wlan(self, wlan: AirWlan) -> list[str]:
        """Delete a WLAN."""
        return list(typed(remove_wlan(wlan)))

    def set_policy(self, old: AirPolicy | None, new: AirPolicy) -> list[str]:
        """Create or change a policy profile."""
        return list(typed(policy_typed(old, new)))

    def policy_state(self, name: str, *, enabled: bool) -> list[str]:
        """Enable or shut a policy profile."""
        return list(typed(policy_state(name, enabled=enabled)))

    def remove_policy(self, policy: AirPolicy) -> list[str]:
        """Delete a policy profile."""
        return list(typed(remove_policy(policy)))

    def set_group(self, old: AirGroup | None, new: AirGroup) -> list[str]:
        """Create or change a policy tag."""
        return list(typed(group_typed(old, new)))

    def remove_group(self, name: str) -> list[str]:
        """Delete a policy tag."""
        return list(typed(remove_group(name)))

    def set_site(self, old: AirSite | None, new: AirSite) -> list[str]:
        """Create or change a site tag."""
        return list(typed(site_typed(old, new)))

    def remove_site(self, site: AirSite) -> list[str]:
        """Delete a site tag."""
        return list(typed(remove_site(site)))

    def set_plan(self, old: AirPlan | None, new: AirPlan) -> list[str]:
        """Create or change an RF tag."""
        return list(typed(plan_typed(old, new)))

    def remove_plan(self, plan: AirPlan) -> list[str]:
        """Delete an RF tag."""
        return list(typed(remove_plan(plan)))

    def set_ap(self, old: AirAp | None, new: AirAp) -> list[str]:
        """Give an access point its tags."""
        return list(typed(ap_typed(old, new)))

    def remove_ap(self, mac: str) -> list[str]:
        """Take the tags of an access point away."""
        return list(typed(remove_ap(mac)))

    def remove_stray(self, head: str) -> list[str]:
        """Delete what nothing uses."""
        return list(typed(remove_stray(head)))

    def reach(self, head: str) -> str:
        """Where the commands of a block may change what is on the air."""
        positive = head.removeprefix("no ")
        if (mac := ap_of(positive)) is not None:
            return mac
        return NOWHERE if _QUIET.match(positive) else EVERYWHERE

    def replay(self, text: str) -> Replay:
        """A running configuration that takes this platform's commands, as a device does."""
        return Replay(text)


def _shown(facts: WirelessFacts) -> Iterator[Line]:
    for server in facts.radius.values():
        yield server_lines(server)
    for one in facts.policies.values():
        yield from policy_shown(one)
    for place in facts.sites.values():
        yield from site_shown(place)
    for group in facts.groups.values():
        yield from group_shown(group)
    for radio in facts.plans.values():
        yield from plan_shown(radio)
    for air in numbered(facts.wlans, C9800.wlan_numbers).values():
        yield from wlan_shown(air)
    for point in facts.aps.values():
        yield from ap_shown(point)


CONTROLLER = C9800()
