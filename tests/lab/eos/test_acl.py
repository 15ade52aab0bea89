"""Access lists are written in a draft, which leaving the mode puts into force."""

from __future__ import annotations

import pytest

from sanso.lab.eos.services import ICMP, ICMP6, PORTS, PROTOCOLS, PROTOCOLS6
from sanso.platforms.eos.services import NAMES
from tests.lab.eos.conftest import Switch

LIST = ("ip access-list OFFICE", "permit tcp any any established", "deny ip any any log")


@pytest.mark.parametrize("leave", ["exit", "end", "interface Ethernet1", "vlan 10", "ip access-list OTHER"])
def test_nothing_is_in_force_until_the_mode_is_left(switch: Switch, leave: str) -> None:
    before = switch.device.running_config()
    switch.type("configure", *LIST)
    assert switch.device.running_config() == before
    assert switch.type("show ip access-lists OFFICE") == ""
    assert switch.type("show").splitlines()[1:] == [
        "        10 permit tcp any any established",
        "        20 deny ip any any log",
    ]

    switch.type(leave)

    assert switch.running("ip access-list OFFICE") == ["10 permit tcp any any established", "20 deny ip any any log"]


def test_abort_leaves_the_list_as_it_was(switch: Switch) -> None:
    switch.configure(*LIST)
    before = switch.device.running_config()
    switch.type("configure", "ip access-list OFFICE", "no 20", "5 permit ip any any", "abort")
    assert switch.shell.prompt == "sw1(config)#"
    assert switch.device.running_config() == before


def test_a_login_that_ends_in_the_midst_changes_nothing(switch: Switch) -> None:
    before = switch.device.running_config()
    switch.type("configure", *LIST)
    switch.shell.on_close()
    assert switch.device.running_config() == before


def test_a_list_that_is_removed_while_it_is_written_stays_removed(switch: Switch) -> None:
    switch.type("configure", *LIST, "no ip access-list OFFICE", "end")
    assert "ip access-list" not in switch.device.running_config()


def test_entries_go_by_number_and_by_their_words(switch: Switch) -> None:
    switch.configure(*LIST)

    said = switch.configure(
        "ip access-list OFFICE",
        "15 remark mail",
        "16 permit tcp any host 10.0.0.25 eq 25",
        "16 permit tcp any host 10.0.0.26 eq 25",
        "no deny ip any any log",
        "no 10",
        "no 4711",
        "deny ip any any",
        "statistics per-entry",
    )

    assert said == ["% Error: Duplicate sequence number"]
    assert switch.running("ip access-list OFFICE") == [
        "counters per-entry",
        "15 remark mail",
        "16 permit tcp any host 10.0.0.25 eq smtp",
        "26 deny ip any any",
    ]
    switch.configure("ip access-list OFFICE", "resequence 100 20")
    assert [line.split()[0] for line in switch.running("ip access-list OFFICE")] == ["counters", "100", "120", "140"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("permit ip 10.1.2.3 0.0.0.255 any", "permit ip 10.1.2.0/24 any"),
        ("permit ip 10.1.2.3 0.0.0.0 0.0.0.0/0", "permit ip host 10.1.2.3 any"),
        ("permit ip 10.1.2.3/32 10.0.0.0/8", "permit ip host 10.1.2.3 10.0.0.0/8"),
        ("permit ip 10.1.0.3 0.0.255.0 any", "permit ip 10.1.0.3 0.0.255.0 any"),
        ("permit 6 any any eq 443 22 log", "permit tcp any any eq https ssh log"),
        ("permit tcp any range 1024 65535 any eq 80", "permit tcp any range 1024 65535 any eq www"),
        ("permit udp any any gt 1023", "permit udp any any gt 1023"),
        ("permit udp host 10.0.0.1 eq ntp any", "permit udp host 10.0.0.1 eq ntp any"),
        ("deny icmp any any 8", "deny icmp any any echo"),
        ("deny icmp any any 3 4", "deny icmp any any packet-too-big"),
        ("deny icmp any any 40 1", "deny icmp any any 40 1"),
        ("permit 50 any any", "permit 50 any any"),
        ("permit ip any any log dscp ef", "permit ip any any dscp ef log"),
    ],
)  # fmt: skip
def test_how_ipv4_entries_are_printed(switch: Switch, typed: str, printed: str) -> None:
    assert switch.configure("ip access-list A", typed) == []
    assert switch.running("ip access-list A") == [f"10 {printed}"]
    # what is printed reads back as itself
    assert switch.configure("ip access-list B", f"10 {printed}") == []
    assert switch.running("ip access-list B") == [f"10 {printed}"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("permit ipv6 2001:DB8::1/64 any", "permit ipv6 2001:db8::/64 any"),
        ("permit tcp host 2001:DB8::1 any eq 443", "permit tcp host 2001:db8::1 any eq https"),
        ("permit icmpv6 any any 135", "permit icmpv6 any any neighbor-solicitation"),
        ("permit icmpv6 any any packet-too-big", "permit icmpv6 any any packet-too-big"),
        ("deny 58 any any", "deny icmpv6 any any"),
    ],
)
def test_how_ipv6_entries_are_printed(switch: Switch, typed: str, printed: str) -> None:
    assert switch.configure("ipv6 access-list A", typed) == []
    assert switch.running("ipv6 access-list A") == [f"10 {printed}"]


@pytest.mark.parametrize(
    "typed",
    [
        "permit",
        "permit ip any",
        "permit ip 10.0.0.0/33 any",
        "permit tcp any any eq",
        "permit tcp any any eq 65536",
        "permit tcp any any range 20 10",
        "permit ip any any eq 80",
        "permit udp any any established",
        "permit icmp any any 300",
        "permit ip 2001:db8::/64 any",
        "allow ip any any",
        "0 permit ip any any",
    ],
)
def test_entries_that_are_refused(switch: Switch, typed: str) -> None:
    (said,) = switch.configure("ip access-list A", typed)
    assert said in ("% Invalid input", "% Incomplete command")
    assert switch.running("ip access-list A") == []


def test_the_platform_knows_every_name_that_is_printed() -> None:
    assert PORTS["tcp"].items() <= NAMES.tcp.items()
    assert PORTS["udp"].items() <= NAMES.udp.items()
    for family, protocols, types in (("ipv4", PROTOCOLS, ICMP), ("ipv6", PROTOCOLS6, ICMP6)):
        assert protocols.items() <= NAMES.protocols[family].items()
        whole = {kind: name for (kind, code), name in types.items() if code is None}
        assert whole.items() <= NAMES.icmp[family].items()
