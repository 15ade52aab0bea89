"""One line of an ACL: what it matches.

Where a line has a condition that packets here have no place for (a time range, DSCP, a TCP flag …), what it says is
taken on the safe side: a permit permits as if the condition always held, a deny denies as if it never did.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from sanso.network.facts import Family
from sanso.network.packets import ANY_BYTE, ANY_PORT, Match, Ranges, any_address
from sanso.platforms.industry.snapshot.addresses import host_range, prefix_range, wildcard_ranges
from sanso.platforms.industry.snapshot.groups import Groups
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
from sanso.platforms.industry.snapshot.words import NoGroup, NotUnderstood, Words

_LOG = frozenset({"log", "log-input"})
_ACK_OR_RST = frozenset({"ack", "rst", "+ack", "+rst"})
_FLAGS = frozenset({"fin", "syn", "psh", "urg", "ece", "cwr", "match-any", "match-all"}) | _ACK_OR_RST
_LIMITS = {"eq": 64, "neq": 64, "range": 2}
"""Ports that an operator takes, where it is not one; devices take fewer."""
_WITH_PORTS = (TCP, UDP, SCTP)


class Reading(NamedTuple):
    """What a line of an ACL says; ``why`` is the catalogue key of what was not understood."""

    action: Literal["permit", "deny"]
    matches: tuple[Match, ...] = ()
    why: str = ""


class EntryReader:
    """Reads entries of one network OS; what needs no object group is read once, wherever it stands."""

    def __init__(self, names: ServiceNames) -> None:
        self._names = names
        self._none = Groups(names)
        self._plain = lru_cache(maxsize=2**15)(self._read)

    def read(self, family: Family, text: str, groups: Groups, *, standard: bool) -> Reading:
        """Read an entry without its sequence number.

        Args:
            family: of the list.
            text: the entry.
            groups: object groups of the device.
            standard: whether the list tells sources alone.
        """
        if "group" in text:
            return self._read(family, text, standard, groups)
        return self._plain(family, text, standard)

    def _read(self, family: Family, text: str, standard: bool, groups: Groups | None = None) -> Reading:
        words = Words(text.split())
        action = words.next
        if action == "evaluate":
            return Reading("permit", why="reflexive")
        if action not in ("permit", "deny"):
            return Reading("permit", why="acl_entry")
        words.take()
        told: Literal["permit", "deny"] = "permit" if action == "permit" else "deny"
        try:
            parse = self._standard if standard else self._extended
            matches, why = parse(family, words, groups or self._none)
        except NoGroup:
            return Reading(told, why="object_group")
        except (NotUnderstood, ValueError):
            return Reading(told, why="acl_entry")
        if why == "fragments":
            # packets here are whole: a deny of fragments denies none of them
            return Reading("deny") if told == "deny" else Reading(told, matches, "acl_condition")
        return Reading(told, matches if told == "permit" or not why or why == "reflexive" else (), why)

    def _standard(self, family: Family, words: Words, groups: Groups) -> tuple[tuple[Match, ...], str]:
        """``any``, ``host A``, ``A``, ``A W`` or ``A/L``."""
        word = words.next
        if word in ("any", "host", "object-group") or "/" in word:
            sources = _addresses(family, words, groups)
        else:
            words.take()
            wildcard = words.take() if words.next[:1].isdecimal() else ""
            sources = wildcard_ranges(word, wildcard) if wildcard else host_range(family, word)
        return (Match(family, sources, any_address(family)),), _condition(words.rest())[1]

    def _extended(self, family: Family, words: Words, groups: Groups) -> tuple[tuple[Match, ...], str]:
        services = self._services(family, words, groups)
        number = _single(services)
        sources = _addresses(family, words, groups)
        source_ports = self._ports(number, words, groups)
        targets = _addresses(family, words, groups)
        target_ports = self._ports(number, words, groups)
        if source_ports is not ANY_PORT or target_ports is not ANY_PORT:
            if number not in _WITH_PORTS:
                raise NotUnderstood
            services = [Service(services[0].protocols, source_ports, target_ports)]
        elif number == ICMP_NUMBER[family] and len(services) == 1 and services[0].icmp_types is ANY_BYTE:
            services = [self._icmp(family, services[0], words)]
        established, why = _condition(words.rest()) if words.next else (None, "")
        if established is not None and number != TCP:
            raise NotUnderstood
        found = [
            Match(
                family,
                sources,
                targets,
                service.protocols,
                service.source_ports,
                service.target_ports,
                service.icmp_types,
                service.icmp_codes,
                established,
            )
            for service in services
        ]
        return tuple(found), why

    def _services(self, family: Family, words: Words, groups: Groups) -> list[Service]:
        word = words.take()
        if word == "object-group":
            return groups.services(family, words.take())
        protocols = self._names.protocols(family, word)
        if protocols is None:
            raise NotUnderstood
        return [Service(protocols)]

    def _ports(self, number: int, words: Words, groups: Groups) -> Ranges:
        """Ports after an address: an operator and as many ports as follow, or a group of ports."""
        operator = words.next
        if operator == "portgroup":
            words.take()
            return groups.ports(words.take())
        if operator not in OPERATORS or number not in _WITH_PORTS:
            return ANY_PORT
        words.take()
        numbers: list[int] = []
        limit = _LIMITS.get(operator, 1)
        while len(numbers) < limit and (port := self._names.port(number, words.next)) is not None:
            numbers.append(port)
            words.take()
        return ports(operator, tuple(numbers))

    def _icmp(self, family: Family, service: Service, words: Words) -> Service:
        told = self._names.icmp(family, words.next)
        if told is None:
            return service
        words.take()
        types, codes = told
        if words.next.isdecimal():
            codes = ((int(words.next), int(words.take())),)
        return Service(service.protocols, icmp_types=types, icmp_codes=codes)


def _single(services: list[Service]) -> int:
    """The one protocol number of services; -1 if there are several."""
    if len(services) != 1 or len(services[0].protocols) != 1:
        return -1
    first, last = services[0].protocols[0]
    return first if first == last else -1


def _addresses(family: Family, words: Words, groups: Groups) -> Ranges:
    """``any``, ``host A``, ``A W``, ``A/L`` or a group."""
    word = words.take()
    if word == "any":
        return any_address(family)
    if word == "host":
        return host_range(family, words.take())
    if word in ("object-group", "addrgroup"):
        return groups.addresses(family, words.take())
    if "/" in word:
        return prefix_range(family, word)
    if family == "ipv6":
        raise NotUnderstood
    return wildcard_ranges(word, words.take())


def _condition(words: list[str]) -> tuple[bool | None, str]:
    """Whether ACK or RST is asked for, and the catalogue key of conditions that cannot be told."""
    established: bool | None = None
    why = ""
    flags: set[str] = set()
    for word in words:
        if word == "established":
            established = True
        elif word in _FLAGS or word[:1] in "+-":
            flags.add(word)
        elif word == "fragments":
            why = why or "fragments"
        elif word == "reflect":
            why = "reflexive"
        elif word not in _LOG and why != "reflexive":
            why = "acl_condition"
    if flags:
        if flags <= _ACK_OR_RST:
            established = True
        why = "acl_condition"
    return established, why
