"""The lines that people will read in a check, and the order that keeps them safe."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_interface

import pytest

from sanso.network.facts import Mode, Port, Svi
from sanso.network.vlans import write_vlans
from sanso.platforms import load_platform
from sanso.platforms.industry.port import allowed_lines
from sanso.platforms.industry.vlans import pieces, read_vlans

ACCESS = Port("p", "staff", access_vlan=10)
TRUNK = Port("p", "uplink", mode=Mode.TRUNK, native_vlan=998, allowed=frozenset({10, 20, 998}))
UNUSED = Port("p", "unused", shutdown=True, access_vlan=999)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (ACCESS, replace(ACCESS, description="clerks"), ["description clerks"]),
        (ACCESS, replace(ACCESS, description=""), ["no description"]),
        (replace(ACCESS, voice_vlan=7), ACCESS, ["no switchport voice vlan"]),
        (
            UNUSED,
            ACCESS,
            ["description staff", "switchport access vlan 10", "no shutdown"],
        ),
        (
            TRUNK,
            UNUSED,
            [
                "description unused",
                "shutdown",
                "no switchport voice vlan",
                "switchport access vlan 999",
                "switchport mode access",
            ],
        ),
        (
            ACCESS,
            replace(TRUNK, description="staff"),
            ["switchport trunk native vlan 998", "switchport trunk allowed vlan 10,20,998", "switchport mode trunk"],
        ),
        (TRUNK, replace(TRUNK, allowed=frozenset({10})), ["switchport trunk allowed vlan 10"]),
        (
            TRUNK,
            replace(TRUNK, native_vlan=20, allowed=frozenset({20, 30})),
            [
                "switchport trunk allowed vlan 20",
                "switchport trunk native vlan 20",
                "switchport trunk allowed vlan 20,30",
            ],
        ),
        (
            TRUNK,
            replace(TRUNK, native_vlan=30, allowed=frozenset({30})),
            [
                "switchport trunk allowed vlan none",
                "switchport trunk native vlan 30",
                "switchport trunk allowed vlan 30",
            ],
        ),
        (
            Port("p", "staff", mode=Mode.ROUTED),
            ACCESS,
            [
                "shutdown",
                "switchport",
                "no switchport voice vlan",
                "switchport access vlan 10",
                "switchport mode access",
                "no shutdown",
            ],
        ),
        (Port("p", mode=Mode.DYNAMIC), Port("p"), ["switchport mode access"]),
    ],
)
def test_a_port_changes_with_few_lines_in_a_safe_order(old: Port, new: Port, lines: list[str]) -> None:
    assert load_platform("ios").set_port(old, new) == ["interface p", *(f" {line}" for line in lines), " exit"]


def test_eos_has_its_own_word_for_the_voice_vlan() -> None:
    assert " no switchport phone vlan" in load_platform("eos").set_port(replace(ACCESS, voice_vlan=7), ACCESS)


SVI = Svi(
    10,
    "staff",
    ipv4=frozenset({ip_interface("10.0.0.1/24")}),
    ipv6=frozenset({ip_interface("2001:db8::1/64")}),
    acls={("ipv4", "in"): "SANSO-a-IN-V4", ("ipv6", "in"): "SANSO-a-IN-V6"},
)


def test_an_svi_comes_up_after_its_lists_and_its_addresses() -> None:
    assert load_platform("ios").set_svi(None, SVI) == [
        "interface Vlan10",
        " description staff",
        " ip access-group SANSO-a-IN-V4 in",
        " ipv6 traffic-filter SANSO-a-IN-V6 in",
        " ip address 10.0.0.1 255.255.255.0",
        " ipv6 address 2001:DB8::1/64",
        " no shutdown",
        " exit",
    ]
    assert load_platform("eos").set_svi(None, SVI) == [
        "interface Vlan10",
        " description staff",
        " ip access-group SANSO-a-IN-V4 in",
        " ipv6 access-group SANSO-a-IN-V6 in",
        " ip address 10.0.0.1/24",
        " ipv6 address 2001:db8::1/64",
        " no shutdown",
        " exit",
    ]


def test_a_second_address_that_a_person_added_goes_without_the_first_being_off() -> None:
    tampered = replace(SVI, ipv4=SVI.ipv4 | {ip_interface("192.168.0.1/24")})
    assert load_platform("ios").set_svi(tampered, SVI) == [
        "interface Vlan10",
        " ip address 10.0.0.1 255.255.255.0",
        " no ip address 192.168.0.1 255.255.255.0 secondary",
        " exit",
    ]


def test_a_list_is_taken_away_after_the_addresses_that_it_filters() -> None:
    bare = Svi(10, "staff")
    assert load_platform("eos").set_svi(SVI, bare) == [
        "interface Vlan10",
        " no ip address",
        " no ipv6 address 2001:db8::1/64",
        " no ip access-group SANSO-a-IN-V4 in",
        " no ipv6 access-group SANSO-a-IN-V6 in",
        " exit",
    ]


def test_vlan_lists_as_each_device_prints_them() -> None:
    vlans = {1, 10, 11, 20, 21, 22}
    assert write_vlans(vlans, run=3) == "1,10,11,20-22"
    assert write_vlans(vlans, run=2) == "1,10-11,20-22"
    assert read_vlans("1,10,11,20-22") == vlans


def test_a_long_list_is_cut_between_its_parts() -> None:
    text = write_vlans(range(1, 4095, 2))
    cut = list(pieces(text, 60))
    assert ",".join(cut) == text
    assert all(40 < len(piece) <= 60 for piece in cut[:-1])
    first, second, *_ = allowed_lines(read_vlans(text), 3, 60)
    assert first == f"switchport trunk allowed vlan {cut[0]}"
    assert second == f"switchport trunk allowed vlan add {cut[1]}"
