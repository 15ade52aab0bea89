"""Backups of Linux hosts: what is taken in, and that nothing else is passed over in silence."""

from __future__ import annotations

import json
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest

from sanso.network.firewall import Clause, State
from sanso.network.snapshot import Kind, Snapshot
from sanso.platforms import detect_platform, read_snapshot

GOLDEN = Path(__file__).parent / "golden"
"""A ruleset as nft 1.0.6 shows it, in both forms."""
INTERFACES: list[dict[str, Any]] = [
    {"ifname": name, "flags": ["UP"], "link_type": "ether", "addr_info": []} for name in ("eth0", "eth1", "lan0")
]


def backup(**parts: str) -> str:
    """A whole backup; parts replace what each command says, None leaves it out."""
    known = {
        "nft list ruleset": "",
        "ip -d -j address": json.dumps(INTERFACES),
        "ip -j route": "[]",
        "ip -6 -j route": "[]",
        "ip -j rule": "[]",
        "ip -6 -j rule": "[]",
    }
    names = dict(zip(("nft", "address", "route", "route6", "rule", "rule6"), known, strict=True))
    for part, text in parts.items():
        known[names.get(part, part)] = text
    return "".join(f"# {command}\n{text}\n" for command, text in known.items())


def read(**parts: str) -> Snapshot:
    return read_snapshot(backup(**parts), "fw.cfg", "nftables")


def rules(*lines: str, before: str = "") -> str:
    body = "\n".join(f"\t\t{line}" for line in lines)
    head = "\t\ttype filter hook forward priority 0; policy drop;"
    return f"table inet f {{\n{before}\tchain c {{\n{head}\n{body}\n\t}}\n}}"


def clauses(*lines: str, before: str = "") -> list[Clause]:
    found = read(nft=rules(*lines, before=before))
    assert found.firewall is not None
    assert not found.unread, found.unread
    return list(found.firewall.chains["inet f c"].clauses)


# ----- rulesets -----------------------------------------------------------------------------------------------


def test_text_and_json_of_one_ruleset_say_the_same() -> None:
    text, data = (read(nft=(GOLDEN / f"ruleset.{form}").read_text()) for form in ("nft", "json"))
    for found in (text, data):
        assert [one.why for one in found.unread] == ["inspection", "nat", "nat", "nat", "nat"]
        assert found.firewall is not None
        assert found.firewall.hooks == ("inet filter onward", "inet filter late")
    assert text.firewall is not None
    assert data.firewall is not None
    for one, other in zip(text.firewall.chains.values(), data.firewall.chains.values(), strict=True):
        assert (one.name, one.policy) == (other.name, other.policy)
        assert [(a.action, a.target, a.exact, a.cases) for a in one.clauses] == [
            (a.action, a.target, a.exact, a.cases) for a in other.clauses
        ]


def test_a_rule_of_text_keeps_its_line() -> None:
    text = (GOLDEN / "ruleset.nft").read_text()
    found = read(nft=text)
    number = next(at for at, line in enumerate(text.splitlines(), 2) if "udp dport != 53" in line)
    assert found.firewall is not None
    assert number in {one.line.number for one in found.firewall.chains["inet filter from_a"].clauses}


def test_a_rule_of_json_is_named_by_its_handle() -> None:
    found = read(nft=(GOLDEN / "ruleset.json").read_text())
    assert found.firewall is not None
    first, *_ = found.firewall.chains["inet filter from_a"].clauses
    assert first.line.number == 2
    assert first.line.text.startswith("inet filter from_a handle ")


def test_json_in_many_lines_keeps_its_lines() -> None:
    data = json.loads((GOLDEN / "ruleset.json").read_text())
    found = read(nft=json.dumps(data, indent=1).replace('"nftables": [\n', '"nftables": [\n'))
    assert found.firewall is not None
    numbers = [one.line.number for one in found.firewall.chains["inet filter from_b"].clauses]
    assert numbers == sorted(numbers)
    assert numbers[0] > 100


