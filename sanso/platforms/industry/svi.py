"""The layer-3 interface of a VLAN: reading it, and the lines that change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import IPv4Interface, IPv6Interface

from sanso.network.facts import Direction, Family, Svi
from sanso.platforms.industry.dialect import Dialect
from sanso.platforms.industry.tree import Line

UNTOLD4 = IPv4Interface("0.0.0.0/0")
"""An address that the configuration does not tell, such as DHCP's."""
UNTOLD6 = IPv6Interface("::/0")
Binding = tuple[Family, Direction]


def read_svi(vlan: int, line: Line) -> Svi | None:
    """Read an SVI; None for VLAN 1's where it has no address, since no device lets go of that one."""
    description, shutdown = "", False
    ipv4: set[IPv4Interface] = set()
    ipv6: set[IPv6Interface] = set()
    acls: dict[Binding, str] = {}
    for child in line.children:
        match child.text.split():
            case ["description", *_]:
                description = child.text.partition(" ")[2]
            case ["shutdown"]:
                shutdown = True
            case ["ip", "address", *words]:
                ipv4.add(_ipv4(words))
            case ["ipv6", "address", *words]:
                ipv6.update(_ipv6(words))
            case ["ip", "access-group", name, "in" | "out" as direction]:
                acls["ipv4", _direction(direction)] = name
            case ["ipv6", "traffic-filter" | "access-group", name, "in" | "out" as direction]:
                acls["ipv6", _direction(direction)] = name
    if vlan == 1 and not ipv4 and not ipv6:
        return None
    return Svi(vlan, description, shutdown, frozenset(ipv4), frozenset(ipv6), acls)


def _direction(word: str) -> Direction:
    return "in" if word == "in" else "out"


def _ipv4(words: list[str]) -> IPv4Interface:
    """``A M [secondary]``, ``A/L [secondary]`` or ``virtual A/L``; all else leaves the address untold."""
    if words[:1] == ["virtual"]:
        words = words[1:]
    try:
        text = words[0] if "/" in words[0] else "/".join(words[:2])
        return IPv4Interface(text) if "/" in text else UNTOLD4
    except (ValueError, IndexError):
        return UNTOLD4


def _ipv6(words: list[str]) -> Iterable[IPv6Interface]:
    """``A/L``; with ``eui-64`` the prefix alone; a link-local address is out of scope."""
    if words[1:] == ["link-local"]:
        return
    try:
        address = IPv6Interface(words[0]) if "/" in words[0] else UNTOLD6
    except (ValueError, IndexError):
        address = UNTOLD6
    yield IPv6Interface(address.network) if "eui-64" in words else address


def _built(address: IPv6Interface) -> bool:
    """Whether the device builds the host's part from its MAC address: the configuration has the prefix alone."""
    return address.ip == address.network.network_address and address.network.prefixlen <= 64


class SviLines:
    """Lines inside an SVI, in the syntax of one network OS."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def change(self, old: Svi | None, new: Svi) -> Iterator[str]:
        """Lines from one SVI to another.

        What opens comes last: ACLs are bound before there is an address, and taken away after.
        """
        was = old or Svi(new.vlan)
        if was.description != new.description:
            yield f"description {new.description}" if new.description else "no description"
        if new.shutdown and (old is None or not was.shutdown):
            yield "shutdown"
        yield from self.bind(was, new)
        yield from self._ipv4(was.ipv4, new.ipv4)
        yield from self._ipv6(was.ipv6, new.ipv6)
        yield from self.unbind(was, new)
        if not new.shutdown and (old is None or was.shutdown):
            yield "no shutdown"

    def bind(self, old: Svi, new: Svi) -> Iterator[str]:
        """Bind ACLs; one that is bound is replaced, in one step."""
        for (family, direction), name in new.acls.items():
            if old.acls.get((family, direction)) != name:
                yield f"{self._dialect.binding[family]} {name} {direction}"

    def unbind(self, old: Svi, new: Svi) -> Iterator[str]:
        """Take away the bindings that nothing replaces."""
        for (family, direction), name in old.acls.items():
            if (family, direction) not in new.acls:
                yield f"no {self._dialect.binding[family]} {name} {direction}"

    def address(self, address: IPv4Interface) -> str:
        """An IPv4 address as the device writes it."""
        return str(address) if self._dialect.prefix_length else f"{address.ip} {address.netmask}"

    def address6(self, address: IPv6Interface) -> str:
        """An IPv6 address as the device writes it."""
        return str(address).upper() if self._dialect.capitals else str(address)

    def addresses(self, svi: Svi) -> Iterator[str]:
        """IPv4 addresses as a running configuration shows them: only one is not secondary."""
        lines = [f"ip address {self.address(address)}" for address in sorted(svi.ipv4)]
        if self._dialect.prefix_length:
            yield from (f"{line}{' secondary' if index else ''}" for index, line in enumerate(lines))
        elif lines:
            yield from (f"{line} secondary" for line in lines[1:])
            yield lines[0]
        else:
            yield "no ip address"

    def addresses6(self, svi: Svi) -> Iterator[str]:
        """IPv6 addresses as a running configuration shows them."""
        for address in sorted(svi.ipv6):
            yield f"ipv6 address {self.address6(address)}"

    def _ipv4(self, old: frozenset[IPv4Interface], new: frozenset[IPv4Interface]) -> Iterator[str]:
        """The first address replaces the primary one in one step; the others are secondary."""
        if old == new:
            return
        if not new:
            yield "no ip address"
            return
        first = min(old & new or new)
        yield f"ip address {self.address(first)}"
        for address in sorted(new - {first}):
            yield f"ip address {self.address(address)} secondary"
        if len(old) > 1:
            for address in sorted(old - new - {UNTOLD4}):
                yield f"no ip address {self.address(address)} secondary"

    def _ipv6(self, old: frozenset[IPv6Interface], new: frozenset[IPv6Interface]) -> Iterator[str]:
        if UNTOLD6 in old and UNTOLD6 not in new:
            yield "no ipv6 address"
            old = frozenset()
        for address in sorted(new - old):
            yield f"ipv6 address {self.address6(address)}"
        for address in sorted(old - new):
            yield f"no ipv6 address {self.address6(address)}{' eui-64' if _built(address) else ''}"
