"""A Linux firewall between layers: what is planted in its rules is found at its line, and the clean one is proved."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from sanso.city.flow import PortRange
from sanso.messages import LANGUAGES
from sanso.network.facts import Family
from sanso.network.packets import network_range
from sanso.network.snapshot import Snapshot
from sanso.platforms import read_snapshot
from sanso.proof.approved import Approved, FlowEnd, both_ways
from sanso.proof.placement import Place, Placement
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.verdict import Verdict, prove_topology
from tests.proof.mutations.linux_host import backup, link, number

RULES = """\
table inet filter {
	set staff {
		type ipv4_addr
		flags interval
		elements = { 10.21.0.0/24 }
	}

	chain to_mynumber {
		ip daddr != 10.11.0.0/24 return
		ip saddr @staff tcp dport 443 ct state new accept
		meta nfproto ipv6 ip6 saddr fd21::/64 ip6 daddr fd11::/64 tcp dport 443 accept
	}

	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state vmap { invalid : drop, established : accept }
		iifname "eth1" oifname "eth0.110" jump to_mynumber
		iifname { "eth0.110", "eth1" } oifname "eth0.310" drop
	}
}
"""
NAT = """\
table ip nat {
	chain post {
		type nat hook postrouting priority srcnat; policy accept;
		MASQUERADE
	}
}
"""
CORE = """\
hostname core
vlan 210
ip routing
ipv6 unicast-routing
interface GigabitEthernet1/0/1
 no switchport
 ip address 192.168.0.2 255.255.255.252
 ipv6 address fd21:0:0:1::2/64
interface GigabitEthernet1/0/2
 switchport mode access
 switchport access vlan 210
interface Vlan210
 ip address 10.21.0.1 255.255.255.0
 ipv6 address fd21::1/64
