"""Routes, VLANs, routing, VRFs and the text around them."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from sanso.network.snapshot import Route
from sanso.platforms import UnknownPlatformError, detect_platform, read_snapshot
from tests.platforms.snapshot.texts import snapshot, whys

IOS, EOS = "ios", "eos"


def route(text: str, platform: str = IOS) -> Route:
    (found,) = snapshot(text, platform).routes
    return found


@pytest.mark.parametrize(
    ("platform", "text", "prefix", "vrf", "next_hop", "interface", "next_vrf"),
    [
        (IOS, "ip route 0.0.0.0 0.0.0.0 10.0.0.1", "0.0.0.0/0", "", "10.0.0.1", "", None),
        (IOS, "ip route 10.1.0.0 255.255.0.0 10.0.0.1 250 name x tag 7", "10.1.0.0/16", "", "10.0.0.1", "", None),
        (IOS, 'ip route vrf M 0.0.0.0 0.0.0.0 10.0.0.1 name "two words"', "0.0.0.0/0", "M", "10.0.0.1", "", None),
        (IOS, "ip route 10.1.0.0 255.255.0.0 Null0", "10.1.0.0/16", "", None, "", None),
        (IOS, "ip route 10.1.0.0 255.255.0.0 Vlan10 10.0.0.1", "10.1.0.0/16", "", "10.0.0.1", "Vlan10", None),
        (IOS, "ip route 10.1.0.0 255.255.0.0 Gi0/1 200", "10.1.0.0/16", "", None, "GigabitEthernet0/1", None),
        (IOS, "ip route vrf M 10.1.0.0 255.255.0.0 10.0.0.1 global", "10.1.0.0/16", "M", "10.0.0.1", "", ""),
        (IOS, "ipv6 route ::/0 2001:DB8::1", "::/0", "", "2001:db8::1", "", None),
        (IOS, "ipv6 route 2001:DB8::/32 Vlan10 FE80::1 5", "2001:db8::/32", "", "fe80::1", "Vlan10", None),
        (IOS, "ipv6 route vrf M ::/0 2001:DB8::1 nexthop-vrf default", "::/0", "M", "2001:db8::1", "", ""),
        (EOS, "ip route 0.0.0.0/0 10.0.0.1", "0.0.0.0/0", "", "10.0.0.1", "", None),
        (EOS, "ip route vrf M 10.0.0.0/8 egress-vrf N 10.0.0.1", "10.0.0.0/8", "M", "10.0.0.1", "", "N"),
        (EOS, "ip route vrf M 10.0.0.0/8 egress-vrf default 10.0.0.1", "10.0.0.0/8", "M", "10.0.0.1", "", ""),
        (EOS, "ip route vrf default 10.0.0.0/8 Ethernet1 10.0.0.1", "10.0.0.0/8", "", "10.0.0.1", "Ethernet1", None),
    ],
)  # fmt: skip
def test_routes(
    platform: str, text: str, prefix: str, vrf: str, next_hop: str | None, interface: str, next_vrf: str | None
) -> None:
    found = route(text, platform)
    assert (found.prefix, found.vrf, found.interface, found.next_vrf) == (
        ip_network(prefix),
        vrf,
        interface,
        next_vrf,
    )
    assert found.next_hop == (ip_address(next_hop) if next_hop else None)


@pytest.mark.parametrize(
    "text",
    [
        "ip route 0.0.0.0 0.0.0.0 dhcp",
        "ip route 0.0.0.0",
        "ip route 10.0.0.0 255.0.255.0 10.0.0.1",
        "ip route 10.0.0.0 255.0.0.0",
        "ip route 10.0.0.0/8 nexthop-group G",
        "ip route 10.0.0.0/8 10.0.0.1 label 100",
        'ip route 10.0.0.0 255.0.0.0 10.0.0.1 name "open',
        "no ip route 10.0.0.0 255.0.0.0 10.0.0.1",
    ],
)
def test_routes_that_are_not_understood(text: str) -> None:
    read = snapshot(text)
    assert whys(read) == [(text, "route")]
    assert read.routes == ()


@pytest.mark.parametrize(
    ("platform", "text", "ipv4", "ipv6"),
    [
        (IOS, "", True, False),
        (IOS, "no ip routing", False, False),
        (IOS, "ipv6 unicast-routing", True, True),
        (EOS, "", False, False),
        (EOS, "ip routing\nipv6 unicast-routing", True, True),
        (EOS, "ip routing\nno ip routing vrf MGMT", True, False),
        (EOS, "ip routing vrf BLUE", True, False),
    ],
)
def test_whether_a_device_routes(platform: str, text: str, ipv4: bool, ipv6: bool) -> None:
    assert snapshot(text, platform).routing == {"ipv4": ipv4, "ipv6": ipv6}


USUAL = {
    1: "default",
    1002: "fddi-default",
    1003: "token-ring-default",
    1004: "fddinet-default",
    1005: "trnet-default",
}
TABLE = """\
vtp mode server
hostname sw1
end
VLAN Name                             Status    Ports
---- -------------------------------- --------- -------------------------------
1    default                          active    Gi1/0/1, Gi1/0/2, Gi1/0/3
                                                Gi1/0/4
