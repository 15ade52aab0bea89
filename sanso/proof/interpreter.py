"""The plain way: one packet, one list, line by line.

It shares nothing with the algebra of boxes and bits, so that replaying a witness here tells whether that was right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sanso.network.packets import ANY_BYTE, ANY_PORT, Match, Packet, Ranges
from sanso.network.snapshot import AccessList, Rule

_WITH_PORTS = {6, 17, 132}
_ICMP = {1, 58}
_NEIGHBOUR_DISCOVERY = {135, 136}


@dataclass(frozen=True)
class Verdict:
    """What becomes of a packet.

    ``rule`` is the line that decides; None is what no line says: the implied deny, IPv6's neighbour discovery, or a
    list without rules.  ``certain`` is False where a line that was not understood could decide otherwise.
    """

    permitted: bool
    rule: Rule | None = None
    certain: bool = True


def judge(acl: AccessList, packet: Packet) -> Verdict:
    """First match wins; a permit that was not understood is taken to permit, a deny to deny nothing."""
    permitted, rule = _read(acl, packet, "permit")
    surely, _ = _read(acl, packet, "deny")
    return Verdict(permitted, rule, certain=permitted == surely)


def _read(acl: AccessList, packet: Packet, matching: Literal["permit", "deny"]) -> tuple[bool, Rule | None]:
    """Read the list from the top; of the rules not understood, those of one action match the packet."""
    for rule in acl.rules:
        hit = any(matches(match, packet) for match in rule.matches) if rule.understood else rule.action == matching
        if hit:
            return rule.action == "permit", rule
    discovery = acl.family == "ipv6" and packet.protocol == 58 and packet.icmp_type in _NEIGHBOUR_DISCOVERY
    return discovery or not acl.rules, None


def matches(match: Match, packet: Packet) -> bool:
    """Whether a packet has everything that a match asks."""
    return (
        match.family == packet.family
        and _within(packet.source, match.sources)
        and _within(packet.target, match.targets)
        and _within(packet.protocol, match.protocols)
        and _ports_match(match, packet)
        and _icmp_matches(match, packet)
        and _state_matches(match, packet)
    )


def _ports_match(match: Match, packet: Packet) -> bool:
    if match.source_ports == match.target_ports == ANY_PORT:
        return True
    if packet.protocol not in _WITH_PORTS:
        return False
    return _within(packet.source_port, match.source_ports) and _within(packet.target_port, match.target_ports)


def _icmp_matches(match: Match, packet: Packet) -> bool:
    if match.icmp_types == match.icmp_codes == ANY_BYTE:
        return True
    if packet.protocol not in _ICMP:
        return False
    return _within(packet.icmp_type, match.icmp_types) and _within(packet.icmp_code, match.icmp_codes)


def _state_matches(match: Match, packet: Packet) -> bool:
    return match.established is None or (packet.protocol == 6 and packet.established == match.established)


def _within(number: int, ranges: Ranges) -> bool:
    return any(first <= number <= last for first, last in ranges)
