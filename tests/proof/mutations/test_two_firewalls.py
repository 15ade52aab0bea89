"""Two firewalls one behind the other, and a router beside a firewall: what passes is what all on a way let pass."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from sanso.city.flow import PortRange
from sanso.network.packets import network_range
from sanso.platforms import read_snapshot
from sanso.proof.approved import FlowEnd, both_ways
from sanso.proof.placement import Place, Placement
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.verdict import Verdict, prove_topology
from tests.proof.mutations.linux_host import backup, link, number

LAYERS = {"10.11.0.0/24": "mynumber", "10.21.0.0/24": "lgwan", "10.22.0.0/24": "lgwan"}
WEB = "ip saddr 10.21.0.0/24 ip daddr 10.11.0.0/24 tcp dport 443 ct state new accept"
WIDE = 'iifname "eth0" accept'
ROUTER = """\
hostname beside
ip routing
interface GigabitEthernet0/0
 ip address 10.22.0.3 255.255.255.0
interface GigabitEthernet0/1
 ip address 10.11.0.3 255.255.255.0
ip route 10.21.0.0 255.255.255.0 10.22.0.1
end
"""


def rules(accept: str) -> str:
    body = ("ct state established,related accept", accept)
    lines = "".join(f"\t\t{one}\n" for one in ("type filter hook forward priority filter; policy drop;", *body))
    return f"table ip filter {{\n\tchain forward {{\n{lines}\t}}\n}}\n"


def outer(accept: str) -> str:
    """Between the staff and the net between both firewalls."""
    links = [link("eth0", "10.21.0.1/24"), link("eth1", "10.22.0.1/24")]
    return backup(rules(accept), links, [{"dst": "10.11.0.0/24", "gateway": "10.22.0.2", "dev": "eth1"}])


def inner(accept: str) -> str:
    """Between the net between both and the servers."""
    links = [link("eth0", "10.22.0.2/24"), link("eth1", "10.11.0.1/24")]
    return backup(rules(accept), links, [{"dst": "10.21.0.0/24", "gateway": "10.22.0.1", "dev": "eth0"}])


def verdict(first: str, second: str, beside: str = "") -> Verdict:
    placement = Placement(prefixes={ip_network(prefix): Place(layer) for prefix, layer in LAYERS.items()})
    snapshots = {
        "outer": read_snapshot(outer(first), "outer.cfg", "nftables"),
        "inner": read_snapshot(inner(second), "inner.cfg", "nftables"),
    }
    if beside:
        snapshots["beside"] = read_snapshot(beside, "beside.cfg", "ios")
    staff = FlowEnd("lgwan", "ipv4", network_range("10.21.0.0/24"))
    servers = FlowEnd("mynumber", "ipv4", network_range("10.11.0.0/24"))
    flows = both_ways("web", PortRange(protocol="tcp", first=443), staff, servers)
    return prove_topology(Topology(snapshots, placement=placement), Policy(tuple(flows)))


def places(found: Verdict) -> set[tuple[str, int]]:
    return {
        (one.location.file, one.location.line) for one in found.findings if one.rule == "PROOF-01" and one.location
    }


@pytest.mark.parametrize(("first", "second"), [(WEB, WEB), (WIDE, WEB)])
def test_the_firewall_before_the_servers_is_enough(first: str, second: str) -> None:
    found = verdict(first, second)
    assert not places(found), [one.lines("en") for one in found.findings]


def test_where_the_second_lets_all_through_the_net_between_is_open() -> None:
    """From the staff the first one still stops all else: what crosses comes from the net between."""
    found = verdict(WEB, WIDE)
    assert {one.source.interface for one in found.proof.crossings if one.source.device == "outer"} <= {"eth1"}
    assert ("inner.cfg", number(inner(WIDE), WIDE)) in places(found)


def test_a_way_past_the_second_firewall_is_found() -> None:
    assert not places(verdict(WIDE, WEB))
    found = verdict(WIDE, WEB, ROUTER)
    assert {file for file, _ in places(found)} & {"beside.cfg", "outer.cfg"}, [
        one.lines("en") for one in found.findings
    ]
    assert all(
        stage.stage.device != "inner"
        for one in found.proof.crossings
        for stage in one.way
        if one.target_layer == "mynumber"
    )
