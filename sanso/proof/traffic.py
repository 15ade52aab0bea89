"""Sets of services in words: ``tcp/443``, ``udp/53``, ``icmp echo``; what only answers is told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_address, summarize_address_range
from itertools import islice
from typing import NamedTuple

from sanso.messages import Language, text
from sanso.network.facts import Family
from sanso.network.packets import ANY_BYTE, ANY_PORT, BITS, Range, Ranges, address_text, joined
from sanso.proof.services import ICMP, ICMP6, ICMP_PROTOCOLS, SCTP, TCP, UDP, Service, Services

PROTOCOLS: Mapping[int, str] = {
    ICMP: "icmp", 2: "igmp", 4: "ipip", TCP: "tcp", UDP: "udp", 41: "ipv6", 47: "gre", 50: "esp", 51: "ah",
    ICMP6: "icmp6", 88: "eigrp", 89: "ospf", 103: "pim", 112: "vrrp", SCTP: "sctp",
}  # fmt: skip
"""IP protocol numbers by name (IANA)."""

TYPES: Mapping[int, Mapping[int, str]] = {
    ICMP: {
        0: "echo reply", 3: "unreachable", 5: "redirect", 8: "echo", 11: "time exceeded", 12: "parameter problem",
        13: "timestamp", 14: "timestamp reply",
    },
    ICMP6: {
        1: "unreachable", 2: "too big", 3: "time exceeded", 4: "parameter problem", 128: "echo", 129: "echo reply",
        133: "router solicitation", 134: "router advertisement", 135: "neighbour solicitation",
        136: "neighbour advertisement", 137: "redirect",
    },
}  # fmt: skip
"""Types of ICMP (RFC 792) and ICMPv6 (RFC 4443, RFC 4861)."""
ERRORS: Mapping[int, Ranges] = {ICMP: ((3, 3), (11, 12)), ICMP6: ((1, 4),)}
"""Types that report what became of another packet."""
REPLIES: Mapping[int, Ranges] = {ICMP: ((0, 0), (14, 14)), ICMP6: ((129, 129),)}
"""Types that answer another packet, errors aside."""


FEW = 4
"""So many prefixes say a range of addresses better than its ends."""


class Words(NamedTuple):
    """A set of services in words, in a fixed order.

    Ports are target ports in ``opens``, and in ``answers`` source ports, those of the service that answers; where
    both matter they stand as ``tcp/1024-65535→22``.
    """

    opens: tuple[str, ...] = ()
    """What may be begun."""
    answers: tuple[str, ...] = ()
    """What answers: from a service's port, of TCP with ACK or RST set alone; ICMP replies and errors."""

    def said(self, lang: Language) -> str:
        """In one line."""
        comma = text("traffic.comma", lang)
        answers = text("traffic.answers", lang, services=comma.join(self.answers)) if self.answers else ""
        return comma.join([*self.opens, *([answers] if answers else [])]) or text("traffic.nothing", lang)


def words(services: Services, bits: int, lang: Language) -> Words:
    """Say a set of services; ICMP and ICMPv6 are not told apart, for the family of the packets does that."""
    if bits == services.every:
        return Words((text("traffic.everything", lang),))
    rows = services.described(bits)
    opens: dict[str, None] = {}
    answers: dict[str, None] = {}
    for protocol in (TCP, UDP, SCTP):
        begun, answered = _of_ports(protocol, [row for row in rows if row.protocols == ((protocol, protocol),)])
        opens.update(dict.fromkeys(begun))
        answers.update(dict.fromkeys(answered))
    for protocol in ICMP_PROTOCOLS:
        begun, answered = _of_types(protocol, [row for row in rows if row.protocols == ((protocol, protocol),)])
        opens.update(dict.fromkeys(begun))
        answers.update(dict.fromkeys(answered))
    others = joined(one for row in rows if _is_other(row) for one in row.protocols)
    opens.update(dict.fromkeys(_of_others(services, others, lang)))
    return Words(tuple(opens), tuple(one for one in answers if one not in opens))


def addresses(family: Family, ranges: Ranges) -> str:
    """Ranges of addresses as prefixes and hosts; one that is no few prefixes by its ends."""
    return ", ".join(part for one in ranges for part in _addresses(family, one))


def _addresses(family: Family, one: Range) -> list[str]:
    first, last = (address_text(family, end) for end in one)
    networks = [str(net) for net in islice(summarize_address_range(ip_address(first), ip_address(last)), FEW + 1)]
    return [net.removesuffix(f"/{BITS[family]}") for net in networks] if len(networks) <= FEW else [f"{first}-{last}"]


# ----- ports ---------------------------------------------------------------------------------------------------


