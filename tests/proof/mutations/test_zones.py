"""A Linux firewall of three zones with a ruleset as people write it: proved, and planted faults are found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanso.messages import LANGUAGES
from sanso.platforms import read_snapshot
from sanso.proof.frame import Frame
from sanso.proof.layers import Layers, read_layers
from sanso.proof.question import ask
from sanso.proof.topology import Topology
from sanso.proof.trips import Reach
from sanso.proof.unopened import Stop, Unopened, unopened
from sanso.proof.verdict import Verdict, prove_topology
from tests.proof.mutations.linux_host import backup, link, number

RULES = Path(__file__).with_name("zones.nft").read_text()
LINKS = [
    link("eth0"),
    link("eth0.110", "10.11.0.1/24", "fd11::1/64", vlan=110),
    link("eth0.210", "10.21.0.1/24", "fd21::1/64", vlan=210),
    link("eth0.310", "10.31.0.1/24", "fd31::1/64", vlan=310),
]
LAYERS = """\
prefixes:
  10.11.0.0/24: mynumber
  fd11::/64: mynumber
  10.21.0.0/24: lgwan
  fd21::/64: lgwan
  10.31.0.0/24: internet
  fd31::/64: internet
flows:
  - name: records
    from: [10.21.0.0/25, 10.21.0.200/29, 10.21.0.208/31, "fd21::/72"]
    to: [10.11.0.10, "fd11::10"]
    service: https
  - name: archive
    from: [10.21.0.0/25, 10.21.0.200/29, 10.21.0.208/31]
    to: 10.11.0.11
    service: tcp/8443
  - name: names
    from: lgwan
    to: [10.31.0.53, 10.31.0.54, "fd31::53", "fd31::54"]
    service: [tcp/53, udp/53]
  - name: web
    from: lgwan
    to: [10.31.0.80, "fd31::80"]
    service: [tcp/80, tcp/443, icmp]
