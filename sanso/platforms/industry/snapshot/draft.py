"""An interface while its lines are being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_interface

from sanso.network.snapshot import Address, Binding, Kind, Line
from sanso.platforms.industry.snapshot.names import layer3_kind
from sanso.platforms.industry.snapshot.switching import Switchport

_LINK_LOCAL = ip_interface("fe80::/64")


@dataclass(slots=True)
class Draft:
    """What the lines of an interface said so far."""

    name: str
    line: Line
    description: str = ""
    shutdown: bool = False
    vrf: str = ""
    vlan: int | None = None
    channel: str = ""
    channel_line: Line | None = None
    addresses: list[Address] = field(default_factory=list)
    virtual: list[tuple[IPv4Address | IPv6Address, Line]] = field(default_factory=list)
    """Addresses that a group of routers shares, written without their length."""
    ipv6_enabled: Line | None = None
    """``ipv6 enable``: the device makes itself a link-local address, by which it takes packets in."""
    bindings: list[Binding] = field(default_factory=list)
    switchport: Switchport = field(default_factory=Switchport)
    layer3: Line | None = None
    """A line that only an interface that routes has."""
    addressless: bool = False
    """Whether ``no ip address`` stands there."""

    @property
    def parent(self) -> str:
        """Physical interface of a subinterface."""
        return self.name.partition(".")[0] if "." in self.name else ""

    def all_addresses(self) -> tuple[Address, ...]:
        """Addresses in the order of the lines; shared ones have the length of the network that they stand in."""
        if not (self.addresses or self.virtual or self.ipv6_enabled):
            return ()
        own = [*self.addresses, *(self._shared(address, line) for address, line in self.virtual)]
        if self.ipv6_enabled is not None and not any(one.interface.version == 6 for one in own):
            own.append(Address(_LINK_LOCAL, self.ipv6_enabled))
        return tuple(own)

    def _shared(self, address: IPv4Address | IPv6Address, line: Line) -> Address:
        for own in self.addresses:
            if address in own.interface.network:
                return Address(ip_interface(f"{address}/{own.interface.network.prefixlen}"), line)
        return Address(ip_interface(address), line)


def kind_of(draft: Draft, *, parents: frozenset[str], routed: bool, by_address: bool, switch: bool) -> Kind:
    """What an interface is.

    Args:
        draft: the interface.
        parents: names of the interfaces that have subinterfaces.
        routed: whether ports route unless told otherwise.
        by_address: whether an address, where nothing is said of switching, tells a port that routes.
        switch: whether anything in the text tells a switch.
    """
    kind = layer3_kind(draft.name)
    if kind is not None:
        return kind
    if draft.switchport.told is not None:
        return Kind.SWITCHED if draft.switchport.told else Kind.ROUTED
    if draft.switchport.lines:
        return Kind.SWITCHED
    bare = draft.addressless and not switch
    if routed or draft.name in parents or (by_address and (draft.layer3 is not None or bare)):
        return Kind.ROUTED
    return Kind.SWITCHED