@pytest.mark.parametrize(
    ("condition", "part", "expected"),
    [
        ("tcp dport { 22, 80-90 }", "target_ports", ((22, 22), (80, 90))),
        ("tcp sport != 80", "source_ports", ((0, 79), (81, 65535))),
        ("udp dport >= 1024", "target_ports", ((1024, 65535),)),
        ("meta l4proto { tcp, udp }", "protocols", ((6, 6), (17, 17))),
        ("ip protocol != icmp", "protocols", ((0, 0), (2, 255))),
        ("icmp type { echo-request, time-exceeded }", "icmp_types", ((8, 8), (11, 11))),
        ("ip saddr 10.0.0.4/30", "sources", ((0x0A000004, 0x0A000007),)),
        ("ip daddr != 0.0.0.0-9.255.255.255", "targets", ((0x0A000000, 0xFFFFFFFF),)),
        ("tcp flags & (syn | ack) == ack", "established", True),
        ("tcp flags syn / fin,syn", "established", None),
    ],
)
def test_what_a_condition_asks(condition: str, part: str, expected: object) -> None:
    (found,) = clauses(f"{condition} accept")
    assert {getattr(case.match, part) for case in found.cases if case.match.family == "ipv4"} == {expected}


@pytest.mark.parametrize(("condition", "established"), [("syn", False), ("!= syn", True)])
def test_a_bare_syn_is_told_apart_where_packets_are_tracked(condition: str, established: bool) -> None:
    sure, stray = clauses(f"tcp flags {condition} / fin,syn,rst,ack accept")
    assert sure.exact
    assert {case.match.established for case in sure.cases} == {established}
    assert not stray.exact
    assert {case.states for case in stray.cases} == {frozenset({State.INVALID, State.UNTRACKED})}
    assert {case.match.established for case in stray.cases} == {False}


@pytest.mark.parametrize(
    ("condition", "entrances", "exits"),
    [
        ('iifname "eth0"', {"eth0"}, None),
        ('iifname "eth*"', {"eth0", "eth1"}, None),
        ('iifname != { "eth0", "lan0" }', {"eth1"}, None),
        ('oif "lan0"', None, {"lan0"}),
        ('iifname . oifname { "eth0" . "lan0" }', {"eth0"}, {"lan0"}),
    ],
)
def test_interfaces(condition: str, entrances: set[str] | None, exits: set[str] | None) -> None:
    (found,) = clauses(f"{condition} accept")
    assert {one.entrances for one in found.cases} == {entrances and frozenset(entrances)}
    assert {one.exits for one in found.cases} == {exits and frozenset(exits)}


def test_states() -> None:
    one, other = clauses("ct state established,related accept", "ct state != new drop")
    assert {case.states for case in one.cases} == {frozenset({State.ESTABLISHED, State.RELATED})}
    assert {case.states for case in other.cases} == {frozenset(State) - {State.NEW}}


def test_families() -> None:
    one, other, both = clauses("ip saddr 10.0.0.1 accept", "icmpv6 type echo-request accept", "tcp dport 1 accept")
    assert [{case.match.family for case in found.cases} for found in (one, other, both)] == [
        {"ipv4"},
        {"ipv6"},
        {"ipv4", "ipv6"},
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "limit rate 5/second",
        "meta mark 0x1",
        "ip ttl 1",
        "ct mark 0x3",
        "ip saddr @learned",
        "ip saddr @nowhere",
        "fib daddr type local",
        "quota over 10 mbytes",
        "ct status dnat",
        "ct state != established,related",
        "tcp dport https",
    ],
)
def test_what_is_not_modelled_may_hold_or_not(condition: str) -> None:
    learned = "\tset learned {\n\t\ttype ipv4_addr\n\t\tflags dynamic\n\t\telements = { 10.0.0.1 }\n\t}\n"
    (found,) = clauses(f"{condition} accept", before=learned)
    assert not found.exact
    assert all(case.match.sources in (((0, 2**32 - 1),), ((0, 2**128 - 1),)) for case in found.cases)


