"""Faults of layer 3: addresses where none should be, routes and tables that lead round the lists."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.proof.mutations.harness import Config, World, assert_crosses, assert_found, lines_of, place_of


class Rogue(NamedTuple):
    """A gateway, and a free address in a segment of another layer that is not at its site."""

    world: str
    device: str
    vlan: int
    address: str
    port: str

    def __str__(self) -> str:
        return f"{self.world}-{self.device}"


ROGUES = [
    Rogue("lab", "shucchojo-nishi-1", 310, "10.31.6.77", "GigabitEthernet1/0/20"),  # IOS
    Rogue("lab", "toshokan-chuo-1", 110, "10.11.4.77", "Ethernet20"),  # EOS
]


def edited(worlds: dict[str, World], rogue: Rogue) -> tuple[World, Config]:
    return worlds[rogue.world], worlds[rogue.world].config(rogue.device)


@pytest.mark.parametrize("rogue", ROGUES, ids=str)
def test_an_svi_that_the_site_should_not_have(rogue: Rogue, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, rogue)
    config.insert(2, f"vlan {rogue.vlan}", "!")
    number = config.append(f"interface Vlan{rogue.vlan}", config.address(rogue.address))
    outcome = world.outcome(config)
    assert_found(outcome, "TOPO-11", rogue.device, number)
    assert_crosses(outcome, rogue.device, number)


@pytest.mark.parametrize("rogue", ROGUES, ids=str)
def test_a_routed_port_into_a_subnet_of_another_layer(rogue: Rogue, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, rogue)
    head = f"interface {rogue.port}"
    start = config.number(head)
    while config.line(start + 1).startswith(" "):
        config.delete(start + 1)
    config.insert(start + 1, " no switchport", config.address(rogue.address))
    outcome = world.outcome(config)
    assert_crosses(outcome, rogue.device, start)


@pytest.mark.parametrize("rogue", ROGUES, ids=str)
def test_an_address_that_no_layer_has(rogue: Rogue, worlds: dict[str, World]) -> None:
    """A VLAN and a subnet that the city does not know, routed without a list: whose hosts they are is not known."""
    world, config = edited(worlds, rogue)
    config.insert(2, "vlan 777", "!")
    number = config.append("interface Vlan777", config.address("192.168.77.1"))
    outcome = world.outcome(config)
    assert not outcome.silent
    assert_crosses(outcome, rogue.device, number)


@pytest.mark.parametrize("words", ["ipv6 enable", "ipv6 address fe80::1 link-local"])
@pytest.mark.parametrize("rogue", ROGUES, ids=str)
def test_an_interface_with_a_link_local_address_alone(rogue: Rogue, words: str, worlds: dict[str, World]) -> None:
    """No subnet, no list: it takes packets in all the same."""
    world, config = edited(worlds, rogue)
    for taken in ("ipv6 address", "ipv6 traffic-filter" if config.ios else "ipv6 access-group"):
        config.delete(config.number("interface Vlan210", taken))
    config.insert(config.number("interface Vlan210") + 1, f" {words}")
    assert_crosses(world.outcome(config), rogue.device, config.number("interface Vlan210"))


@pytest.mark.parametrize("mask", ["255.0.0.0", "255.255.254.0"])
def test_a_mask_of_an_address_that_takes_in_others(mask: str, lab: World) -> None:
    config = lab.config("shucchojo-nishi-1")
    number = config.number("interface Vlan210", "ip address")
    config.change(number, "255.255.255.0", mask)
    outcome = lab.outcome(config)
    assert not outcome.silent
    assert ("shucchojo-nishi-1.cfg", number) in outcome.told
    assert_found(outcome, "TOPO-13", "shucchojo-nishi-1", number, "wide")


def test_a_mask_that_leaves_hosts_of_the_segment_out_is_told(lab: World) -> None:
    config = lab.config("shucchojo-nishi-1")
    number = config.number("interface Vlan210", "ip address")
    config.change(number, "255.255.255.0", "255.255.255.128")
    outcome = lab.outcome(config)
    assert outcome.silent, "fewer addresses open nothing"
    told = [(one.rule, one.variant, place_of(one)) for one in outcome.topology.findings]
    assert told == [("TOPO-13", "narrow", ("shucchojo-nishi-1.cfg", number))]


@pytest.mark.parametrize("rogue", ROGUES, ids=str)
def test_a_second_address_of_another_layer(rogue: Rogue, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, rogue)
    after = config.number("interface Vlan210", "ip address") + 1
    number = config.insert(after, config.address(rogue.address, " secondary"))
    outcome = world.outcome(config)
    assert (f"{rogue.device}.cfg", number) in {place_of(one) for one in outcome.errors}
    assert {(one.rule, one.variant) for one in outcome.errors} == {("TOPO-01", "svi")}
    assert {file for file, _ in outcome.told} == {f"{rogue.device}.cfg"}


@pytest.mark.parametrize("rogue", ROGUES, ids=str)
def test_the_address_of_another_layer_in_the_place_of_the_own(rogue: Rogue, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, rogue)
    number = config.number("interface Vlan210", "ip address")
    config.lines[number - 1] = config.address(rogue.address)
    outcome = world.outcome(config)
    assert_found(outcome, "TOPO-01", rogue.device, number, "svi")


def test_an_access_switch_with_an_address_in_another_layer(lab: World) -> None:
    """It has no business there, whether it routes or not; and it does, by default."""
    config = lab.config("hall-floor-3")
    number = config.append("interface Vlan310", config.address("10.31.0.77"))
    outcome = lab.outcome(config)
    assert_found(outcome, "TOPO-11", "hall-floor-3", number)


def test_two_tables_that_leak_by_a_static_route(lab: World) -> None:
    """A table of its own keeps public Wi-Fi apart without a list, until a route leads from it to the others."""
    device = "shucchojo-nishi-1"
    apart = guest_table(lab, device)
    assert lab.outcome(apart).silent, "a table of its own needs no list"
    leaking = guest_table(lab, device)
    leaking.append("ip route vrf GUEST 10.0.0.0 255.0.0.0 10.21.6.99 global")
    outcome = lab.outcome(leaking)
    assert_crosses(outcome, device, leaking.number("interface Vlan410"))


def test_two_tables_that_leak_by_an_interface(lab: World) -> None:
    device = "shucchojo-nishi-1"
    leaking = guest_table(lab, device)
    leaking.append("ip route vrf GUEST 10.0.0.0 255.0.0.0 Vlan210 10.21.6.99")
    assert_crosses(lab.outcome(leaking), device, leaking.number("interface Vlan410"))


def test_the_route_that_leaks_is_shown(lab: World) -> None:
    leaking = guest_table(lab, "shucchojo-nishi-1")
    number = leaking.append("ip route vrf GUEST 10.0.0.0 255.0.0.0 10.21.6.99 global")
    crossings = lab.outcome(leaking).proof.crossings
    assert crossings
    assert all(("shucchojo-nishi-1.cfg", number) in lines_of(one) for one in crossings)


def guest_table(world: World, device: str) -> Config:
    """Public Wi-Fi in a VRF, its IPv4 list taken off and its IPv6 address too."""
    config = world.config(device)
    config.insert(2, "vrf definition GUEST", " address-family ipv4", " exit-address-family", "!")
    head = "interface Vlan410"
    for words in ("ip access-group", "ipv6 traffic-filter", "ipv6 address"):
        config.delete(config.number(head, words))
    config.insert(config.number(head, "ip address"), " vrf forwarding GUEST")
    return config


def test_a_route_round_the_list_of_another_router(lab: World) -> None:
    """A second router in the segment, without lists, is the way out for whoever sends to it."""
    config = lab.config("hall-floor-3")
    svi = config.append("interface Vlan210", config.address("10.20.0.77"))
    config.append("ip route 0.0.0.0 0.0.0.0 10.51.0.1")
    outcome = lab.outcome(config)
    assert ("hall-floor-3.cfg", svi) in {place_of(one) for one in outcome.errors}
    assert_crosses(outcome, "hall-floor-3", svi)
