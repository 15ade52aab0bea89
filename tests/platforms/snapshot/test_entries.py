"""What lines of ACLs match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.network.packets import Match, Ranges, any_address, network_range
from sanso.platforms.industry.snapshot.addresses import wildcard_ranges
from tests.platforms.snapshot.texts import rules

IOS, EOS = "ios", "eos"
ANY4, ANY6 = any_address("ipv4"), any_address("ipv6")
EVERY = ((0, 65535),)


def net(*texts: str) -> Ranges:
    return tuple(network_range(text) for text in texts)


def match4(sources: Ranges = ANY4, targets: Ranges = ANY4, **rest: object) -> Match:
    return Match("ipv4", sources, targets, **rest)  # type: ignore[arg-type]


def match6(sources: Ranges = ANY6, targets: Ranges = ANY6, **rest: object) -> Match:
    return Match("ipv6", sources, targets, **rest)  # type: ignore[arg-type]


TCP, UDP, ICMP, ICMP6 = ((6, 6),), ((17, 17),), ((1, 1),), ((58, 58),)


@pytest.mark.parametrize(
    ("platform", "line", "expected"),
    [
        (IOS, "permit ip any any", match4()),
        (IOS, "permit ip any any log", match4()),
        (IOS, "permit ip any any log-input", match4()),
        (IOS, "deny   ip any any", match4()),
        (IOS, "permit ip host 10.0.0.1 10.1.0.0 0.0.255.255", match4(net("10.0.0.1"), net("10.1.0.0/16"))),
        (IOS, "permit ip 10.0.0.0 0.0.1.0 any", match4(net("10.0.0.0", "10.0.1.0"))),
        (IOS, "permit ip 10.0.0.255 0.255.0.0 any", match4(
            tuple((n << 16 | 10 << 24 | 255,) * 2 for n in range(256)))),
        (EOS, "permit ip 10.0.0.0/8 host 10.9.9.9", match4(net("10.0.0.0/8"), net("10.9.9.9"))),
        (EOS, "permit ip 10.0.0.0 0.255.255.255 any", match4(net("10.0.0.0/8"))),
        (IOS, "permit tcp any any eq www", match4(protocols=TCP, target_ports=((80, 80),))),
        (IOS, "permit tcp any any eq 443", match4(protocols=TCP, target_ports=((443, 443),))),
        (EOS, "permit tcp any any eq https", match4(protocols=TCP, target_ports=((443, 443),))),
        (IOS, "permit tcp any eq 22 80 any eq 443 444 8080", match4(
            protocols=TCP, source_ports=((22, 22), (80, 80)), target_ports=((443, 444), (8080, 8080)))),
        (IOS, "permit udp any any range 100 200", match4(protocols=UDP, target_ports=((100, 200),))),
        (IOS, "permit udp any gt 1023 any lt 10", match4(
            protocols=UDP, source_ports=((1024, 65535),), target_ports=((0, 9),))),
        (IOS, "permit udp any any neq snmp", match4(protocols=UDP, target_ports=((0, 160), (162, 65535)))),
        (IOS, "permit udp any any neq 0 65535", match4(protocols=UDP, target_ports=((1, 65534),))),
        (IOS, "permit udp any any lt 0", match4(protocols=UDP, target_ports=())),
        (IOS, "permit 6 any any", match4(protocols=TCP)),
        (IOS, "permit gre any any", match4(protocols=((47, 47),))),
        (IOS, "permit ospf any any", match4(protocols=((89, 89),))),
        (IOS, "permit sctp any any eq 80", match4(protocols=((132, 132),), target_ports=((80, 80),))),
        (IOS, "permit tcp any any established", match4(protocols=TCP, established=True)),
        (IOS, "deny tcp any any eq 23 established log", match4(
            protocols=TCP, target_ports=((23, 23),), established=True)),
        (IOS, "permit icmp any any", match4(protocols=ICMP)),
        (IOS, "permit icmp any any echo", match4(protocols=ICMP, icmp_types=((8, 8),))),
        (IOS, "permit icmp any any 3 4", match4(protocols=ICMP, icmp_types=((3, 3),), icmp_codes=((4, 4),))),
        (IOS, "permit icmp any any port-unreachable log", match4(
            protocols=ICMP, icmp_types=((3, 3),), icmp_codes=((3, 3),))),
        (IOS, "permit icmp any any packet-too-big", match4(
            protocols=ICMP, icmp_types=((3, 3),), icmp_codes=((4, 4),))),
        (IOS, "permit ipv6 any any", match6()),
        (IOS, "permit tcp 2001:DB8::/32 host 2001:DB8::1 eq 22", match6(
            net("2001:db8::/32"), net("2001:db8::1"), protocols=TCP, target_ports=((22, 22),))),
        (IOS, "permit icmp any any nd-ns", match6(protocols=ICMP6, icmp_types=((135, 135),))),
        (IOS, "permit icmp any any packet-too-big", match6(protocols=ICMP6, icmp_types=((2, 2),))),
        (IOS, "permit icmp any any no-route", match6(protocols=ICMP6, icmp_types=((1, 1),), icmp_codes=((0, 0),))),
        (EOS, "permit icmpv6 any any neighbor-solicitation", match6(protocols=ICMP6, icmp_types=((135, 135),))),
    ],
)  # fmt: skip
def test_lines_that_are_understood(platform: str, line: str, expected: Match) -> None:
    (rule,) = rules([line], platform, expected.family)
    assert rule.understood
    assert rule.matches == (expected,)
    assert rule.action == line.split()[0]


@pytest.mark.parametrize(
    "condition",
    ["time-range NIGHT", "dscp ef", "tos 4", "precedence critical", "ttl eq 1", "option any-options", "log COOKIE"],
)
def test_conditions_are_taken_on_the_safe_side(condition: str) -> None:
    permit, deny = rules([f"permit ip host 10.0.0.1 any {condition}", f"deny ip host 10.0.0.1 any {condition}"])
    assert (permit.matches, permit.understood) == ((match4(net("10.0.0.1")),), False)
    assert (deny.matches, deny.understood) == ((), False)


@pytest.mark.parametrize(
    ("flags", "established"),
    [
        ("syn", None), ("fin", None), ("ack", True), ("rst", True), ("ack rst", True), ("match-all +ack -syn", None),
        ("syn ack", None), ("match-any +ack +rst", None), ("+ack", True),
    ],
)  # fmt: skip
def test_tcp_flags_are_taken_on_the_safe_side(flags: str, established: bool | None) -> None:
    permit, deny = rules([f"permit tcp any any {flags}", f"deny tcp any any {flags}"])
    assert permit.matches == (match4(protocols=TCP, established=established),)
    assert deny.matches == ()
    assert not permit.understood
    assert not deny.understood


def test_fragments_are_permitted_and_none_is_denied() -> None:
    permit, deny = rules(["permit ip any host 10.0.0.1 fragments", "deny ip any any fragments"])
    assert (permit.matches, permit.understood) == ((match4(targets=net("10.0.0.1")),), False)
    assert (deny.matches, deny.understood) == ((), True)


@pytest.mark.parametrize(
    "line",
    [
        "permit ip any",
        "permit",
        "permit nosuch any any",
        "permit ip 10.0.0.1 any",
        "permit ip host 10.0.0.999 any",
        "permit ip 10.0.0.0/33 any",
        "permit ip any eq 80 any",
        "permit tcp any any eq",
        "permit tcp any any eq nosuch",
        "permit tcp any any eq 65536",
        "permit tcp any any range 20 10",
        "permit udp any any established",
        "permit 256 any any",
        "permit ip object-group NOSUCH any",
        "permit object-group NOSUCH any any",
        "permit tcp any any portgroup NOSUCH",
        "permit ip 0.0.0.0 170.170.170.170 0.0.0.0 254.254.254.254",
        "dynamic KEY permit ip any any",
        "no 10",
        "10",
    ],
)
def test_lines_that_are_not_understood_may_permit_anything(line: str) -> None:
    (rule,) = rules([line])
    assert (rule.action, rule.matches, rule.understood) == ("permit", (), False)


def test_a_deny_that_is_not_understood_is_no_permit() -> None:
    (rule,) = rules(["deny ip object-group NOSUCH any"])
    assert (rule.action, rule.matches, rule.understood) == ("deny", (), False)


def test_reflexive_lines() -> None:
    reflect, evaluate = rules(["permit tcp any any reflect SEEN", "evaluate SEEN"])
    assert (reflect.matches, reflect.understood) == ((match4(protocols=TCP),), False)
    assert (evaluate.action, evaluate.matches, evaluate.understood) == ("permit", (), False)


@given(
    st.integers(0, 2**32 - 1), st.sets(st.integers(0, 31), max_size=9).map(lambda bits: sum(1 << bit for bit in bits))
)
def test_wildcards_are_the_addresses_that_differ_in_their_bits_alone(address: int, wildcard: int) -> None:
    def text(number: int) -> str:
        return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))

    ranges = wildcard_ranges(text(address), text(wildcard))
    found = {number for first, last in ranges for number in range(first, last + 1)}
    bits = [1 << bit for bit in range(32) if wildcard >> bit & 1]
    expected = {address & ~wildcard}
    for bit in bits:
        expected |= {number | bit for number in expected}
    assert found == expected
    assert list(ranges) == sorted(ranges)
    assert all(ranges[at][1] + 1 < ranges[at + 1][0] for at in range(len(ranges) - 1))