ip route 0.0.0.0 0.0.0.0 192.168.0.1
ipv6 route ::/0 fd21:0:0:1::1
end
"""
LAYERS = {
    "10.11.0.0/24": "mynumber",
    "fd11::/64": "mynumber",
    "10.21.0.0/24": "lgwan",
    "192.168.0.0/30": "lgwan",
    "fd21::/32": "lgwan",
    "10.31.0.0/24": "internet",
    "fd31::/64": "internet",
}


LINKS = [
    link("eth0"),
    link("eth0.110", "10.11.0.1/24", "fd11::1/64", vlan=110),
    link("eth0.310", "10.31.0.1/24", "fd31::1/64", vlan=310),
    link("eth1", "192.168.0.1/30", "fd21:0:0:1::1/64"),
]
ROUTES = [{"dst": "10.21.0.0/24", "gateway": "192.168.0.2", "dev": "eth1"}]
ROUTES6 = [{"dst": "fd21::/64", "gateway": "fd21:0:0:1::2", "dev": "eth1"}]


def approved() -> tuple[Approved, ...]:
    """Staff of the LGWAN layer may open a page of the other."""
    ends: tuple[tuple[Family, str, str], ...] = (
        ("ipv4", "10.21.0.0/24", "10.11.0.0/24"),
        ("ipv6", "fd21::/64", "fd11::/64"),
    )
    found: list[Approved] = []
    for family, here, there in ends:
        staff, servers = (
            FlowEnd(layer, family, network_range(prefix)) for layer, prefix in (("lgwan", here), ("mynumber", there))
        )
        found += both_ways("web", PortRange(protocol="tcp", first=443), staff, servers)
    return tuple(found)


def text(rules: str) -> str:
    return backup(rules, LINKS, ROUTES, ROUTES6)


def topology(rules: str, core: str = CORE) -> Topology:
    placement = Placement(prefixes={ip_network(prefix): Place(layer) for prefix, layer in LAYERS.items()})
    snapshots: dict[str, Snapshot] = {
        "fw": read_snapshot(text(rules), "fw.cfg", "nftables"),
        "core": read_snapshot(core, "core.cfg", "ios"),
    }
    return Topology(snapshots, placement=placement)


def verdict(rules: str) -> Verdict:
    return prove_topology(topology(rules), Policy(approved()))


def told(found: Verdict) -> set[tuple[str, int]]:
    assert all(one.lines(language) for one in found.findings for language in LANGUAGES)
    places = (one.location for one in found.findings if one.rule.startswith("PROOF"))
    return {(place.file, place.line) for place in places if place is not None}


@pytest.mark.parametrize("related", ["", ", related : accept"])
def test_the_clean_firewall_is_proved(related: str) -> None:
    found = verdict(RULES.replace("established : accept }", f"established : accept{related} }}"))
    assert found.holds, [one.lines("en") for one in found.findings]
    assert not found.proof.unread


FAULTS = {
    "a rule too wide": ("tcp dport 443 ct state new", "tcp dport 1-65535 ct state new", "dport 1-65535"),
    "a set too wide": ("elements = { 10.21.0.0/24 }", "elements = { 10.0.0.0/8 }", "ip saddr @staff"),
    "policy accept": ("policy drop;", "policy accept;", "policy accept;"),
    "an accept above": ("\t\tiifname { ", '\t\tiifname "eth1" accept\n\t\tiifname { ', 'iifname "eth1" accept'),
    "a jump above the deny": (
        "\t\tiifname { ",
        "\t\tjump open\n\t\tiifname { ",
        "ip daddr 10.31.0.0/24 accept",
    ),
    "established abused": (
        "\t\tiifname { ",
        '\t\tiifname "eth0.110" ct state established,new accept\n\t\tiifname { ',
        "ct state established,new",
    ),
    "everything of one family": (
        "\t\tiifname { ",
        "\t\tmeta nfproto ipv6 accept\n\t\tiifname { ",
        "nfproto ipv6 accept",
    ),
    "a map too wide": ("established : accept }", "established : accept, new : accept }", "new : accept"),
    "a negation": ("ip saddr @staff tcp", "ip saddr != @staff tcp", "!= @staff"),
    "a limit is no wall": ("\t\tiifname { ", "\t\tlimit rate 1/day accept\n\t\tiifname { ", "limit rate"),
}
OPEN = "\tchain open {\n\t\tip daddr 10.31.0.0/24 accept\n\t}\n\n\tchain forward {"


def faulty(name: str) -> str:
    before, after, _ = FAULTS[name]
    assert RULES.count(before) == 1
    return RULES.replace(before, after).replace("\tchain forward {", OPEN)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_at_its_line(name: str) -> None:
    rules, words = faulty(name), FAULTS[name][2]
    found = verdict(rules)
    assert not found.holds
    assert ("fw.cfg", number(text(rules), words)) in told(found), [one.lines("en") for one in found.findings]


def test_a_table_of_one_family_lets_the_other_through() -> None:
    rules = "\n".join(line for line in RULES.replace("inet filter", "ip filter").split("\n") if "nfproto" not in line)
    found = verdict(rules)
    assert not found.holds
    assert ("fw.cfg", 1) in told(found)
    assert all(":" in str(one.packet.source) or one.packet.family == "ipv6" for one in found.proof.crossings)


@pytest.mark.parametrize("statement", ['oifname "eth0.310" masquerade', "tcp dport 80 dnat to 10.11.0.5"])
def test_translation_is_not_proved(statement: str) -> None:
    found = verdict(RULES + NAT.replace("MASQUERADE", statement))
    assert not found.holds
    assert [one.why for one in found.proof.unread] == ["nat"]


@pytest.mark.parametrize("statement", ["frobnicate 12 accept", 'xt match "set" drop', "tcp dport $web accept"])
def test_a_rule_that_is_not_understood_is_not_proved(statement: str) -> None:
    found = verdict(RULES.replace("\t\tiifname { ", f"\t\t{statement}\n\t\tiifname {{ "))
    assert not found.holds
    assert [one.why for one in found.proof.unread] == ["firewall_rule"]


def test_a_later_hook_may_still_drop() -> None:
    wide = RULES.replace("policy drop;", "policy accept;")
    late = "table ip6 late {\n\tchain f {\n\t\ttype filter hook forward priority filter + 10; policy drop;\n\t}\n}\n"
    families = {one.packet.family for one in verdict(wide + late).proof.crossings}
    assert families == {"ipv4"}