def test_a_set_that_packets_change_is_not_known() -> None:
    learned = "\tset learned {\n\t\ttype ipv4_addr\n\t\telements = { 10.0.0.1 }\n\t}\n"
    first, second = clauses("ip saddr @learned accept", "add @learned { ip saddr } accept", before=learned)
    assert not first.exact
    assert not second.exact


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("masquerade", "nat"),
        ("ip daddr set 10.0.0.1", "nat"),
        ("tcp dport 80 queue num 1", "queue"),
        ("dup to 10.0.0.1", "mirror"),
        ('ct helper set "ftp"', "inspection"),
        ("frobnicate", "firewall_rule"),
        ("tcp dport 80 frobnicate accept", "firewall_rule"),
        ("ip saddr 10.0.0.1 # xt_hidden", "firewall_rule"),
        ("jump nowhere", "firewall_rule"),
        ("tcp dport vmap @nowhere", "firewall_rule"),
        ("tcp dport $web accept", "firewall_rule"),
    ],
)
def test_what_does_more_or_is_not_understood_is_unread(rule: str, why: str) -> None:
    found = read(nft=rules("counter", rule))
    assert [(one.why, one.line.number) for one in found.unread] == [(why, 6)]


def test_chains_of_the_host_itself_do_not_matter() -> None:
    text = "table inet f {\n\tchain c {\n\t\ttype filter hook input priority 0; policy drop;\n\t\tfrobnicate\n\t}\n}"
    assert not read(nft=text).unread


def test_jumps_that_go_round_are_unread() -> None:
    ring = "".join(f"\tchain {one} {{\n\t\tjump {other}\n\t}}\n" for one, other in (("a", "b"), ("b", "a")))
    assert {one.why for one in read(nft=rules("jump a", before=ring)).unread} == {"firewall_rule"}


def test_a_dormant_table_is_not_there() -> None:
    found = read(nft=rules("accept").replace("table inet f {\n", "table inet f {\n\tflags dormant\n"))
    assert found.firewall is not None
    assert not found.firewall.hooks


@pytest.mark.parametrize("text", ["table inet f {\n\tchain c {\n", '{"nftables": [{"rule": {}}]}', "{", 'table "'])
def test_a_ruleset_that_cannot_be_read_is_unread(text: str) -> None:
    assert read(nft=text).unread


# ----- the host -----------------------------------------------------------------------------------------------


def test_the_platform_is_found_from_the_text() -> None:
    assert detect_platform(backup()) == "nftables"
    assert detect_platform((GOLDEN / "ruleset.nft").read_text()) == "nftables"


def test_what_a_backup_lacks_is_unread() -> None:
    found = read_snapshot(rules("accept"), "fw.cfg", "nftables")
    assert [one.why for one in found.unread] == ["absent"] * 5