20   two words                        active
30   old                              act/lshut
"""


@pytest.mark.parametrize(
    ("platform", "text", "vlans"),
    [
        (IOS, "", None),
        (IOS, "vlan 10\n name staff\nvlan 20,30-31", {10: "staff", 20: "VLAN0020", 30: "VLAN0030", 31: "VLAN0031"}),
        (IOS, 'vlan 10\n name "two words"', {10: "two words"}),
        (IOS, "vlan 10\nno vlan 10", {}),
        (IOS, "vtp mode transparent", {}),
        (IOS, "vtp mode server", None),
        (IOS, "vtp mode client\nvlan 2000", None),
        (IOS, TABLE, {20: "two words", 30: "old"}),
        (EOS, "", {}),
        (EOS, "vlan 10-11\n   trunk group X", {10: "VLAN0010", 11: "VLAN0011"}),
    ],
)
def test_vlans(platform: str, text: str, vlans: dict[int, str] | None) -> None:
    read = snapshot(text, platform)
    always = USUAL if platform == IOS else {1: "default"}
    assert read.vlans == (None if vlans is None else always | vlans)
    assert read.understood == read.lines


def test_text_of_banners_and_macros_is_no_configuration() -> None:
    read = snapshot("""\
        hostname sw1
        banner motd ^C
        interface Vlan99
        ^C
        banner login #one line#
        macro name desk
        switchport access vlan 99
        @
        interface Vlan10
        """)
    assert read.hostname == "sw1"
    assert list(read.interfaces) == ["Vlan10"]
    assert read.interfaces["Vlan10"].line.number == 9
    assert read.unread == ()


def test_a_banner_without_end_hides_all_that_follows() -> None:
    read = snapshot("interface Vlan10\nbanner motd ^C\ninterface Vlan20\n")
    assert whys(read) == [("banner motd ^C", "banner")]


def test_a_banner_of_eos_ends_with_eof() -> None:
    read = snapshot("banner login\ninterface Vlan99\nEOF\nhostname sw1\n", EOS)
    assert (read.hostname, read.interfaces) == ("sw1", {})


def test_line_numbers_are_those_of_an_editor() -> None:
    read = snapshot(
        "! form feed \x0c and line separator \u2028 end no line\r\n\r\n\tinterface Vlan10\r\n\r\n  shutdown\r\n"
    )
    assert read.interfaces["Vlan10"].line.number == 3
    assert read.interfaces["Vlan10"].shutdown


def test_lines_below_one_that_has_none_are_judged_alone() -> None:
    read = snapshot("ntp server 10.0.0.1\n interface Vlan10\n  shutdown\n router ospf 1\n  area 0\n")
    assert read.interfaces["Vlan10"].shutdown
    assert whys(read) == [("router ospf 1", "routing_protocol")]
    assert (read.lines, read.understood) == (5, 3)


def test_lines_of_an_interface_may_be_indented_unevenly() -> None:
    found = snapshot("interface Vlan10\n   description x\n  shutdown\n ip access-group A in\n    vrf forwarding B\n")
    vlan = found.interfaces["Vlan10"]
    assert (vlan.shutdown, vlan.bindings[0].name, vlan.vrf) == (True, "A", "B")


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("version 15.2\ninterface GigabitEthernet0/1\n ip address 10.0.0.1 255.255.255.0\n", IOS),
        ("! device: sw1 (DCS-7050, EOS-4.30.1F)\ninterface Ethernet1\n   ip address 10.0.0.1/24\n", EOS),
        ("hostname sw1\n", None),
        ("set system host-name sw1\n", None),
        ("", None),
    ],
)
def test_the_text_tells_its_platform(text: str, platform: str | None) -> None:
    assert detect_platform(text) == platform


def test_a_text_that_does_not_tell_its_platform_needs_a_name() -> None:
    with pytest.raises(UnknownPlatformError, match=r"a\.cfg does not tell its platform.*eos.*ios"):
        read_snapshot("hostname sw1\n", "a.cfg")
    with pytest.raises(UnknownPlatformError, match="'nosuch'"):
        read_snapshot("hostname sw1\n", "a.cfg", "nosuch")
    assert read_snapshot("version 15.2\nhostname sw1\n", "a.cfg").platform == IOS
