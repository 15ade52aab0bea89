"""What a change opens and closes: against painting both lists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.network.facts import Family
from sanso.network.packets import Match, any_address, network_range
from sanso.network.snapshot import AccessList, Line, Rule
from sanso.proof.compare import Change, compare
from sanso.proof.filters import Filter, services_of
from sanso.proof.interpreter import judge
from sanso.proof.services import Services
from sanso.proof.space import EMPTY, Space
from tests.proof.small_world import SLOW, TCP, access_list, access_lists, cells, painted, permitting, rules

FAMILIES: tuple[Family, ...] = ("ipv4", "ipv6")
ANY = any_address("ipv4")


@st.composite
def edits(draw: st.DrawFn, *, understood: bool = True) -> tuple[AccessList, AccessList]:
    """A list, and the list after some lines were dropped, added or moved."""
    family = draw(st.sampled_from(FAMILIES))
    old = draw(access_lists(family, understood=understood))
    left = [rule for rule in old.rules if draw(st.integers(0, 3))]
    for _ in range(draw(st.integers(0, 2))):
        left.insert(draw(st.integers(0, len(left))), draw(rules(family, understood=understood)))
    if len(left) > 1 and draw(st.booleans()):
        left.append(left.pop(0))
    return old, access_list(*left, family=family)


@SLOW
@given(edits())
def test_what_opens_and_closes_is_what_differs_in_the_world(edit: tuple[AccessList, AccessList]) -> None:
    old, new = edit
    services = services_of(edit)
    found = compare(old, new, services)
    assert found.proved
    for changes, permits, denies in ((found.opens, new, old), (found.closes, old, new)):
        before, after = painted(denies), painted(permits)
        opened = {
            cell
            for cell, (one, other) in enumerate(zip(permitting(permits), permitting(denies), strict=True))
            if one and not other
        }
        for change in changes:
            assert change.certain
            lines = written(change.permitted_by, permits), written(change.denied_by, denies)
            for cell in (cell for box in change.space for cell in cells(box, old.family, services)):
                opened.remove(cell)
                assert (after[cell], before[cell]) == lines
        assert not opened


def written(rule: Rule, acl: AccessList) -> int:
    return rule.line.number if acl.rules and rule.line.number > 1 else 0


@SLOW
@given(edits())
def test_the_packet_of_each_change_replays(edit: tuple[AccessList, AccessList]) -> None:
    old, new = edit
    found = compare(old, new)
    for changes, permits, denies in ((found.opens, new, old), (found.closes, old, new)):
        for change in changes:
            assert judge(permits, change.packet).permitted
            assert not judge(denies, change.packet).permitted


@SLOW
@given(edits(understood=False), st.data())
def test_whatever_doubtful_lines_mean_nothing_is_left_out(
    edit: tuple[AccessList, AccessList], data: st.DataObject
) -> None:
    real = tuple(replace(acl, rules=tuple(meant(rule, acl.family, data) for rule in acl.rules)) for acl in edit)
    services = services_of((*edit, *real))
    found = compare(*edit, services)
    old, new = (Filter(acl, services).space() for acl in real)
    for changes, opened in ((found.opens, new - old), (found.closes, old - new)):
        assert opened <= total(changes)
        assert total([change for change in changes if change.certain]) <= opened
    assert found.proved == all(rule.understood for acl in edit for rule in acl.rules)


def meant(rule: Rule, family: Family, data: st.DataObject) -> Rule:
    if rule.understood:
        return rule
    return replace(rule, matches=data.draw(rules(family)).matches, understood=True)


def total(changes: list[Change] | tuple[Change, ...]) -> Space:
    found = EMPTY
    for change in changes:
        found |= change.space
    return found


def test_a_list_compared_with_itself_has_no_changes() -> None:
    acl = access_list(rule("permit", "10.0.0.0/8"), Rule("permit", (), Line("", 1, "permit what"), understood=False))
    found = compare(acl, acl)
    assert (found.opens, found.closes, found.proved) == ((), (), False)


def test_a_permit_put_above_a_deny_opens_what_the_deny_closed() -> None:
    old = access_list(rule("deny", "10.1.0.0/16"), rule("permit", "10.0.0.0/8"))
    new = access_list(rule("permit", "10.1.2.0/24"), *old.rules)
    services = services_of([old, new])
    (change,) = compare(old, new, services).opens
    assert [box[:2] for box in change.space] == [network_range("10.1.2.0/24")]
    assert (change.permitted_by, change.denied_by) == (new.rules[0], old.rules[0])


def test_dropping_the_last_line_opens_everything() -> None:
    old, new = access_list(rule("permit", "10.0.0.0/8")), access_list()
    found = compare(old, new)
    assert not found.closes
    (change,) = found.opens
    assert change.permitted_by.line == new.line
    assert change.denied_by.line.number == 0


def test_lists_of_two_families_are_not_compared() -> None:
    with pytest.raises(ValueError, match="ipv6"):
        compare(access_list(), access_list(family="ipv6"), Services([]))


def rule(action: str, source: str) -> Rule:
    assert action in ("permit", "deny")
    return Rule(action, (Match("ipv4", (network_range(source),), ANY, TCP),), Line("", 1, action))  # type: ignore[arg-type]
