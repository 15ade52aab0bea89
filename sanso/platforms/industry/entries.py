"""Entries of ACLs: from a device's words to facts and back.

A word that facts have no place for (a second port, a TCP flag, an object group, a time range …) makes the whole
entry ``unknown``: it is then kept as words, and never taken for something that the project intends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Network
from typing import Literal, cast

from sanso.network.facts import Entry, Family, Ports
from sanso.platforms.industry.dialect import Dialect

Network = IPv4Network | IPv6Network
LAST_PORT = 65535
_TCP, _UDP, _ICMP, _ICMP6 = 6, 17, 1, 58


class _Unknown(Exception):  # noqa: N818 - not a fault: the entry says what facts cannot
    """The entry says what facts cannot."""


class EntryReader:
    """Reads entries of one network OS."""

    def __init__(self, dialect: Dialect) -> None:
        names = dialect.names
        self._ports: Mapping[str, Mapping[str, int]] = {
            "tcp": {name: number for number, name in names.tcp.items()},
            "udp": {name: number for number, name in names.udp.items()},
        }
        self._icmp = {
            family: {name: number for number, name in types.items()} for family, types in names.icmp.items()
        }
        self._protocols = {
            family: {name: number for number, name in numbers.items()} for family, numbers in names.protocols.items()
        }

    def read(self, family: Family, text: str) -> Entry:
        """Read an entry without its sequence number."""
        action, _, rest = text.partition(" ")
        if action == "remark":
            return Entry("remark", remark=rest.strip())
        try:
            return self._rule(family, action, _Words(rest.split()))
        except (_Unknown, ValueError):
            return Entry("unknown", raw=" ".join(text.split()))

    def _rule(self, family: Family, action: str, words: _Words) -> Entry:
        if action not in ("permit", "deny"):
            raise _Unknown
        protocol = self._protocol(family, words.take())
        source = _network(family, words)
        source_ports = self._port_range(protocol, words)
        target = _network(family, words)
        target_ports = self._port_range(protocol, words)
        icmp_type = self._icmp_type(family, words) if protocol == "icmp" else None
        options = self._options(protocol, words)
        return Entry(
            cast("Literal['permit', 'deny']", action),
            protocol,
            source,
            source_ports,
            target,
            target_ports,
            established="established" in options,
            icmp_type=icmp_type,
            log="log" in options,
        )

    def _protocol(self, family: Family, word: str) -> str:
        if word == ("ip" if family == "ipv4" else "ipv6"):
            return "ip"
        number = int(word) if word.isdecimal() else self._protocols[family].get(word)
        if number is None:
            raise _Unknown
        return protocol_name(family, number)

    def _port_range(self, protocol: str, words: _Words) -> Ports:
        names = self._ports.get(protocol)
        if names is None or words.next not in ("eq", "range", "gt", "lt", "neq"):
            return Ports()
        match words.take():
            case "eq":
                port = _number(words.take(), names)
                return Ports(port, port)
            case "range":
                return _checked(Ports(_number(words.take(), names), _number(words.take(), names)))
            case "gt":
                return _checked(Ports(_number(words.take(), names) + 1, LAST_PORT))
            case "lt":
                return _checked(Ports(0, _number(words.take(), names) - 1))
            case _:
                raise _Unknown

    def _icmp_type(self, family: Family, words: _Words) -> int | None:
        if words.next.isdecimal() or words.next in self._icmp[family]:
            return _number(words.take(), self._icmp[family])
        return None

    def _options(self, protocol: str, words: _Words) -> set[str]:
        known = {"log", "established"} if protocol == "tcp" else {"log"}
        found = set(words.rest())
        if found - known:
            raise _Unknown
        return found


class EntryWriter:
    """Writes entries of one network OS: with names as the device prints them, or with numbers as all accept."""

    def __init__(self, dialect: Dialect, *, named: bool) -> None:
        self._dialect = dialect
        self._named = named

    def write(self, family: Family, entry: Entry) -> str:
        """Write an entry without its sequence number."""
        if entry.action == "unknown":
            return entry.raw
        if entry.action == "remark":
            return f"remark {entry.remark}"
        return " ".join(self._words(family, entry))

    def _words(self, family: Family, entry: Entry) -> Iterable[str]:
        yield entry.action
        yield self._protocol(family, entry.protocol)
        yield from self._network(entry.source)
        yield from self._port_range(entry.protocol, entry.source_ports)
        yield from self._network(entry.target)
        yield from self._port_range(entry.protocol, entry.target_ports)
        if entry.icmp_type is not None:
            yield self._name(self._dialect.names.icmp[family], entry.icmp_type)
        if entry.established:
            yield "established"
        if entry.log:
            yield "log"

    def _protocol(self, family: Family, protocol: str) -> str:
        if protocol == "ip":
            return "ip" if family == "ipv4" else "ipv6"
        number = protocol_number(family, protocol)
        return self._dialect.names.protocols[family].get(number, str(number))

    def _network(self, network: Network | None) -> Iterable[str]:
        if network is None:
            return ("any",)
        return _network_words(network, self._dialect.capitals, self._dialect.prefix_length)

    def _port_range(self, protocol: str, ports: Ports) -> Iterable[str]:
        if ports.every:
            return ()
        first, last = (self._name(self._service_names[protocol], port) for port in (ports.first, ports.last))
        return ("eq", first) if ports.first == ports.last else ("range", first, last)

    @cached_property
    def _service_names(self) -> Mapping[str, Mapping[int, str]]:
        return {"tcp": self._dialect.names.tcp, "udp": self._dialect.names.udp}

    def _name(self, names: Mapping[int, str], number: int) -> str:
        return names.get(number, str(number)) if self._named else str(number)


@lru_cache(maxsize=4096)  # the same subnets stand in the lists of many switches
def _network_words(network: Network, capitals: bool, prefix_length: bool) -> tuple[str, ...]:
    address = str(network.network_address)
    if network.version == 6 and capitals:
        address = address.upper()
    if network.prefixlen == network.max_prefixlen:
        return ("host", address)
    if network.version == 6 or prefix_length:
        return (f"{address}/{network.prefixlen}",)
    return (address, str(network.hostmask))


def protocol_name(family: Family, number: int) -> str:
    """Facts' name of an IP protocol number; ``icmp`` is the family's own."""
    known = {_TCP: "tcp", _UDP: "udp", _ICMP if family == "ipv4" else _ICMP6: "icmp"}
    return known.get(number, str(number))


def protocol_number(family: Family, name: str) -> int:
    """IP protocol number of facts' name."""
    known = {"tcp": _TCP, "udp": _UDP, "icmp": _ICMP if family == "ipv4" else _ICMP6}
    return known[name] if name in known else int(name)


