"""Addresses, VRFs, ACLs and tags of interfaces."""

from __future__ import annotations

import pytest

from tests.platforms.snapshot.texts import interface, snapshot, whys

IOS, EOS = "ios", "eos"
FIRST = "ip address 10.0.0.1 255.255.255.0"


@pytest.mark.parametrize(
    ("platform", "lines", "addresses"),
    [
        (IOS, "ip address 10.0.0.1 255.255.255.0", ["10.0.0.1/24"]),
        (IOS, f"{FIRST}; ip address 10.1.0.1 255.255.0.0 secondary", ["10.0.0.1/24", "10.1.0.1/16"]),
        (EOS, "ip address 10.0.0.1/24; ip address 10.1.0.1/16 secondary", ["10.0.0.1/24", "10.1.0.1/16"]),
        (EOS, "ip address virtual 10.0.0.1/24", ["10.0.0.1/24"]),
        (IOS, "ip address 10.0.0.1 255.255.255.0; no ip address", []),
        (IOS, "ipv6 address 2001:DB8::1/64", ["2001:db8::1/64"]),
        (IOS, "ipv6 address 2001:DB8::/64 eui-64", ["2001:db8::/64"]),
        (IOS, "ipv6 address FE80::1 link-local", ["fe80::1/128"]),
        (IOS, "ipv6 enable", ["fe80::/64"]),
        (IOS, f"{FIRST}; standby 1 ip 10.0.0.9; standby 1 priority 110", ["10.0.0.1/24", "10.0.0.9/24"]),
        (IOS, f"{FIRST}; vrrp 1 ip 10.0.0.9", ["10.0.0.1/24", "10.0.0.9/24"]),
        (EOS, "ip address 10.0.0.2/24; ip virtual-router address 10.0.0.1", ["10.0.0.2/24", "10.0.0.1/24"]),
        (EOS, "vrrp 1 ipv4 10.0.0.1", ["10.0.0.1/32"]),
    ],
)  # fmt: skip
def test_addresses(platform: str, lines: str, addresses: list[str]) -> None:
    assert [str(address.interface) for address in interface(lines, platform, "Vlan10").addresses] == addresses


def test_a_shared_address_below_its_group() -> None:
    read = snapshot("""\
        interface Vlan10
         ip address 10.0.0.2 255.255.255.0
         vrrp 1 address-family ipv4
          priority 200
          address 10.0.0.1 primary
          exit-vrrp
        """)
    assert [str(address.interface) for address in read.interfaces["Vlan10"].addresses] == [
        "10.0.0.2/24",
        "10.0.0.1/24",
    ]
    assert read.interfaces["Vlan10"].addresses[1].line.number == 5
    assert read.unread == ()


@pytest.mark.parametrize(
    "line",
    [
        "ip address dhcp",
        "ip address negotiated",
        "ip address 10.0.0.1",
        "ip unnumbered Loopback0",
        "ipv6 address autoconfig",
        "ipv6 address dhcp",
        "ipv6 address PREFIX ::1/64",
        "ipv6 unnumbered Loopback0",
    ],
)
def test_addresses_that_are_not_told_are_unread(line: str) -> None:
    read = snapshot(f"interface Vlan10\n {line}\n")
    assert [(unread.line.text, unread.why, unread.interface) for unread in read.unread] == [
        (line, "address", "Vlan10")
    ]
    assert (read.lines, read.understood) == (2, 1)


@pytest.mark.parametrize(
    ("platform", "lines", "vrf"),
    [
        (IOS, "vrf forwarding BLUE", "BLUE"),
        (IOS, "ip vrf forwarding BLUE", "BLUE"),
        (IOS, "vrf forwarding BLUE; no vrf forwarding", ""),
        (EOS, "vrf BLUE", "BLUE"),
        (EOS, "vrf default", ""),
    ],
)
def test_vrfs(platform: str, lines: str, vrf: str) -> None:
    assert interface(lines, platform, "Vlan10").vrf == vrf


@pytest.mark.parametrize(
    ("platform", "lines", "bound"),
    [
        (IOS, "ip access-group A in; ip access-group 101 out", [("ipv4", "in", "A"), ("ipv4", "out", "101")]),
        (IOS, "ipv6 traffic-filter B in", [("ipv6", "in", "B")]),
        (EOS, "ipv6 access-group B out", [("ipv6", "out", "B")]),
        (IOS, "ip access-group A in; ip access-group C in", [("ipv4", "in", "C")]),
        (IOS, "ip access-group A in; no ip access-group A in", []),
        (IOS, "ip access-group A in; no ip access-group A out", [("ipv4", "in", "A")]),
    ],
)
def test_bound_acls(platform: str, lines: str, bound: list[tuple[str, str, str]]) -> None:
    found = interface(lines, platform, "Vlan10").bindings
    assert [(one.family, one.direction, one.name) for one in found] == bound


def test_an_acl_on_a_switched_port_is_bound_and_doubtful() -> None:
    read = snapshot("""\
        interface GigabitEthernet1/0/1
         switchport mode access
         ip access-group A in
        """)
    assert [one.name for one in read.interfaces["GigabitEthernet1/0/1"].bindings] == ["A"]
    assert whys(read) == [("ip access-group A in", "pacl")]


@pytest.mark.parametrize(
    ("platform", "line", "vlan"),
    [
        (IOS, "encapsulation dot1Q 100", 100),
        (IOS, "encapsulation dot1Q 100 native", None),
        (EOS, "encapsulation dot1q vlan 100", 100),
    ],
)
def test_tags_of_subinterfaces(platform: str, line: str, vlan: int | None) -> None:
    name = "GigabitEthernet0/1.5" if platform == IOS else "Ethernet1.5"
    found = interface(line, platform, name)
    assert (found.vlan, found.parent) == (vlan, name.removesuffix(".5"))


def test_an_svi_is_up_unless_it_is_shut() -> None:
    read = snapshot("interface Vlan10\n description to the library\ninterface Vlan20\n shutdown\n")
    first, second = read.interfaces.values()
    assert (first.vlan, first.shutdown, first.description) == (10, False, "to the library")
    assert (second.vlan, second.shutdown) == (20, True)
    assert str(second.line) == "sw1.cfg:3: interface Vlan20"
