"""Neutral facts of a switch: what its configuration says, whatever its network OS.

Two ways lead here: :mod:`sanso.render` makes the facts that the city intends, a platform's parser reads them from
configuration text.  Both give the same types, so that they can be compared and a change be planned.

Only what is inside a platform's scope becomes a fact; everything else on the device is not ours to see or touch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Interface, IPv4Network, IPv6Interface, IPv6Network
from typing import Literal

VlanSet = frozenset[int]
ALL_VLANS: VlanSet = frozenset(range(1, 4095))
Family = Literal["ipv4", "ipv6"]
Direction = Literal["in", "out"]


class Mode(StrEnum):
    """What a physical port does; ``DYNAMIC`` negotiates, and may become a trunk by itself."""

    ACCESS = "access"
    TRUNK = "trunk"
    DYNAMIC = "dynamic"
    ROUTED = "routed"


@dataclass(frozen=True)
class Port:
    """A physical port or port channel.

    ``allowed`` is every VLAN where the configuration has no list.  ``voice_vlan`` is a second, tagged VLAN of an
    access port; the project never sets one, so one that stands there is drift.
    """

    name: str
    description: str = ""
    shutdown: bool = False
    mode: Mode = Mode.ACCESS
    access_vlan: int = 1
    native_vlan: int = 1
    allowed: VlanSet = ALL_VLANS
    voice_vlan: int | None = None


@dataclass(frozen=True)
class Svi:
    """A VLAN's layer-3 interface; ``acls`` maps family and direction to the name of the bound ACL."""

    vlan: int
    description: str = ""
    shutdown: bool = False
    ipv4: frozenset[IPv4Interface] = frozenset()
    ipv6: frozenset[IPv6Interface] = frozenset()
    acls: Mapping[tuple[Family, Direction], str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.vlan, self.description, self.shutdown, self.ipv4, self.ipv6))


@dataclass(frozen=True)
class Ports:
    """TCP or UDP ports of an ACL entry, ends included; the default is every port."""

    first: int = 0
    last: int = 65535

    @property
    def every(self) -> bool:
        """Whether no port is excluded."""
        return (self.first, self.last) == (0, 65535)


@dataclass(frozen=True)
class Entry:
    """One line of an ACL.

    ``protocol`` is ``ip``, ``tcp``, ``udp``, ``icmp`` or a number in text; ``icmp`` means ICMPv6 in an IPv6 ACL, and
    ``icmp_type`` its IANA type number.  A line that the parser does not understand keeps only ``raw``, its words
    without the sequence number: it never equals an intended entry and so counts as drift.  A remark has ``remark``.
    """

    action: Literal["permit", "deny", "remark", "unknown"]
    protocol: str = "ip"
    source: IPv4Network | IPv6Network | None = None
    """None is any."""
    source_ports: Ports = Ports()
    target: IPv4Network | IPv6Network | None = None
    target_ports: Ports = Ports()
    established: bool = False
    icmp_type: int | None = None
    log: bool = False
    remark: str = ""
    raw: str = ""


@dataclass(frozen=True)
class Acl:
    """A named ACL: entries by sequence number, first match wins, what no entry matches is denied.

    Entries whose numbers the device does not tell have numbers below 1.
    """

    family: Family
    name: str
    entries: Mapping[int, Entry]

    def __hash__(self) -> int:
        return hash((self.family, self.name, tuple(self.entries.items())))


AclKey = tuple[Family, str]


@dataclass(frozen=True)
class Facts:
    """Everything in scope on one device."""

    hostname: str
    platform: str
    vlans: Mapping[int, str] = field(default_factory=dict)
    """VLAN id → name; VLAN 1 and 1002–1005 always exist and are not listed."""
    ports: Mapping[str, Port] = field(default_factory=dict)
    svis: Mapping[int, Svi] = field(default_factory=dict)
    acls: Mapping[AclKey, Acl] = field(default_factory=dict)
