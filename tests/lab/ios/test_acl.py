"""Access lists: entries in order, edited by number, bound to interfaces."""

import pytest

from tests.lab.ios.conftest import Switch

LIST = "ip access-list extended WEB"
LIST6 = "ipv6 access-list WEB6"


def test_entries_are_numbered_in_tens(switch: Switch) -> None:
    switch.configure(LIST, "permit tcp any any eq 80", "deny ip any any log")
    assert switch.running(LIST) == ["10 permit tcp any any eq www", "20 deny ip any any log"]


def test_an_entry_goes_between_two_and_out_again(switch: Switch) -> None:
    switch.configure(LIST, "10 permit tcp any any", "20 deny ip any any", "15 permit udp any any", "no 10")
    assert switch.running(LIST) == ["15 permit udp any any", "20 deny ip any any"]
    switch.configure(LIST, "no permit udp any any")
    assert switch.running(LIST) == ["20 deny ip any any"]


def test_a_number_is_taken_once(switch: Switch) -> None:
    said = switch.configure(LIST, "10 permit tcp any any", "10 permit udp any any")
    assert said == ["% Duplicate sequence number"]
    assert switch.running(LIST) == ["10 permit tcp any any"]


def test_the_same_entry_again_changes_nothing(switch: Switch) -> None:
    said = switch.configure(LIST, "permit tcp any any", "deny ip any any", "permit tcp any any", "30 deny ip any any")
    assert said == ["% Duplicate deny statement ignored."]
    assert switch.running(LIST) == ["10 permit tcp any any", "20 deny ip any any"]


def test_resequence(switch: Switch) -> None:
    switch.configure(LIST, "5 permit tcp any any", "6 permit udp any any", "ip access-list resequence WEB 100 20")
    assert switch.running(LIST) == ["100 permit tcp any any", "120 permit udp any any"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("permit tcp 10.0.0.5 0.0.0.255 any", "permit tcp 10.0.0.0 0.0.0.255 any"),
        ("permit ip 10.0.0.5 0.0.0.0 0.0.0.0 255.255.255.255", "permit ip host 10.0.0.5 any"),
        ("permit udp any any eq 53 log", "permit udp any any eq domain log"),
        ("permit tcp any any range 8080 8000", "permit tcp any any range 8000 8080"),
        ("permit tcp any any established", "permit tcp any any established"),
        ("permit tcp any gt 1023 host 10.0.0.1 eq 443", "permit tcp any gt 1023 host 10.0.0.1 eq 443"),
        ("permit icmp any any 8", "permit icmp any any echo"),
        ("permit 47 any any", "permit gre any any"),
        ("deny ip any any log-input", "deny ip any any log-input"),
    ],
)
def test_entries_are_printed_in_ios_words(switch: Switch, typed: str, printed: str) -> None:
    assert switch.configure(LIST, typed) == []
    assert switch.running(LIST) == [f"10 {printed}"]


@pytest.mark.parametrize("typed", ["permit tcp any", "permit tcp any any eq", "permit"])
def test_an_entry_that_needs_more(switch: Switch, typed: str) -> None:
    assert switch.configure(LIST, typed) == ["% Incomplete command.\n"]


@pytest.mark.parametrize(
    "typed",
    ["permit tcp any any eq 70000", "permit ipx any any", "permit tcp 10.0.0.0/8 any", "deny udp any any syn"],
)
def test_an_entry_that_makes_no_sense(switch: Switch, typed: str) -> None:
    (said,) = switch.configure(LIST, typed)
    assert "% Invalid input" in said
    assert switch.running(LIST) == []


def test_remarks_stand_before_their_entry_and_are_not_shown_as_one(switch: Switch) -> None:
    switch.configure(LIST, "remark staff to the web", "permit tcp any any eq 80", "remark rest", "deny ip any any")
    assert switch.running(LIST) == [
        "10 remark staff to the web", "10 permit tcp any any eq www", "20 remark rest", "20 deny ip any any",
    ]  # fmt: skip
    assert switch.type("show ip access-lists WEB").split("\n") == [
        "Extended IP access list WEB",
        "    10 permit tcp any any eq www",
        "    20 deny ip any any",
    ]


def test_ipv6_numbers_stand_in_front_in_the_configuration_and_behind_when_shown(switch: Switch) -> None:
    front, behind = "sequence 30 deny ipv6 any any", "permit icmp any any nd-ns sequence 15"
    switch.configure(LIST6, "permit tcp 2001:db8::1/32 any eq 443", behind, front)
    assert switch.running(LIST6) == [
        "sequence 10 permit tcp 2001:DB8::/32 any eq 443",
        "sequence 15 permit icmp any any nd-ns",
        "sequence 30 deny ipv6 any any",
    ]
    assert (
        switch.type("show ipv6 access-list").split("\n")[1] == "    permit tcp 2001:DB8::/32 any eq 443 sequence 10"
    )
    switch.configure(LIST6, "no sequence 15", "no deny ipv6 any any")
    assert switch.running(LIST6) == ["sequence 10 permit tcp 2001:DB8::/32 any eq 443"]


def test_a_list_goes_while_it_is_bound_and_the_binding_stays(switch: Switch) -> None:
    """What makes the order of a change matter: the interface stands open then."""
    switch.configure(
        LIST, "deny ip any any", "interface Vlan10", "ip access-group WEB in", "ipv6 traffic-filter GONE out"
    )
    assert switch.configure("no ip access-list extended WEB") == []
    assert switch.running("interface Vlan10") == [
        "no ip address",
        "ip access-group WEB in",
        "ipv6 traffic-filter GONE out",
    ]
    assert switch.type("show ip access-lists") == ""


def test_one_list_in_each_direction(switch: Switch) -> None:
    switch.configure("interface Vlan10", "ip access-group A in", "ip access-group B out", "ip access-group C in")
    assert switch.running("interface Vlan10")[1:] == ["ip access-group C in", "ip access-group B out"]
    switch.configure("interface Vlan10", "no ip access-group A in")
    assert switch.running("interface Vlan10")[1:] == ["ip access-group B out"]


def test_the_name_says_the_kind(switch: Switch) -> None:
    assert switch.configure(LIST, "ip access-list standard WEB") == [
        "% A named extended IP access list with this name already exists"
    ]
    switch.configure("ip access-list standard SNMP", "permit 10.0.0.0 0.0.0.255", "permit host 10.1.1.1")
    assert switch.running("ip access-list standard SNMP") == ["10 permit 10.0.0.0 0.0.0.255", "20 permit 10.1.1.1"]
    assert "    10 permit 10.0.0.0, wildcard bits 0.0.0.255" in switch.type("show access-lists SNMP")


def test_numbered_lists(switch: Switch) -> None:
    switch.configure("access-list 101 permit tcp any any eq 22", "access-list 101 deny ip any any")
    assert switch.running("ip access-list extended 101") == ["10 permit tcp any any eq 22", "20 deny ip any any"]
    switch.configure("no access-list 101")
    assert switch.type("show access-lists") == ""
