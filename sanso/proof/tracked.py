"""What connection tracking knows of packets: which begin a connection, which answer it, and which follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanso.network.facts import Family
from sanso.network.packets import Ranges
from sanso.proof.approved import ERRORS
from sanso.proof.services import ICMP, ICMP6, TCP, Service

REQUESTS = {ICMP: {8: 0, 13: 14, 15: 16, 17: 18}, ICMP6: {128: 129, 139: 140}}
"""Types of ICMP that begin a connection, and the type that answers (Linux nf_conntrack_proto_icmp, …_icmpv6)."""
NEVER_TRACKED: Ranges = ((130, 137), (143, 143))
"""Types of ICMPv6 that Linux does not track: neighbours, routers, multicast listeners."""


def answers_of(service: Service) -> Iterator[Service]:
    """What answers packets of a service: ports change sides, TCP has ACK or RST set, ICMP its answer's type."""
    for number, types in REQUESTS.items():
        if _holds(service.protocols, number) and _portless(service):
            yield from (icmp(number, ((types[one], types[one]),)) for one in types if _holds(service.icmp_types, one))
    if service.icmp_types != Service().icmp_types or service.icmp_codes != Service().icmp_codes:
        return
    swapped = service._replace(source_ports=service.target_ports, target_ports=service.source_ports)
    if _holds(service.protocols, TCP):
        yield swapped._replace(protocols=((TCP, TCP),), established=True)
    if service.established is None:
        rest = without(service.protocols, (TCP, ICMP, ICMP6))
        if rest:
            yield swapped._replace(protocols=rest)


def followers_of(service: Service) -> Iterator[Service]:
    """What follows packets of a service, new ones, the same way: TCP has ACK or RST set; all else is as it was."""
    if _holds(service.protocols, TCP) and service.established is not True:
        plain = service.icmp_types == Service().icmp_types and service.icmp_codes == Service().icmp_codes
        yield from [service._replace(protocols=((TCP, TCP),), established=True)] if plain else []


def icmp(number: int, types: Ranges) -> Service:
    """ICMP of some types."""
    return Service(((number, number),), icmp_types=types)


def error_of(family: Family) -> Service:
    """ICMP that tells of another packet."""
    return icmp(ICMP if family == "ipv4" else ICMP6, ERRORS[family])


def _portless(service: Service) -> bool:
    return service.source_ports == service.target_ports == Service().source_ports and service.established is None


def _holds(ranges: Ranges, number: int) -> bool:
    return any(first <= number <= last for first, last in ranges)


def others(ranges: Ranges, last: int = 255) -> Ranges:
    """Every number up to the last that is in none of the ranges."""
    edges = [-1, *(edge for one in ranges for edge in one), last + 1]
    return tuple((one + 1, other - 1) for one, other in zip(edges[::2], edges[1::2], strict=True) if other - one > 1)


def without(ranges: Ranges, numbers: Iterable[int]) -> Ranges:
    """The ranges less some numbers, none of which may be in two of them."""
    for number in numbers:
        ranges = tuple(
            part
            for first, last in ranges
            for part in ([(first, number - 1), (number + 1, last)] if first <= number <= last else [(first, last)])
            if part[0] <= part[1]
        )
    return ranges
