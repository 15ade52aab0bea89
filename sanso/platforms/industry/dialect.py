"""How one network OS with an industry-standard command line differs from the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sanso.network.facts import Family, Mode

OWN_ACL = "SANSO-"
"""The project's own ACLs begin with this; all others are out of scope, whatever refers to them."""


PortPart = Literal["description", "shutdown", "access", "native", "allowed", "mode", "voice"]
SviPart = Literal["description", "shutdown", "ipv4", "acl_ipv4", "ipv6", "acl_ipv6"]


@dataclass(frozen=True)
class Names:
    """What a device calls numbers in ACL entries.

    ``protocols`` and ``icmp`` are by family; an ICMP name that stands for a type with a code is not listed.
    """

    tcp: Mapping[int, str]
    udp: Mapping[int, str]
    icmp: Mapping[Family, Mapping[int, str]]
    protocols: Mapping[Family, Mapping[int, str]]


@dataclass(frozen=True)
class Dialect:
    """Words and defaults of one network OS."""

    name: str
    kinds: tuple[str, ...]
    """Kinds of switching port, such as ``GigabitEthernet``, in the order of a running configuration."""
    unmanaged: re.Pattern[str]
    """Ports of these kinds that are never in scope."""
    default_mode: Mode
    """Mode of a port whose configuration names none."""
    voice: str
    """The word before the voice VLAN."""
    acl_header: Mapping[Family, str]
    sequence: Mapping[Family, str]
    """What stands before a sequence number, with its blank."""
    binding: Mapping[Family, str]
    """The command that binds an ACL to an interface."""
    names: Names
    prefix_length: bool
    """Whether IPv4 prefixes are written with a length; else with a mask, and a wildcard in ACLs."""
    capitals: bool
    """Whether IPv6 addresses are printed in capitals."""
    vlan_run: int
    """So many VLANs in a row are printed as a range."""
    wrap: int
    """Longest VLAN list in one line of a running configuration; 0 is any length."""
    port_order: tuple[PortPart, ...]
    """Parts of a port in the order of a running configuration."""
    svi_order: tuple[SviPart, ...]
    strict_ports: bool
    """Whether a port keeps no lines but those of its kind, routed or switching, and members of a port channel take
    over what is said to it."""
    stepwise: bool
    """Whether each command is in force at once; else all of a change are, when it is committed."""

    @cached_property
    def port(self) -> re.Pattern[str]:
        """Matches the name of a switching port; subinterfaces are none."""
        return re.compile(rf"(?P<kind>{'|'.join(self.kinds)})(?P<number>\d+(?:/\d+)*)")

    def is_port(self, name: str) -> bool:
        """Whether an interface is a switching port in scope."""
        return self.port.fullmatch(name) is not None and self.unmanaged.fullmatch(name) is None

    def order(self, port: str) -> tuple[int, ...]:
        """A key that sorts ports as a running configuration does."""
        match = self.port.fullmatch(port)
        if match is None:
            return (len(self.kinds),)
        return (self.kinds.index(match["kind"]), *map(int, match["number"].split("/")))