"""


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    file = tmp_path_factory.mktemp("zones") / "layers.yml"
    file.write_text(LAYERS)
    return read_layers(file, date(2026, 4, 1))


def topology(rules: str, layers: Layers) -> Topology:
    snapshot = read_snapshot(backup(rules, LINKS), "fw.cfg", "nftables")
    return Topology({"fw": snapshot}, placement=layers.placement)


def proved(rules: str, layers: Layers) -> Verdict:
    found = prove_topology(topology(rules, layers), layers.policy)
    assert all(one.lines(language) for one in found.findings for language in LANGUAGES)
    return found


def closed(rules: str, layers: Layers) -> list[Unopened]:
    return unopened(Frame(topology(rules, layers), layers.policy))


def edited(before: str, after: str) -> str:
    assert RULES.count(before) == 1, before
    return RULES.replace(before, after)


FORWARD = "\t\tct state established,related counter"
ABOVE = "\t\t{}\n" + FORWARD
HARMLESS = {
    "as it is": ("\n\tchain output", "\n\tchain output"),
    "states in a map": (
        "ct state established,related counter packets 0 bytes 0 accept\n\t\tct state invalid counter",
        "ct state vmap { established : accept, related : accept, invalid : drop }\n\t\tct state invalid counter",
    ),
    "a limit on what is dropped": (FORWARD, ABOVE.format("ct state new limit rate over 100/second drop")),
    "a drop by mark": (FORWARD, ABOVE.format("meta mark 0x7 drop")),
    "a set that packets fill": (FORWARD, ABOVE.format("ip saddr @scanners drop")),
    "an offender is remembered": (FORWARD, ABOVE.format("tcp dport 23 add @scanners { ip saddr } drop")),
    "SYNs are not asked for": ("\t\ttcp flags != syn / fin,syn,rst,ack ct state new", "\t\tct state untracked"),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_clean_firewall_is_proved(name: str, layers: Layers) -> None:
    found = proved(edited(*HARMLESS[name]), layers)
    assert found.holds, [one.lines("en") for one in found.findings]


FAULTS = {
    "new along with established": ("established,related counter", "established,related,new counter", "related,new"),
    "whatever is not invalid": (
        "ct state established,related counter",
        "ct state != invalid counter",
        "ct state != invalid",
    ),
    "a set too wide": ("10.21.0.0/25, 10.21", "10.0.0.0/8, 172.16.0.0-172.21", "ip saddr @staff4"),
    "a server too many": ("10.11.0.11 . 8443", "10.11.0.0/24 . 8443", "ip saddr @staff4"),
    "a port too many": ("elements = { 80, 443 }", "elements = { 22, 80, 443 }", "ip daddr 10.31.0.80 tcp"),
    "a map too wide": ("10.31.0.54 : accept", "10.31.0.55 : accept", "vmap @names"),
    "zones mixed up": (
        '"eth0.310" : jump lgwan_internet',
        '"eth0.110" : jump lgwan_internet, "eth0.310" . "eth0.110" : accept',
        "iifname . oifname",
    ),
    "a wildcard": (FORWARD, ABOVE.format('iifname "eth0.*" oifname "eth0.3*" accept'), "eth0.3*"),
    "pings of all zones": (FORWARD, ABOVE.format("icmp type echo-request accept"), "echo-request accept"),
    "errors of everybody": (
        FORWARD,
        ABOVE.format("icmp type { destination-unreachable, time-exceeded } accept"),
        "time-exceeded",
    ),
    "IPv6 forgotten": ("ip6 saddr @staff6 ip6 daddr fd11::10 tcp", "meta nfproto ipv6 tcp", "meta nfproto ipv6"),
    "neighbour discovery between zones": (
        FORWARD,
        ABOVE.format("icmpv6 type nd-neighbor-solicit accept"),
        "type nd-neighbor-solicit accept",
    ),
    "a limit is no wall": (FORWARD, ABOVE.format("tcp dport 23 limit rate 1/day accept"), "limit rate 1/day"),
    "a policy of accept": (
        "hook forward priority filter; policy drop",
        "hook forward priority filter; policy accept",
        "hook forward priority filter",
    ),
    "a jump too early": (FORWARD, ABOVE.format("jump lgwan_internet"), "vmap @names"),
    "answers by their port": (
        "iifname . oifname vmap {",
        'iifname "eth0.310" tcp sport 443 accept\n\t\tiifname . oifname vmap {',
        "tcp sport 443",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_at_its_line(name: str, layers: Layers) -> None:
    before, after, words = FAULTS[name]
    rules = edited(before, after)
    found = proved(rules, layers)
    places = {
        (one.location.file, one.location.line) for one in found.findings if one.rule == "PROOF-01" and one.location
    }
    line = number(backup(rules, LINKS), words)
    assert ("fw.cfg", line) in places, [one.lines("en") for one in found.findings]


RECORDS = "ip saddr @staff4 ip daddr"
DOUBTS = {
    "a limit on the accept": (
        'counter packets 0 bytes 0 accept comment "records"',
        'limit rate 10/second accept comment "records"',
        "10/second",
    ),
    "a limit on drops": (FORWARD, ABOVE.format("tcp dport 443 limit rate over 100/second drop"), "rate over"),
    "a mark": (FORWARD, ABOVE.format("tcp dport 443 meta mark 0x7 drop"), "meta mark"),
    "a set that packets fill": (FORWARD, ABOVE.format("ip saddr @scanners drop"), "ip saddr @scanners"),
    "a time of day": (RECORDS, f'meta hour "08:00"-"17:00" {RECORDS}', "meta hour"),
}


@pytest.mark.parametrize("name", DOUBTS)
def test_a_flow_that_may_be_closed_is_told_with_the_line(name: str, layers: Layers) -> None:
    before, after, words = DOUBTS[name]
    rules = edited(before, after)
    assert proved(rules, layers).holds
    found = closed(rules, layers)
    assert {one.stop for one in found} == {Stop.DOUBT}
    assert {"records"} <= {one.part.flow for one in found} <= {"records", "archive", "web", "names"}
    assert {one.line.number for one in found if one.line} == {number(backup(rules, LINKS), words)}


@pytest.mark.parametrize("name", DOUBTS)
def test_a_question_is_not_answered_for_sure(name: str, layers: Layers) -> None:
    before, after, words = DOUBTS[name]
    rules = edited(before, after)
    asked = "10.21.0.5", "10.11.0.10", "tcp/443"
    answer = ask(topology(rules, layers), layers.policy, *asked)
    assert answer.reach is Reach.YES
    assert not answer.sure
    assert [one.where.split(":")[:2] for one in answer.doubts] == [
        ["fw.cfg", str(number(backup(rules, LINKS), words))]
    ]
    assert ask(topology(RULES, layers), layers.policy, *asked).sure


@pytest.mark.parametrize("name", ["as it is", "states in a map", "SYNs are not asked for"])
def test_all_flows_are_open(name: str, layers: Layers) -> None:
    assert closed(edited(*HARMLESS[name]), layers) == []
