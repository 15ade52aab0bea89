"""SVIs, addresses, routes and VRFs."""

import pytest

from tests.lab.ios.conftest import Switch

SVI = "interface Vlan10"
ADDRESS = "ip address 10.0.10.1 255.255.255.0"


def test_an_svi_comes_up_without_a_word(switch: Switch) -> None:
    switch.configure("vlan 10", "interface gi1/0/1", "switchport access vlan 10", SVI, ADDRESS)
    assert switch.running(SVI) == [ADDRESS]
    assert switch.type("show ip interface brief | include ^Vlan10").split() == [
        "Vlan10",
        "10.0.10.1",
        "YES",
        "NVRAM",
        "up",
        "up",
    ]
    switch.configure(SVI, "shutdown")
    assert switch.running(SVI) == [ADDRESS, "shutdown"]


def test_an_svi_needs_its_vlan_on_a_port_that_is_up(switch: Switch) -> None:
    switch.configure(SVI, ADDRESS)
    assert switch.type("show interfaces vlan10 | include is").split("\n")[0].endswith("line protocol is down")


def test_lines_stand_in_ios_order(switch: Switch) -> None:
    switch.configure(
        SVI, "ipv6 traffic-filter A6 in", "ipv6 address 2001:db8:0:10::1/64", "ip access-group A in",
        "no ip redirects", ADDRESS, "ip address 10.0.11.1 255.255.255.0 secondary", "ip helper-address 10.9.9.9",
        "description staff",
    )  # fmt: skip
    assert switch.running(SVI) == [
        "description staff",
        "ip address 10.0.11.1 255.255.255.0 secondary",
        ADDRESS,
        "ip access-group A in",
        "ip helper-address 10.9.9.9",
        "no ip redirects",
        "ipv6 address 2001:DB8:0:10::1/64",
        "ipv6 traffic-filter A6 in",
    ]
    again = Switch(startup=switch.device.saved_text())
    assert again.running(SVI) == switch.running(SVI)


def test_an_overlap_is_refused(switch: Switch) -> None:
    said = switch.configure(
        SVI, ADDRESS, "ipv6 address 2001:db8::1/64",
        "interface Vlan20", "ip address 10.0.10.9 255.255.255.128", "ipv6 address 2001:db8::2/64",
    )  # fmt: skip
    assert said == [
        "% 10.0.10.0 overlaps with Vlan10",
        "%Vlan20: Error: 2001:DB8::/64 is overlapping with 2001:DB8::/64 on Vlan10",
    ]
    assert switch.running("interface Vlan20") == ["no ip address"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ip address 10.0.0.0 255.255.255.0", "Bad mask /24 for address 10.0.0.0"),
        ("ip address 10.0.0.1", "% Incomplete command.\n"),
    ],
)
def test_an_address_that_cannot_be(switch: Switch, line: str, said: str) -> None:
    assert switch.configure(SVI, line) == [said]


def test_a_switching_port_has_no_address(switch: Switch) -> None:
    said = switch.configure("interface gi1/0/1", ADDRESS, "ipv6 address 2001:db8::1/64")
    assert said == [
        "% IP addresses may not be configured on L2 links.",
        "% IPv6 addresses may not be configured on L2 links.",
    ]


def test_addresses_are_removed(switch: Switch) -> None:
    switch.configure(SVI, ADDRESS, "ipv6 address 2001:db8::1/64", "ipv6 address 2001:db8:1::1/64")
    switch.configure(SVI, "no ip address", "no ipv6 address 2001:DB8::1/64")
    assert switch.running(SVI) == ["no ip address", "ipv6 address 2001:DB8:1::1/64"]
    switch.configure("no interface Vlan10")
    assert SVI not in switch.running()


def test_static_routes(switch: Switch) -> None:
    switch.configure(
        "ip route 0.0.0.0 0.0.0.0 10.0.0.254", "ip route 10.1.0.0 255.255.0.0 gi1/0/1 10.0.0.2 200 name branch",
        "ipv6 route ::/0 2001:db8::fe",
    )  # fmt: skip
    routes = [line for line in switch.running() if line.startswith(("ip route", "ipv6 route"))]
    assert routes == [
        "ip route 0.0.0.0 0.0.0.0 10.0.0.254",
        "ip route 10.1.0.0 255.255.0.0 GigabitEthernet1/0/1 10.0.0.2 200 name branch",
        "ipv6 route ::/0 2001:DB8::FE",
    ]
    (said,) = switch.configure("no ip route 0.0.0.0 0.0.0.0", "ip route 10.1.1.0 255.255.0.0 10.0.0.2")
    assert said == "%Inconsistent address and mask"
    assert "ip route 0.0.0.0 0.0.0.0 10.0.0.254" not in switch.running()


def test_an_interface_that_goes_to_a_vrf_loses_its_addresses(switch: Switch) -> None:
    said = switch.configure(
        SVI, ADDRESS, "vrf forwarding X", "vrf definition X", "address-family ipv4", SVI, "vrf forwarding X"
    )
    assert said[0] == "% VRF X not configured."
    assert "address(es) removed" in said[1]
    assert switch.running(SVI) == ["vrf forwarding X", "no ip address"]
    assert switch.running("vrf definition X") == ["address-family ipv4", "exit-address-family"]
