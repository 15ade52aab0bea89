"""The plain interpreter, case by case: it is what the algebra is measured with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sanso.network.packets import Match, Packet, any_address, network_range
from sanso.network.snapshot import AccessList, Line, Rule
from sanso.proof.interpreter import Verdict, judge, matches
from tests.proof.small_world import ICMP, TCP, UDP, access_list

ANY = any_address("ipv4")
WEB = Match("ipv4", (network_range("10.0.0.0/24"),), ANY, TCP, target_ports=((80, 80), (443, 443)))
REQUEST = Packet("ipv4", network_range("10.0.0.7/32")[0], 1, 6, 50000, 443)


@pytest.mark.parametrize(
    ("packet", "match", "expected"),
    [
        (REQUEST, WEB, True),
        (replace(REQUEST, target_port=81), WEB, False),
        (replace(REQUEST, source=1), WEB, False),
        (replace(REQUEST, protocol=17), WEB, False),
        (replace(REQUEST, protocol=17), replace(WEB, protocols=((0, 255),)), True),
        (replace(REQUEST, protocol=47), replace(WEB, protocols=((0, 255),)), False),
        (replace(REQUEST, protocol=1), replace(WEB, protocols=((0, 255),)), False),
        (replace(REQUEST, family="ipv6"), WEB, False),
        (REQUEST, Match("ipv4", ANY, ANY, established=True), False),
        (replace(REQUEST, established=True), Match("ipv4", ANY, ANY, established=True), True),
        (replace(REQUEST, established=True), Match("ipv4", ANY, ANY, established=False), False),
        (replace(REQUEST, protocol=17, established=True), Match("ipv4", ANY, ANY, established=True), False),
        (Packet("ipv4", 1, 1, 1, icmp_type=8), Match("ipv4", ANY, ANY, ICMP, icmp_types=((8, 8),)), True),
        (Packet("ipv4", 1, 1, 1, icmp_type=0), Match("ipv4", ANY, ANY, ICMP, icmp_types=((8, 8),)), False),
        (Packet("ipv4", 1, 1, 1, icmp_type=3, icmp_code=4), Match("ipv4", ANY, ANY, icmp_codes=((4, 4),)), True),
        (Packet("ipv4", 1, 1, 6, icmp_code=4), Match("ipv4", ANY, ANY, icmp_codes=((4, 4),)), False),
        (Packet("ipv4", 1, 1, 6), Match("ipv4", ANY, ()), False),
    ],
)
def test_a_match(packet: Packet, match: Match, expected: bool) -> None:
    assert matches(match, packet) is expected


def test_the_first_line_that_matches_decides() -> None:
    acl = access_list(rule("deny", UDP), rule("permit", TCP), rule("deny", TCP))
    assert judge(acl, REQUEST) == Verdict(permitted=True, rule=acl.rules[1])


def test_what_no_line_matches_is_denied() -> None:
    assert judge(access_list(rule("permit", UDP)), REQUEST) == Verdict(permitted=False)


def test_a_list_without_lines_permits() -> None:
    assert judge(access_list(), REQUEST) == Verdict(permitted=True)


@pytest.mark.parametrize(("kind", "permitted"), [(134, False), (135, True), (136, True), (137, False)])
def test_neighbour_discovery_passes_an_ipv6_list(kind: int, permitted: bool) -> None:
    acl = AccessList("ipv6", "LIST", access_list(rule("permit", UDP)).rules, Line("", 1, ""))
    packet = Packet("ipv6", 1, 2, 58, icmp_type=kind)
    assert judge(acl, packet).permitted is permitted
    assert not judge(replace(acl, family="ipv4"), replace(packet, family="ipv4")).permitted


@pytest.mark.parametrize(
    ("doubtful", "after", "permitted", "certain"),
    [
        ("permit", "permit", True, True),
        ("permit", "deny", True, False),
        ("deny", "permit", True, False),
        ("deny", "deny", False, True),
    ],
)
def test_a_line_that_was_not_understood(doubtful: str, after: str, permitted: bool, certain: bool) -> None:
    unknown = Rule(doubtful, (), Line("", 1, ""), understood=False)  # type: ignore[arg-type]
    verdict = judge(access_list(unknown, rule(after, TCP)), REQUEST)
    assert (verdict.permitted, verdict.certain) == (permitted, certain)


def rule(action: str, protocols: tuple[tuple[int, int], ...]) -> Rule:
    return Rule(action, (Match("ipv4", ANY, ANY, protocols),), Line("", 1, action))  # type: ignore[arg-type]
