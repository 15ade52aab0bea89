"""Edits that open nothing, however suspicious they look: nothing is reported of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.proof.mutations.harness import Config, World
from tests.proof.mutations.test_lists import (
    GATEWAYS,
    SHUT_IN,
    SHUT_IN_SVI,
    Gateway,
    above_the_deny,
    radius,
)


def permit_below_the_last_deny(config: Config) -> None:
    """Never reached."""
    deny = config.number(config.acl(SHUT_IN), "deny ip", last=True)
    config.insert(deny + 1, config.entry(900, "permit ip any any"))


def approved_line_twice(config: Config) -> None:
    line = config.line(radius(config, "ipv4")).split(None, 1)[1]
    deny = config.number(config.acl("ap_management"), "deny ip", last=True)
    config.insert(deny, config.entry(125, line))


def own_layer_from_anywhere(config: Config) -> None:
    """Forged sources reach the own layer only, which they may."""
    number = config.number(config.acl(SHUT_IN), "permit ip ", last=True)
    words = config.line(number).split()
    config.lines[number - 1] = " " + " ".join([*words[:3], "any", *words[5 if config.ios else 4 :]])


def last_deny_missing(config: Config) -> None:
    """Every list ends with one that nobody writes."""
    config.delete(config.number(config.acl(SHUT_IN), "deny ip", last=True))


def list_that_nobody_binds(config: Config) -> None:
    config.append(config.acl("anything"), config.entry(10, "permit ip any any"))


def denies_nothing_more(config: Config) -> None:
    above_the_deny(config, "ipv4", "deny tcp any any eq 23")


def permits_what_a_line_above_denies(config: Config) -> None:
    deny = config.number(config.acl(SHUT_IN), "deny ip", last=True)
    above_the_deny(config, "ipv4", "deny ip any any")
    config.insert(deny + 1, config.entry(int(config.line(deny + 1).split()[0]) - 1, "permit ip any any"))


def flow_cut_off(config: Config) -> None:
    """Less than the city approves is open: not a matter of separation."""
    config.change(radius(config, "ipv4"), "permit", "deny")


def remark(config: Config) -> None:
    above_the_deny(config, "ipv4", "remark permit ip any any")


def shut_svi_without_a_list(config: Config) -> None:
    for words in ("access-group", "ipv6 traffic-filter" if config.ios else "ipv6 access-group"):
        config.delete(config.number(SHUT_IN_SVI, words))
    config.insert(config.number(SHUT_IN_SVI) + 1, " shutdown")


def list_out_as_well(config: Config) -> None:
    """The list that lets packets in filters those that go out too."""
    name = config.acl_name(SHUT_IN)
    config.insert(config.number(SHUT_IN_SVI, name), config.bind(name, direction="out"))


def list_bound_twice(config: Config) -> None:
    """The later binding counts, and here it is the right one."""
    number = config.number(SHUT_IN_SVI, config.acl_name(SHUT_IN))
    config.insert(number, config.bind("ELSEWHERE"))


def bare_vlan(config: Config) -> None:
    config.insert(2, "vlan 777", "!")


def svi_without_address(config: Config) -> None:
    config.append("interface Vlan777", " description to come")


def shut_port_in_another_vlan(config: Config) -> None:
    number = next(n for n, line in enumerate(config.lines, 1) if line == " switchport access vlan 999")
    config.change(number, "999", "210")


def black_hole(config: Config) -> None:
    config.append(f"ip route 10.99.0.0{' 255.255.0.0' if config.ios else '/16'} Null0")


PLANTS = [
    permit_below_the_last_deny,
    approved_line_twice,
    own_layer_from_anywhere,
    last_deny_missing,
    list_that_nobody_binds,
    denies_nothing_more,
    permits_what_a_line_above_denies,
    flow_cut_off,
    remark,
    shut_svi_without_a_list,
    list_out_as_well,
    list_bound_twice,
    bare_vlan,
    svi_without_address,
    shut_port_in_another_vlan,
    black_hole,
]


@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
@pytest.mark.parametrize("plant", PLANTS)
def test_an_edit_that_opens_nothing_is_not_reported(
    plant: Callable[[Config], None], gateway: Gateway, worlds: dict[str, World]
) -> None:
    config = worlds[gateway.world].config(gateway.device)
    before = config.text
    plant(config)
    assert config.text != before
    outcome = worlds[gateway.world].outcome(config)
    assert outcome.proof.crossings == []
    assert outcome.proof.unread == []
    assert outcome.errors == []


def test_a_trunk_widened_at_one_end_carries_nothing_more(lab: World) -> None:
    """The other end does not let the VLAN through."""
    config = lab.config("hall-floor-4")
    number = config.number("interface TenGigabitEthernet1/1/1", "allowed vlan")
    config.change(number, "allowed vlan ", "allowed vlan 110,")
    assert lab.outcome(config).silent


def test_native_vlans_that_neither_end_lets_through_join_nothing(lab: World) -> None:
    """They are worth a warning, and no more."""
    config = lab.config("hall-floor-3")
    config.change(config.number("interface TenGigabitEthernet1/1/1", "native vlan"), "998", "997")
    outcome = lab.outcome(config)
    assert outcome.silent
    assert {one.rule for one in outcome.topology.findings} == {"TOPO-03"}
