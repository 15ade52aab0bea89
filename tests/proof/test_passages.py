"""What a firewall lets through as sets of packets, held to single packets that are walked through its chains."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.network.facts import Family
from sanso.network.firewall import ALL_STATES, Case, Clause, ClauseChain, Firewall, Passage, State
from sanso.network.packets import Match, Packet, any_address
from sanso.network.snapshot import AccessList, Line
from sanso.proof.interpreter import judge
from sanso.proof.passages import Through
from sanso.proof.services import Service
from sanso.proof.tracked import answers_of, others, without
from sanso.proof.walk import _passes, _Reader, _states, forwards
from tests.proof.small_world import BLOCKS, SERVICES, SLOW, Fields, matches, packet

INTERFACES = ("a", "b", "c")
KINDS = tuple((number, 0, 0, kind, 0, False) for number, kind in ((58, 1), (58, 128), (58, 129), (1, 13), (1, 14)))
WORLD: tuple[Fields, ...] = (*SERVICES, *KINDS)
ERRORS = {(1, 3), (58, 1), (58, 3)}
TAKEN = frozenset({State.ESTABLISHED, State.RELATED})


@st.composite
def cases(draw: st.DrawFn, family: Family) -> Case:
    names = st.sampled_from((None, None, frozenset({"a"}), frozenset({"b"}), frozenset({"a", "c"}), frozenset()))
    states = st.sampled_from((ALL_STATES, ALL_STATES, frozenset({State.NEW}), TAKEN, frozenset({State.INVALID})))
    whole = any_address(family)
    match = draw(st.one_of(matches(family), st.just(Match(family, whole, whole))))
    return Case(match, draw(names), draw(names), draw(states))


@st.composite
def chains(draw: st.DrawFn, family: Family, number: int, count: int) -> ClauseChain:
    """A chain that jumps to later ones only, as the kernel demands that none leads back."""
    later = [f"chain {one}" for one in range(number + 1, count)]
    actions = st.sampled_from(["accept", "drop", "return", *(["jump", "goto", "jump"] if later else [])])
    clauses = []
    for place in range(draw(st.integers(0, 5))):
        action = draw(actions)
        found = tuple(draw(st.lists(cases(family), min_size=1, max_size=2)))
        target = draw(st.sampled_from(later)) if action in ("jump", "goto") else ""
        line = Line("fw.cfg", number * 10 + place + 1, action)
        clauses.append(Clause(action, found, line, target, exact=draw(st.integers(0, 5)) > 0))
    policy = draw(st.sampled_from(("accept", "drop")))
    line = Line("fw.cfg", 100 + number, "chain")
    return ClauseChain(f"chain {number}", tuple(clauses), line, frozenset({family}), policy)


@st.composite
def firewalls(draw: st.DrawFn, family: Family = "ipv4") -> Firewall:
    count = draw(st.integers(1, 5))
    found = {f"chain {one}": draw(chains(family, one, count)) for one in range(count)}
    hooks = ("chain 0", "chain 1") if count > 1 and draw(st.booleans()) else ("chain 0",)
    line = Line("fw.cfg", 1, "ruleset")
    return Firewall(hooks, found, line, offload=draw(st.integers(0, 9)) == 0, untracked=draw(st.integers(0, 9)) == 0)


@pytest.mark.parametrize("family", ["ipv4", "ipv6"])
@SLOW
@given(st.data())
def test_lists_permit_what_passes_clause_by_clause(family: Family, data: st.DataObject) -> None:
    firewall = data.draw(firewalls(family))
    passage = Passage(*data.draw(st.sampled_from(list(product(INTERFACES, repeat=2)))), family)
    found = Through(firewall).list_of(passage)
    assert found is not None
    draw = random.Random(data.draw(st.integers(0, 10**6)))  # noqa: S311  # packets, not secrets
    errors = 0
    for _ in range(40):
        one = packet(family, draw.randrange(BLOCKS), draw.randrange(BLOCKS), draw.choice(WORLD))
        errors += (one.protocol, one.icmp_type) in ERRORS
        if errors > 1:
            continue  # each asks for every flow of the world
        flows = [flow for fields in WORLD for flow in between(one, fields)]
        verdict = judge(found, one)
        assert verdict.permitted == forwards(firewall, passage, one, flows), one
        if verdict.permitted:
            sure = passes_surely(firewall, passage, one, flows)
            assert sure or not verdict.certain, one
            assert verdict.certain or not sure or any(leaves(one) for one in clauses_of(firewall)), one


def passes_surely(firewall: Firewall, passage: Passage, one: Packet, flows: list[Packet]) -> bool:
    """Whether a packet passes whatever clauses do that may or may not take it, in the first state in which it may."""
    known = set(_states(firewall, passage, one, flows))
    state = next(
        state
        for state in (State.NEW, State.ESTABLISHED, State.RELATED, State.INVALID, State.UNTRACKED)
        if state in known
        and (_passes(firewall, passage, one, state) or (state is State.ESTABLISHED and firewall.offload))
    )
    reader = _Reader(firewall, passage, one, state)
    found = (
        {hook.policy if one == "end" else one for one in reader.read(hook)}
        for hook in firewall.hooks_of(passage.family)
    )
    return (state is State.ESTABLISHED and firewall.offload) or all(one == {"accept"} for one in found)


def clauses_of(firewall: Firewall) -> Iterator[Clause]:
    for chain in firewall.chains.values():
        yield from chain.clauses


def leaves(clause: Clause) -> bool:
    """Whether it may leave its chain, so that it is not looked at what decides then."""
    return not clause.exact and clause.action in ("return", "goto")


def between(error: Packet, fields: Fields) -> Iterator[Packet]:
    """Packets between the two addresses that an error goes between."""
    for ends in ((error.source, error.target), (error.target, error.source)):
        yield Packet(error.family, *ends, *fields)


# ----- by hand ------------------------------------------------------------------------------------------------

WHOLE = any_address("ipv4")
WEB = Match("ipv4", ((10, 19),), ((20, 29),), ((6, 6),), target_ports=((443, 443),))
ANY = Match("ipv4", WHOLE, WHOLE)
CALL = Packet("ipv4", 11, 21, 6, 50000, 443)
REPLY = Packet("ipv4", 21, 11, 6, 443, 50000, established=True)


def clause(action: str, case: Case, number: int, target: str = "", *, exact: bool = True) -> Clause:
    return Clause(action, (case,), Line("fw.cfg", number, f"{number} {action}"), target, exact)  # type: ignore[arg-type]


def firewall(*clauses: Clause, policy: str = "drop", **more: tuple[Clause, ...]) -> Firewall:
    v4 = frozenset[Family]({"ipv4"})
    line = Line("fw.cfg", 1, "chain forward")
    found = {"forward": ClauseChain("forward", clauses, line, v4, policy)}  # type: ignore[arg-type]
    for name, own in more.items():
        found[name] = ClauseChain(name, own, line, v4)
    return Firewall(("forward",), found, line)


def through(one: Firewall, entrance: str = "a", leaving: str = "b") -> AccessList:
    found = Through(one).list_of(Passage(entrance, leaving, "ipv4"))
    assert found is not None
    return found


OUTWARD = clause("accept", Case(WEB, frozenset({"a"}), frozenset({"b"}), frozenset({State.NEW})), 3)
ANSWERS = clause("accept", Case(ANY, states=frozenset({State.ESTABLISHED})), 2)


def test_answers_pass_only_to_what_was_let_through() -> None:
    found = through(firewall(ANSWERS, OUTWARD), "b", "a")
    assert judge(found, REPLY).permitted
    assert judge(found, REPLY).rule.line.number == 2  # type: ignore[union-attr]
    assert not judge(found, Packet("ipv4", 21, 11, 6, 443, 50000)).permitted, "a new connection"
    assert not judge(found, Packet("ipv4", 21, 11, 6, 80, 50000, established=True)).permitted, "not from that port"
    assert not judge(found, Packet("ipv4", 31, 11, 6, 443, 50000, established=True)).permitted, "nor from elsewhere"


def test_without_a_rule_for_answers_none_pass() -> None:
    assert not judge(through(firewall(OUTWARD), "b", "a"), REPLY).permitted


def test_a_packet_passes_under_the_line_that_takes_it() -> None:
    verdict = judge(through(firewall(ANSWERS, OUTWARD)), CALL)
    assert verdict.permitted
    assert verdict.rule is not None
    assert verdict.rule.line.number == 3


def test_errors_pass_as_related_only_between_the_ends_of_connections() -> None:
    related = clause("accept", Case(ANY, states=frozenset({State.RELATED})), 2)
    found = through(firewall(related, OUTWARD), "b", "a")
    assert judge(found, Packet("ipv4", 21, 11, 1, icmp_type=3)).permitted
    assert not judge(found, Packet("ipv4", 99, 11, 1, icmp_type=3)).permitted
    assert not judge(found, Packet("ipv4", 21, 55, 1, icmp_type=3)).permitted
    assert not judge(found, Packet("ipv4", 21, 11, 1, icmp_type=8)).permitted
    assert not judge(found, Packet("ipv4", 11, 21, 1, icmp_type=3)).permitted, "by the other way"
    there = through(firewall(related, OUTWARD), "a", "b")
    assert judge(there, Packet("ipv4", 11, 21, 1, icmp_type=3)).permitted, "of an answer"


def test_a_policy_of_accept_passes_in_the_name_of_its_line() -> None:
    verdict = judge(through(firewall(policy="accept")), CALL)
    assert verdict.rule is not None
    assert verdict.rule.line.text == "chain forward"


def test_where_no_hook_reads_a_family_there_is_no_list() -> None:
    assert Through(firewall()).list_of(Passage("a", "b", "ipv6")) is None


def test_what_returns_is_read_on_behind_the_jump() -> None:
    jump = clause("jump", Case(ANY), 2, "sub")
    out = clause("return", Case(WEB), 12)
    drop = clause("drop", Case(ANY), 13)
    one = firewall(jump, clause("accept", Case(ANY), 3), sub=(out, drop))
    assert judge(through(one), CALL).permitted
    assert not judge(through(one), Packet("ipv4", 11, 21, 6, 50000, 80)).permitted
    over = firewall(clause("goto", Case(ANY), 2, "sub"), clause("accept", Case(ANY), 3), sub=(out, drop))
    assert not judge(through(over), CALL).permitted, "goto ends in the policy"


def test_a_drop_that_may_not_take_a_packet_drops_nothing() -> None:
    limited = clause("drop", Case(ANY), 2, exact=False)
    assert judge(through(firewall(limited, clause("accept", Case(WEB), 3))), CALL).permitted


def test_interfaces_that_no_rule_tells_apart_share_a_list() -> None:
    lists = Through(firewall(ANSWERS, OUTWARD))
    assert lists.list_of(Passage("c", "d", "ipv4")) is lists.list_of(Passage("d", "e", "ipv4"))
    assert lists.list_of(Passage("c", "d", "ipv4")) is not lists.list_of(Passage("a", "b", "ipv4"))


def test_answers_of_services() -> None:
    web = Service(((6, 6),), target_ports=((443, 443),), established=False)
    assert list(answers_of(web)) == [Service(((6, 6),), source_ports=((443, 443),), established=True)]
    echo = Service(((1, 1),), icmp_types=((8, 8),))
    assert list(answers_of(echo)) == [Service(((1, 1),), icmp_types=((0, 0),))]
    assert list(answers_of(Service(((47, 47),)))) == [Service(((47, 47),))]


def test_ranges() -> None:
    assert others(((0, 3), (8, 8))) == ((4, 7), (9, 255))
    assert without(((0, 255),), (6, 255)) == ((0, 5), (7, 254))


def test_what_a_rate_decides_is_permitted_behind_a_doubt() -> None:
    limited = clause("accept", Case(WEB), 2, exact=False)
    found = through(firewall(limited, clause("accept", Case(replace(WEB, target_ports=((80, 80),))), 3)))
    rules = dict.fromkeys((rule.action, rule.understood, rule.line.number) for rule in found.rules)
    assert list(rules) == [
        ("permit", True, 3),
        ("deny", False, 2),
        ("permit", True, 2),
        ("deny", True, 1),
    ]
    assert judge(found, CALL).permitted
    assert not judge(found, CALL).certain
    assert judge(found, replace(CALL, target_port=80)).certain


def test_a_doubt_that_changes_nothing_is_none() -> None:
    found = through(firewall(clause("accept", Case(WEB), 2, exact=False), clause("accept", Case(WEB), 3)))
    assert all(rule.understood for rule in found.rules)
    other = through(firewall(OUTWARD, clause("drop", Case(ANY), 4, exact=False)))
    assert all(rule.understood for rule in other.rules)


def test_what_may_be_dropped_before_it_is_accepted_is_not_sure() -> None:
    found = through(firewall(clause("drop", Case(WEB), 2, exact=False), OUTWARD))
    assert [rule.line.number for rule in found.rules if not rule.understood] == [2]
    assert not judge(found, CALL).certain


def test_packets_behind_a_new_one_pass_as_established() -> None:
    syn = clause("accept", Case(replace(WEB, established=False), states=frozenset({State.NEW})), 3)
    later = replace(CALL, established=True)
    assert judge(through(firewall(ANSWERS, syn)), later).permitted
    assert not judge(through(firewall(syn)), later).permitted