class _Words:
    """Words taken one by one."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._at = 0

    @property
    def next(self) -> str:
        """The next word; empty at the end."""
        return self._words[self._at] if self._at < len(self._words) else ""

    def take(self) -> str:
        if self._at == len(self._words):
            raise _Unknown
        self._at += 1
        return self._words[self._at - 1]

    def rest(self) -> list[str]:
        return self._words[self._at :]


def _number(word: str, names: Mapping[str, int]) -> int:
    if word.isdecimal():
        return int(word)
    if word not in names:
        raise _Unknown
    return names[word]


def _checked(ports: Ports) -> Ports:
    if not 0 <= ports.first <= ports.last <= LAST_PORT:
        raise _Unknown
    return ports


def _network(family: Family, words: _Words) -> Network | None:
    word = words.take()
    if word == "any":
        return None
    if word == "host":
        return _prefix(family, words.take())
    if "/" in word:
        return _whole(_prefix(family, word))
    if family == "ipv6":
        raise _Unknown
    return _whole(_wildcard(word, words.take()))


def _whole(network: Network) -> Network | None:
    """None, which is any, for a prefix without length."""
    return network if network.prefixlen else None


@lru_cache(maxsize=4096)
def _prefix(family: Family, text: str) -> Network:
    return IPv4Network(text, strict=False) if family == "ipv4" else IPv6Network(text, strict=False)


@lru_cache(maxsize=4096)
def _wildcard(address: str, wildcard: str) -> IPv4Network:
    bits = int(IPv4Address(wildcard))
    if bits & (bits + 1):
        raise _Unknown  # holes in the wildcard: no prefix
    return IPv4Network((int(IPv4Address(address)) & ~bits, 32 - bits.bit_length()))
