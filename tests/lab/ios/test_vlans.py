"""VLANs, and where VTP keeps them."""

import pytest

from sanso.lab.ios.vlans import format_list
from sanso.lab.state import MemoryStore
from sanso.lab.vlanlist import parse_list
from tests.lab.ios.conftest import Switch


def vlan_lines(switch: Switch) -> list[str]:
    return [line for line in switch.device.saved_text().splitlines() if line.startswith(("vlan ", " name "))]


def test_vlans_are_made_named_and_removed(switch: Switch) -> None:
    switch.configure("vlan 10", "name office", "vlan 20,30-31", "vlan 40", "name hall", "no vlan 31")
    assert vlan_lines(switch) == ["vlan 10", " name office", "vlan 20,30", "vlan 40", " name hall"]
    switch.configure("vlan 10", "no name")
    assert "VLAN0010" in switch.type("show vlan id 10")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["no vlan 1"], "%Default VLAN 1 may not be deleted."),
        (["vlan 1003"], "Command rejected: VLAN 1003 is a reserved default VLAN."),
        (["vlan 1", "name other"], "%Default VLAN 1 may not have its name changed."),
        (["vlan 10", "name x", "vlan 11", "name x"], "VLAN #11 and #10 have an identical name: x"),
    ],
)
def test_what_may_not_be_done_to_vlans(switch: Switch, lines: list[str], said: str) -> None:
    assert switch.configure(*lines)[-1] == said


def test_transparent_keeps_vlans_in_the_configuration(switch: Switch) -> None:
    switch.configure("vlan 10", "name office")
    assert vlan_lines(switch) == ["vlan 10", " name office"]


def test_a_server_keeps_them_out_of_it_and_through_a_reload() -> None:
    store = MemoryStore()
    switch = Switch(store=store)
    switch.configure("vtp mode server", "vlan 10", "name office")
    assert vlan_lines(switch) == []
    assert "10   office" in switch.type("show vlan brief")
    assert "vlan 10\n name office" in switch.type("show running-config vlan")
    switch.clock.advance(1)
    switch.device.save()
    switch.device.reload()
    assert "10   office" in switch.device.shell().execute("show vlan brief")
    assert "10   office" in Switch(store=store).type("show vlan brief")


def test_vlans_of_a_transparent_switch_go_with_an_unsaved_configuration(switch: Switch) -> None:
    switch.device.save()
    switch.configure("vlan 10")
    switch.device.reload()
    assert vlan_lines(switch) == []


@pytest.mark.parametrize(("typed", "printed"), [("1,2,3", "1-3"), ("1,2", "1,2"), ("5,3-4,9", "3-5,9"), ("7", "7")])
def test_lists_are_read_and_printed(typed: str, printed: str) -> None:
    assert format_list(parse_list(typed) or ()) == printed


@pytest.mark.parametrize("typed", ["", "0", "4095", "3-1", "a", "1-", "-1", "1,"])
def test_what_is_no_list(typed: str) -> None:
    assert parse_list(typed) is None
