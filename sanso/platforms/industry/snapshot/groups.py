"""Object groups: named sets of addresses and services that filters refer to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sanso.network.facts import Family
from sanso.network.packets import ANY_PORT, Ranges, any_address, joined
from sanso.platforms.industry.snapshot.addresses import host_range, mask_range, prefix_range, span
from sanso.platforms.industry.snapshot.services import (
    ICMP_NUMBER,
    OPERATORS,
    SCTP,
    TCP,
    UDP,
    Service,
    ServiceNames,
    ports,
)
from sanso.platforms.industry.snapshot.text import Block
from sanso.platforms.industry.snapshot.words import NoGroup, NotUnderstood, Words

T = TypeVar("T")
_ADDRESSES: dict[tuple[str, ...], Family] = {("network",): "ipv4", ("ip", "address"): "ipv4", ("v6-network",): "ipv6"}
_SERVICES: dict[tuple[str, ...], Family] = {("service",): "ipv4", ("v6-service",): "ipv6", ("protocol",): "ipv4"}
_PORTS = ("ip", "port")
_QUIET = ("description", "exit")


@dataclass
class _Group:
    """Lines of a group; all of them must be understood before the group is of use."""

    family: Family
    lines: list[str] = field(default_factory=list)


class Groups:
    """The object groups of one text."""

    def __init__(self, names: ServiceNames) -> None:
        self._names = names
        self._addresses: dict[str, _Group] = {}
        self._services: dict[str, _Group] = {}
        self._ports: dict[str, _Group] = {}

    def read(self, block: Block) -> bool:
        """Take ``object-group …`` in; False for a kind of group that is not understood."""
        *kind, name = block.text.split()[1:] or [""]
        if tuple(kind) in _ADDRESSES:
            group = self._addresses.setdefault(name, _Group(_ADDRESSES[tuple(kind)]))
        elif tuple(kind) in _SERVICES:
            group = self._services.setdefault(name, _Group(_SERVICES[tuple(kind)]))
        elif tuple(kind) == _PORTS:
            group = self._ports.setdefault(name, _Group("ipv4"))
        else:
            return False
        group.lines += [row.text for row in block.rows if not row.text.startswith(_QUIET)]
        return True

    def addresses(self, family: Family, name: str) -> Ranges:
        """Addresses of a group.

        Raises:
            NotUnderstood: the group does not exist, is empty, or has a line that is not understood.
        """
        return joined(self._each(self._addresses, name, (), lambda words: _address(family, words)))

    def services(self, family: Family, name: str) -> list[Service]:
        """Services of a group; raises as :meth:`addresses` does."""
        return self._each(self._services, name, (), lambda words: self._service(family, Words(words)))

    def ports(self, name: str) -> Ranges:
        """Ports of a group; raises as :meth:`addresses` does."""
        return joined(self._each(self._ports, name, (), lambda words: self._port_set(0, Words(words))))

    def _each(
        self, groups: dict[str, _Group], name: str, above: tuple[str, ...], read: Callable[[list[str]], Sequence[T]]
    ) -> list[T]:
        """What the lines of a group give, groups inside it included."""
        group = groups.get(name)
        if group is None or not group.lines:
            raise NoGroup
        if name in above:
            raise NotUnderstood
        found: list[T] = []
        for line in group.lines:
            words = line.split()
            if words[0] == "group-object" and len(words) == 2:
                found += self._each(groups, words[1], (*above, name), read)
            else:
                found += read(words)
        return found

    def _service(self, family: Family, words: Words) -> list[Service]:
        """``tcp [source PORTS] [PORTS]``, ``icmp [TYPE [CODE]]``, or a protocol."""
        word = words.take().removeprefix("protocol-object")
        word = word or words.take()
        if word == "tcp-udp":
            rest = words.rest()
            return [self._with_ports(number, rest) for number in (TCP, UDP)]
        protocols = self._names.protocols(family, word)
        if protocols is None:
            raise NotUnderstood
        number = protocols[0][0] if protocols[0][0] == protocols[0][1] else -1
        if number in (TCP, UDP, SCTP):
            return [self._with_ports(number, words.rest())]
        if number == ICMP_NUMBER[family] and words.next:
            return [self._icmp(family, words)]
        if words.next:
            raise NotUnderstood
        return [Service(protocols)]

    def _with_ports(self, number: int, rest: list[str]) -> Service:
        words, source, target = Words(rest), ANY_PORT, ANY_PORT
        if words.next == "source":
            words.take()
            source = self._port_set(number, words)
        if words.next:
            target = self._port_set(number, words)
        if words.next:
            raise NotUnderstood
        return Service(((number, number),), source, target)

    def _port_set(self, protocol: int, words: Words) -> Ranges:
        """``[eq] P``, ``lt P``, ``gt P``, ``neq P`` or ``range P Q``."""
        operator = words.take() if words.next in OPERATORS else "eq"
        numbers = [self._names.port(protocol, words.take()) for _ in range(2 if operator == "range" else 1)]
        known = [number for number in numbers if number is not None]
        try:
            return ports(operator, tuple(known))
        except ValueError:
            raise NotUnderstood from None

    def _icmp(self, family: Family, words: Words) -> Service:
        told = self._names.icmp(family, words.take())
        if told is None:
            raise NotUnderstood
        types, codes = told
        if words.next.isdecimal():
            codes = ((int(words.next), int(words.take())),)
        if words.next:
            raise NotUnderstood
        return Service(((ICMP_NUMBER[family],) * 2,), icmp_types=types, icmp_codes=codes)


def _address(family: Family, words: list[str]) -> Ranges:
    """``any``, ``host A``, ``A/L``, ``A M``, ``A /L`` or ``range A B``; M is a network mask."""
    told = words[1:] if words[0] == "network-object" else words
    try:
        match told:
            case ["any"]:
                return any_address(family)
            case ["host" | "host-info", address]:
                return host_range(family, address)
            case [address, length] if length.startswith("/"):
                return prefix_range(family, address + length)
            case ["range", first, last]:
                return span(family, first, last)
            case [prefix] if "/" in prefix:
                return prefix_range(family, prefix)
            case [address, mask] if family == "ipv4":
                return mask_range(address, mask)
            case [address]:
                return host_range(family, address)
    except ValueError:
        pass
    raise NotUnderstood
