"""Words of services: exact ones for what people write, and nothing that passes goes unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.messages import LANGUAGES
from sanso.network.packets import Match, Packet, Ranges, any_address
from sanso.proof.services import Services
from sanso.proof.traffic import PROTOCOLS, TYPES, Words, addresses, words
from tests.proof.small_world import SERVICES, SLOW, Fields, matches

ANY = Match("ipv4", any_address("ipv4"), any_address("ipv4"))
TCP, UDP, ICMP, ICMP6 = (replace(ANY, protocols=((number, number),)) for number in (6, 17, 1, 58))
HTTPS, DNS, WSUS = ((443, 443),), ((53, 53),), ((8530, 8531),)


def said(*found: Match) -> Words:
    services = Services(found)
    bits = 0
    for match in found:
        bits |= services.of(match)
    return words(services, bits, "en")


@pytest.mark.parametrize(
    ("found", "opens", "answers"),
    [
        ([ANY], ["everything"], []),
        ([], [], []),
        ([replace(TCP, target_ports=HTTPS)], ["tcp/443"], []),
        ([replace(TCP, target_ports=HTTPS), replace(UDP, target_ports=DNS)], ["tcp/443", "udp/53"], []),
        ([replace(TCP, target_ports=((80, 80), (443, 443)))], ["tcp/80", "tcp/443"], []),
        ([replace(TCP, target_ports=WSUS), replace(TCP, target_ports=((8532, 8532),))], ["tcp/8530-8532"], []),
        ([replace(TCP, source_ports=HTTPS, established=True)], [], ["tcp/443"]),
        ([replace(TCP, established=True)], [], ["tcp/any"]),
        ([replace(TCP, target_ports=HTTPS, established=True)], [], ["tcp/any→443"]),
        ([replace(TCP, source_ports=HTTPS)], ["tcp/443→any"], []),
        ([replace(UDP, source_ports=DNS)], [], ["udp/53"]),
        ([replace(UDP, source_ports=DNS, target_ports=HTTPS)], ["udp/53→443"], []),
        ([TCP, UDP], ["tcp/any", "udp/any"], []),
        (
            [replace(TCP, target_ports=HTTPS), replace(TCP, source_ports=WSUS, established=True)],
            ["tcp/443"],
            ["tcp/8530-8531"],
        ),
        ([replace(ICMP, icmp_types=((8, 8),))], ["icmp echo"], []),
        ([replace(ICMP, icmp_types=((0, 0),))], [], ["icmp echo reply"]),
        ([replace(ICMP6, icmp_types=((1, 4),))], [], ["icmp errors"]),
        ([replace(ICMP6, icmp_types=((1, 4), (128, 128)))], ["icmp echo"], ["icmp errors"]),
        ([replace(ICMP, icmp_types=((3, 3),), icmp_codes=((4, 4),))], [], ["icmp unreachable code 4"]),
        ([replace(ICMP, icmp_types=((77, 79),))], ["icmp type 77-79"], []),
        ([ICMP, ICMP6], ["icmp"], []),
        ([replace(ANY, protocols=((47, 47), (50, 51), (200, 200)))], ["gre", "protocol 50-51", "protocol 200"], []),
        ([replace(ANY, protocols=((0, 5), (7, 255)))], ["udp/any", "sctp/any", "icmp", "other protocols"], []),
    ],
)
def test_words(found: list[Match], opens: list[str], answers: list[str]) -> None:
    assert said(*found) == (tuple(opens), tuple(answers))


def test_a_line_of_words() -> None:
    told = Words(("tcp/443", "icmp echo"), ("tcp/22",))
    assert told.said("en") == "tcp/443, icmp echo, replies: tcp/22"
    assert told.said("ja") == "tcp/443、icmp echo、応答: tcp/22"
    assert all(Words().said(lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("10.1.0.0", "10.1.0.255", "10.1.0.0/24"),
        ("10.1.0.7", "10.1.0.7", "10.1.0.7"),
        ("10.1.0.0", "10.1.1.127", "10.1.0.0/24, 10.1.1.0/25"),
        ("10.1.0.1", "10.1.0.254", "10.1.0.1-10.1.0.254"),
        ("2001:db8::", "2001:db8::ffff:ffff:ffff:ffff", "2001:db8::/64"),
        ("2001:db8::1", "2001:db8::1", "2001:db8::1"),
        ("10.0.0.0", "10.255.255.255", "10.0.0.0/8"),
    ],
)
def test_addresses(first: str, last: str, text: str) -> None:
    family = "ipv6" if ":" in first else "ipv4"
    assert addresses(family, ((int(ip_address(first)), int(ip_address(last))),)) == text  # type: ignore[arg-type]


# ----- nothing goes unsaid ------------------------------------------------------------------------------------


@SLOW
@given(st.lists(matches(), max_size=5), st.lists(matches(), max_size=3))
def test_what_passes_is_said_and_what_opens_passes(found: list[Match], others: list[Match]) -> None:
    services = Services([*found, *others])
    bits = 0
    for match in found:
        bits |= services.of(match)
    told = words(services, bits, "en")
    for fields in SERVICES:
        passes = bool(services.atom_of(Packet("ipv4", 0, 0, *fields)) & bits)
        opened = any(covers(word, fields) for word in told.opens)
        answered = any(covers(word, fields, answers=True) for word in told.answers)
        assert not passes or opened or answered, (fields, told)
        if not fields[5] and fields[0] not in (1, 58):  # of TCP with ACK or RST set less is said than passes
            assert passes or not opened, (fields, told)


def covers(word: str, fields: Fields, *, answers: bool = False) -> bool:
    """Whether a word speaks of a packet, as a reader would take it."""
    protocol, source, target, kind, code, established = fields
    name = PROTOCOLS.get(protocol, "")
    if word == "everything":
        return True
    if word.startswith("icmp"):
        return protocol in TYPES and _of_type(word, protocol, kind, code)
    if "/" in word:
        sides = word.removeprefix(f"{name}/").split("→") if word.startswith(f"{name}/") else None
        if sides is None or (answers and protocol == 6 and not established):
            return False
        if len(sides) == 2:
            return _in(source, sides[0]) and _in(target, sides[1])
        return _in(source if answers else target, sides[0])
    if word == "other protocols":
        return protocol not in (1, 6, 17, 58, 132)
    return word == name or (word.startswith("protocol ") and _in(protocol, word.removeprefix("protocol ")))


def _of_type(word: str, protocol: int, kind: int, code: int) -> bool:
    plain, _, codes = word.partition(" code ")
    if codes and not _in(code, codes):
        return False
    if plain == "icmp errors":
        return any(first <= kind <= last for first, last in ERRORS_OF[protocol])
    number = re.fullmatch(r"icmp type (.*)", plain)
    return plain == "icmp" or plain == f"icmp {TYPES[protocol].get(kind)}" or bool(number and _in(kind, number[1]))


ERRORS_OF: dict[int, Ranges] = {1: ((3, 3), (11, 12)), 58: ((1, 4),)}


def _in(number: int, text: str) -> bool:
    if text == "any":
        return True
    spans = (part.partition("-") for part in text.split("+"))
    return any(int(first) <= number <= int(last or first) for first, _, last in spans)
