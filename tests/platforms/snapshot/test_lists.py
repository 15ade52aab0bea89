"""ACLs as a whole, object groups, and the line numbers of both."""

from __future__ import annotations

import pytest

from sanso.network.packets import network_range
from tests.platforms.snapshot.texts import rules, snapshot, whys


def test_named_lists_keep_line_numbers_and_follow_their_sequence_numbers() -> None:
    read = snapshot("""\
        ip access-list extended A
         remark first the exceptions
         20 deny ip any any
         10 permit tcp any any
         permit udp any any
        ipv6 access-list B
         sequence 20 deny ipv6 any any
         permit tcp any any sequence 10
        """)
    first, second = read.acls["ipv4", "A"], read.acls["ipv6", "B"]
    assert [(rule.sequence, rule.action, rule.line.number) for rule in first.rules] == [
        (10, "permit", 4),
        (20, "deny", 3),
        (30, "permit", 5),
    ]
    assert [(rule.sequence, rule.line.number) for rule in second.rules] == [(10, 8), (20, 7)]
    assert str(first.line) == "sw1.cfg:1: ip access-list extended A"
    assert read.understood == read.lines == 8


@pytest.mark.parametrize(
    ("number", "text", "ports"),
    [
        (1, "permit 10.0.0.1", False),
        (99, "permit 10.0.0.1", False),
        (100, "permit tcp host 10.0.0.1 any eq 80", True),
        (199, "permit tcp host 10.0.0.1 any eq 80", True),
        (1300, "permit host 10.0.0.1", False),
        (1999, "permit 10.0.0.1 log", False),
        (2000, "permit tcp host 10.0.0.1 any eq 80", True),
        (2699, "permit tcp host 10.0.0.1 any eq 80", True),
    ],
)
def test_numbered_lists(number: int, text: str, ports: bool) -> None:
    read = snapshot(f"access-list {number} remark x\naccess-list {number} {text}\naccess-list {number} deny any\n")
    first, second = read.acls["ipv4", str(number)].rules
    (match,) = first.matches
    assert match.sources == (network_range("10.0.0.1/32"),)
    assert (match.target_ports == ((80, 80),)) is ports
    assert first.line.number == 2
    # what a standard list says of sources alone is no line of an extended list
    assert second.understood is not ports


@pytest.mark.parametrize(
    ("platform", "header", "line", "source"),
    [
        ("ios", "ip access-list standard A", "permit 10.0.0.0 0.0.0.255", "10.0.0.0/24"),
        ("ios", "ip access-list standard A", "10 permit 10.0.0.1", "10.0.0.1/32"),
        ("ios", "ip access-list standard 7", "permit any", "0.0.0.0/0"),
        ("eos", "ip access-list standard A", "10 permit 10.0.0.0/24", "10.0.0.0/24"),
        ("eos", "ip access-list standard A", "permit host 10.0.0.1 log", "10.0.0.1/32"),
        ("eos", "ipv6 access-list standard A", "permit 2001:db8::/32", "2001:db8::/32"),
    ],
)
def test_standard_lists_tell_sources(platform: str, header: str, line: str, source: str) -> None:
    (acl,) = snapshot(f"{header}\n {line}\n", platform).acls.values()
    (rule,) = acl.rules
    assert [match.sources for match in rule.matches] == [(network_range(source),)]


@pytest.mark.parametrize("body", ["", " remark nothing yet\n"])
@pytest.mark.parametrize("header", ["ip access-list extended A", "ip access-list standard A", "ipv6 access-list A"])
def test_a_list_without_rules_is_there_with_its_first_line(header: str, body: str) -> None:
    (acl,) = snapshot(f"hostname x\n{header}\n{body}").acls.values()
    assert (acl.rules, acl.line.number) == ((), 2)


def test_words_beside_the_entries_do_not_matter() -> None:
    read = snapshot(
        """\
        ip access-list A
           counters per-entry
           statistics per-entry
           10 permit ip any any
        """,
        "eos",
    )
    assert len(read.acls["ipv4", "A"].rules) == 1
    assert read.unread == ()


def test_a_list_that_is_taken_away() -> None:
    read = snapshot("ip access-list extended A\n permit ip any any\nno ip access-list extended A\n")
    assert read.acls == {}


def test_lists_of_other_protocols_do_not_matter() -> None:
    read = snapshot(
        "access-list 700 permit 0000.0000.0000 ffff.ffff.ffff\nmac access-list extended M\n permit any any\n"
    )
    assert read.acls == {}
    assert read.unread == ()


