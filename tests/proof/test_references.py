"""Names that lead nowhere, and lists that nothing names."""

from __future__ import annotations

from sanso.network.packets import Match, any_address
from sanso.network.snapshot import AccessList, Binding, Interface, Kind, Line, Rule, Snapshot
from sanso.proof.references import LooseReference, Reference, loose_references

ANY = any_address("ipv4")


def access_list(name: str, *, rules: bool = True) -> AccessList:
    permit = Rule("permit", (Match("ipv4", ANY, ANY),), Line("core.cfg", 2, "permit ip any any"))
    return AccessList(
        "ipv4", name, (permit,) if rules else (), Line("core.cfg", 1, f"ip access-list extended {name}")
    )


def snapshot(*acls: AccessList, bound: str = "", mentions: str = "") -> Snapshot:
    line = Line("core.cfg", 20, "interface Vlan10")
    bindings = (Binding("ipv4", "in", bound, Line("core.cfg", 21, f"ip access-group {bound} in")),) if bound else ()
    return Snapshot(
        "core",
        "ios",
        "core.cfg",
        interfaces={"Vlan10": Interface("Vlan10", Kind.SVI, line, bindings=bindings)},
        acls={(acl.family, acl.name): acl for acl in acls},
        mentions=frozenset(mentions.split()),
    )


def test_a_list_that_is_bound_and_exists_is_no_finding() -> None:
    assert loose_references(snapshot(access_list("IN"), bound="IN")) == []


def test_a_bound_list_that_does_not_exist() -> None:
    (found,) = loose_references(snapshot(bound="GONE"))
    assert (found.kind, found.interface, found.acl) == (Reference.UNDEFINED, "Vlan10", None)
    assert found.line.number == 21


def test_a_list_of_the_other_family_is_not_the_one_that_is_bound() -> None:
    acl = AccessList("ipv6", "IN", (), Line("core.cfg", 1, "ipv6 access-list IN"))
    assert [one.kind for one in loose_references(snapshot(acl, bound="IN"))] == [
        Reference.UNDEFINED,
        Reference.UNUSED,
    ]


def test_a_bound_list_without_rules() -> None:
    empty = access_list("IN", rules=False)
    (found,) = loose_references(snapshot(empty, bound="IN"))
    assert (found.kind, found.acl) == (Reference.EMPTY, empty)


def test_a_list_that_nothing_names() -> None:
    acl = access_list("OLD")
    assert loose_references(snapshot(acl)) == [LooseReference(Reference.UNUSED, "ipv4", "OLD", acl.line, acl=acl)]


def test_a_list_that_a_line_of_something_else_names_is_used() -> None:
    assert loose_references(snapshot(access_list("NAT"), mentions="ip nat inside source list NAT")) == []
