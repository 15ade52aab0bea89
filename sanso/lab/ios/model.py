"""What an IOS switch holds as its running configuration."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sanso.lab.ios.acl import AccessList
from sanso.lab.ios.chassis import HARDWARE, Hardware
from sanso.lab.ios.names import VIRTUAL, InterfaceName, full_name
from sanso.lab.ios.vlans import RESERVED, Vlan
from sanso.lab.tree import Section
from sanso.lab.vlanlist import FIRST, parse_list

ALL_VLANS = "1-4094"


def _number(value: str) -> int:
    """Read a VLAN; what is no number (none, ``dynamic``, ``tag``) leaves the first one."""
    return int(value) if value.isdecimal() else FIRST


@dataclass
class Interface:
    """One interface and its lines."""

    name: InterfaceName
    lines: Section = field(default_factory=Section)

    @property
    def hardware(self) -> Hardware:
        """What stands behind it."""
        return HARDWARE[self.name.kind]

    @property
    def listing_order(self) -> tuple[int, ...]:
        """A key that sorts interfaces as most listings do: SVIs first."""
        return (0 if self.name.kind == "Vlan" else 1, *self.name.order)

    @property
    def virtual(self) -> bool:
        """Whether a user made it, and may remove it."""
        return self.name.kind in VIRTUAL

    @property
    def may_switch(self) -> bool:
        """Whether it can be a switching port at all."""
        management = self.name.kind == "GigabitEthernet" and self.name.number in ("0/0", "0")
        return not management and (not self.virtual or self.name.kind == "Port-channel")

    @property
    def switching(self) -> bool:
        """Whether it is one now."""
        return self.may_switch and "no switchport" not in self.lines

    @property
    def shut(self) -> bool:
        """Whether it is shut down."""
        return "shutdown" in self.lines

    @property
    def mode(self) -> str:
        """The administrative mode: ``access``, ``trunk`` or a dynamic one."""
        return self.lines.value("switchport mode", "dynamic auto")

    @property
    def trunking(self) -> bool:
        """Whether it works as a trunk; the other end of every cable here is taken to want none."""
        return self.switching and self.mode == "trunk"

    @property
    def access_vlan(self) -> int:
        """The VLAN it is in when it is no trunk."""
        return _number(self.lines.value("switchport access vlan"))

    @property
    def native_vlan(self) -> int:
        """The VLAN a trunk sends without a tag."""
        return _number(self.lines.value("switchport trunk native vlan"))

    @property
    def allowed(self) -> str:
        """The list of VLANs a trunk lets through."""
        return self.lines.value("switchport trunk allowed vlan", ALL_VLANS)

    @property
    def channel(self) -> str | None:
        """The Port-channel it belongs to, by full name."""
        for entry in self.lines.under("channel-group"):
            return f"Port-channel{entry.key.split()[1]}"
        return None

    @property
    def vrf(self) -> str:
        """The VRF it is in, empty for the global one."""
        return self.lines.value("vrf forwarding")

    @property
    def ipv4(self) -> list[tuple[str, str]]:
        """Addresses with their masks, the first one first."""
        found = [entry.text.split() for entry in self.lines.under("ip address")]
        return [(words[2], words[3]) for words in found if words[2] != "dhcp"]

    @property
    def ipv6(self) -> list[str]:
        """IPv6 addresses as configured."""
        return [entry.key.split()[2] for entry in self.lines.under("ipv6 address")]


@dataclass
class IosConfig:
    """A running configuration.

    ``physical`` are the ports of the chassis, which are always there.
    """

    hostname: str
    physical: tuple[str, ...]
    version: str = "15.2"
    settings: Section = field(default_factory=Section)
    vlans: dict[int, Vlan] = field(default_factory=dict)
    interfaces: dict[str, Interface] = field(default_factory=dict)
    acls: dict[tuple[str, str], AccessList] = field(default_factory=dict)
    banners: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number in (1, *RESERVED):
            self.vlans.setdefault(number, Vlan(number))
        for name in self.physical:
            self.interface(name)

    def interface(self, name: str) -> Interface:
        """Give an interface, made if it was not there."""
        found = self.interfaces.get(name)
        if found is None:
            found = self.interfaces[name] = Interface(full_name(name))
        return found

    def may_create(self, name: str) -> bool:
        """Tell whether a user may make an interface of that name."""
        parsed = full_name(name)
        if parsed.kind == "Vlan":
            return parsed.number.isdecimal() and 1 <= int(parsed.number) <= 4094
        return parsed.kind in VIRTUAL and parsed.number.isdecimal()

    def ordered(self) -> list[Interface]:
        """Give all interfaces in the order IOS prints them."""
        return sorted(self.interfaces.values(), key=lambda one: one.name.order)

    def members(self, channel: str) -> Iterable[Interface]:
        """Give the ports of a Port-channel, none for another interface."""
        if not channel.startswith("Port-channel"):
            return []
        return [one for one in self.ordered() if one.channel == channel]

    @property
    def vtp_mode(self) -> str:
        """How VLANs are kept: in the configuration when transparent or off, else in a file of their own."""
        return self.settings.value("vtp mode", "server")

    @property
    def vlans_in_config(self) -> bool:
        """Whether the configuration prints VLANs."""
        return self.vtp_mode in ("transparent", "off")

    def own_vlans(self) -> list[Vlan]:
        """Give the VLANs a user made or named, in order."""
        return [
            vlan
            for number, vlan in sorted(self.vlans.items())
            if number not in RESERVED and (number != 1 or vlan.shutdown)
        ]

    def running_vlans(self, port: Interface) -> list[int]:
        """Give the VLANs a port carries now."""
        if not port.switching or port.shut or port.channel:
            return []
        if not port.trunking:
            return [port.access_vlan]
        allowed = set(parse_list(port.allowed) or ())
        return sorted(allowed & set(self.active_vlans()))

    def active_vlans(self) -> list[int]:
        """Give the VLANs that carry traffic."""
        return [
            number
            for number, vlan in self.vlans.items()
            if number not in RESERVED and vlan.state == "active" and not vlan.shutdown
        ]

    def up_ports(self) -> list[Interface]:
        """Give the interfaces whose line protocol is up."""
        return [one for one in self.interfaces.values() if self.link_up(one)]

    def link_up(self, port: Interface) -> bool:
        """Tell whether an interface's line protocol is up; every physical port is taken to be cabled."""
        if port.shut:
            return False
        if port.name.kind == "Port-channel":
            return any(not member.shut for member in self.members(str(port.name)))
        if port.name.kind != "Vlan":
            return port.name.kind != "Tunnel"
        number = int(port.name.number)
        if number not in self.active_vlans():
            return False
        return any(number in self.running_vlans(one) and self.link_up(one) for one in self.interfaces.values())
