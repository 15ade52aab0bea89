"""What the proof does not understand, and could matter: it says so with the line, and never that all is well."""

from __future__ import annotations

import pytest

from tests.proof.mutations.harness import Config, Plant, World
from tests.proof.mutations.test_lists import GATEWAYS, IOS, SHUT_IN_SVI, Gateway, above_the_deny


def nat_inside(config: Config) -> int:
    return config.insert(config.number(SHUT_IN_SVI) + 1, " ip nat inside")


def nat_rule(config: Config) -> int:
    return config.append("ip nat inside source list 10 interface Vlan510 overload")


def policy_route(config: Config) -> int:
    return config.insert(config.number(SHUT_IN_SVI) + 1, " ip policy route-map ELSEWHERE")


def ospf(config: Config) -> int:
    return config.append("router ospf 1", " network 10.0.0.0 0.255.255.255 area 0")


def bgp(config: Config) -> int:
    return config.append("router bgp 65000", " neighbor 10.51.0.2 remote-as 65000")


def vlan_map(config: Config) -> int:
    return config.append("vlan filter GUARD vlan-list 210")


def bridge(config: Config) -> int:
    return config.insert(config.number(SHUT_IN_SVI) + 1, " bridge-group 1")


def unknown_option(config: Config) -> int:
    return above_the_deny(config, "ipv4", "permit tcp any any eq 22 flummox 12")


def unknown_protocol(config: Config) -> int:
    return above_the_deny(config, "ipv4", "permit quux any any")


def unknown_line_in_ipv6(config: Config) -> int:
    return above_the_deny(config, "ipv6", "permit tcp any any flummox")


def reflexive(config: Config) -> int:
    return above_the_deny(config, "ipv4", "evaluate MIRROR")


def unknown_deny(config: Config) -> int:
    """A deny that denies nobody knows what is taken to deny nothing."""
    number = config.number(config.acl("lgwan_staff"), "deny ip", last=True)
    return config.change(number, "deny ip any any log", "deny ip any any flummox")


def dhcp_address(config: Config) -> int:
    number = config.number(SHUT_IN_SVI, "ip address")
    config.lines[number - 1] = " ip address dhcp"
    return number


def two_lists_in_one_line(config: Config) -> int:
    return config.change(config.number(SHUT_IN_SVI, "ip access-group"), " in", " in flummox")


EITHER = [nat_inside, nat_rule, policy_route, ospf, bgp, unknown_option, unknown_line_in_ipv6, unknown_protocol]
EITHER += [unknown_deny, dhcp_address, two_lists_in_one_line]
IOS_ONLY = [vlan_map, bridge, reflexive]


def check(world: World, gateway: Gateway, plant: Plant) -> None:
    config = world.config(gateway.device)
    number = plant(config)
    outcome = world.outcome(config)
    assert not outcome.proof.holds
    places = {(one.line.file, one.line.number) for one in outcome.proof.unread}
    assert (f"{gateway.device}.cfg", number) in places
    assert {file for file, _ in places} == {f"{gateway.device}.cfg"}
    assert all(number <= line <= number + 2 for _, line in places), "and no other line is"


@pytest.mark.parametrize("gateway", GATEWAYS[:2], ids=str)
@pytest.mark.parametrize("plant", EITHER)
def test_a_line_not_understood_is_not_proved(plant: Plant, gateway: Gateway, worlds: dict[str, World]) -> None:
    check(worlds[gateway.world], gateway, plant)


@pytest.mark.parametrize("gateway", IOS[1:], ids=str)
@pytest.mark.parametrize("plant", [*EITHER, *IOS_ONLY])
def test_a_line_of_ios_not_understood_is_not_proved(plant: Plant, gateway: Gateway, worlds: dict[str, World]) -> None:
    check(worlds[gateway.world], gateway, plant)


def relay(world: World, layer: str) -> Plant:
    """Relay broadcasts of the segment to a node of a layer."""
    nodes = (end for node in world.city.nodes.values() for end in node.interfaces if end.ipv4 is not None)
    server = next(end.ipv4 for end in nodes if world.city.segments[end.segment].layer == layer)
    return lambda config: config.insert(config.number(SHUT_IN_SVI) + 1, f" ip helper-address {server}")


@pytest.mark.parametrize("gateway", GATEWAYS[:2], ids=str)
def test_a_relay_to_a_server_of_another_layer_is_not_proved(gateway: Gateway, worlds: dict[str, World]) -> None:
    world = worlds[gateway.world]
    check(world, gateway, relay(world, "management"))
    check(world, gateway, lambda config: config.insert(config.number(SHUT_IN_SVI) + 1, " ip helper-address 8.8.8.8"))


@pytest.mark.parametrize("gateway", GATEWAYS[:2], ids=str)
def test_a_relay_to_a_server_of_its_own_layer_is_proved(gateway: Gateway, worlds: dict[str, World]) -> None:
    world = worlds[gateway.world]
    config = world.config(gateway.device)
    relay(world, "lgwan")(config)
    assert world.outcome(config).proof.holds
