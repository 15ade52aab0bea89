"""Everything on one device that decides where a packet may go, each thing with the line that says so.

:mod:`sanso.network.facts` holds what the project intends and owns; a snapshot holds what *is*, whoever wrote it.
Readers of each platform make snapshots from configuration text. What a reader does not understand, and what could
matter, it puts into ``unread``: a proof over that device then says "not proved", never "pass".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Interface, IPv6Network
from typing import TYPE_CHECKING, Literal, NamedTuple

from sanso.network.facts import AclKey, Direction, Family, Mode, VlanSet
from sanso.network.packets import Match

if TYPE_CHECKING:
    from sanso.network.firewall import Firewall, Passage


class Line(NamedTuple):
    """A line of a configuration."""

    file: str
    number: int
    """From 1; 0 where no line says it (a default of the device)."""
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.text}" if self.number else f"{self.file}: ({self.text})"


class Kind(StrEnum):
    """What an interface is."""

    SWITCHED = "switched"
    ROUTED = "routed"
    SVI = "svi"
    SUBINTERFACE = "subinterface"
    LOOPBACK = "loopback"
    TUNNEL = "tunnel"


@dataclass(frozen=True)
class Switching:
    """How a port switches, defaults filled in: a trunk without a list carries every VLAN.

    ``DYNAMIC`` ports may become trunks by themselves, so that they count as both.
    """

    mode: Mode
    access_vlan: int
    native_vlan: int
    allowed: VlanSet
    voice_vlan: int | None = None
    lines: tuple[Line, ...] = ()
    """The lines that say so, the mode's first."""
    also: tuple[Switching, ...] = ()
    """What else the port may do while it is being changed."""


@dataclass(frozen=True)
class Binding:
    """An ACL on an interface; the ACL need not exist."""

    family: Family
    direction: Direction
    name: str
    line: Line


@dataclass(frozen=True)
class Address:
    """An address of an interface, secondary ones included."""

    interface: IPv4Interface | IPv6Interface
    line: Line


@dataclass(frozen=True)
class Interface:
    """An interface; members of a port channel have ``channel`` and switch as the channel does."""

    name: str
    kind: Kind
    line: Line
    shutdown: bool = False
    vrf: str = ""
    """Empty is the global table."""
    vlan: int | None = None
    """VLAN of an SVI, or tag of a subinterface (None there: untagged)."""
    parent: str = ""
    """Physical interface of a subinterface."""
    switching: Switching | None = None
    channel: str = ""
    addresses: tuple[Address, ...] = ()
    bindings: tuple[Binding, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class Rule:
    """One line of an ACL: several matches, where one line stands for several (object groups, address sets).

    ``match`` is empty where the line was not understood; it is then in the snapshot's ``unread`` as well, and must be
    taken to permit anything if it is a permit and to deny nothing if it is a deny.
    """

    action: Literal["permit", "deny"]
    matches: tuple[Match, ...]
    line: Line
    sequence: int = 0
    understood: bool = True


@dataclass(frozen=True)
class AccessList:
    """A list: first match wins, what no rule matches is denied; IPv6 lists permit neighbour discovery before that."""

    family: Family
    name: str
    rules: tuple[Rule, ...]
    line: Line


@dataclass(frozen=True)
class Route:
    """A static route; ``next_hop`` or ``interface`` or both, or neither (discard)."""

    prefix: IPv4Network | IPv6Network
    line: Line
    vrf: str = ""
    next_hop: IPv4Address | IPv6Address | None = None
    next_vrf: str | None = None
    """VRF in which the next hop is looked up, where it is another one: a leak."""
    interface: str = ""


@dataclass(frozen=True)
class Unread:
    """A line that was not understood and could matter."""

    line: Line
    why: str
    """Catalogue key below ``unread``: ``nat``, ``routing_protocol``, ``policy_route``, ``vacl``, ``acl_entry``, …"""
    interface: str = ""
    """Where it takes effect, if that is one interface."""


class Neighbour(NamedTuple):
    """Who is at the other end of a port, as LLDP or CDP told; several, where something between them repeats it."""

    port: str
    """Its own, perhaps in a shortened form."""
    host: str
    """Perhaps with a domain."""
    host_port: str


@dataclass(frozen=True)
class Snapshot:
    """One device."""

    hostname: str
    platform: str
    file: str
    interfaces: Mapping[str, Interface] = field(default_factory=dict)
    vlans: Mapping[int, str] | None = None
    """VLAN id → name; None where the text does not tell which exist."""
    acls: Mapping[AclKey, AccessList] = field(default_factory=dict)
    routes: tuple[Route, ...] = ()
    routing: Mapping[Family, bool] = field(default_factory=lambda: {"ipv4": True, "ipv6": True})
    """Whether the device routes between its interfaces."""
    unread: tuple[Unread, ...] = ()
    firewall: Firewall | None = None
    """What decides which packets are forwarded, where that is no access list of an interface."""
    through: Mapping[Passage, str] = field(default_factory=dict)
    """Lists of ``acls`` that say what passes from one interface to another; :mod:`sanso.proof.passages` adds them."""
    neighbours: tuple[Neighbour, ...] = ()
    vrfs: Mapping[str, Line] = field(default_factory=dict)
    """VRFs that the text defines."""
    groups: Mapping[str, Line] = field(default_factory=dict)
    """Object groups that the text defines."""
    mentions: frozenset[str] = frozenset()
    """Words of lines that are not modelled, and of those that name object groups: what they name is in use."""
    lines: int = 0
    """How many configuration lines the text has."""
    understood: int = 0
    """How many of them the reader took in, or knows not to matter."""
