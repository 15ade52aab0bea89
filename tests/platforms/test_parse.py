"""Reading running configurations: what is in scope, what is not, and what the device leaves out."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_interface

import pytest

from sanso.change.acl import edit
from sanso.network.facts import ALL_VLANS, Acl, Entry, Facts, Mode, Port, Svi
from sanso.platforms import ParseError, load_platform
from sanso.platforms.industry.svi import UNTOLD4, UNTOLD6
from sanso.platforms.ios.vlans import needs_vlan_brief, parse_vlan_brief


def read(platform: str, text: str) -> Facts:
    return load_platform(platform).parse("sw1", f"{text}\nend\n")


def read_port(platform: str, *lines: str, before: str = "") -> Port:
    name = {"ios": "GigabitEthernet1/0/1", "eos": "Ethernet1"}[platform]
    text = "\n".join([before, f"interface {name}", *(f" {line}" for line in lines)])
    return replace(read(platform, text).ports[name], name="p")


@pytest.mark.parametrize(
    ("platform", "lines", "port"),
    [
        ("ios", [], Port("p", mode=Mode.DYNAMIC)),
        ("eos", [], Port("p")),
        ("ios", ["switchport mode access"], Port("p")),
        ("ios", ["switchport mode dynamic desirable"], Port("p", mode=Mode.DYNAMIC)),
        ("ios", ["switchport mode dot1q-tunnel"], Port("p", mode=Mode.DYNAMIC)),
        ("eos", ["switchport mode trunk phone"], Port("p", mode=Mode.DYNAMIC)),
        ("ios", ["switchport mode access", "switchport voice vlan 7"], Port("p", voice_vlan=7)),
        ("eos", ["switchport phone vlan 7"], Port("p", voice_vlan=7)),
        ("ios", ["switchport mode access", "switchport voice vlan dot1p"], Port("p")),
        ("ios", ["switchport mode trunk"], Port("p", mode=Mode.TRUNK)),
        ("ios", ["no switchport", "no ip address"], Port("p", mode=Mode.ROUTED)),
        ("eos", ["no switchport", "switchport mode trunk"], Port("p", mode=Mode.ROUTED)),
        ("eos", ["switchport trunk native vlan tag"], Port("p")),
        ("ios", ["description a  b", "shutdown"], Port("p", "a  b", shutdown=True, mode=Mode.DYNAMIC)),
        ("ios", ["no shutdown", "storm-control broadcast level 5"], Port("p", mode=Mode.DYNAMIC)),
    ],
)
def test_a_port(platform: str, lines: list[str], port: Port) -> None:
    assert read_port(platform, *lines) == port


@pytest.mark.parametrize(
    ("lines", "allowed"),
    [
        (["10,20-22"], {10, 20, 21, 22}),
        (["10,20", "add 30-31", "add 40"], {10, 20, 30, 31, 40}),
        (["none"], set()),
        (["all"], ALL_VLANS),
        (["1-4094"], ALL_VLANS),
    ],
)
def test_an_allowed_list_on_any_number_of_lines(lines: list[str], allowed: set[int]) -> None:
    port = read_port("ios", "switchport mode trunk", *(f"switchport trunk allowed vlan {line}" for line in lines))
    assert port.allowed == allowed


@pytest.mark.parametrize(
    ("line", "mode"), [("", Mode.ROUTED), ("switchport", Mode.ACCESS), ("switchport mode trunk", Mode.ROUTED)]
)
def test_on_eos_routing_can_be_every_port_s_default(line: str, mode: Mode) -> None:
    assert read_port("eos", *([line] if line else []), before="switchport default mode routed").mode is mode


OUT_OF_SCOPE = {
    "ios": [
        "GigabitEthernet0/0",
        "FastEthernet0",
        "AppGigabitEthernet1/0/1",
        "GigabitEthernet1/0/1.10",
        "Loopback0",
        "Tunnel1",
        "Null0",
    ],
    "eos": ["Management1", "Management0/1", "Ethernet1.10", "Loopback0", "Vxlan1", "Recirc-Channel1"],
}


@pytest.mark.parametrize(("platform", "name"), [(nos, name) for nos, names in OUT_OF_SCOPE.items() for name in names])
def test_interfaces_that_are_no_switching_ports_are_out_of_scope(platform: str, name: str) -> None:
    facts = read(platform, f"interface {name}\n switchport mode trunk\n ip address 10.0.0.1 255.0.0.0")
    assert (facts.ports, facts.svis) == ({}, {})


def test_vlans_with_the_names_that_the_device_gives_them() -> None:
    text = "vlan 1\n name x\nvlan 10\n name staff\n!\nvlan 20,30-31\nvlan internal allocation policy ascending"
    expected = {10: "staff", 20: "VLAN0020", 30: "VLAN0030", 31: "VLAN0031"}
    assert read("ios", text).vlans == read("eos", text).vlans == expected


BRIEF = """
VLAN Name                             Status    Ports
---- -------------------------------- --------- -------------------------------
1    default                          active    Gi1/0/1, Gi1/0/2
                                                Gi1/0/3
