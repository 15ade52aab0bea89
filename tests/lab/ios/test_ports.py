"""Switching ports: access, trunks, their lists of VLANs."""

import pytest

from tests.lab.ios.conftest import Switch

PORT = "interface GigabitEthernet1/0/1"
ALLOWED = "switchport trunk allowed vlan"


def test_an_access_port_in_a_missing_vlan_makes_it(switch: Switch) -> None:
    said = switch.configure(PORT, "switchport mode access", "switchport access vlan 20")
    assert said == ["% Access VLAN does not exist. Creating vlan 20"]
    assert switch.running(PORT) == ["switchport access vlan 20", "switchport mode access"]
    assert "20   VLAN0020                         active    Gi1/0/1\n" in switch.type("show vlan brief") + "\n"


def test_defaults_are_not_printed(switch: Switch) -> None:
    switch.configure(
        PORT, "switchport access vlan 1", "switchport trunk native vlan 1", f"{ALLOWED} 1-4094", "no shutdown"
    )
    assert switch.running(PORT) == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (["10,20,30"], "10,20,30"),
        (["10-12,14"], "10-12,14"),
        (["10,11"], "10,11"),
        (["10", "add 20-22"], "10,20-22"),
        (["10-20", "remove 12-18"], "10,11,19,20"),
        (["except 2-4094"], "1"),
        (["10", "none"], "none"),
        (["none", "add 5"], "5"),
        (["30, 10"], "10,30"),
    ],
)
def test_the_list_of_a_trunk(switch: Switch, typed: list[str], printed: str) -> None:
    assert switch.configure(PORT, "switchport mode trunk", *(f"{ALLOWED} {one}" for one in typed)) == []
    assert switch.running(PORT) == [f"{ALLOWED} {printed}", "switchport mode trunk"]


@pytest.mark.parametrize("ending", ["all", "except 4094", ""])
def test_a_trunk_without_a_list_carries_all(switch: Switch, ending: str) -> None:
    undo = f"no {ALLOWED}" if not ending else f"{ALLOWED} {ending}"
    switch.configure(PORT, "switchport mode trunk", f"{ALLOWED} 10", undo)
    expected = [f"{ALLOWED} 1-4093"] if ending.startswith("except") else []
    assert switch.running(PORT) == [*expected, "switchport mode trunk"]


@pytest.mark.parametrize("wrong", ["0", "4095", "20-10", "1,,2", "ten"])
def test_a_list_out_of_bounds_is_refused(switch: Switch, wrong: str) -> None:
    (said,) = switch.configure(PORT, f"{ALLOWED} {wrong}")
    assert "% Invalid input" in said
    assert switch.running(PORT) == []


def test_a_long_list_goes_on_in_lines_of_add_and_loads_again(switch: Switch) -> None:
    wanted = [str(vlan) for vlan in range(100, 200, 2)]
    switch.configure(PORT, "switchport mode trunk", f"{ALLOWED} {','.join(wanted)}")
    first, *more = [line for line in switch.running(PORT) if line.startswith(ALLOWED)]
    assert more
    assert all(line.startswith(f"{ALLOWED} add ") for line in more)
    assert all(len(line) <= 100 for line in (first, *more))
    assert [part for line in (first, *more) for part in line.split()[-1].split(",")] == wanted

    again = Switch(startup=switch.device.saved_text())
    assert again.running(PORT) == switch.running(PORT)


def test_only_trunks_that_are_up_carry_what_they_allow_and_the_switch_has(switch: Switch) -> None:
    switch.configure("vlan 10,20", "vlan 30", "shutdown", PORT, "switchport mode trunk", f"{ALLOWED} 10,30,40")
    switch.configure("interface gi1/0/2", "switchport mode trunk", "shutdown")
    tables = switch.type("show interfaces trunk").split("\n\n")
    rows = [table.strip().split("\n")[1:] for table in tables]
    assert [[row.split()[0] for row in table] for table in rows] == [["Gi1/0/1"]] * 4
    assert [table[0].split()[-1] for table in rows] == ["1", "10,30,40", "10", "10"]


def test_a_routed_port_is_no_switching_port(switch: Switch) -> None:
    said = switch.configure(PORT, "switchport access vlan 10", "no switchport", "switchport mode access")
    assert said[-1] == "Command rejected: Gi1/0/1 not a switching port."
    assert switch.running(PORT) == ["no switchport", "no ip address"]
    assert switch.configure(PORT, "ip address 10.0.0.1 255.255.255.0", "switchport") == []
    assert switch.running(PORT) == []


def test_a_range_is_configured_at_once(switch: Switch) -> None:
    switch.configure("interface range gi1/0/1 - 3 , te1/1/1", "shutdown", "description unused")
    for port in ("GigabitEthernet1/0/1", "GigabitEthernet1/0/3", "TenGigabitEthernet1/1/1"):
        assert switch.running(f"interface {port}") == ["description unused", "shutdown"]
    assert switch.running("interface GigabitEthernet1/0/4") == []


def test_a_physical_port_can_be_neither_made_nor_removed(switch: Switch) -> None:
    made, removed = switch.configure("interface gi7/0/1", "no interface gi1/0/1")
    assert "% Invalid input" in made
    assert removed == "%Removal of physical interfaces is not permitted"


def test_default_interface_puts_all_back(switch: Switch) -> None:
    switch.configure(PORT, "description x", "shutdown", "switchport access vlan 9")
    assert switch.configure("default interface gi1/0/1") == [
        "Interface GigabitEthernet1/0/1 set to default configuration"
    ]
    assert switch.running(PORT) == []


def test_a_port_channel_and_its_members(switch: Switch) -> None:
    said = switch.configure(
        "interface range gi1/0/1 - 2", "switchport mode trunk", "channel-group 1 mode active",
        "interface Port-channel1", f"{ALLOWED} 10",
    )  # fmt: skip
    assert said == ["Creating a port-channel interface Port-channel 1\n"]
    member = [f"{ALLOWED} 10", "switchport mode trunk", "channel-group 1 mode active"]
    assert switch.running("interface GigabitEthernet1/0/2") == member
    assert switch.running("interface Port-channel1") == member[:2]


@pytest.mark.parametrize(
    ("name", "typed"), [("GigabitEthernet1/0/1", "g1/0/1"), ("TenGigabitEthernet1/1/1", "te 1/1/1")]
)
def test_names_as_users_type_them(switch: Switch, name: str, typed: str) -> None:
    assert switch.configure(f"interface {typed}", "description here") == []
    assert switch.running(f"interface {name}") == ["description here"]
