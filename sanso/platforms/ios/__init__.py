"""Cisco IOS and IOS XE on Catalyst switches."""

from __future__ import annotations

import re
from dataclasses import replace

from sanso.network.facts import Facts, Mode
from sanso.platforms.industry import Dialect, IndustryCli, Reader
from sanso.platforms.industry.reader import RESERVED_VLANS
from sanso.platforms.ios.services import NAMES
from sanso.platforms.ios.vlans import parse_vlan_brief

DIALECT = Dialect(
    name="ios",
    kinds=(
        "Port-channel",
        "Ethernet",
        "FastEthernet",
        "GigabitEthernet",
        "TwoGigabitEthernet",
        "FiveGigabitEthernet",
        "TenGigabitEthernet",
        "TwentyFiveGigE",
        "FortyGigabitEthernet",
        "FiftyGigE",
        "HundredGigE",
        "TwoHundredGigE",
        "FourHundredGigE",
    ),
    unmanaged=re.compile(r"GigabitEthernet0/0|FastEthernet0"),
    default_mode=Mode.DYNAMIC,
    voice="voice",
    acl_header={"ipv4": "ip access-list extended", "ipv6": "ipv6 access-list"},
    sequence={"ipv4": "", "ipv6": "sequence "},
    binding={"ipv4": "ip access-group", "ipv6": "ipv6 traffic-filter"},
    names=NAMES,
    prefix_length=False,
    capitals=True,
    vlan_run=3,
    wrap=60,
    port_order=("description", "access", "native", "allowed", "mode", "voice", "shutdown"),
    svi_order=("description", "ipv4", "acl_ipv4", "shutdown", "ipv6", "acl_ipv6"),
    strict_ports=True,
    stepwise=True,
)


class IosReader(Reader):
    """Reads IOS; VLANs that VTP keeps out of the configuration come from the table that the session appends."""

    def read(self, hostname: str, text: str) -> Facts:
        """Read the facts in scope."""
        facts = super().read(hostname, text)
        table = {vlan: name for vlan, name in parse_vlan_brief(text).items() if vlan not in RESERVED_VLANS}
        return replace(facts, vlans=table) if table else facts


PLATFORM = IndustryCli(DIALECT, IosReader(DIALECT))