10   staff                            active    Gi1/0/4
20   name with blanks                 suspended
30   a_name_of_thirty-two_characters_ act/lshut
1002 fddi-default                     act/unsup
"""


def test_vlans_that_vtp_keeps_out_of_the_configuration_come_from_the_table() -> None:
    table = {10: "staff", 20: "name with blanks", 30: "a_name_of_thirty-two_characters_"}
    assert load_platform("ios").parse("sw1", f"hostname sw1\nend{BRIEF}").vlans == table
    assert parse_vlan_brief("vlan 10\nend\n") == {}


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("hostname sw1\n", True),
        ("vtp mode server\n", True),
        ("vtp mode client\n", True),
        ("vtp mode transparent\n", False),
        ("vtp mode off\n", False),
        ("vtp mode server\nvlan 10\n name x\n", False),
        ("vlan internal allocation policy ascending\n", True),
    ],
)
def test_the_table_is_asked_for_only_where_the_configuration_has_no_vlans(text: str, needed: bool) -> None:
    assert needs_vlan_brief(text) is needed


def test_an_svi_on_ios() -> None:
    text = """\
interface Vlan10
 description staff
 ip address 10.0.1.1 255.255.255.0 secondary
 ip address 10.0.0.1 255.255.255.0
 ip access-group SANSO-a-IN-V4 in
 ip access-group other out
 ip helper-address 10.9.9.9
 ipv6 address FE80::1 link-local
 ipv6 address 2001:DB8::1/64
 ipv6 address 2001:DB8:1::/64 eui-64
 ipv6 traffic-filter SANSO-a-IN-V6 in
"""
    assert read("ios", text).svis == {
        10: Svi(
            10,
            "staff",
            ipv4=frozenset({ip_interface("10.0.0.1/24"), ip_interface("10.0.1.1/24")}),
            ipv6=frozenset({ip_interface("2001:db8::1/64"), ip_interface("2001:db8:1::/64")}),
            acls={("ipv4", "in"): "SANSO-a-IN-V4", ("ipv4", "out"): "other", ("ipv6", "in"): "SANSO-a-IN-V6"},
        )
    }


def test_an_svi_on_eos() -> None:
    text = """\
interface Vlan10
   shutdown
   ip address virtual 10.0.0.1/24
   ip address 10.0.1.1/24 secondary
   ipv6 address 2001:db8::1/64
   ipv6 access-group SANSO-a-IN-V6 in
