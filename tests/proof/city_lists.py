"""The access lists of a city as its devices should hold them, in the words of the proof."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network

from sanso.network.facts import Acl, Entry, Family, Ports
from sanso.network.packets import ANY_BYTE, Match, Range, Ranges, any_address
from sanso.network.snapshot import AccessList, Line, Rule
from sanso.render import Intent

NUMBERS: dict[Family, dict[str, int]] = {
    "ipv4": {"tcp": 6, "udp": 17, "icmp": 1},
    "ipv6": {"tcp": 6, "udp": 17, "icmp": 58},
}


def access_lists(intents: dict[str, Intent]) -> Iterator[AccessList]:
    """Every list of every device."""
    for intent in intents.values():
        for acl in intent.facts.acls.values():
            yield access_list(acl, f"{intent.facts.hostname}.cfg")


def access_list(acl: Acl, file: str) -> AccessList:
    """One list, its lines numbered as they stand below its heading in the file."""
    rules = tuple(
        Rule(entry.action, (match_of(entry, acl.family),), Line(file, number, text_of(entry)), sequence)
        for number, (sequence, entry) in enumerate(acl.entries.items(), 2)
        if entry.action in ("permit", "deny")
    )
    return AccessList(acl.family, acl.name, rules, Line(file, 1, f"access-list {acl.name}"))


def match_of(entry: Entry, family: Family) -> Match:
    protocol = NUMBERS[family].get(entry.protocol)
    return Match(
        family,
        _addresses(entry.source, family),
        _addresses(entry.target, family),
        ANY_BYTE if entry.protocol == "ip" else (_only(int(entry.protocol) if protocol is None else protocol),),
        _ports(entry.source_ports),
        _ports(entry.target_ports),
        ANY_BYTE if entry.icmp_type is None else (_only(entry.icmp_type),),
        established=True if entry.established else None,
    )


def text_of(entry: Entry) -> str:
    return f"{entry.action} {entry.protocol} {entry.source or 'any'} {entry.target or 'any'}"


def _addresses(network: IPv4Network | IPv6Network | None, family: Family) -> Ranges:
    if network is None:
        return any_address(family)
    return ((int(network.network_address), int(network.broadcast_address)),)


def _ports(ports: Ports) -> Ranges:
    return ((ports.first, ports.last),)


def _only(number: int) -> Range:
    return number, number
