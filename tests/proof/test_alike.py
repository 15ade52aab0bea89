"""What of two snapshots of a device is the same, but for the numbers of lines."""

from __future__ import annotations

from dataclasses import fields, replace
from ipaddress import ip_interface, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.network.facts import Family
from sanso.network.snapshot import (
    AccessList,
    Address,
    Binding,
    Interface,
    Kind,
    Line,
    Route,
    Rule,
    Snapshot,
    Unread,
)
from sanso.proof.alike import alike_but_lists, changed_lists, part_changed
from sanso.proof.interpreter import judge
from tests.proof.small_world import SERVICES, THOROUGH, access_lists, packet, rules

FAMILIES = st.sampled_from(("ipv4", "ipv6"))


def line(number: int, text: str = "text") -> Line:
    return Line("a.cfg", number, text)


def snapshot(at: int = 1) -> Snapshot:
    """A device whose lines stand from a number on."""
    bound = Binding("ipv4", "in", "L", line(at + 2))
    address = Address(ip_interface("10.0.0.1/24"), line(at + 1))
    svi = Interface("Vlan1", Kind.SVI, line(at), vlan=1, addresses=(address,), bindings=(bound,))
    route = Route(ip_network("10.0.0.0/8"), line(at + 3))
    acl = AccessList("ipv4", "L", (), line(at + 4))
    unread = (Unread(line(at + 5), "nat"), Unread(line(at + 6), "acl_entry"))
    return Snapshot("a", "ios", "a.cfg", {"Vlan1": svi}, {1: "one"}, {("ipv4", "L"): acl}, (route,), unread=unread)


def test_lines_may_move() -> None:
    assert alike_but_lists(snapshot(), snapshot(40))
    assert changed_lists(snapshot(), snapshot(40)) == {}


def test_lists_and_their_unread_lines_may_differ() -> None:
    other = replace(snapshot(), acls={}, unread=snapshot().unread[:1], lines=9, understood=3)
    assert alike_but_lists(snapshot(), other)


OTHERWISE = {
    "interfaces": {"Vlan1": replace(snapshot().interfaces["Vlan1"], bindings=())},
    "vlans": {1: "one", 2: "two"},
    "routes": (),
    "routing": {"ipv4": False, "ipv6": True},
    "unread": (),
    "platform": "eos",
    "hostname": "b",
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_nothing_else_may(name: str) -> None:
    assert name in {one.name for one in fields(Snapshot)}
    assert not alike_but_lists(snapshot(), replace(snapshot(), **{name: OTHERWISE[name]}))


@pytest.mark.parametrize(
    ("name", "value"), [("shutdown", True), ("vrf", "X"), ("addresses", ()), ("kind", Kind.ROUTED)]
)
def test_an_interface_may_not_differ(name: str, value: object) -> None:
    svi = replace(snapshot().interfaces["Vlan1"], **{name: value})  # type: ignore[arg-type]
    assert not alike_but_lists(snapshot(), replace(snapshot(), interfaces={"Vlan1": svi}))


def some(rules: list[Rule], family: Family) -> AccessList:
    return AccessList(family, "L", tuple(rules), line(1))


@THOROUGH
@given(st.data())
def test_what_no_line_of_the_part_matches_is_decided_as_before(data: st.DataObject) -> None:
    family: Family = data.draw(FAMILIES)
    old = data.draw(access_lists(family))
    at = data.draw(st.integers(0, len(old.rules)))
    added = data.draw(st.lists(rules(family), max_size=2))
    new = replace(old, rules=(*old.rules[:at], *added, *old.rules[at + data.draw(st.integers(0, 2)) :]))
    part = part_changed(old, new)
    if part is None:
        assert not old.rules or not new.rules
        return
    touching = some([replace(rule, action="permit") for rule in part], family)
    for cell in data.draw(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15), st.sampled_from(SERVICES)))):
        one = packet(family, *cell)
        if judge(old, one).permitted != judge(new, one).permitted:
            assert part
            assert judge(touching, one).rule is not None