@pytest.mark.parametrize(
    "text",
    [
        "access-list NAME extended permit ip any any",
        "access-list 101",
        "ip access-list extended",
        "ip access-list fqdn NAME\n permit ip any host www.example.org",
    ],
)
def test_headers_that_are_not_understood(text: str) -> None:
    read = snapshot(text)
    assert whys(read) == [(text.partition("\n")[0], "acl_entry")]
    assert read.understood == 0


GROUPS = """\
object-group network SERVERS
 description where services stand
 host 10.0.0.1
 10.1.0.0 255.255.0.0
 10.2.1.0 /24
 range 10.3.0.1 10.3.0.9
object-group network ALL
 group-object SERVERS
 host 10.9.9.9
object-group network LOOP
 group-object LOOP
object-group network EMPTY
object-group network ODD
 10.0.0.0 0.0.0.255
object-group service WEB
 tcp eq www
 tcp source gt 1023 eq 443
 icmp echo
 tcp-udp eq domain
 89
object-group service MORE
 group-object WEB
 udp range 10 20
object-group ip port PORTS
 eq 80
 range 8000 8080
object-group v6-network HOSTS6
 host 2001:DB8::1
 2001:DB8:1::/48
"""


def test_groups_of_addresses_stand_for_all_they_hold() -> None:
    (rule,) = rules(["permit ip object-group ALL any"], more=GROUPS)
    (match,) = rule.matches
    first = int.from_bytes(bytes([10, 3, 0, 1]), "big")
    assert match.sources == (
        network_range("10.0.0.1"),
        network_range("10.1.0.0/16"),
        network_range("10.2.1.0/24"),
        (first, first + 8),
        network_range("10.9.9.9"),
    )
    assert rule.line.number == len(GROUPS.splitlines()) + 3


def test_groups_of_services_give_a_match_each() -> None:
    (rule,) = rules(["permit object-group MORE host 10.0.0.1 any"], more=GROUPS)
    told = [(one.protocols[0][0], one.source_ports, one.target_ports, one.icmp_types) for one in rule.matches]
    assert told == [
        (6, ((0, 65535),), ((80, 80),), ((0, 255),)),
        (6, ((1024, 65535),), ((443, 443),), ((0, 255),)),
        (1, ((0, 65535),), ((0, 65535),), ((8, 8),)),
        (6, ((0, 65535),), ((53, 53),), ((0, 255),)),
        (17, ((0, 65535),), ((53, 53),), ((0, 255),)),
        (89, ((0, 65535),), ((0, 65535),), ((0, 255),)),
        (17, ((0, 65535),), ((10, 20),), ((0, 255),)),
    ]  # fmt: skip
    assert {match.sources for match in rule.matches} == {(network_range("10.0.0.1"),)}


def test_groups_of_ports_and_of_ipv6() -> None:
    (ported,) = rules(["permit tcp any portgroup PORTS any"], more=GROUPS)
    assert ported.matches[0].source_ports == ((80, 80), (8000, 8080))
    (six,) = rules(["permit ipv6 any object-group HOSTS6"], family="ipv6", more=GROUPS)
    assert six.matches[0].targets == (network_range("2001:db8::1"), network_range("2001:db8:1::/48"))


@pytest.mark.parametrize("group", ["LOOP", "EMPTY", "ODD", "NOSUCH"])
def test_groups_that_are_not_understood(group: str) -> None:
    permit, deny = rules([f"permit ip object-group {group} any", f"deny ip object-group {group} any"], more=GROUPS)
    assert not permit.understood
    assert not deny.understood
    assert permit.matches == deny.matches == ()


def test_a_group_may_stand_below_the_list_that_names_it() -> None:
    read = snapshot(
        "ip access-list extended A\n permit ip object-group G any\nobject-group network G\n host 10.0.0.1\n"
    )
    assert read.acls["ipv4", "A"].rules[0].understood


@pytest.mark.parametrize("platform", ["ios", "eos"])
def test_a_number_that_stands_twice_is_told(platform: str) -> None:
    kind = "extended " if platform == "ios" else ""
    read = snapshot(f"ip access-list {kind}A\n 10 deny ip any any\n 10 permit ip any any\n", platform)
    assert whys(read) == [("10 permit ip any any", "acl_entry")]
