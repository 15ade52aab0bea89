"""Chains of access lists between subnets, on hand-made networks."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network
from typing import Any

import pytest

from sanso.city.load import load_city
from sanso.network.snapshot import Line, Route, Snapshot, Unread
from sanso.proof.chains import Source, Target
from sanso.proof.topology import Topology
from tests.proof.topology.networks import (
    LAB,
    Text,
    cable,
    changed,
    device,
    network,
    of_city,
    port,
    route,
    routed,
    svi,
)

Texts = tuple[str, ...]
Lists = set[tuple[str, ...]]


def source(topology: Topology, device: str, interface: str, family: str = "ipv4") -> Source:
    found = [
        one for one in topology.sources() if (one.device, one.interface, one.family) == (device, interface, family)
    ]
    return found[0]


def target(topology: Topology, prefix: str) -> Target:
    return next(one for one in topology.targets() if one.prefix == ip_network(prefix))


def lists(topology: Topology, start: tuple[str, str], prefix: str, family: str = "ipv4") -> Lists:
    """Names of the access lists of each chain."""
    chains = topology.chains(source(topology, *start, family), target(topology, prefix))
    return {tuple(str(stage.acl) for stage in chain.filters) for chain in chains}


def grouped(topology: Topology, start: tuple[str, str], prefix: str, family: str = "ipv4") -> Lists:
    """The same, as the groups for all pairs tell it."""
    end = target(topology, prefix)
    for group in topology.groups(source(topology, *start, family)):
        if end in group.targets:
            return {tuple(str(stage.acl) for stage in chain.filters) for chain in group.chains}
    return set()


def gateway(**more: Any) -> Snapshot:
    text = Text("g")
    one = svi(text, 10, "10.0.10.1/24", "fd00:10::1/64", acl_in="in10", acl_out="out10")
    two = svi(text, 20, "10.0.20.1/24", "fd00:20::1/64", acl_in="in20")
    return device("g", one, two, vlans=[10, 20], **more)


def test_between_two_svis_stand_the_list_in_and_the_list_out() -> None:
    topology = Topology(network(gateway()))
    assert lists(topology, ("g", "Vlan20"), "10.0.10.0/24") == {("in20", "out10")}
    assert lists(topology, ("g", "Vlan10"), "10.0.20.0/24") == {("in10",)}
    assert lists(topology, ("g", "Vlan20"), "fd00:10::/64", "ipv6") == {("in20", "out10")}


def test_each_stage_tells_the_line_that_binds_its_list_or_the_interface() -> None:
    topology = Topology(network(gateway()))
    (chain,) = topology.chains(source(topology, "g", "Vlan10"), target(topology, "10.0.20.0/24"))
    assert [(one.interface, one.direction, one.acl, one.line.text) for one in chain.stages] == [
        ("Vlan10", "in", "in10", "ipv4 access-group in10 in"),
        ("Vlan20", "out", None, "interface Vlan20"),
    ]


def test_families_are_apart() -> None:
    text = Text("g")
    only4 = svi(text, 30, "10.0.30.1/24")
    topology = Topology(changed(network(gateway()), "g", only4, vlans={10: "", 20: "", 30: ""}))
    assert [one.family for one in topology.sources() if one.interface == "Vlan30"] == ["ipv4"]
    assert not topology.chains(source(topology, "g", "Vlan10"), target(topology, "fd00:20::/64"))
    assert not topology.chains(source(topology, "g", "Vlan10"), target(topology, "10.0.20.0/24"), "ipv6")


def test_a_link_local_address_is_enough_to_take_packets_in() -> None:
    text = Text("g")
    vlans = {10: "", 20: "", 30: ""}
    topology = Topology(changed(network(gateway()), "g", svi(text, 30, "fe80::1/128"), vlans=vlans))
    assert [one.family for one in topology.sources() if one.interface == "Vlan30"] == ["ipv6"]
    assert lists(topology, ("g", "Vlan30"), "fd00:20::/64", "ipv6") == {()}
    assert not [one for one in topology.targets() if one.prefix.is_link_local]


def test_an_interface_whose_address_was_not_read_may_take_packets_of_both_families() -> None:
    text = Text("g")
    unread = (Unread(Line("g.cfg", 99, "ip address dhcp"), "address", "Vlan30"),)
    snapshots = changed(network(gateway()), "g", svi(text, 30), vlans={10: "", 20: "", 30: ""}, unread=unread)
    topology = Topology(snapshots)
    assert {one.family for one in topology.sources() if one.interface == "Vlan30"} == {"ipv4", "ipv6"}
    assert lists(topology, ("g", "Vlan30"), "10.0.20.0/24") == {()}


def test_in_one_broadcast_domain_there_is_no_list_at_all() -> None:
    topology = Topology(network(gateway()))
    assert lists(topology, ("g", "Vlan10"), "10.0.10.0/24") == {()}
    assert grouped(topology, ("g", "Vlan10"), "10.0.10.0/24") == {()}


def test_a_device_that_does_not_route_leads_nowhere() -> None:
    topology = Topology(network(gateway(routing={"ipv4": False, "ipv6": True})))
    assert {one.family for one in topology.sources()} == {"ipv6"}


def test_vrfs_are_apart_until_a_route_leaks() -> None:
    def made(*routes: Route) -> Topology:
        text = Text("g")
        a = routed(text, "Gi1", "10.0.1.1/24", vrf="a", acl_in="from-a")
        b = routed(text, "Gi2", "10.0.2.1/24", vrf="b", acl_out="to-b")
        return Topology(network(device("g", a, b, routes=routes)))

    text = Text("g")
    apart = made(route(text, "10.0.2.0/24", "Null0", vrf="b"), route(text, "0.0.0.0/0", "10.0.1.9", vrf="a"))
    assert lists(apart, ("g", "Gi1"), "10.0.2.0/24") == set()
    by_interface = made(route(text, "10.0.2.0/24", "Gi2", vrf="a"))
    assert lists(by_interface, ("g", "Gi1"), "10.0.2.0/24") == {("from-a", "to-b")}
    by_table = made(route(text, "10.0.0.0/8", vrf="a", to="b"))
    assert lists(by_table, ("g", "Gi1"), "10.0.2.0/24") == {("from-a", "to-b")}


def chain_of_three(
    *, left: tuple[str, ...] = (), middle: tuple[str, ...] = (), right: tuple[str, ...] = ()
) -> Topology:
    """LAN 10.0.1.0/24 – a – b – c – LAN 10.0.3.0/24, with static routes as "prefix hop"."""
    made = []
    for name, routes, interfaces in (
        ("a", left, [("Lan", "10.0.1.1/24", "a-in", ""), ("Gi1", "10.9.1.1/30", "", "a-out")]),
        ("b", middle, [("Gi1", "10.9.1.2/30", "b-in", ""), ("Gi2", "10.9.2.1/30", "", "")]),
        ("c", right, [("Gi1", "10.9.2.2/30", "", ""), ("Lan", "10.0.3.1/24", "", "c-out")]),
    ):
        text = Text(name)
        ports = [routed(text, port, address, acl_in=i, acl_out=o) for port, address, i, o in interfaces]
        made.append(device(name, *ports, routes=tuple(route(text, *one.split()) for one in routes)))
    return Topology(network(*made))


def test_static_routes_lead_from_router_to_router() -> None:
    topology = chain_of_three(left=("0.0.0.0/0 10.9.1.2",), middle=("10.0.3.0/24 10.9.2.2",))
    assert lists(topology, ("a", "Lan"), "10.0.3.0/24") == {("a-in", "a-out", "b-in", "c-out")}
    assert lists(topology, ("c", "Lan"), "10.0.1.0/24") == set(), "c has no route back"


def test_the_longest_prefix_that_covers_the_target_wins() -> None:
    middle = ("10.0.3.0/24 10.9.2.2",)
    dropped = chain_of_three(left=("0.0.0.0/0 10.9.1.2", "10.0.3.0/24 Null0"), middle=middle)
    assert lists(dropped, ("a", "Lan"), "10.0.3.0/24") == set()
    partly = chain_of_three(left=("10.0.0.0/16 Null0", "10.0.3.128/25 10.9.1.2"), middle=middle)
    assert lists(partly, ("a", "Lan"), "10.0.3.0/24") == {("a-in", "a-out", "b-in", "c-out")}


def test_without_a_route_there_is_no_way() -> None:
    assert lists(chain_of_three(), ("a", "Lan"), "10.0.3.0/24") == set()


def test_links_between_routed_ports_are_assumed_from_their_subnet() -> None:
    topology = chain_of_three(left=("0.0.0.0/0 10.9.1.2",), middle=("10.0.3.0/24 10.9.2.2",))
    assert {str(link.origin) for link in topology.links} == {"subnet"}
    assert len(list(topology.links)) == 2


def test_a_next_hop_that_nobody_has_is_not_proved() -> None:
    topology = chain_of_three(left=("0.0.0.0/0 10.0.1.250",))
    (finding,) = topology.findings
    assert (finding.rule, finding.variant, finding.args["hop"]) == ("TOPO-09", "hop", "10.0.1.250")
    assert "10.0.1.250" in str(finding.args["line"])


def test_a_next_hop_is_looked_up_again_in_the_table() -> None:
    topology = chain_of_three(left=("10.0.3.0/24 10.7.7.7", "10.7.7.0/24 10.9.1.2"), middle=("0.0.0.0/0 10.9.2.2",))
    assert lists(topology, ("a", "Lan"), "10.0.3.0/24") == {("a-in", "a-out", "b-in", "c-out")}


def unknown(snapshot: Snapshot, why: str) -> Snapshot:
    return replace(snapshot, unread=(Unread(Line(snapshot.file, 99, "router ospf 1"), why),))


@pytest.mark.parametrize("why", ["routing_protocol", "policy_route"])
def test_what_is_routed_in_unknown_ways_may_go_anywhere(why: str) -> None:
    snapshots = chain_of_three().snapshots
    topology = Topology({name: unknown(one, why) for name, one in snapshots.items()})
    assert lists(topology, ("a", "Lan"), "10.0.3.0/24") == {("a-in", "a-out", "b-in", "c-out")}
    assert lists(topology, ("c", "Lan"), "10.0.1.0/24") == {()}
    assert grouped(topology, ("c", "Lan"), "10.0.1.0/24") == {()}


def test_of_two_ways_both_are_told_unless_one_passes_all_that_the_other_does() -> None:
    def middle(name: str, number: int, acl: str) -> Snapshot:
        text = Text(name)
        one = routed(text, "Gi1", f"10.8.{number}.2/30", acl_in=acl)
        two = routed(text, "Gi2", f"10.9.{number}.2/30")
        return unknown(device(name, one, two), "routing_protocol")

    def made(*acls: str) -> Topology:
        a, c = Text("a"), Text("c")
        count = range(len(acls))
        start = device("a", routed(a, "Lan", "10.0.1.1/24"), *(routed(a, f"Gi{n}", f"10.8.{n}.1/30") for n in count))
        end = device("c", routed(c, "Lan", "10.0.3.1/24"), *(routed(c, f"Gi{n}", f"10.9.{n}.1/30") for n in count))
        middles = (middle(f"b{n}", n, acl) for n, acl in enumerate(acls))
        return Topology(network(unknown(start, "routing_protocol"), end, *middles))

    assert lists(made("x", "y"), ("a", "Lan"), "10.0.3.0/24") == {("x",), ("y",)}
    assert lists(made("x", ""), ("a", "Lan"), "10.0.3.0/24") == {()}


def test_a_second_router_in_a_segment_is_a_source_of_its_own() -> None:
    """A rogue SVI: hosts of VLAN 10 may send by the floor switch, which has no list."""
    text = Text("f")
    floor = device(
        "f",
        port(text, "Gi1", trunk="10,20"),
        svi(text, 10, "10.0.10.9/24"),
        svi(text, 20, "10.0.20.9/24"),
        vlans=[10, 20],
    )
    link = port(Text("x"), "Gi1", trunk="10,20")
    topology = Topology(cable(changed(network(gateway(), floor), "g", link), ("g", "Gi1", "f", "Gi1")))
    assert lists(topology, ("f", "Vlan10"), "10.0.20.0/24") == {()}
    assert lists(topology, ("g", "Vlan10"), "10.0.20.0/24") == {("in10",)}


def test_a_missing_interface_of_a_line_is_assumed_to_forward() -> None:
    city = load_city(LAB)
    topology = Topology(of_city(city), city)
    staff = source(topology, "hoikusho-east-1", "Vlan210")
    assert (staff.place.segment, staff.place.site) == ("lgwan_staff", "branch_hoikusho_east")  # type: ignore[union-attr]
    servers = next(one for one in topology.targets() if one.prefix == ip_network("10.24.0.0/24"))
    (chain,) = topology.chains(staff, servers)
    assert [(one.device, one.direction, one.acl) for one in chain.stages] == [
        ("hoikusho-east-1", "in", "SANSO-lgwan_staff-IN-V4"),
        ("hoikusho-east-1", "out", None),
        ("hall-core-1", "in", None),
        ("hall-core-1", "out", None),
    ]
    internet = [one for one in topology.targets() if one.outside == "internet" and one.family == "ipv4"]
    assert topology.chains(staff, internet[0])


def test_a_list_on_the_line_is_on_every_way_over_it() -> None:
    city = load_city(LAB)
    bare = of_city(city)
    for name in ("Ethernet46", "Ethernet47"):  # a breakout at the city hall: both may lead to the branches
        line = routed(Text(name), name, f"10.255.{name[-1]}.1/30", acl_in="wan-in", acl_out="wan-out")
        bare = changed(bare, "hall-core-1", line)
    topology = Topology(bare, city)
    own = "SANSO-lgwan_staff-IN-V4"
    assert lists(topology, ("hoikusho-east-1", "Vlan210"), "10.24.0.0/24") == {(own, "wan-in")}
    assert lists(topology, ("hall-core-1", "Vlan210"), "10.23.1.0/24") == {(own, "wan-out")}


def test_groups_tell_what_chains_tell() -> None:
    city = load_city(LAB)
    topology = Topology(of_city(city), city)
    for one in topology.sources():
        told = {end: group.chains for group in reversed(list(topology.groups(one))) for end in group.targets}
        for end in topology.targets():
            chains = topology.chains(one, end)
            expected = {frozenset(chain.filters) for chain in chains}
            assert {frozenset(chain.filters) for chain in told.get(end, ())} == expected
