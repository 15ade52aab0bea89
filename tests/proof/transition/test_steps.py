"""Faults planted in the order of commands are found at their command; the planner's own orders have none."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanso.change.plan import commands, plan
from sanso.platforms import load_platform
from sanso.proof.transition.course import Course
from sanso.proof.transition.steps import Opened, walk
from tests.change.test_plan import device_with, facts

TEXT = """\
hostname sw1
vtp mode transparent
vlan 10,20,30
interface GigabitEthernet1/0/1
 switchport trunk native vlan 20
 switchport trunk allowed vlan 10
 switchport mode trunk
interface GigabitEthernet1/0/2
 switchport access vlan 10
 switchport mode access
interface Vlan10
 ip address 10.0.0.1 255.255.255.0
 ip access-group OWN in
ip access-list extended OWN
 10 deny   ip any 10.1.0.0 0.0.0.255
 20 permit ip any 10.0.0.0 0.255.255.255
end
"""


def opened(*lines: str, text: str = TEXT) -> list[Opened]:
    return list(walk(Course("sw1", "ios", text, lines)).opened)


def only(*lines: str) -> tuple[str, str, str, str]:
    """The one thing that opens: command, interface, kind, what."""
    (one,) = opened(*lines)
    assert lines[one.number - 1].strip() == one.command
    return one.command, one.interface, one.kind, one.what


def test_a_list_deleted_before_its_replacement_is_bound() -> None:
    new = ("ip access-list extended NEW", " 10 permit tcp any any eq 443", " exit")
    bind = ("interface Vlan10", " ip access-group NEW in", " exit")
    gone = "no ip access-list extended OWN"
    command, interface, kind, packet = only(*new, gone, *bind)
    assert (command, interface, kind) == (gone, "Vlan10", "unlisted")
    assert packet.startswith("tcp ")
    assert opened(*new, *bind, gone) == []


def test_a_trunk_widened_before_its_native_vlan_moves() -> None:
    port, wide, native = (
        "interface GigabitEthernet1/0/1",
        " switchport trunk allowed vlan 10,20",
        " switchport trunk native vlan 30",
    )
    assert only(port, wide, native, " exit") == (wide.strip(), "GigabitEthernet1/0/1", "port", "20")
    assert opened(port, native, wide, " exit") == []


def test_a_deny_removed_before_the_permit_below_it() -> None:
    head = "ip access-list extended OWN"
    found = opened(head, " no 10", " no 20", " 30 permit tcp any host 10.1.0.1 eq 443", " exit")
    assert [(one.number, one.command, one.interface, one.kind) for one in found] == [
        (2, "no 10", "Vlan10", "list"),
        (3, "no 20", "Vlan10", "unlisted"),  # an empty list is open
    ]
    assert "→ 10.1.0." in found[0].what
    assert opened(head, " 5 permit tcp any host 10.1.0.1 eq 443", " no 20", " exit") == []


def test_an_address_before_its_list() -> None:
    lists = ("ip access-list extended B", " 10 deny ip any any", " exit")
    address, bind = " ip address 10.2.0.1 255.255.255.0", " ip access-group B in"
    assert only(*lists, "interface Vlan20", address, bind, " exit")[:3] == (address.strip(), "Vlan20", "unlisted")
    assert opened(*lists, "interface Vlan20", bind, address, " exit") == []


def test_a_list_bound_before_it_is_whole() -> None:
    swap = ("interface Vlan10", " ip access-group B in", " exit")
    found = opened(
        *swap, "ip access-list extended B", " 10 permit tcp any any eq 443", " 20 deny ip any any", " exit"
    )
    assert [(one.number, one.kind) for one in found] == [(2, "unlisted")]


def test_an_interface_that_comes_up_for_a_moment() -> None:
    text = TEXT.replace("interface Vlan10\n", "interface Vlan10\n shutdown\n")
    change = (" no shutdown", " shutdown")
    assert [(one.number, one.kind) for one in opened("interface Vlan10", *change, " exit", text=text)] == [
        (2, "address"),
    ]


def test_a_port_in_a_vlan_for_a_moment() -> None:
    port = ("interface GigabitEthernet1/0/2", " switchport access vlan 30", " switchport access vlan 20", " exit")
    assert only(*port)[:3] == ("switchport access vlan 30", "GigabitEthernet1/0/2", "port")


@pytest.mark.parametrize(
    "command",
    ["ip route 0.0.0.0 0.0.0.0 10.0.0.2", "interface GigabitEthernet9/9/9", "default interface Vlan10", " name x"],
)
def test_a_command_that_is_not_known_is_not_proved(command: str) -> None:
    assert [one.kind for one in opened(command)] == ["unknown"]


def test_a_session_that_commits_at_once_has_no_state_between() -> None:
    svi = "interface Vlan10\n   ip address 10.0.0.1/24\n   ip access-group A in\n"
    text = f"hostname sw1\n{svi}ip access-list A\n   10 deny ip any any\nend\n"
    lines = ("no ip access-list A", "ip access-list A", " 10 permit tcp any any", " exit")
    passage = walk(Course("sw1", "eos", text, lines))
    assert (passage.opened, passage.states) == ((), 1)
    assert [rule.line.text for rule in passage.course.after.acls["ipv4", "A"].rules] == ["10 permit tcp any any"]


def test_an_interface_that_means_something_else_in_the_whole_text_is_read_in_it() -> None:
    text = TEXT.replace("switchport access vlan 10", "switchport access vlan name staff").replace(
        "vlan 10,20,30", "vlan 10\n name staff\nvlan 20,30"
    )
    port = "interface GigabitEthernet1/0/2"
    assert opened(port, " description x", " no switchport voice vlan", " exit", text=text) == []
    assert [
        one.what for one in opened(port, " switchport voice vlan 30", " no switchport voice vlan", " exit", text=text)
    ] == ["30"]


def test_a_text_that_does_not_tell_its_vlans_does_not_so_after() -> None:
    text = "hostname r1\nvtp mode server\ninterface Vlan10\n ip address 10.0.0.1 255.255.255.0\nend\n"
    course = Course("r1", "ios", text, ("vlan 20", " name x", " exit"))
    assert course.before.vlans is course.after.vlans is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_planner_opens_nothing(data: st.DataObject) -> None:
    nos = load_platform("ios")
    text = device_with("ios", data.draw(facts("ios"))).running_config()
    lines = commands(plan(nos, nos.parse("sw1", text), data.draw(facts("ios"))))
    passage = walk(Course("sw1", "ios", text, tuple(lines)))
    assert passage.opened == ()
    assert passage.states == len(lines)