def _of_ports(protocol: int, rows: list[Service]) -> tuple[list[str], list[str]]:
    """What is begun, and what answers; of TCP with ACK or RST only what may not be begun as well."""
    name = PROTOCOLS[protocol]
    if protocol != TCP:
        plain = _split(rows)
        answers = () if plain.from_any == ANY_PORT else plain.to_any
        return [*_ports(name, plain.from_any), *_pairs(name, plain.rest)], list(_ports(name, answers))
    new, known = (_split([row for row in rows if row.established is state]) for state in (False, True))
    opens = [*_ports(name, new.from_any), *_pairs(name, [*_to_any(new), *new.rest])]
    late = [(ANY_PORT, ports)] if (ports := _less(known.from_any, new.from_any)) and known.to_any != ANY_PORT else []
    rest = [pair for pair in known.rest if pair not in new.rest]
    answers = () if new.from_any == ANY_PORT else _less(known.to_any, new.to_any)
    return opens, [*_ports(name, answers), *_pairs(name, [*late, *rest])]


class _Split(NamedTuple):
    """Source ports × target ports as whole columns, whole rows, and what is neither."""

    from_any: Ranges
    to_any: Ranges
    rest: list[tuple[Ranges, Ranges]]


def _split(rows: list[Service]) -> _Split:
    from_any: Ranges = ANY_PORT if joined(one for row in rows for one in row.source_ports) == ANY_PORT else ()
    for row in rows:
        from_any = _common(from_any, row.target_ports)
    to_any = joined(one for row in rows if row.target_ports == ANY_PORT for one in row.source_ports)
    narrow = [row for row in rows if row.target_ports != ANY_PORT]
    rest = [(row.source_ports, left) for row in narrow if (left := _less(row.target_ports, from_any))]
    return _Split(from_any, to_any, rest)


def _to_any(split: _Split) -> list[tuple[Ranges, Ranges]]:
    return [(split.to_any, ANY_PORT)] if split.to_any and split.from_any != ANY_PORT else []


def _ports(name: str, ranges: Ranges) -> Iterator[str]:
    yield from (f"{name}/{_numbers(one, ANY_PORT)}" for one in ranges)


def _pairs(name: str, pairs: Iterable[tuple[Ranges, Ranges]]) -> Iterator[str]:
    for sources, targets in pairs:
        sides = ("+".join(_numbers(one, ANY_PORT) for one in ranges) for ranges in (sources, targets))
        yield f"{name}/{'→'.join(sides)}"


# ----- types and protocols -------------------------------------------------------------------------------------


def _of_types(protocol: int, rows: list[Service]) -> tuple[list[str], list[str]]:
    opens: list[str] = []
    answers: list[str] = []
    for row in rows:
        codes = "" if row.icmp_codes == ANY_BYTE else f" code {'+'.join(_numbers(one) for one in row.icmp_codes)}"
        types = row.icmp_types
        if types == ANY_BYTE:
            opens.append(f"icmp{codes}")
            continue
        if _less(ERRORS[protocol], types) == ():
            answers.append(f"icmp errors{codes}")
            types = _less(types, ERRORS[protocol])
        back = _common(types, joined((*REPLIES[protocol], *ERRORS[protocol])))
        answers += [f"icmp {name}{codes}" for name in _type_names(protocol, back)]
        opens += [f"icmp {name}{codes}" for name in _type_names(protocol, _less(types, back))]
    return opens, answers


def _type_names(protocol: int, types: Ranges) -> Iterator[str]:
    for first, last in types:
        few = range(first, last + 1) if last - first < 8 else ()
        if few and all(number in TYPES[protocol] for number in few):
            yield from (TYPES[protocol][number] for number in few)
        else:
            yield f"type {_numbers((first, last))}"


def _is_other(row: Service) -> bool:
    return row.protocols[0][0] != row.protocols[0][1] or row.protocols[0][0] not in (TCP, UDP, SCTP, ICMP, ICMP6)


def _of_others(services: Services, protocols: Ranges, lang: Language) -> Iterator[str]:
    """Protocols without ports: by name, or in one word where all of them pass."""
    every = joined(one for row in services.described(services.every) if _is_other(row) for one in row.protocols)
    if protocols and protocols == every:
        yield text("traffic.others", lang)
        return
    for first, last in protocols:
        name = PROTOCOLS.get(first) if first == last else None
        yield name or text("traffic.protocol", lang, number=_numbers((first, last)))


# ----- ranges --------------------------------------------------------------------------------------------------


def _numbers(one: Range, whole: Ranges = ()) -> str:
    first, last = one
    if (one,) == whole:
        return "any"
    return str(first) if first == last else f"{first}-{last}"


def _common(one: Ranges, other: Ranges) -> Ranges:
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return joined((first, last) for first, last in pairs if first <= last)


def _less(one: Ranges, other: Ranges) -> Ranges:
    left = list(one)
    for first, last in other:
        left = [
            part for a, b in left for part in ((a, min(b, first - 1)), (max(a, last + 1), b)) if part[0] <= part[1]
        ]
    return joined(left)
