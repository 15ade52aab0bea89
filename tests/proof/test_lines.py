"""Lines that do nothing: against painting the list, and painting it again without the line."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sanso.network.facts import Family
from sanso.network.packets import Match, any_address, network_range
from sanso.network.snapshot import AccessList, Line, Rule
from sanso.proof.filters import Filter, services_of
from sanso.proof.lines import Idle, idle_lines
from tests.proof.small_world import SLOW, TCP, access_list, access_lists, painted, permitting, rules

FAMILIES: tuple[Family, ...] = ("ipv4", "ipv6")
LISTS = st.sampled_from(FAMILIES).flatmap(access_lists)
ANY = any_address("ipv4")


@SLOW
@given(LISTS)
def test_lines_that_no_packet_reaches_and_who_takes_their_packets(acl: AccessList) -> None:
    deciders = painted(acl)
    found = {idle.rule.line.number: idle for idle in idle_lines(acl) if idle.kind is not Idle.REDUNDANT}
    assert set(found) == {rule.line.number for rule in acl.rules} - set(deciders)
    for number, idle in found.items():
        own = painted(replace(acl, rules=(idle.rule,)))
        takers = {decider for decider, mine in zip(deciders, own, strict=True) if mine}
        assert [other.line.number for other in idle.others] == sorted(takers)
        opposed = any(other.action != idle.rule.action for other in idle.others)
        assert idle.kind is (Idle.SHADOWED if opposed else Idle.UNREACHABLE), number


@SLOW
@given(LISTS)
def test_lines_that_later_ones_repeat(acl: AccessList) -> None:
    reached = set(painted(acl))
    left = [rule for rule in acl.rules if rule.line.number in reached]
    expected: dict[int, set[int]] = {}
    for rule in reversed(left.copy()):
        without = [other for other in left if other is not rule]
        now, then = (Grid(replace(acl, rules=tuple(some)), acl) for some in (left, without))
        deciders = {later for cell, later in enumerate(then.deciders) if now.deciders[cell] == rule.line.number}
        if now.permits == then.permits and deciders - {0}:
            expected[rule.line.number] = deciders - {0}
            left = without
    found = {idle.rule.line.number: idle for idle in idle_lines(acl) if idle.kind is Idle.REDUNDANT}
    assert set(found) == set(expected)
    for number, deciders in expected.items():
        assert {other.line.number for other in found[number].others} - {0} == deciders


class Grid:
    """A list that has lost lines, but never its implied rules: one that is left without any still denies the rest."""

    def __init__(self, acl: AccessList, original: AccessList) -> None:
        self.deciders = painted(acl)
        self.permits = [bool(one) for one in permitting(acl)] if acl.rules else nothing_written(original)


def nothing_written(acl: AccessList) -> list[bool]:
    """What the implied rules of a list permit."""
    nothing = Rule("deny", (), Line("", 0, ""))
    return [bool(one) for one in permitting(replace(acl, rules=(nothing,)))]


@SLOW
@given(st.sampled_from(FAMILIES).flatmap(lambda family: access_lists(family, understood=False)), st.data())
def test_all_idle_lines_may_go_together_whatever_doubtful_lines_mean(acl: AccessList, data: st.DataObject) -> None:
    idle = {one.rule.line.number for one in idle_lines(acl)}
    meant = replace(acl, rules=tuple(understood(rule, acl.family, data) for rule in acl.rules))
    left = replace(meant, rules=tuple(rule for rule in meant.rules if rule.line.number not in idle))
    assert left.rules or not acl.rules, "one line of a list always stays"
    services = services_of([meant, left])
    assert Filter(meant, services).space() == Filter(left, services).space()
    assert all(rule.understood for rule in acl.rules if rule.line.number in idle)


def understood(rule: Rule, family: Family, data: st.DataObject) -> Rule:
    if rule.understood:
        return rule
    return replace(rule, matches=data.draw(rules(family)).matches, understood=True)


def test_several_lines_may_shadow_one_together() -> None:
    acl = access_list(
        rule("deny", "10.0.0.0/9"),
        rule("permit", "192.168.0.0/16"),
        rule("deny", "10.128.0.0/9"),
        rule("permit", "10.0.0.0/8"),
    )
    (found,) = idle_lines(acl)
    assert found.kind is Idle.SHADOWED
    assert [other.line.number for other in found.others] == [2, 4]


def test_of_two_equal_lines_the_second_is_reported_and_the_first_is_not() -> None:
    acl = access_list(rule("permit", "10.0.0.0/8"), rule("permit", "10.0.0.0/8"))
    (found,) = idle_lines(acl)
    assert found.rule is acl.rules[1]
    assert found.kind is Idle.UNREACHABLE


def test_a_line_before_a_wider_one_is_redundant() -> None:
    acl = access_list(rule("permit", "10.1.0.0/16"), rule("deny", "172.16.0.0/12"), rule("permit", "10.0.0.0/8"))
    (found,) = [idle for idle in idle_lines(acl) if idle.rule is acl.rules[0]]
    assert found.kind is Idle.REDUNDANT
    assert found.others == (acl.rules[2],)


def test_a_closing_deny_is_no_fault() -> None:
    acl = access_list(rule("permit", "10.0.0.0/8"), rule("deny", "0.0.0.0/0"))
    assert idle_lines(acl) == []


def test_a_line_that_matches_nothing_is_unreachable_by_itself() -> None:
    acl = access_list(Rule("permit", (), Line("", 1, "permit an empty object group")), rule("permit", "10.0.0.0/8"))
    (found,) = idle_lines(acl)
    assert (found.kind, found.rule, found.others) == (Idle.UNREACHABLE, acl.rules[0], ())


def test_lines_in_a_long_list_are_judged_alike() -> None:
    hosts = [rule("permit", f"10.0.{number // 256}.{number % 256}/32") for number in range(0, 600, 2)]
    acl = access_list(*hosts, rule("deny", "10.0.1.0/24"), rule("permit", "10.0.1.6/32"), rule("deny", "10.0.1.7/32"))
    found = {idle.rule.line.number: idle for idle in idle_lines(acl)}
    shut, same = len(hosts) + 3, len(hosts) + 4
    assert set(found) == {shut, same}
    assert found[shut].kind is Idle.UNREACHABLE, "line 10.0.1.6 stands among the hosts"
    assert [other.line.number for other in found[same].others] == [len(hosts) + 2]


def rule(action: str, source: str) -> Rule:
    assert action in ("permit", "deny")
    return Rule(action, (Match("ipv4", (network_range(source),), ANY, TCP),), Line("", 1, action))  # type: ignore[arg-type]
