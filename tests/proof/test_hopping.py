"""Hosts that are in more VLANs than one: by frames with two tags, and at ports for a telephone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sanso.messages import LANGUAGES
from sanso.network.snapshot import Neighbour, Snapshot
from sanso.platforms import read_snapshot
from sanso.proof.placement import Place, Placement
from sanso.proof.topology import Topology

UPLINK = "TenGigabitEthernet1/1/1"
PLACEMENT = Placement({10: Place("lgwan"), 20: Place("internet"), 11: Place("lgwan")})


def switch(name: str, native: int, allowed: str, *ports: str) -> Snapshot:
    """A switch with a trunk to the other one, and access ports."""
    lines = [
        f"hostname {name}",
        "vtp mode transparent",
        "vlan 10,11,20,999",
        f"interface {UPLINK}",
        " switchport mode trunk",
        f" switchport trunk native vlan {native}",
        f" switchport trunk allowed vlan {allowed}",
    ]
    for number, port in enumerate(ports, 1):
        lines += [f"interface GigabitEthernet1/0/{number}", " switchport mode access", f" switchport access {port}"]
    read = read_snapshot("\n".join([*lines, "end", ""]), f"{name}.cfg", "ios")
    other = {"a": "b", "b": "a"}[name]
    return replace(read, neighbours=(Neighbour(UPLINK, other, UPLINK),))


def found(*snapshots: Snapshot) -> list[tuple[str, str, int]]:
    topology = Topology({one.hostname: one for one in snapshots}, placement=PLACEMENT)
    assert all(one.lines(lang) for one in topology.findings for lang in LANGUAGES)
    return [(one.rule, one.variant, one.location.line if one.location else 0) for one in topology.findings]


def test_hosts_in_the_native_vlan_reach_the_others_behind_the_trunk() -> None:
    near = switch("a", 10, "10,20", "vlan 10")
    for far in (switch("b", 10, "10,20"), switch("b", 10, "10,20", "vlan 20")):
        assert found(near, far) == [("TOPO-14", "", 6)]


@pytest.mark.parametrize(
    ("native", "allowed", "ports"),
    [
        (999, "10,20,999", ["vlan 10", "vlan 20"]),  # nobody is in it
        (10, "20", ["vlan 10"]),  # it does not pass the trunk
        (10, "10,11", ["vlan 10", "vlan 11"]),  # all of one layer
        (10, "10,20", []),  # no host anywhere
    ],
)
def test_no_host_in_the_native_vlan_or_no_other_layer_is_no_finding(
    native: int, allowed: str, ports: list[str]
) -> None:
    assert found(switch("a", native, allowed, *ports), switch("b", native, allowed)) == []


@pytest.mark.parametrize(("voice", "finding"), [(20, [("TOPO-02", "shared", 10)]), (11, []), (999, [])])
def test_a_telephones_vlan_of_another_layer_is_its_neighbours_too(
    voice: int, finding: list[tuple[str, str, int]]
) -> None:
    near = switch("a", 999, "10,20", f"vlan 10\n switchport voice vlan {voice}")
    assert [one for one in found(near, switch("b", 999, "10,20")) if one[0] == "TOPO-02"] == [
        (rule, variant, line + 1) for rule, variant, line in finding
    ]
