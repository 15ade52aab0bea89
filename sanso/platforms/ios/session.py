"""Sessions with Cisco IOS and IOS-XE through netmiko.

A change runs under ``configure terminal revert timer`` (Configuration Rollback Confirmed Change), which needs
``archive`` with a path; a device without it refuses the first line, and nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from netmiko.cisco import CiscoIosSSH

from sanso.devices.session import Session
from sanso.devices.terminal import Terminal
from sanso.network.surroundings import Gateway, Surroundings
from sanso.platforms.industry.surroundings import Lookout
from sanso.platforms.ios import DIALECT
from sanso.platforms.ios.neighbours import TABLES
from sanso.platforms.ios.vlans import needs_vlan_brief

LOOKOUT = Lookout(DIALECT, TABLES)


class IosTerminal(Terminal, CiscoIosSSH):
    """IOS command line."""

    setup_commands = ("terminal length 0", "terminal width 511")


class IosSession(Session):
    """Read and change one IOS device."""

    connection = IosTerminal
    device_type = "cisco_ios"
    refusals = re.compile(r"^\s*%(?![A-Z0-9_]+-\d-[A-Z0-9_]+:)|^Command rejected|^ERROR:|^VLAN #\d|^Bad mask")
    harmless = re.compile(r"% Access VLAN does not exist|%\s*Warning")

    def read(self) -> str:
        """Running configuration; VLANs appended where VTP keeps them out of it."""
        text = self.show("show running-config")
        return "\n".join([text, self.show("show vlan brief")]) if needs_vlan_brief(text) else text

    def begin(self, minutes: int) -> None:
        """Enter configuration mode under the revert timer."""
        self.run([f"configure terminal revert timer {minutes}"])

    def finish(self) -> None:
        """Leave configuration mode."""
        self.run(["end"])

    def cancel(self) -> None:
        """Leave configuration mode, wherever in it we are, and go back to the configuration before it."""
        self.terminal.run(["end", "configure revert now"])

    def confirm(self) -> None:
        """Stop the revert timer."""
        self.run(["configure confirm"])

    def save(self) -> None:
        """Write the running configuration to the startup configuration."""
        self.run(["write memory"])

    def gateways(self, text: str) -> frozenset[Gateway]:
        """Next hops of static routes, and the default gateway."""
        return LOOKOUT.gateways(text)

    def look_around(self, gateways: Collection[Gateway]) -> Surroundings:
        """Neighbours of LLDP and CDP, and the gateways that answer a ping."""
        return LOOKOUT.look(self.ask, gateways)


SESSION = IosSession
