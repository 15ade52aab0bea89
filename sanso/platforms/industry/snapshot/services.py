"""Protocols, ports and ICMP types as filters write them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from sanso.network.facts import Family
from sanso.network.packets import ANY_BYTE, ANY_PORT, Ranges, joined
from sanso.platforms.industry.dialect import Names

ICMP_NUMBER: Mapping[Family, int] = {"ipv4": 1, "ipv6": 58}
TCP, UDP, SCTP = 6, 17, 132
OPERATORS = frozenset({"eq", "neq", "lt", "gt", "range"})

_MORE_PROTOCOLS = {
    "ahp": 51, "eigrp": 88, "esp": 50, "gre": 47, "icmp6": 58, "icmpv6": 58, "igmp": 2, "igrp": 9, "ipinip": 4,
    "ipv6-icmp": 58, "nos": 94, "ospf": 89, "pcp": 108, "pim": 103, "rsvp": 46, "sctp": 132, "tcp": 6, "udp": 17,
    "vrrp": 112,
}  # fmt: skip
_MORE_PORTS = {
    "bgp": 179, "domain": 53, "ftp": 21, "ftp-data": 20, "http": 80, "https": 443, "imap4": 143, "ldap": 389,
    "ldaps": 636, "nfs": 2049, "ntp": 123, "pop3": 110, "radius": 1812, "radius-acct": 1813, "smtp": 25,
    "snmp": 161, "snmptrap": 162, "ssh": 22, "syslog": 514, "telnet": 23, "tftp": 69, "www": 80,
}  # fmt: skip
_CODES: Mapping[Family, Mapping[str, tuple[int, int]]] = {
    "ipv4": {
        "net-unreachable": (3, 0), "host-unreachable": (3, 1), "protocol-unreachable": (3, 2),
        "port-unreachable": (3, 3), "packet-too-big": (3, 4), "source-route-failed": (3, 5),
        "network-unknown": (3, 6), "host-unknown": (3, 7), "host-isolated": (3, 8), "dod-net-prohibited": (3, 9),
        "dod-host-prohibited": (3, 10), "net-tos-unreachable": (3, 11), "host-tos-unreachable": (3, 12),
        "administratively-prohibited": (3, 13), "host-precedence-unreachable": (3, 14),
        "precedence-unreachable": (3, 15), "net-redirect": (5, 0), "host-redirect": (5, 1),
        "net-tos-redirect": (5, 2), "host-tos-redirect": (5, 3), "ttl-exceeded": (11, 0),
        "reassembly-timeout": (11, 1), "general-parameter-problem": (12, 0), "option-missing": (12, 1),
        "no-room-for-option": (12, 2),
    },
    "ipv6": {
        "no-route": (1, 0), "no-admin": (1, 1), "beyond-scope": (1, 2), "address-unreachable": (1, 3),
        "port-unreachable": (1, 4), "hop-limit": (3, 0), "reassembly-timeout": (3, 1), "header": (4, 0),
        "next-header": (4, 1), "parameter-option": (4, 2),
    },
}  # fmt: skip
"""Names of a type with a code (RFC 792, RFC 1812, RFC 4443)."""


class Service(NamedTuple):
    """The part of a filter line that is no address."""

    protocols: Ranges = ANY_BYTE
    source_ports: Ranges = ANY_PORT
    target_ports: Ranges = ANY_PORT
    icmp_types: Ranges = ANY_BYTE
    icmp_codes: Ranges = ANY_BYTE


class ServiceNames:
    """Numbers of what one network OS has names for."""

    def __init__(self, names: Names) -> None:
        self._protocols: dict[Family, dict[str, int]] = {
            family: _MORE_PROTOCOLS | {name: number for number, name in names.protocols[family].items()}
            for family in ICMP_NUMBER
        }
        for family, number in ICMP_NUMBER.items():
            self._protocols[family]["icmp"] = number
        tcp = {name: number for number, name in names.tcp.items()}
        udp = {name: number for number, name in names.udp.items()}
        self._ports = {TCP: _MORE_PORTS | tcp, UDP: _MORE_PORTS | udp, SCTP: {}}
        self._both = _MORE_PORTS | {name: number for name, number in tcp.items() if udp.get(name) == number}
        self._icmp: dict[Family, dict[str, int]] = {
            family: {name: number for number, name in types.items()} for family, types in names.icmp.items()
        }

    def protocols(self, family: Family, word: str) -> Ranges | None:
        """Protocol numbers of a word; None if it is no protocol."""
        number = int(word) if word.isdecimal() else self._protocols[family].get(word)
        if number is None:
            return ANY_BYTE if word == ("ip" if family == "ipv4" else "ipv6") else None
        return ((number, number),) if number <= 255 else None

    def port(self, protocol: int, word: str) -> int | None:
        """Port number of a word; None if it is no port. Protocol 0 is TCP and UDP alike."""
        number = int(word) if word.isdecimal() else self._ports.get(protocol, self._both).get(word)
        return number if number is not None and number <= 65535 else None

    def icmp(self, family: Family, word: str) -> tuple[Ranges, Ranges] | None:
        """Types and codes of a word; None if it is no ICMP type."""
        both = _CODES[family].get(word)
        if both is not None and word not in self._icmp[family]:
            return ((both[0], both[0]),), ((both[1], both[1]),)
        number = int(word) if word.isdecimal() else self._icmp[family].get(word)
        return (((number, number),), ANY_BYTE) if number is not None and number <= 255 else None


@lru_cache(maxsize=4096)
def ports(operator: str, numbers: tuple[int, ...]) -> Ranges:
    """Ports that an operator lets through.

    Raises:
        ValueError: the operator does not go with so many numbers.
    """
    match operator, numbers:
        case "eq", [_, *_]:
            return joined([(number, number) for number in numbers])
        case "neq", [_, *_]:
            return _others(numbers)
        case "gt", [number]:
            return ((number + 1, 65535),) if number < 65535 else ()
        case "lt", [number]:
            return ((0, number - 1),) if number else ()
        case "range", [first, last] if first <= last:
            return ((first, last),)
        case _:
            raise ValueError(f"{operator} with {len(numbers)} ports")


def _others(numbers: tuple[int, ...]) -> Ranges:
    """Every port but these."""
    found = []
    start = 0
    for number in sorted(set(numbers)):
        if start < number:
            found.append((start, number - 1))
        start = number + 1
    if start <= 65535:
        found.append((start, 65535))
    return tuple(found)
