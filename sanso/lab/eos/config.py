"""What an EOS switch holds as configuration: one tree of lines, and what they mean.

The running configuration is such a tree; a configuration session works on a copy of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sanso.lab.eos.names import VIRTUAL, InterfaceName, full_name
from sanso.lab.eos.vlans import ALL
from sanso.lab.tree import Entry, Section
from sanso.lab.vlanlist import parse_list

#: ranks of the parts of a configuration, far apart: what is printed where
_FAR = 10**30
HEAD, VLANS, INSTANCES, INTERFACES, ACLS4, ACLS6, ROUTES, ROUTING, TAIL, BANNERS = (
    _FAR * place for place in range(10)
)


@dataclass(frozen=True)
class Interface:
    """One interface: what its lines say."""

    name: InterfaceName
    lines: Section

    @property
    def may_switch(self) -> bool:
        """Whether it can be a switching port at all."""
        return self.name.kind in ("Ethernet", "Port-Channel") and "." not in self.name.number

    @property
    def switching(self) -> bool:
        """Whether it is one now; unlike others, EOS keeps the lines of both kinds of port."""
        return self.may_switch and "no switchport" not in self.lines

    @property
    def shut(self) -> bool:
        """Whether it is shut down."""
        return "shutdown" in self.lines

    @property
    def description(self) -> str:
        """Its description."""
        return self.lines.value("description")

    @property
    def mode(self) -> str:
        """The switching mode: ``access``, ``trunk``, ``trunk phone``, ``dot1q-tunnel``."""
        return self.lines.value("switchport mode", "access")

    @property
    def trunking(self) -> bool:
        """Whether it is a trunk."""
        return self.switching and self.mode.startswith("trunk")

    @property
    def access_vlan(self) -> int:
        """The VLAN it is in when it is no trunk."""
        return int(self.lines.value("switchport access vlan", "1"))

    @property
    def native_vlan(self) -> int | None:
        """The VLAN a trunk sends without a tag; none where it drops what has no tag."""
        value = self.lines.value("switchport trunk native vlan", "1")
        return int(value) if value.isdecimal() else None

    @property
    def allowed(self) -> frozenset[int]:
        """The VLANs a trunk lets through."""
        value = self.lines.value("switchport trunk allowed vlan", "all")
        return {"all": ALL, "none": frozenset[int]()}.get(value) or parse_list(value) or frozenset()

    @property
    def channel(self) -> str | None:
        """The Port-Channel it belongs to, by full name."""
        for entry in self.lines.under("channel-group"):
            return f"Port-Channel{entry.key.split()[1]}"
        return None

    @property
    def vrf(self) -> str:
        """The VRF it is in."""
        return self.lines.value("vrf", "default")

    @property
    def ipv4(self) -> list[str]:
        """Addresses with their lengths, the primary one first."""
        return [entry.text.split()[2] for entry in self.lines.under("ip address")]

    @property
    def ipv6(self) -> list[str]:
        """IPv6 addresses with their lengths."""
        return [entry.key.split()[2] for entry in self.lines.under("ipv6 address")]


@dataclass(frozen=True)
class Vlan:
    """One VLAN: what its lines say."""

    number: int
    lines: Section

    @property
    def name(self) -> str:
        """The name given, else EOS's own."""
        return self.lines.value("name") or ("default" if self.number == 1 else f"VLAN{self.number:04}")

    @property
    def active(self) -> bool:
        """Whether it carries traffic."""
        return self.lines.value("state", "active") == "active"


class EosConfig:
    """A configuration.  ``physical`` are the ports of the chassis, which are always there."""

    def __init__(self, physical: tuple[str, ...], root: Section | None = None) -> None:
        self.physical = physical
        self.root = root or Section()
        for name in physical:
            self.open_interface(name)

    def copy(self) -> EosConfig:
        """Give a configuration of its own that reads the same."""
        return EosConfig(self.physical, self.root.copy())

    @property
    def hostname(self) -> str:
        """The host name."""
        return self.root.value("hostname", "localhost")

    def section(self, path: tuple[str, ...]) -> Section:
        """Give the lines of a block, found by the lines that lead to it; made if it was not there."""
        section = self.root
        for key in path:
            section = section.open(key)
        return section

    def open_interface(self, name: str) -> Interface:
        """Give an interface, made if it was not there."""
        parsed = full_name(name)
        lines = self.root.open(f"interface {parsed}", rank=INTERFACES + parsed.order)
        return Interface(parsed, lines)

    def may_create(self, name: str) -> bool:
        """Tell whether a user may make an interface of that name."""
        parsed = full_name(name)
        if parsed.kind == "Vlan":
            return parsed.number.isdecimal() and int(parsed.number) in ALL
        if parsed.kind == "Ethernet":
            parent, dot, _ = parsed.number.partition(".")
            return bool(dot) and f"Ethernet{parent}" in self.physical
        return parsed.kind in VIRTUAL and parsed.number.isdecimal()

    def interfaces(self) -> list[Interface]:
        """Give all interfaces in the order EOS prints them."""
        return [
            Interface(full_name(entry.key.partition(" ")[2]), section) for entry, section in self._blocks("interface")
        ]

    def members(self, channel: str) -> list[Interface]:
        """Give the ports of a Port-Channel."""
        return [one for one in self.interfaces() if one.channel == channel]

    def open_vlan(self, number: int) -> Section:
        """Give the lines of a VLAN, made if it was not there."""
        return self.root.open(f"vlan {number}", rank=VLANS + number)

    def has_vlan(self, number: int) -> bool:
        """Tell whether a VLAN is there; VLAN 1 always is."""
        return number == 1 or f"vlan {number}" in self.root

    def vlans(self) -> list[Vlan]:
        """Give all VLANs in order."""
        found = {int(entry.key.split()[1]): section for entry, section in self._blocks("vlan")}
        return [Vlan(number, section) for number, section in sorted({1: Section(), **found}.items())]

    def acls(self, family: str) -> list[tuple[str, Section]]:
        """Give the access lists of a family (``ip`` or ``ipv6``) by name."""
        return [(entry.key.split()[2], section) for entry, section in self._blocks(f"{family} access-list")]

    def _blocks(self, prefix: str) -> Iterator[tuple[Entry, Section]]:
        for entry in self.root.under(prefix):
            if entry.section is not None:
                yield entry, entry.section

    def carried(self, port: Interface) -> list[int]:
        """Give the VLANs a port carries now."""
        if not port.switching or port.shut or port.channel:
            return []
        active = [vlan.number for vlan in self.vlans() if vlan.active]
        wanted = port.allowed if port.trunking else {port.access_vlan}
        return [number for number in active if number in wanted]

    def up_ports(self) -> list[Interface]:
        """Give the interfaces whose line protocol is up."""
        return [one for one in self.interfaces() if self.link_up(one)]

    def link_up(self, port: Interface) -> bool:
        """Tell whether an interface's line protocol is up; every physical port is taken to be cabled."""
        if port.shut:
            return False
        if port.name.kind == "Port-Channel":
            return any(not member.shut for member in self.members(str(port.name)))
        if port.name.kind != "Vlan":
            return port.name.kind not in ("Tunnel", "Vxlan")
        number = int(port.name.number)
        return any(number in self.carried(one) and self.link_up(one) for one in self.interfaces() if one.may_switch)