def test_interfaces_of_the_host() -> None:
    told = [
        {"ifname": "lo", "flags": ["LOOPBACK", "UP"]},
        {
            "ifname": "eth0",
            "flags": ["UP"],
            "addr_info": [{"local": "10.0.0.1", "prefixlen": 24}, {"local": "fe80::1", "prefixlen": 64}],
        },
        {
            "ifname": "eth0.20",
            "link": "eth0",
            "flags": [],
            "linkinfo": {"info_kind": "vlan", "info_data": {"protocol": "802.1Q", "id": 20}},
        },
        {"ifname": "eth1", "flags": ["UP"], "master": "bond0", "linkinfo": {"info_slave_kind": "bond"}},
        {"ifname": "bond0", "flags": ["UP"], "linkinfo": {"info_kind": "bond"}},
        {"ifname": "eth2", "flags": ["UP"], "master": "br0", "linkinfo": {"info_slave_kind": "bridge"}},
        {"ifname": "wg0", "flags": ["UP"], "link_type": "none", "linkinfo": {"info_kind": "wireguard"}},
        {"ifname": "odd0", "flags": ["UP"], "linkinfo": {"info_kind": "novelty"}},
    ]
    found = read(address=json.dumps(told))
    assert {name: one.kind for name, one in found.interfaces.items()} == {
        "lo": Kind.LOOPBACK,
        "eth0": Kind.ROUTED,
        "eth0.20": Kind.SUBINTERFACE,
        "eth1": Kind.ROUTED,
        "bond0": Kind.ROUTED,
        "eth2": Kind.ROUTED,
        "wg0": Kind.TUNNEL,
        "odd0": Kind.ROUTED,
    }
    assert (found.interfaces["eth0.20"].vlan, found.interfaces["eth0.20"].parent) == (20, "eth0")
    assert found.interfaces["eth0.20"].shutdown
    assert found.interfaces["eth1"].channel == "bond0"
    assert [str(one.interface) for one in found.interfaces["eth0"].addresses] == ["10.0.0.1/24", "fe80::1/64"]
    assert [(one.why, one.interface) for one in found.unread] == [
        ("bridging", "eth2"),
        ("tunnel", "wg0"),
        ("port_kind", "odd0"),
    ]


def test_routes_of_the_host() -> None:
    told = [
        {"dst": "default", "gateway": "10.0.0.254", "dev": "eth0"},
        {"dst": "10.0.0.0/24", "dev": "eth0", "protocol": "kernel", "scope": "link"},
        {"dst": "10.9.0.0/16", "nexthops": [{"gateway": "10.0.0.2", "dev": "eth0"}, {"dev": "eth1"}]},
        {"type": "blackhole", "dst": "10.8.0.0/16"},
        {"dst": "10.7.0.0/16", "gateway": "10.0.0.3", "dev": "eth0", "protocol": "bird"},
        {"dst": "10.6.0.0/16", "via": {"family": "inet6", "host": "fe80::2"}, "dev": "eth0"},
    ]
    found = read(route=json.dumps(told))
    assert [(one.prefix, one.next_hop, one.interface) for one in found.routes] == [
        (ip_network("0.0.0.0/0"), ip_address("10.0.0.254"), "eth0"),
        (ip_network("10.9.0.0/16"), ip_address("10.0.0.2"), "eth0"),
        (ip_network("10.9.0.0/16"), None, "eth1"),
        (ip_network("10.8.0.0/16"), None, ""),
        (ip_network("10.7.0.0/16"), ip_address("10.0.0.3"), "eth0"),
        (ip_network("10.6.0.0/16"), None, "eth0"),
    ]
    assert [one.why for one in found.unread] == ["routing_protocol"]


def test_rules_that_route_by_something_else_are_unread() -> None:
    own = [{"priority": 0, "src": "all", "table": "local"}, {"priority": 32766, "src": "all", "table": "main"}]
    assert not read(rule=json.dumps(own)).unread
    other = [*own, {"priority": 100, "src": "10.0.0.0", "srclen": 8, "table": "100"}]
    assert [one.why for one in read(rule=json.dumps(other)).unread] == ["policy_route"]


@pytest.mark.parametrize(("said", "routing"), [("0", False), ("1", True)])
def test_whether_the_host_forwards(said: str, routing: bool) -> None:
    found = read(**{"sysctl net.ipv4.ip_forward": f"net.ipv4.ip_forward = {said}"})
    assert found.routing == {"ipv4": routing, "ipv6": True}


@pytest.mark.parametrize("part", ["address", "route", "rule"])
def test_a_part_that_cannot_be_read_is_unread(part: str) -> None:
    assert [one.why for one in read(**{part: "Command not found"}).unread] == ["line"]
