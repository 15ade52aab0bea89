"""Questions whose answers hang on a Linux firewall between two layers, from what its backup says."""

from __future__ import annotations

from ipaddress import IPv4Address, ip_network
from itertools import product

import pytest

from sanso.network.firewall import Passage
from sanso.network.packets import Packet
from sanso.platforms import read_snapshot
from sanso.proof.answer import Words
from sanso.proof.placement import Place, Placement
from sanso.proof.policy import Policy
from sanso.proof.question import Answer, ask
from sanso.proof.topology import Topology
from sanso.proof.trips import Reach
from sanso.proof.walk import forwards
from tests.proof.mutations.linux_host import backup, link, number

RULES = """\
table inet filter {
	chain to_records {
		ip saddr 10.21.0.0/24 tcp dport 443 ct state new accept
	}

	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established accept
		iifname "eth1" oifname "eth0.110" jump to_records
	}
}
"""
CORE = """\
hostname core
vlan 210
ip routing
interface GigabitEthernet1/0/1
 no switchport
 ip address 192.168.0.2 255.255.255.252
interface Vlan210
 ip address 10.21.0.1 255.255.255.0
 ip access-group OUT in
interface GigabitEthernet1/0/2
 switchport mode access
 switchport access vlan 210
ip access-list extended OUT
 10 deny tcp any any eq 23
 20 permit ip any any
ip route 0.0.0.0 0.0.0.0 192.168.0.1
end
"""
LINKS = [
    link("eth0"),
    link("eth0.110", "10.11.0.1/24", vlan=110),
    link("eth0.310", "10.31.0.1/24", vlan=310),
    link("eth1", "192.168.0.1/30"),
]
ROUTES = [{"dst": "10.21.0.0/24", "gateway": "192.168.0.2", "dev": "eth1"}]
LAYERS = {"10.11.0.0/24": "mynumber", "10.21.0.0/24": "lgwan", "192.168.0.0/30": "lgwan", "10.31.0.0/24": "internet"}
STAFF, RECORDS, WEB = "10.21.0.5", "10.11.0.5", "10.31.0.5"


def text(rules: str) -> str:
    return backup(rules, LINKS, ROUTES)


def topology(rules: str) -> Topology:
    placement = Placement(prefixes={ip_network(prefix): Place(layer) for prefix, layer in LAYERS.items()})
    snapshots = {
        "fw": read_snapshot(text(rules), "fw.cfg", "nftables"),
        "core": read_snapshot(CORE, "core.cfg", "ios"),
    }
    return Topology(snapshots, placement=placement)


def asked(rules: str, source: str, target: str, service: str) -> tuple[Answer, str]:
    answer = ask(topology(rules), Policy(), source, target, service)
    words = Words(answer, "en")
    assert Words(answer, "ja").lines()
    return answer, "\n".join(words.lines())


def test_a_yes_names_the_rules_there_and_back() -> None:
    answer, said = asked(RULES, STAFF, RECORDS, "tcp/443")
    assert (answer.reach, answer.sure) == (Reach.YES, True), said
    there, back = number(text(RULES), "dport 443"), number(text(RULES), "established accept")
    assert f"fw eth1→eth0.110 through: fw.cfg:{there}: " in said
    assert f"fw eth0.110→eth1 through: fw.cfg:{back}: " in said
    assert "core GigabitEthernet1/0/1: sent on by core.cfg:16: ip route 0.0.0.0" in said


def test_a_no_names_the_chain_that_lets_nothing_through() -> None:
    answer, said = asked(RULES, STAFF, RECORDS, "tcp/22")
    assert (answer.reach, answer.sure) == (Reach.NO, True), said
    line = number(text(RULES), "policy drop")
    dropped = f"no rule of firewall chain inet filter forward lets it through (fw.cfg:{line}: "
    assert f"fw eth1→eth0.110 through: {dropped}" in said


def test_a_list_before_the_firewall_stops_first() -> None:
    wide = RULES.replace("tcp dport 443", "tcp dport 1-1023")
    answer, said = asked(wide, STAFF, RECORDS, "tcp/23")
    assert answer.reach is Reach.NO
    assert "core Vlan210 in: denied by core.cfg:14:" in said


def test_a_rate_limit_makes_an_answer_unsure() -> None:
    rules = RULES.replace("ct state new accept", "ct state new limit rate 10/second accept")
    answer, said = asked(rules, STAFF, RECORDS, "tcp/443")
    assert (answer.reach, answer.sure) == (Reach.YES, False)
    assert f"fw.cfg:{number(text(rules), 'limit rate')}: " in said
    assert "takes some of its packets only" in said
    assert asked(rules, STAFF, RECORDS, "tcp/22")[0].sure, "it lets no other port through"


def test_a_rule_that_is_not_understood_makes_an_answer_unsure() -> None:
    answer, said = asked(
        RULES.replace("\t\tct state est", "\t\tfrobnicate 7 accept\n\t\tct state est"), STAFF, RECORDS, "ssh"
    )
    assert not answer.sure, said


def test_what_the_firewall_lets_in_for_itself_is_not_sure() -> None:
    for source, target in ((STAFF, "10.11.0.1"), ("10.11.0.1", STAFF)):
        answer, said = asked(RULES, source, target, "ssh")
        assert not answer.sure
        assert "other hooks" in said


PLACES = {STAFF: "eth1", RECORDS: "eth0.110", WEB: "eth0.310"}
VARIANTS = {
    "as it is": RULES,
    "policy accept": RULES.replace("policy drop", "policy accept"),
    "a drop before": RULES.replace("\t\tct state", "\t\tip saddr 10.31.0.0/24 drop\n\t\tct state").replace(
        "drop;", "accept;"
    ),
    "no state": RULES.replace("ct state new ", "").replace("\t\tct state established accept\n", ""),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_answers_are_those_of_the_rules_read_clause_by_clause(name: str) -> None:
    made = topology(VARIANTS[name])
    firewall = made.snapshots["fw"].firewall
    assert firewall is not None
    for source, target in product(PLACES, PLACES):
        if source == target:
            continue
        for port in (22, 443):
            (pair,) = ask(made, Policy(), source, target, f"tcp/{port}").pairs
            packet = Packet("ipv4", int(IPv4Address(source)), int(IPv4Address(target)), 6, 49152, port)
            passage = Passage(PLACES[source], PLACES[target], "ipv4")
            expected = Reach.YES if forwards(firewall, passage, packet, ()) else Reach.NO
            assert pair.request.reach is expected, (source, target, port)
