"""VLANs that ports name and the device has not, and gateways that no port leads to."""

from __future__ import annotations

import pytest

from tests.proof.test_lint import found

PORT = "vlan 10,20\ninterface GigabitEthernet1/0/1\n"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (" switchport mode access\n switchport access vlan 10\n", []),
        (" switchport mode access\n switchport access vlan 30\n", [("LINT-07", "access", 4)]),
        (" switchport mode access\n switchport access vlan 30\n shutdown\n", []),
        (
            " switchport mode access\n switchport access vlan 10\n switchport voice vlan 30\n",
            [("LINT-07", "voice", 5)],
        ),
        (" switchport mode trunk\n switchport trunk allowed vlan 10,30\n", [("LINT-07", "trunk", 4)]),
        (" switchport mode trunk\n switchport trunk allowed vlan 10,30-32\n", [("LINT-07", "trunk", 4)]),
        (" switchport mode trunk\n switchport trunk allowed vlan 10-30\n", []),
        (" switchport mode trunk\n switchport trunk allowed vlan 2-9,100-4094\n", [("LINT-07", "trunk", 4)]),
        (" switchport mode trunk\n switchport trunk allowed vlan 10,100-4094\n", []),
        (" switchport mode trunk\n switchport trunk allowed vlan 10,1002-1005\n", []),
        (" switchport mode trunk\n", []),
        (" switchport mode trunk\n switchport trunk native vlan 999\n switchport trunk allowed vlan 10,999\n", []),
    ],
)
def test_vlans_that_a_port_names(lines: str, told: list[tuple[str, str, int]]) -> None:
    assert found(PORT + lines) == told


def test_a_device_whose_vlans_are_not_in_the_text_is_left_alone() -> None:
    lines = "interface GigabitEthernet1/0/1\n switchport mode access\n switchport access vlan 30\n"
    assert found(f"vtp mode server\n{lines}") == []
    assert found(f"vtp mode transparent\n{lines}") == [("LINT-07", "access", 4)]


def test_ports_that_lack_the_same_are_one_finding() -> None:
    port = "interface Ethernet{}\n   switchport access vlan 30\n"
    assert found("vlan 10\n" + port.format(1) + port.format(2), "eos") == [("LINT-07", "access", 3)]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("switchport access vlan 20\n switchport mode access", True),
        ("switchport access vlan 10\n switchport mode access", False),
        ("switchport access vlan 10\n switchport mode access\n shutdown", True),
        ("switchport access vlan 20\n switchport mode access\n switchport voice vlan 10", False),
        ("switchport trunk allowed vlan 20\n switchport mode trunk", True),
        ("switchport trunk allowed vlan 10\n switchport mode trunk", False),
        ("switchport mode trunk", False),
        ("switchport mode dynamic auto", False),
    ],
)
def test_a_gateway_that_no_port_leads_to(lines: str, told: bool) -> None:
    port = f"{PORT} {lines}\ninterface GigabitEthernet1/0/2\n switchport mode access\n"
    gateway = "interface Vlan10\n ip address 10.0.0.1 255.255.255.0\n"
    places = [line for rule, _, line in found(port + gateway) if rule == "LINT-08"]
    assert places == ([(port + gateway).splitlines().index("interface Vlan10") + 1] if told else [])
    assert all(rule != "LINT-08" for rule, _, _ in found(f"{port}{gateway} shutdown\n"))
    assert all(rule != "LINT-08" for rule, _, _ in found(f"{port}{gateway} no autostate\n"))
    assert found("vlan 10\n" + gateway) == [], "an excerpt without ports tells nothing"