"""
    assert read("eos", text).svis[10] == Svi(
        10,
        shutdown=True,
        ipv4=frozenset({ip_interface("10.0.0.1/24"), ip_interface("10.0.1.1/24")}),
        ipv6=frozenset({ip_interface("2001:db8::1/64")}),
        acls={("ipv6", "in"): "SANSO-a-IN-V6"},
    )


@pytest.mark.parametrize("line", ["ip address dhcp", "ip address negotiated", "ip address 10.0.0.1"])
def test_an_address_that_the_configuration_does_not_tell_is_still_one(line: str) -> None:
    assert read("ios", f"interface Vlan10\n {line}").svis[10].ipv4 == {UNTOLD4}


@pytest.mark.parametrize("line", ["ipv6 address autoconfig", "ipv6 address dhcp", "ipv6 address PROVIDER ::1/64"])
def test_an_ipv6_address_that_the_configuration_does_not_tell_is_still_one(line: str) -> None:
    assert read("ios", f"interface Vlan10\n {line}").svis[10].ipv6 == {UNTOLD6}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([" no ip address", " shutdown"], False),
        ([" description default"], False),
        ([" ip address 10.0.0.1 255.0.0.0"], True),
        ([" ip address dhcp"], True),
        ([" ipv6 address 2001:DB8::1/64"], True),
    ],
)
def test_vlan_1_has_an_svi_only_where_it_has_an_address(lines: list[str], found: bool) -> None:
    assert (1 in read("ios", "\n".join(["interface Vlan1", *lines])).svis) is found


def test_only_the_project_s_own_lists_are_in_scope() -> None:
    text = """\
ip access-list standard SANSO-odd
 10 permit any
ip access-list extended vty
 10 permit ip any any
ip access-list extended SANSO-a
 10 permit ip any any
ipv6 access-list SANSO-a
 sequence 10 deny ipv6 any any log
"""
    assert read("ios", text).acls == {
        ("ipv4", "SANSO-a"): Acl("ipv4", "SANSO-a", {10: Entry("permit")}),
        ("ipv6", "SANSO-a"): Acl("ipv6", "SANSO-a", {10: Entry("deny", log=True)}),
    }


def test_what_stands_in_a_list_and_is_no_entry_is_left_out() -> None:
    text = "ip access-list SANSO-a\n   counters per-entry\n   10 permit ip any any"
    assert read("eos", text).acls["ipv4", "SANSO-a"].entries == {10: Entry("permit")}


@pytest.mark.parametrize(
    "lines",
    [
        [" permit ip any any", " deny ip any any"],
        [" 10 permit ip any any", " deny ip any any"],
        [" 10 permit ip any any", " 10 deny ip any any"],
    ],
)
def test_a_list_without_usable_numbers_is_read_in_order_and_never_edited_by_number(lines: list[str]) -> None:
    found = read("ios", "\n".join(["ip access-list extended SANSO-a", *lines])).acls["ipv4", "SANSO-a"]
    assert list(found.entries.values()) == [Entry("permit"), Entry("deny")]
    assert all(number < 1 for number in found.entries)
    assert edit(found, Acl("ipv4", "SANSO-a", {10: Entry("deny")})) is None


BANNERS = {
    "control character": "banner motd ^C\ninterface Vlan66\n ip address 10.6.6.6 255.0.0.0\n^C",
    "own character": "banner login #\nvlan 66\n#",
    "one line": "banner exec ^Cwelcome^C",
    "ends in text": "banner motd ^Cfirst\nvlan 66^C",
    "eos": "banner motd\nvlan 66\n name x\nEOF",
}


@pytest.mark.parametrize("text", BANNERS.values(), ids=BANNERS)
def test_a_banner_is_no_configuration(text: str) -> None:
    facts = read("ios", f"{text}\nvlan 10\n name staff")
    assert (facts.vlans, facts.svis) == ({10: "staff"}, {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it has no 'end'"),
        ("Command authorization failed.\n", "it has no 'end'"),
        ("hostname sw1\ninterface Vlan10\n", "it has no 'end'"),
        ("banner motd ^C\nhello\nend\n", "the banner of line 1 never ends"),
        ("interface Ethernet1\n switchport trunk allowed vlan 10,x\nend\n", "'10,x' is no list of VLANs"),
    ],
)
def test_text_that_cannot_be_trusted_is_refused(text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        load_platform("eos").parse("sw1", text)
