"""Who is connected to whom, and sources that contradict each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sanso.city.load import load_city
from sanso.network.snapshot import Neighbour
from sanso.proof.links import End, Links, Origin
from tests.proof.topology.networks import LAB, Text, cable, device, network, of_city, port, routed, svi


def pairs(links: Links) -> set[frozenset[End]]:
    return {frozenset((link.near, link.far)) for link in links}


def test_the_inventory_tells_every_trunk_once() -> None:
    city = load_city(LAB)
    links = Links(of_city(city), city)
    assert {link.origin for link in links} == {Origin.INVENTORY}
    ends = {End(name, one) for name in city.devices for one, p in city.ports[name].items() if getattr(p, "to", None)}
    assert links.ends == ends
    assert len(list(links)) * 2 == len(ends)


@pytest.mark.parametrize("host", ["b", "B", "b.city.example.jp"])
@pytest.mark.parametrize("name", ["GigabitEthernet1/0/1", "Gig 1/0/1", "gi1/0/1"])
def test_neighbours_may_be_named_shortly(host: str, name: str) -> None:
    b = device("b", port(Text("b"), "GigabitEthernet1/0/1"), port(Text("b"), "TenGigabitEthernet1/0/1"))
    a = device("a", port(Text("a"), "Gi1"), neighbours=(Neighbour("Gi1", host, name),))
    links = Links(network(a, b))
    assert pairs(links) == {frozenset((End("a", "Gi1"), End("b", "GigabitEthernet1/0/1")))}
    assert not links.findings


def test_a_name_that_fits_two_ports_is_none() -> None:
    b = device("b", port(Text("b"), "GigabitEthernet1"), port(Text("b"), "GigaEthernet1"))
    a = device("a", port(Text("a"), "Gi1"), neighbours=(Neighbour("Gi1", "b", "Gi1"),))
    links = Links(network(a, b))
    assert not pairs(links)
    assert [(one.rule, one.variant) for one in links.findings] == [("TOPO-06", "port")]


def test_what_the_inventory_and_a_neighbour_say_differently_is_all_kept_and_told() -> None:
    city = load_city(LAB)
    snapshots = of_city(city)
    uplink = next(name for name, one in city.ports["hall-floor-1"].items() if one.profile == "uplink")
    floor = replace(
        snapshots["hall-floor-1"], neighbours=(Neighbour(uplink, "hall-dist-2", "TenGigabitEthernet1/0/9"),)
    )
    links = Links({**snapshots, "hall-floor-1": floor}, city)
    near = End("hall-floor-1", uplink)
    assert {far for pair in pairs(links) if near in pair for far in pair - {near}} == {
        End("hall-dist-1", str(city.ports["hall-floor-1"][uplink].to_port)),  # type: ignore[union-attr]
        End("hall-dist-2", "TenGigabitEthernet1/0/9"),
    }
    assert [one.rule for one in links.findings] == ["TOPO-04"]
    assert links.findings[0].location is not None
    assert links.findings[0].location.file == "hall-floor-1.cfg"


def test_two_tables_of_neighbours_that_disagree_are_told() -> None:
    made = [device(name, *(port(Text(name), f"Gi{n}") for n in (1, 2))) for name in "abc"]
    snapshots = network(*made)
    snapshots["a"] = replace(snapshots["a"], neighbours=(Neighbour("Gi1", "b", "Gi1"),))
    snapshots["b"] = replace(snapshots["b"], neighbours=(Neighbour("Gi1", "c", "Gi2"),))
    links = Links(snapshots)
    assert len(pairs(links)) == 2
    assert "TOPO-04" in {one.rule for one in links.findings}


def test_a_neighbour_without_configuration_is_told_but_not_where_the_inventory_has_hosts() -> None:
    snapshots = network(device("a", port(Text("a"), "Gi1"), neighbours=(Neighbour("Gi1", "ap-7", "eth0"),)))
    assert [(one.rule, one.variant) for one in Links(snapshots).findings] == [("TOPO-07", "neighbour")]
    city = load_city(LAB)
    lab = of_city(city)
    radio = next(name for name, one in city.ports["hall-floor-1"].items() if one.profile == "ap")
    lab["hall-floor-1"] = replace(lab["hall-floor-1"], neighbours=(Neighbour(radio, "ap-7", "eth0"),))
    assert not Links(lab, city).findings


def test_one_neighbour_that_lldp_and_cdp_name_differently_is_told_once() -> None:
    heard = (Neighbour("Gi1", "sw9.city.example.jp", "Gi1/0/1"), Neighbour("Gi1", "sw9", "GigabitEthernet1/0/1"))
    links = Links(network(device("a", port(Text("a"), "Gi1"), neighbours=heard)))
    assert [one.rule for one in links.findings] == ["TOPO-07"]


def test_several_hosts_behind_a_port_to_hosts_are_no_contradiction_and_no_link() -> None:
    city = load_city(LAB)
    lab = of_city(city)
    desk = next(name for name, one in city.ports["hall-floor-1"].items() if one.profile == "access")
    heard = (Neighbour(desk, "SEP001122334455", "Port 1"), Neighbour(desk, "pc-17", "eth0"))
    lab["hall-floor-1"] = replace(lab["hall-floor-1"], neighbours=heard)
    links = Links(lab, city)
    assert not links.findings
    assert End("hall-floor-1", desk) not in links.told, "what the port lets hosts into is looked at all the same"


def test_where_the_port_for_management_alone_leads_is_not_asked() -> None:
    heard = (Neighbour("GigabitEthernet0/0", "oob-1", "Gi1/0/7"),)
    made = device("a", routed(Text("a"), "GigabitEthernet0/0"), neighbours=heard)
    assert not Links(network(made)).findings


def test_routed_ports_of_one_subnet_are_taken_for_a_link() -> None:
    a = device("a", routed(Text("a"), "Gi1", "10.9.0.1/30"), routed(Text("a"), "Gi2", "10.9.9.1/30"))
    b = device("b", routed(Text("b"), "Gi7", "10.9.0.2/30"), routed(Text("b"), "Gi8", "10.9.0.2/32"))
    links = Links(network(a, b))
    assert [(link.near, link.far, link.origin) for link in links] == [(End("a", "Gi1"), End("b", "Gi7"), "subnet")]


def test_svis_are_joined_by_their_subnet_only_where_nothing_else_is_known() -> None:
    made = [
        device(name, port(Text(name), "Gi1", trunk="10"), svi(Text(name), 10, f"10.0.10.{n}/24"), vlans=[10])
        for n, name in enumerate("abc", start=1)
    ]
    alone = Links(network(*made))
    assert pairs(alone) == {frozenset((End("a", "Vlan10"), End(other, "Vlan10"))) for other in "bc"}
    cabled = Links(cable(network(*made[:2]), ("a", "Gi1", "b", "Gi1")))
    assert {link.origin for link in cabled} == {Origin.NEIGHBOUR}


def test_descriptions_are_no_source() -> None:
    a = replace(port(Text("a"), "Gi1", trunk="10"), description="to b Gi1")
    b = replace(port(Text("b"), "Gi1", trunk="10"), description="to a Gi1")
    assert not pairs(Links(network(device("a", a), device("b", b))))
