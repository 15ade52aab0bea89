"""What a list permits, and by which line: against the plain interpreter, packet by packet."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sanso.network.facts import Family
from sanso.network.packets import ANY_PORT, Match, Packet, any_address, network_range
from sanso.network.snapshot import AccessList, Binding, Line, Rule, Snapshot
from sanso.proof.filters import Filter, Reading, bound_list, services_of
from sanso.proof.interpreter import judge
from sanso.proof.space import Space, matched, packet_in, union
from tests.proof.small_world import (
    ICMP6,
    TCP,
    THOROUGH,
    access_list,
    access_lists,
    cells,
    matches,
    painted,
    permitting,
    rules,
)

FAMILIES: tuple[Family, ...] = ("ipv4", "ipv6")
LISTS = st.sampled_from(FAMILIES).flatmap(access_lists)
DOUBTFUL = st.sampled_from(FAMILIES).flatmap(lambda family: access_lists(family, understood=False))
V4, V6 = any_address("ipv4"), any_address("ipv6")


@THOROUGH
@given(LISTS)
def test_each_piece_is_decided_by_its_line(acl: AccessList) -> None:
    services = services_of([acl])
    whole = painted(acl)
    seen = [False] * len(whole)
    for box, rule, _ in Filter(acl, services).decided():
        number = rule.line.number if rule in acl.rules else 0
        for cell in cells(box, acl.family, services):
            assert whole[cell] == number
            assert not seen[cell], "two pieces hold the same packet"
            seen[cell] = True
    assert all(seen), "every packet is decided"


@THOROUGH
@given(LISTS)
def test_what_is_permitted_is_what_is_decided_so(acl: AccessList) -> None:
    services = services_of([acl])
    asked = Filter(acl, services)
    for place, rule in enumerate(asked.rules):
        decided = Space(piece.box for piece in asked.decided() if piece.place == place)
        permitted = Space(piece.box for piece in asked.permitted() if piece.place == place)
        assert permitted == (decided if rule.action == "permit" else Space())


@THOROUGH
@given(LISTS)
def test_the_witness_of_each_piece_replays(acl: AccessList) -> None:
    services = services_of([acl])
    for box, rule, _ in Filter(acl, services).decided():
        verdict = judge(acl, packet_in(box, acl.family, services))
        assert verdict.permitted == (rule.action == "permit")
        assert verdict.rule is (rule if rule in acl.rules else None)
        assert verdict.certain


@THOROUGH
@given(LISTS, st.data())
def test_a_list_within_some_packets_permits_what_it_permits_of_them(acl: AccessList, data: st.DataObject) -> None:
    match = data.draw(matches(acl.family))
    services = services_of([acl], [match])
    within = union(matched(match, services))
    asked = Filter(acl, services)
    assert asked.space(within) == asked.space() & within


@THOROUGH
@given(LISTS, st.data())
def test_what_goes_beyond_is_what_is_permitted_less_what_may_be(acl: AccessList, data: st.DataObject) -> None:
    within, but = (data.draw(st.lists(matches(acl.family), max_size=4)) for _ in range(2))
    services = services_of([acl], [*within, *but])
    asked, less = (union(box for match in one for box in matched(match, services)) for one in (within, but))
    beyond = Filter(acl, services).beyond(asked, less)
    assert beyond == (Filter(acl, services).space() & asked) - less
    found = [cell for box in beyond for cell in cells(box, acl.family, services)]
    assert len(found) == len(set(found)), "boxes are disjoint"


@THOROUGH
@given(DOUBTFUL, st.data())
def test_whatever_a_doubtful_line_means_the_readings_hold_it_between_them(
    acl: AccessList, data: st.DataObject
) -> None:
    meant = tuple(
        rule if rule.understood else replace(rule, matches=data.draw(rules(acl.family)).matches, understood=True)
        for rule in acl.rules
    )
    real = replace(acl, rules=meant)
    services = services_of([acl, real])
    truth = Filter(real, services).space()
    assert Filter(acl, services, Reading.MUST).space() <= truth
    assert truth <= Filter(acl, services, Reading.MAY).space()


@THOROUGH
@given(DOUBTFUL)
def test_the_interpreter_is_certain_where_the_readings_agree(acl: AccessList) -> None:
    services = services_of([acl])
    may, must = Filter(acl, services), Filter(acl, services, Reading.MUST)
    for piece in may.decided():
        packet = packet_in(piece.box, acl.family, services)
        verdict = judge(acl, packet)
        assert verdict.permitted == (piece.rule.action == "permit")
        assert verdict.certain == (not verdict.permitted or must.space().holds(packet, services))


def test_a_list_is_proved_when_every_line_was_understood() -> None:
    known = Rule("deny", (Match("ipv4", V4, V4, TCP),), Line("", 1, ""))
    unknown = Rule("deny", (), Line("", 1, ""), understood=False)
    services = services_of([access_list(known)])
    assert Filter(access_list(known), services).proved
    assert not Filter(access_list(known, unknown), services).proved


def test_cells_of_a_list_without_rules_are_all_permitted() -> None:
    assert set(permitting(access_list())) == {-1}, "the world's own opinion, which the algebra is held to"
    acl = access_list()
    pieces = Filter(acl, services_of([acl])).permitted()
    assert [piece.rule.line for piece in pieces] == [acl.line]


def test_a_binding_to_a_list_that_is_absent_lets_everything_through_by_its_own_line() -> None:
    line = Line("core.cfg", 40, "ip access-group GONE in")
    acl = bound_list(Snapshot("core", "ios", "core.cfg"), Binding("ipv4", "in", "GONE", line))
    services = services_of([acl])
    (piece,) = Filter(acl, services).permitted()
    assert piece.box == (0, 2**32 - 1, 0, 2**32 - 1, services.every)
    assert piece.rule.line == line
    assert judge(acl, Packet("ipv4", 1, 2, 6, 1024, 80)).permitted


def test_a_binding_to_a_list_that_exists_is_that_list() -> None:
    acl = access_list(Rule("deny", (Match("ipv4", V4, V4),), Line("", 1, "")))
    line = Line("core.cfg", 40, "ip access-group LIST in")
    snapshot = Snapshot("core", "ios", "core.cfg", acls={("ipv4", "LIST"): acl})
    assert bound_list(snapshot, Binding("ipv4", "in", "LIST", line)) is acl


def test_what_no_line_matches_is_denied_without_a_line() -> None:
    acl = access_list(Rule("permit", (Match("ipv4", V4, V4, TCP),), Line("", 1, "")))
    denied = [piece.rule for piece in Filter(acl, services_of([acl])).decided() if piece.rule.action == "deny"]
    assert [rule.line for rule in denied] == [Line("device.cfg", 0, "deny ip any any")]


def test_ipv6_permits_neighbour_discovery_before_its_implied_deny() -> None:
    acl = access_list(Rule("deny", (Match("ipv6", V6, V6, TCP),), Line("", 1, "")), family="ipv6")
    services = services_of([acl])
    permitted = Filter(acl, services).permitted()
    assert [piece.rule.line.text for piece in permitted] == ["permit icmp any any nd-na", "permit icmp any any nd-ns"]
    assert sorted(services.example(piece.box[4])[3] for piece in permitted) == [135, 136]


def test_a_written_deny_stops_neighbour_discovery_too() -> None:
    acl = access_list(Rule("deny", (Match("ipv6", V6, V6),), Line("", 1, "")), family="ipv6")
    assert not Filter(acl, services_of([acl])).permitted()


def test_established_lets_answers_through_and_no_new_connection() -> None:
    answer = Match("ipv4", V4, V4, TCP, ((443, 443),), ANY_PORT, established=True)
    acl = access_list(Rule("permit", (answer,), Line("", 1, "")))
    services = services_of([acl])
    (piece,) = Filter(acl, services).permitted()
    assert packet_in(piece.box, "ipv4", services) == Packet("ipv4", 1, 1, 6, 443, 1, established=True)
    assert not Filter(acl, services).space().holds(Packet("ipv4", 1, 1, 6, 443, 1024), services)


def test_an_icmp_line_permits_its_type_alone() -> None:
    echo = Match("ipv6", V6, V6, ICMP6, icmp_types=((128, 128),))
    acl = access_list(
        Rule("permit", (echo,), Line("", 1, "")), Rule("deny", (Match("ipv6", V6, V6),), Line("", 1, ""))
    )
    acl = replace(acl, family="ipv6")
    services = services_of([acl])
    assert services.described(Filter(acl, services).permitted()[0].box[4])[0].icmp_types == ((128, 128),)


def test_matches_of_the_other_family_match_nothing() -> None:
    acl = access_list(Rule("permit", (Match("ipv6", V6, V6),), Line("", 1, "")))
    assert not Filter(acl, services_of([acl])).permitted()
    assert not judge(acl, Packet("ipv4", 1, 1, 6, 1024, 80)).permitted


def test_a_wildcard_with_holes_matches_what_lies_in_no_hole() -> None:
    # 10.0.0.0 with wildcard 0.0.2.255: two /24, one apart
    ranges = (network_range("10.0.0.0/24"), network_range("10.0.2.0/24"))
    acl = access_list(Rule("permit", (Match("ipv4", ranges, V4),), Line("", 1, "")))
    pieces = Filter(acl, services_of([acl])).permitted()
    assert [piece.box[:2] for piece in pieces] == list(ranges)
