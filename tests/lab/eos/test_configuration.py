"""What configuration commands leave behind, and what the switch says to wrong ones."""

from __future__ import annotations

import pytest

from tests.lab.eos.conftest import Switch


def test_vlans_come_in_lists_and_share_a_line_until_they_are_named(switch: Switch) -> None:
    assert switch.configure("vlan 10,20-22", "vlan 21", "name office", "vlan 30", "no vlan 20") == []

    printed = [line for line in switch.device.running_config().splitlines() if line.startswith(("vlan", "   name"))]
    assert printed == ["vlan 10", "vlan 21", "   name office", "vlan 22,30"]


def test_own_and_default_names_are_not_printed(switch: Switch) -> None:
    switch.configure("vlan 10", "name office", "name VLAN0010", "vlan 11", "name a", "no name")
    assert "vlan 10-11" in switch.device.running_config().splitlines()


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        (["switchport access vlan 10", "switchport mode access"], ["switchport access vlan 10"]),
        (["switchport access vlan 10", "no switchport access vlan"], []),
        (["switchport access vlan 10", "switchport access vlan 1"], []),
        (["switchport mode trunk", "switchport trunk allowed vlan 10,12,11"],
         ["switchport trunk allowed vlan 10-12", "switchport mode trunk"]),
        (["switchport trunk allowed vlan 10", "switchport trunk allowed vlan add 20,30"],
         ["switchport trunk allowed vlan 10,20,30"]),
        (["switchport trunk allowed vlan 10-20", "switchport trunk allowed vlan remove 12-20,4000"],
         ["switchport trunk allowed vlan 10-11"]),
        (["switchport trunk allowed vlan except 1-4000"], ["switchport trunk allowed vlan 4001-4094"]),
        (["switchport trunk allowed vlan none"], ["switchport trunk allowed vlan none"]),
        (["switchport trunk allowed vlan none", "switchport trunk allowed vlan add 7"],
         ["switchport trunk allowed vlan 7"]),
        (["switchport trunk allowed vlan 10", "switchport trunk allowed vlan all"], []),
        (["switchport trunk allowed vlan 10", "no switchport trunk allowed vlan"], []),
        (["switchport trunk native vlan 99"], ["switchport trunk native vlan 99"]),
        (["switchport trunk native vlan 99", "switchport trunk native vlan 1"], []),
        (["switchport phone vlan 50"], ["switchport phone vlan 50"]),
        (["shutdown", "description a | b"], ["description a | b", "shutdown"]),
        (["shutdown", "no shutdown"], []),
        (["no switchport", "switchport access vlan 10"], ["switchport access vlan 10", "no switchport"]),
        (["no switchport", "switchport"], []),
        (["spanning-tree portfast edge", "mtu 9000"], ["mtu 9000", "spanning-tree portfast edge"]),
    ],
)  # fmt: skip
def test_a_port(switch: Switch, lines: list[str], printed: list[str]) -> None:
    switch.configure("vlan 10", "interface Ethernet1", *lines)
    assert switch.running("interface Ethernet1") == printed


def test_an_interface_with_addresses_and_lists(switch: Switch) -> None:
    said = switch.configure(
        "interface Vlan10",
        "description office",
        "ip address 10.0.0.1 255.255.255.0",
        "ip address 10.0.1.1/24 secondary",
        "ipv6 address 2001:DB8:0::1/64",
        "ipv6 enable",
        "ip access-group OLD in",
        "ip access-group NEW in",
        "ip access-group OUT out",
        "ipv6 access-group NEW6 in",
        "no ip access-group OTHER in",
    )

    assert said == []
    assert switch.running("interface Vlan10") == [
        "description office",
        "ip address 10.0.0.1/24",
        "ip address 10.0.1.1/24 secondary",
        "ipv6 enable",
        "ipv6 address 2001:db8::1/64",
        "ip access-group NEW in",
        "ip access-group OUT out",
        "ipv6 access-group NEW6 in",
    ]
    assert switch.configure("interface Vlan10", "no ip address 10.0.0.1/24") == [
        "% Primary address cannot be deleted before secondary"
    ]
    switch.configure("interface Vlan10", "no ip address", "no ipv6 address", "no ip access-group NEW in")
    assert switch.running("interface Vlan10")[1:] == [
        "ipv6 enable",
        "ip access-group OUT out",
        "ipv6 access-group NEW6 in",
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["swtichport mode trunk"], "% Invalid input"),
        (["interface"], "% Incomplete command"),
        (["s"], "% Ambiguous command"),
        (["interface Ethernet9"], "% Invalid input"),
        (["interface Vlan4095"], "% Invalid input"),
        (["no interface Ethernet1"], "% Removal of physical interfaces is not permitted"),
        (["interface Vlan10", "switchport mode trunk"], "% Invalid input"),
        (["interface Ethernet1", "switchport access vlan 4095"], "% Invalid input"),
        (["interface Ethernet1", "switchport access vlan 77"], "! Access VLAN does not exist. Creating vlan 77"),
        (["interface Ethernet1", "ip address 10.0.0.1/24"],
         "! IP configuration will be ignored while interface Ethernet1 is not a routed port."),
        (["interface Vlan10", "ip address 10.0.0.1/24", "interface Vlan11", "ip address 10.0.0.1/25"],
         "% Address 10.0.0.1 is already assigned to interface Vlan10"),
        (["interface Vlan10", "ip address 10.0.0.1/24", "interface Vlan11", "ip address 10.0.0.129/25"],
         "% Subnet 10.0.0.128/25 overlaps with existing subnet 10.0.0.0/24 of Vlan10"),
        (["interface Vlan10", "ip address 10.0.0.1/24 secondary"], "% Primary address must be assigned first"),
        (["vlan 10", "name " + "x" * 33], "% VLAN name is too long. The maximum length is 32"),
        (["commit"], "% Invalid input"),
    ],
)  # fmt: skip
def test_what_the_switch_says(switch: Switch, lines: list[str], said: str) -> None:
    assert switch.configure(*lines) == [said]


