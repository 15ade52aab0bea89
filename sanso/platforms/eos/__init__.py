"""Arista EOS."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sanso.network.facts import Mode
from sanso.platforms.eos.services import NAMES
from sanso.platforms.industry import Dialect, IndustryCli, Reader
from sanso.platforms.industry.tree import Line

DIALECT = Dialect(
    name="eos",
    kinds=("Port-Channel", "Ethernet"),
    unmanaged=re.compile(r"Management\d+(?:/\d+)?"),
    default_mode=Mode.ACCESS,
    voice="phone",
    acl_header={"ipv4": "ip access-list", "ipv6": "ipv6 access-list"},
    sequence={"ipv4": "", "ipv6": ""},
    binding={"ipv4": "ip access-group", "ipv6": "ipv6 access-group"},
    names=NAMES,
    prefix_length=True,
    capitals=False,
    vlan_run=2,
    wrap=0,
    port_order=("description", "shutdown", "access", "native", "allowed", "voice", "mode"),
    svi_order=("description", "shutdown", "ipv4", "ipv6", "acl_ipv4", "acl_ipv6"),
    strict_ports=False,
    stepwise=False,
)


class EosReader(Reader):
    """Reads EOS, where a global line can make routing every port's default."""

    def default_mode(self, lines: Iterable[Line]) -> Mode:
        """Mode of a port whose configuration names none."""
        routed = any(line.text == "switchport default mode routed" for line in lines)
        return Mode.ROUTED if routed else super().default_mode(lines)


PLATFORM = IndustryCli(DIALECT, EosReader(DIALECT))
