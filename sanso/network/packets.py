"""Sets of packets, as filters name them: address ranges, protocols, ports, states.

A packet is what a filter can tell: family, source and target address, protocol, ports or ICMP type and code, and
whether TCP's ACK or RST is set (which is all that ``established`` looks at; it is no connection tracking).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_network

from sanso.network.facts import Family

Range = tuple[int, int]
"""First and last, both included."""
Ranges = tuple[Range, ...]
"""Sorted, apart from each other, never touching; empty matches nothing."""

BITS: dict[Family, int] = {"ipv4": 32, "ipv6": 128}
ANY_PORT: Ranges = ((0, 65535),)
ANY_BYTE: Ranges = ((0, 255),)


def any_address(family: Family) -> Ranges:
    """Every address of a family."""
    return ((0, 2 ** BITS[family] - 1),)


def network_range(text: str) -> Range:
    """Ends of a prefix, as numbers."""
    network = ip_network(text)
    return int(network.network_address), int(network.broadcast_address)


def joined(ranges: Iterable[Range]) -> Ranges:
    """Ranges in order, those that overlap or touch made one."""
    found: list[Range] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)


@dataclass(frozen=True)
class Match:
    """What one filter line matches; all parts must hold.

    ``protocols`` are IP protocol numbers. Ports restrict TCP, UDP and SCTP only, ``icmp_types`` and ``icmp_codes``
    ICMP and ICMPv6 only: a line with a port range matches no packet of another protocol, so readers give both.
    """

    family: Family
    sources: Ranges
    targets: Ranges
    protocols: Ranges = ANY_BYTE
    source_ports: Ranges = ANY_PORT
    target_ports: Ranges = ANY_PORT
    icmp_types: Ranges = ANY_BYTE
    icmp_codes: Ranges = ANY_BYTE
    established: bool | None = None
    """True: only TCP with ACK or RST; False: only TCP with neither; None: not asked."""


@dataclass(frozen=True)
class Packet:
    """One packet, for witnesses and for the naive interpreter.

    ``source_port`` and ``target_port`` are 0 where the protocol has none; for ICMP they are 0 too.
    """

    family: Family
    source: int
    target: int
    protocol: int
    source_port: int = 0
    target_port: int = 0
    icmp_type: int = 0
    icmp_code: int = 0
    established: bool = False

    def __str__(self) -> str:
        source, target = (address_text(self.family, one) for one in (self.source, self.target))
        name = {1: "icmp", 6: "tcp", 17: "udp", 58: "icmp6"}.get(self.protocol, f"protocol {self.protocol}")
        match self.protocol:
            case 6 | 17:
                state = " (ACK or RST set)" if self.established else ""
                return f"{name} {source}:{self.source_port} → {target}:{self.target_port}{state}"
            case 1 | 58:
                return f"{name} type {self.icmp_type} code {self.icmp_code} {source} → {target}"
            case _:
                return f"{name} {source} → {target}"


def address_text(family: Family, number: int) -> str:
    """An address as people write it."""
    return str(IPv4Address(number) if family == "ipv4" else IPv6Address(number))