def test_a_range_is_configured_at_once(switch: Switch) -> None:
    switch.type("configure", "interface et1-2,4")
    assert switch.shell.prompt == "sw1(config-if-Et1,Et2,Et4)#"
    switch.type("interface Ethernet 1-3")
    assert switch.shell.prompt == "sw1(config-if-Et1-3)#"

    switch.type("shutdown", "end")

    assert [switch.running(f"interface Ethernet{number}") for number in (1, 2, 3, 4)] == [["shutdown"]] * 3 + [[]]


def test_a_member_makes_its_port_channel(switch: Switch) -> None:
    switch.configure("interface Ethernet1-2", "channel-group 5 mode active")
    assert switch.running("interface Port-Channel5") == []
    assert switch.running("interface Ethernet2") == ["channel-group 5 mode active"]

    switch.configure("no interface Port-Channel5")
    assert switch.running("interface Ethernet2") == []


def test_lines_that_nobody_interprets_are_kept_in_their_blocks(switch: Switch) -> None:
    lines = [
        "spanning-tree mst 0 priority 4096",
        "management ssh",
        "   idle-timeout 30",
        "   vrf MGMT",
        "      no shutdown",
        "ntp server 10.0.0.5",
        "ip route 10.9.0.0/16 10.0.0.254",
    ]

    assert switch.configure(*lines) == []

    text = switch.device.running_config()
    assert "management ssh\n   idle-timeout 30\n   !\n   vrf MGMT\n      no shutdown\n!" in text
    assert all(line in text.splitlines() for line in (lines[0], *lines[5:]))


def test_a_banner_ends_with_eof(switch: Switch) -> None:
    switch.type("configure", "banner login", "Property of the city", "interface Ethernet1", "EOF", "end")
    assert "banner login\nProperty of the city\ninterface Ethernet1\nEOF\n!" in switch.device.running_config()
    assert switch.device.parsed(switch.device.saved_text()).root.value("banner login").endswith("interface Ethernet1")


def test_an_unprivileged_user_is_told_what_is_missing(switch: Switch) -> None:
    shell = switch.device.shell()
    assert shell.prompt == "sw1>"
    assert shell.execute("show running-config") == "% Invalid input (privileged mode required)"
    assert shell.execute("shwo running-config") == "% Invalid input"
    assert shell.execute("show version").startswith("Arista")


def test_enable_asks_for_a_password_where_one_is_set(switch: Switch) -> None:
    switch.configure("enable password 0 wicket")
    shell = switch.device.shell()
    for typed in ("enable", "wrong", "wrong"):
        assert shell.execute(typed) == ""
    assert shell.execute("wrong") == "% Bad secret"
    assert shell.prompt == "sw1>"
    shell.execute("enable")
    shell.execute("wicket")
    assert shell.prompt == "sw1#"
    assert "wicket" not in switch.device.running_config()


def test_users_log_in_with_their_own_passwords(switch: Switch) -> None:
    switch.configure("username clerk privilege 1 secret 0 stamp", "username guest nopassword")
    assert switch.device.authenticate("clerk", "stamp") == 1
    assert switch.device.authenticate("clerk", "wrong") is None
    assert switch.device.authenticate("admin", "admin") == 15
    assert switch.device.authenticate("nobody", "admin") is None
    switch.configure("no aaa authorization exec default local")
    assert switch.device.authenticate("admin", "admin") == 1
