"""What the platform of a wireless controller must know: the seam between sanso and one kind of controller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

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

EVERYWHERE, NOWHERE = "everywhere", "nowhere"


class WirelessReplay(Protocol):
    """A configuration in configuration mode, which takes the commands that its platform's methods give."""

    @property
    def text(self) -> str:
        """The whole configuration as it now is."""

    def block(self, head: str) -> str:
        """A configuration of one block alone, by the line that enters or removes it; nothing where it is gone."""

    def send(self, command: str) -> None:
        """Take a command.

        Raises:
            ReplayError: what the command does is not known.
        """


class WirelessPlatform(Protocol):
    """One kind of wireless controller.

    ``parse`` and ``render`` are inverse within the scope. The command methods give configuration lines that lead from
    one fact to the next, each entered and left at the top of configuration mode. None but the two ``…_state`` methods
    enables or shuts anything: WLANs and policies are made shut, and are shut while they are changed.
    """

    name: str
    """Name of the folder, and the value of ``sanso_platform``."""
    stepwise: bool
    """Whether each command is in force at once."""
    wlan_numbers: range
    """Numbers that a new WLAN may have; none of them is on the air by the controller's own defaults."""

    def parse(self, hostname: str, text: str) -> WirelessFacts:
        """Read the facts in scope from a running configuration.

        Raises:
            ParseError: the text is no whole running configuration.
        """

    def render(self, facts: WirelessFacts) -> str:
        """Write facts as configuration text, as the device would show them."""

    def set_radius(self, old: RadiusServer | None, new: RadiusServer) -> list[str]:
        """Create or change a RADIUS server, its secret included."""

    def remove_radius(self, name: str) -> list[str]:
        """Delete a RADIUS server that no WLAN asks any more."""

    def set_wlan(self, old: AirWlan | None, new: AirWlan) -> list[str]:
        """Create a WLAN by its number, or change one; its SSID and its number stay."""

    def wlan_state(self, name: str, *, enabled: bool) -> list[str]:
        """Enable or shut a WLAN."""

    def remove_wlan(self, wlan: AirWlan) -> list[str]:
        """Delete a WLAN that no group offers any more."""

    def set_policy(self, old: AirPolicy | None, new: AirPolicy) -> list[str]:
        """Create or change a policy."""

    def policy_state(self, name: str, *, enabled: bool) -> list[str]:
        """Enable or shut a policy."""

    def remove_policy(self, policy: AirPolicy) -> list[str]:
        """Delete a policy that no group uses any more."""

    def set_group(self, old: AirGroup | None, new: AirGroup) -> list[str]:
        """Create or change a group: what goes is taken away before what comes is added."""

    def remove_group(self, name: str) -> list[str]:
        """Delete a group that no access point is in any more."""

    def set_site(self, old: AirSite | None, new: AirSite) -> list[str]:
        """Create or change a site."""

    def remove_site(self, site: AirSite) -> list[str]:
        """Delete a site that no access point is at any more."""

    def set_plan(self, old: AirPlan | None, new: AirPlan) -> list[str]:
        """Create or change a radio plan."""

    def remove_plan(self, plan: AirPlan) -> list[str]:
        """Delete a radio plan that no access point follows any more."""

    def set_ap(self, old: AirAp | None, new: AirAp) -> list[str]:
        """Give an access point its tags, the group last."""

    def remove_ap(self, mac: str) -> list[str]:
        """Take the tags of an access point away."""

    def remove_stray(self, head: str) -> list[str]:
        """Delete what nothing uses, by the line that makes it."""

    def reach(self, head: str) -> str:
        """Where the commands of a block may change what is on the air, by the line that enters or removes it.

        Returns:
            :data:`EVERYWHERE`, :data:`NOWHERE`, or the MAC address of the one access point where they may.
        """

    def replay(self, text: str) -> WirelessReplay:
        """A running configuration that takes this platform's commands, as a device does."""


def numbered(wlans: Mapping[str, AirWlan], numbers: range, taken: Iterable[int] = ()) -> dict[str, AirWlan]:
    """WLANs with the lowest free number each, where they have none yet."""
    used = {*taken, *(wlan.number for wlan in wlans.values())}
    free = (number for number in numbers if number not in used)
    return {name: wlan if wlan.number else replace(wlan, number=next(free)) for name, wlan in wlans.items()}
