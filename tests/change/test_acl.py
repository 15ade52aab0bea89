from __future__ import annotations

from ipaddress import ip_network

from hypothesis import given

from sanso.change.acl import AclEdit, edit, renumbered, same_entries
from sanso.network.facts import Acl, Entry, Ports
from tests.change.packets import acls, permitted

OLD = Acl(
    "ipv4",
    "SANSO-a-IN-V4",
    {
        10: Entry("permit", "tcp", target=ip_network("10.1.0.1/32"), target_ports=Ports(443, 443)),
        20: Entry("deny", log=True),
    },
)


def states(old: Acl, small: AclEdit) -> list[dict[int, Entry]]:
    """The list after each single command of an edit."""
    current = dict(old.entries)
    seen = []
    for number in small.remove:
        del current[number]
        seen.append(dict(sorted(current.items())))
    for number, entry in small.add:
        assert number not in current
        current[number] = entry
        seen.append(dict(sorted(current.items())))
    return seen


@given(acls(), acls())
def test_no_state_of_an_edit_in_place_permits_what_neither_end_does(old: Acl, new: Acl) -> None:
    small = edit(old, new)
    if small is None:
        return
    either = permitted(old.entries.values()) | permitted(new.entries.values())
    walked = states(old, small)
    for state in walked:
        assert permitted(state.values()) <= either
    if walked:
        assert list(walked[-1].values()) == list(new.entries.values())


def test_a_permit_that_a_person_added_is_removed_in_place() -> None:
    tampered = Acl("ipv4", OLD.name, {10: OLD.entries[10], 15: Entry("permit"), 20: OLD.entries[20]})
    assert edit(tampered, OLD) == AclEdit((15,), (), (Entry("permit"),))


def test_a_new_permit_takes_a_free_number_at_its_place() -> None:
    wanted = Entry("permit", "udp", target=ip_network("10.1.0.2/32"), target_ports=Ports(53, 53))
    new = Acl("ipv4", OLD.name, {10: OLD.entries[10], 20: wanted, 30: OLD.entries[20]})
    assert edit(OLD, new) == AclEdit((), ((15, wanted),), ())


def test_an_edit_that_opens_and_closes_needs_make_before_break() -> None:
    other = Entry("permit", "tcp", target=ip_network("10.1.0.1/32"), target_ports=Ports(22, 22))
    assert edit(OLD, Acl("ipv4", OLD.name, {10: other, 20: OLD.entries[20]})) is None


def test_a_line_that_was_not_understood_needs_make_before_break() -> None:
    odd = Acl("ipv4", OLD.name, {5: Entry("unknown", raw="permit object-group X any"), **OLD.entries})
    assert edit(odd, OLD) is None


def test_a_list_of_which_nothing_stays_needs_make_before_break() -> None:
    new = Acl("ipv4", OLD.name, {10: Entry("deny", log=True)})
    old = Acl("ipv4", OLD.name, {10: Entry("permit")})
    assert edit(old, new) is None


def test_without_room_between_two_lines_make_before_break() -> None:
    tight = Acl("ipv4", OLD.name, {1: OLD.entries[10], 2: OLD.entries[20]})
    new = Acl("ipv4", OLD.name, {10: OLD.entries[10], 20: Entry("permit", "udp"), 30: OLD.entries[20]})
    assert edit(tight, new) is None


def test_sequence_numbers_alone_are_no_difference() -> None:
    assert same_entries(OLD, renumbered(Acl("ipv4", OLD.name, {7: OLD.entries[10], 9: OLD.entries[20]}), OLD.name))
