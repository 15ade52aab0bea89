"""Broadcast domains of hand-made networks, one kind of joint in each."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network
from typing import Any

import pytest

from sanso.network.snapshot import Interface, Kind
from sanso.proof.placement import Place, Placement
from sanso.proof.topology import Topology
from tests.proof.topology.networks import Text, cable, device, network, port, routed, svi

Values = dict[str, Any]
LAYERS = Placement({10: Place("lgwan"), 20: Place("internet"), 30: Place("mynumber")})


def pair(one: Values, other: Values, **more: Any) -> Topology:
    """Two switches, A and B, and one cable between them."""
    left, right = port(Text("a"), "Gi1", **one), port(Text("b"), "Gi1", **other)
    devices = network(device("a", left, vlans=[10, 20, 30], **more), device("b", right, vlans=[10, 20, 30]))
    return Topology(cable(devices, ("a", "Gi1", "b", "Gi1")), placement=LAYERS)


def joined(topology: Topology) -> set[tuple[int, int]]:
    """VLAN of A and VLAN of B for each pair that is one domain."""
    pairs = ((a, b) for a in (1, 10, 20, 30) for b in (1, 10, 20, 30))
    return {(a, b) for a, b in pairs if topology.layer2.of_vlan("a", a) is topology.layer2.of_vlan("b", b)}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"trunk": "10,20"}, {"trunk": "10,20"}, {(10, 10), (20, 20)}),
        ({"trunk": "10,20"}, {"trunk": "20,30"}, {(20, 20)}),
        ({"trunk": "all"}, {"trunk": "all"}, {(1, 1), (10, 10), (20, 20), (30, 30)}),
        (
            {"trunk": "10,20", "native": 10},
            {"trunk": "10,20", "native": 20},
            {(10, 10), (10, 20), (20, 10), (20, 20)},
        ),
        ({"trunk": "10,30", "native": 10}, {"trunk": "20,30", "native": 20}, {(10, 20), (30, 30)}),
        ({"trunk": "10", "native": 20}, {"trunk": "10", "native": 30}, {(10, 10)}),  # natives that are not allowed
        ({"trunk": "10", "native": 10}, {"trunk": "10"}, {(10, 10)}),  # tagged at one end: one way is enough
        ({"access": 10}, {"access": 10}, {(10, 10)}),
        ({"access": 10}, {"access": 20}, {(10, 20)}),
        ({"access": 20}, {"trunk": "10,20", "native": 10}, {(20, 10), (20, 20)}),
        ({"access": 20}, {"trunk": "10", "native": 10}, {(20, 10)}),
        ({"access": 10, "voice": 30}, {"trunk": "20,30", "native": 20}, {(10, 20), (30, 30)}),
        ({"access": 10, "dynamic": True}, {"trunk": "10,20"}, {(10, 10), (20, 20)}),
        ({"access": 10, "dynamic": True}, {"access": 10, "dynamic": True}, {(1, 1), (10, 10), (20, 20), (30, 30)}),
        ({"access": 10, "dynamic": True}, {"access": 20}, {(10, 20)}),
        ({"access": 10, "shut": True}, {"access": 10}, set()),
        ({"access": 40}, {"access": 10}, set()),  # a VLAN that does not exist
        ({"trunk": "10,20,40"}, {"trunk": "20,40"}, {(20, 20)}),
    ],
)
def test_vlans_that_meet_on_a_cable(
    one: dict[str, Any], other: dict[str, Any], expected: set[tuple[int, int]]
) -> None:
    topology = pair(one, other)
    bridged = {(a, b) for a, b in joined(topology) if a != 1 or b != 1 or (1, 1) in expected}
    assert bridged == expected


def test_a_dynamic_port_marks_what_it_may_join() -> None:
    topology = pair({"access": 10, "dynamic": True}, {"trunk": "10,20", "native": 20})
    (finding,) = [one for one in topology.findings if one.rule == "TOPO-01"]
    assert [step["assumed"] for step in finding.as_dict("en")["chain"]] == [True, True]
    assert all("(assumed)" in line for line in finding.lines("en")[5:])


def test_an_unknown_vlan_list_takes_every_vlan_that_is_spoken_of() -> None:
    text = Text("a")
    a = device("a", port(text, "Gi1", trunk="all"), port(text, "Gi2", access=77))
    b = device("b", port(Text("b"), "Gi1", trunk="all"), vlans=[77, 88])
    topology = Topology(cable(network(a, b), ("a", "Gi1", "b", "Gi1")))
    assert topology.layer2.of_vlan("a", 77) is topology.layer2.of_vlan("b", 77)
    assert ("a", 88) in topology.layer2.of_vlan("b", 88).vlans


def channel(name: str, member_shut: bool = False, **switching: Any) -> tuple[Interface, Interface, Interface]:
    text = Text(name)
    bundle = port(text, "Port-channel1", **switching)
    members = [port(text, f"Gi{n}", channel="Port-channel1", shut=member_shut and n == 1) for n in (1, 2)]
    return bundle, members[0], members[1]


def test_members_switch_as_their_channel_does() -> None:
    devices = network(
        device("a", *channel("a", trunk="10"), vlans=[10, 20]),
        device("b", *channel("b", trunk="10,20"), vlans=[10, 20]),
    )
    topology = Topology(cable(devices, ("a", "Gi1", "b", "Gi1"), ("a", "Gi2", "b", "Gi2")), placement=LAYERS)
    assert topology.layer2.of_vlan("a", 10) is topology.layer2.of_vlan("b", 10)
    assert topology.layer2.of_vlan("a", 1) is not topology.layer2.of_vlan("b", 1)
    assert not topology.findings


def test_one_member_that_is_up_carries_the_channel() -> None:
    shut = channel("a", member_shut=True, trunk="10")
    devices = network(device("a", *shut, vlans=[10]), device("b", *channel("b", trunk="10"), vlans=[10]))
    both = Topology(cable(devices, ("a", "Gi1", "b", "Gi1"), ("a", "Gi2", "b", "Gi2")))
    only = Topology(cable(devices, ("a", "Gi1", "b", "Gi1")))
    assert both.layer2.of_vlan("a", 10) is both.layer2.of_vlan("b", 10)
    assert only.layer2.of_vlan("a", 10) is not only.layer2.of_vlan("b", 10)


def test_a_channel_at_one_end_only_is_told() -> None:
    other = port(Text("b"), "Gi1", trunk="10")
    devices = network(device("a", *channel("a", trunk="10"), vlans=[10]), device("b", other, vlans=[10]))
    found = Topology(cable(devices, ("a", "Gi1", "b", "Gi1"), ("a", "Gi2", "b", "Gi1"))).findings
    told = [one for one in found if one.rule == "TOPO-05"]
    assert [(one.args["here"], str(one.location)) for one in told] == [("a Gi1", "b.cfg:1:1"), ("a Gi2", "b.cfg:1:1")]


def test_a_leak_names_the_line_of_each_end_and_the_layers() -> None:
    topology = pair({"access": 10}, {"access": 20})
    leak = next(one for one in topology.findings if one.rule == "TOPO-01")
    assert (leak.args["layer"], leak.args["other_layer"]) == ("lgwan", "internet")
    chain = leak.as_dict("en")["chain"]
    assert [step["line"] for step in chain] == [
        "a.cfg:3: switchport access vlan 10",
        "b.cfg:3: switchport access vlan 20",
    ]
    assert [one.variant for one in topology.findings if one.rule == "TOPO-03"] == ["access"]


def test_the_way_between_two_layers_is_the_shortest() -> None:
    """lgwan – 700 – 700 – internet over three switches; a fourth has nothing to do with it."""
    a, b, c, d = (Text(name) for name in "abcd")
    devices = network(
        device("a", port(a, "Gi1", access=10), vlans=[10]),
        device("b", port(b, "Gi1", access=700), port(b, "Gi2", trunk="700"), vlans=[700]),
        device("c", port(c, "Gi1", trunk="700"), port(c, "Gi2", access=700), port(c, "Gi3", access=700), vlans=[700]),
        device("d", port(d, "Gi1", access=20), port(d, "Gi2", access=20), vlans=[20]),
        device("e", port(Text("e"), "Gi1", access=20), vlans=[20]),
    )
    cables = [("a", "Gi1", "b", "Gi1"), ("b", "Gi2", "c", "Gi1"), ("c", "Gi2", "d", "Gi1"), ("d", "Gi2", "e", "Gi1")]
    topology = Topology(cable(devices, *cables), placement=LAYERS)
    (leak,) = [one for one in topology.findings if one.rule == "TOPO-01"]
    steps = [(step["device"], step["port"]) for step in leak.as_dict("en")["chain"]]
    way = [("a", "Gi1"), ("b", "Gi1"), ("b", "Gi2"), ("c", "Gi1"), ("c", "Gi2"), ("d", "Gi1")]
    assert steps in (way, way[::-1])


def test_every_joint_of_two_layers_is_told_not_only_the_first() -> None:
    a, b = Text("a"), Text("b")
    devices = network(
        device("a", port(a, "Gi1", access=10), port(a, "Gi2", access=10), vlans=[10, 20]),
        device("b", port(b, "Gi1", access=20), port(b, "Gi2", access=20), vlans=[10, 20]),
    )
    topology = Topology(cable(devices, ("a", "Gi1", "b", "Gi1"), ("a", "Gi2", "b", "Gi2")), placement=LAYERS)
    leaks = [one for one in topology.findings if one.rule == "TOPO-01"]
    assert [{step["port"] for step in one.as_dict("en")["chain"]} for one in leaks] == [{"Gi1"}, {"Gi2"}]


def test_a_router_on_a_stick_is_in_the_vlans_that_its_tags_reach() -> None:
    a, r = Text("a"), Text("r")
    parent = replace(routed(r, "Gi0"), kind=Kind.ROUTED)
    subs = [routed(r, f"Gi0.{n}", f"10.0.{n}.1/24", kind=Kind.SUBINTERFACE, vlan=n, parent="Gi0") for n in (10, 20)]
    devices = network(device("a", port(a, "Gi1", trunk="10,20"), vlans=[10, 20]), device("r", parent, *subs))
    topology = Topology(cable(devices, ("a", "Gi1", "r", "Gi0")), placement=LAYERS)
    found = {interface.port: topology.layer2.of_interface(interface) for interface in topology.layer2.interfaces}
    assert found["Gi0.10"] is topology.layer2.of_vlan("a", 10)
    assert found["Gi0.20"] is topology.layer2.of_vlan("a", 20)
    assert found["Gi0.10"] is not found["Gi0.20"]


def test_subnets_of_two_layers_in_one_vlan_are_a_leak_at_the_address() -> None:
    text = Text("a")
    layers = Placement({10: Place("lgwan")}, {ip_network("10.9.0.0/16"): Place("internet")})
    a = device("a", svi(text, 10, "10.1.0.1/24", "10.9.1.1/24"), vlans=[10])
    (leak,) = Topology(network(a), placement=layers).findings
    assert (leak.rule, leak.variant, str(leak.location)) == ("TOPO-01", "svi", "a.cfg:3:1")


def test_ports_of_a_domain_come_with_the_line_that_puts_them_there() -> None:
    topology = pair({"trunk": "10,20"}, {"access": 10})
    members = topology.layer2.ports(topology.layer2.of_vlan("a", 10))
    assert [(str(one.end), one.tag, str(one.line)) for one in members] == [
        ("a Gi1", 10, "a.cfg:3: switchport trunk allowed vlan 10,20"),
        ("b Gi1", 0, "b.cfg:3: switchport access vlan 10"),
    ]


def test_nobody_says_where_a_trunk_leads() -> None:
    text = Text("a")
    a = device("a", port(text, "Gi1", trunk="10"), port(text, "Gi2", access=10), port(text, "Gi3", dynamic=True))
    found = Topology(network(a), placement=LAYERS).findings
    assert [(one.rule, one.variant, one.args["ports"]) for one in found] == [
        ("TOPO-07", "trunk", "Gi1"),
        ("TOPO-07", "dynamic", "Gi3"),
    ]
