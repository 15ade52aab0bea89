"""Texts that are not as a device prints its configuration: no line of them is lost without a word."""

from __future__ import annotations

import pytest

from sanso.platforms import read_snapshot
from tests.platforms.snapshot.texts import snapshot, whys

TEXT = "service timestamps log\ninterface Vlan10\n ip address 10.0.0.1 255.255.255.0\nline con 0\n exec-timeout 5\n"


def test_a_text_that_is_indented_as_a_whole_is_read_as_it_stands() -> None:
    indented = "".join(f"  {line}\n" for line in TEXT.splitlines())
    read = read_snapshot(indented, "sw1.cfg", "ios")
    assert read.interfaces.keys() == {"Vlan10"}
    assert read.interfaces["Vlan10"].addresses
    assert read.unread == ()


@pytest.mark.parametrize(
    "noise",
    [
        " --More--         interface Vlan10",
        " -- More --interface Vlan10",
        "--more--",
        " \b\b\b\binterface Vlan10",
        "line vty 0 4\rinterface Vlan10\r ip address 10.0.0.1 255.255.255.0",
        " \x1b[7minterface Vlan10",
    ],
)
def test_what_a_terminal_printed_is_told(noise: str) -> None:
    read = read_snapshot(f"line con 0\n{noise}\n exec-timeout 5\n", "sw1.cfg", "ios")
    assert [(one.line.number, one.why) for one in read.unread] == [(2, "garbled")]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r\r\n"])
def test_line_ends_are_no_noise(ends: str) -> None:
    read = read_snapshot(TEXT.replace("\n", ends), "sw1.cfg", "ios")
    assert read.unread == ()
    assert read.interfaces.keys() == {"Vlan10"}


@pytest.mark.parametrize(
    "second",
    [
        "interface Vlan10\n shutdown",
        "ip access-list extended A\n permit ip any any",
        "access-list 10 deny any",
        "ip route 10.0.0.0 255.0.0.0 10.1.1.1",
        "vlan 30",
        "no interface Vlan10",
        "no ip routing",
    ],
)
def test_a_second_text_behind_the_first_changes_nothing_and_is_told(second: str) -> None:
    first = snapshot(f"{TEXT}end\n")
    read = snapshot(f"{TEXT}end\n{second}\n")
    assert (read.interfaces, read.acls, read.routes, read.vlans, read.routing) == (
        first.interfaces,
        first.acls,
        first.routes,
        first.vlans,
        first.routing,
    )
    assert whys(read) == [(second.split("\n")[0], "line")]


def test_a_table_of_vlans_may_follow() -> None:
    read = snapshot(
        f"{TEXT}end\nVLAN Name   Status    Ports\n---- ------ --------- -----\n20   staff  active    Gi1/0/1\n"
    )
    assert read.vlans is not None
    assert read.vlans[20] == "staff"
    assert read.unread == ()
