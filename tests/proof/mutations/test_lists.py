"""Faults in the lines of access lists, and in how they are bound: each crosses, by the line at fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from sanso.network.facts import Family
from sanso.proof.verdict import prove_network
from tests.proof.mutations.harness import Config, Plant, World, assert_crosses

FamilyPlant = Callable[[Config, Family], int]
FAMILIES: tuple[Family, ...] = ("ipv4", "ipv6")


class Gateway(NamedTuple):
    """A gateway, one of its segments that may not leave the city, and one that may."""

    world: str
    device: str
    egress: str
    egress_vlan: int

    def __str__(self) -> str:
        return f"{self.world}-{self.device}"


GATEWAYS = [
    Gateway("lab", "shucchojo-nishi-1", "public_wifi", 410),  # IOS
    Gateway("lab", "toshokan-chuo-1", "internet_staff", 310),  # EOS
    Gateway("generated", "hall-core-1", "internet_staff", 310),  # IOS
    Gateway("generated", "shogakko-nishi-1", "school_staff", 610),  # EOS
]
IOS = [gateway for gateway in GATEWAYS if gateway.device in {"shucchojo-nishi-1", "hall-core-1"}]
SHUT_IN, SHUT_IN_SVI = "lgwan_staff", "interface Vlan210"
"""A segment that all of them have: nothing but its own layer and approved flows."""
POINTS = "ap_management"
"""A segment that all of them have, with a flow out of its layer: access points ask a RADIUS server."""
CASES = [
    pytest.param(gateway, family, id=f"{gateway}-{family}")
    for gateway in GATEWAYS
    for family in FAMILIES
    if gateway.world == "generated" or (family == "ipv4") == (gateway in IOS)  # the lab is large: one family each
]


def above_the_deny(config: Config, family: Family, words: str) -> int:
    """Put a line before the last one of the shut-in segment's list."""
    deny = config.number(config.acl(SHUT_IN, family), "deny ip", last=True)
    sequence = next(int(word) for word in config.line(deny).split() if word.isdecimal())
    return config.insert(deny, config.entry(sequence - 5, words, family))


def radius(config: Config, family: Family) -> int:
    """The line of the flow to the RADIUS server."""
    return config.number(config.acl(POINTS, family), radius_port(config))


def radius_port(config: Config) -> str:
    return "eq 1812" if config.ios else "eq radius"


def whole(family: Family) -> str:
    return "ip" if family == "ipv4" else "ipv6"


# ----- lines --------------------------------------------------------------------------------------------------


def permit_above_the_deny(config: Config, family: Family) -> int:
    return above_the_deny(config, family, f"permit {whole(family)} any any")


def narrow_permit_above_the_deny(config: Config, family: Family) -> int:
    """One port only, which no flow asks for."""
    return above_the_deny(config, family, "permit tcp any any eq 3389")


def permit_at_the_top(config: Config, family: Family) -> int:
    first = config.number(config.acl(SHUT_IN, family)) + 1
    return config.insert(first, config.entry(5, f"permit {whole(family)} any any", family))


def deny_becomes_permit(config: Config, family: Family) -> int:
    return config.change(config.number(config.acl(SHUT_IN, family), "deny ip", last=True), "deny", "permit")


def other_protocol_permitted(config: Config, family: Family) -> int:
    """Neither TCP nor UDP nor ICMP: a tunnel."""
    return above_the_deny(config, family, "permit 47 any any")


def target_too_wide(config: Config, family: Family) -> int:
    """The wrong wildcard or prefix length in a line for the segment's own layer."""
    number = config.number(config.acl(SHUT_IN, family), f"permit {whole(family)} ", last=True)
    line = config.line(number)
    words = line.split()
    if family == "ipv6":
        address, _ = words[-1].split("/")
        wrong = [f"{address}/16"]
    elif config.ios:
        wrong = [words[-2], "0.255.255.255"]
    else:
        wrong = [f"{words[-1].split('/')[0]}/8"]
    config.lines[number - 1] = " " + " ".join([*words[: -len(wrong)], *wrong])
    return number


def source_any(config: Config, family: Family) -> int:
    """A line for an approved flow, for any source: addresses of other segments get out by it."""
    number = radius(config, family)
    words = config.line(number).split()
    at = words.index("udp") + 1
    own = 2 if config.ios and family == "ipv4" else 1
    config.lines[number - 1] = " " + " ".join([*words[:at], "any", *words[at + own :]])
    return number


def target_any(config: Config, family: Family) -> int:
    number = radius(config, family)
    words = config.line(number).split()
    at = words.index("host")
    config.lines[number - 1] = " " + " ".join([*words[:at], "any", *words[at + 2 :]])
    return number


def ports_widened(config: Config, family: Family) -> int:
    return config.change(radius(config, family), radius_port(config), "range 1812 1814")


def ports_forgotten(config: Config, family: Family) -> int:
    return config.change(radius(config, family), f" {radius_port(config)}", "")


def protocol_widened(config: Config, family: Family) -> int:
    number = radius(config, family)
    config.change(number, f" {radius_port(config)}", "")
    return config.change(number, "permit udp", f"permit {whole(family)}")


def established_dropped(config: Config, family: Family) -> int:
    return config.change(config.number(config.acl("management", family), "established"), " established", "")


def udp_reply_widened(config: Config, family: Family) -> int:
    return config.change(config.number(config.acl("management", family), "eq snmp"), " eq snmp", "")


def reply_to_anybody(config: Config, family: Family) -> int:
    number = config.number(config.acl("management", family), "eq snmp")
    words = config.line(number).split()
    config.lines[number - 1] = " " + " ".join([*words[: words.index("host", 4)], "any"])
    return number


def icmp_type_forgotten(config: Config, family: Family) -> int:
    return config.change(config.number(config.acl("management", family), "echo-reply"), " echo-reply", "")


def list_without_lines(config: Config, family: Family) -> int:
    """Cleared to be typed in again: an empty list permits all."""
    head = config.number(config.acl(SHUT_IN, family))
    while config.line(head + 1).startswith(" "):
        config.delete(head + 1)
    return head


# ----- bindings -----------------------------------------------------------------------------------------------


def unbound(config: Config, family: Family) -> int:
    config.delete(config.number(SHUT_IN_SVI, config.acl_name(SHUT_IN, family)))
    return config.number(SHUT_IN_SVI)


def never_bound(config: Config, family: Family) -> int:
    """Neither the list nor its binding was ever typed in."""
    head = config.number(config.acl(SHUT_IN, family))
    while config.line(head) != "!":
        config.delete(head)
    return unbound(config, family)


def wrong_direction(config: Config, family: Family) -> int:
    config.change(config.number(SHUT_IN_SVI, config.acl_name(SHUT_IN, family)), " in", " out")
    return config.number(SHUT_IN_SVI)


def unknown_name(config: Config, family: Family) -> int:
    name = config.acl_name(SHUT_IN, family)
    return config.change(config.number(SHUT_IN_SVI, name), name, name.replace("_", "-"))


def list_deleted(config: Config, family: Family) -> int:
    head = config.number(config.acl(SHUT_IN, family))
    while config.line(head) != "!":
        config.delete(head)
    return config.number(SHUT_IN_SVI, config.acl_name(SHUT_IN, family))


def list_of_another_segment(config: Config, family: Family) -> int:
    """Bound under the name of the management segment's list: sources may be forged, so its permits count."""
    number = config.number(SHUT_IN_SVI, config.acl_name(SHUT_IN, family))
    return config.change(number, config.acl_name(SHUT_IN, family), config.acl_name("management", family))


def unbound_by_no(config: Config, family: Family) -> int:
    """A later line of the same interface takes the list off again."""
    number = config.number(SHUT_IN_SVI, config.acl_name(SHUT_IN, family))
    binding = config.line(number).strip()
    config.insert(number + 1, f" no {binding}")
    return config.number(SHUT_IN_SVI)


PLANTS = [
    permit_above_the_deny,
    narrow_permit_above_the_deny,
    permit_at_the_top,
    deny_becomes_permit,
    other_protocol_permitted,
    target_too_wide,
    source_any,
    target_any,
    ports_widened,
    ports_forgotten,
    protocol_widened,
    established_dropped,
    udp_reply_widened,
    reply_to_anybody,
    icmp_type_forgotten,
    list_without_lines,
    unbound,
    never_bound,
    wrong_direction,
    unknown_name,
    list_deleted,
    list_of_another_segment,
    unbound_by_no,
]


def check(world: World, device: str, plant: Plant) -> None:
    config = world.config(device)
    number = plant(config)
    outcome = world.outcome(config)
    assert outcome.errors == []
    assert outcome.proof.unread == []
    assert_crosses(outcome, device, number)


@pytest.mark.parametrize(("gateway", "family"), CASES)
@pytest.mark.parametrize("plant", PLANTS)
def test_a_fault_of_a_list_crosses_by_its_line(
    plant: FamilyPlant, family: Family, gateway: Gateway, worlds: dict[str, World]
) -> None:
    check(worlds[gateway.world], gateway.device, lambda config: plant(config, family))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("plant", PLANTS)
def test_people_are_told_of_the_line(plant: FamilyPlant, family: Family, generated: World) -> None:
    config = generated.config("hoikusho-higashi-1")
    number = plant(config, family)
    assert generated.outcome(config).told == {(f"{config.device}.cfg", number)}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_right_list_is_named_where_that_of_another_segment_is_bound(family: Family, generated: World) -> None:
    config = generated.config("hoikusho-higashi-1")
    list_of_another_segment(config, family)
    found = prove_network(generated.outcome(config).snapshots, generated.city).findings
    assert {one.variant for one in found} == {"strange"}
    words = found[0].lines("en")
    name = config.acl_name("management", family)
    assert any(f"the list {name} is that of segment management" in line for line in words)
    assert any(f"bind the interface's own list {config.acl_name(SHUT_IN, family)} there" in line for line in words)


@pytest.mark.parametrize(("gateway", "family"), CASES)
def test_a_deny_missing_before_the_way_out_opens_the_city(
    family: Family, gateway: Gateway, worlds: dict[str, World]
) -> None:
    """Hosts that may go to the Internet may go anywhere, once the city's own addresses are not denied first."""

    def plant(config: Config) -> int:
        head = config.acl(gateway.egress, family)
        config.delete(config.number(head, f"deny {whole(family)} any"))
        return config.number(head, " any", last=True) - 1

    check(worlds[gateway.world], gateway.device, plant)


@pytest.mark.parametrize("gateway", IOS, ids=str)
def test_a_mask_in_the_place_of_a_wildcard(gateway: Gateway, worlds: dict[str, World]) -> None:
    """``10.21.0.0 255.255.0.0`` says: any two first octets, then 0.0."""

    def plant(config: Config) -> int:
        number = config.number(config.acl(SHUT_IN), "permit ip ", last=True)
        wildcard = config.line(number).split()[-1]
        mask = ".".join(str(255 - int(octet)) for octet in wildcard.split("."))
        config.lines[number - 1] = config.line(number).rsplit(" ", 1)[0] + f" {mask}"
        return number

    config = worlds[gateway.world].config(gateway.device)
    number = plant(config)
    outcome = worlds[gateway.world].outcome(config)
    if outcome.proof.unread:
        assert [one.line.number for one in outcome.proof.unread] == [number]
    assert not outcome.silent


@pytest.mark.parametrize("gateway", IOS, ids=str)
def test_a_permit_by_object_groups(gateway: Gateway, worlds: dict[str, World]) -> None:
    def plant(config: Config) -> int:
        above_the_deny(config, "ipv4", "permit ip object-group CITY object-group CITY")
        config.insert(2, "object-group network CITY", " 10.0.0.0 255.0.0.0", "!")
        return config.number(config.acl(SHUT_IN), "object-group")

    check(worlds[gateway.world], gateway.device, plant)


@pytest.mark.parametrize("gateway", IOS, ids=str)
def test_a_numbered_list_in_the_place_of_the_named_one(gateway: Gateway, worlds: dict[str, World]) -> None:
    def plant(config: Config) -> int:
        name = config.acl_name(SHUT_IN)
        config.change(config.number(SHUT_IN_SVI, name), name, "150")
        config.append("access-list 150 permit tcp any any", "access-list 150 permit udp any any")
        return config.number(SHUT_IN_SVI, "access-group 150")

    check(worlds[gateway.world], gateway.device, plant)


@pytest.mark.parametrize(("world", "device"), [("lab", "hall-core-1"), ("generated", "hall-core-1")])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_range_of_ports_widened(family: Family, world: str, device: str, worlds: dict[str, World]) -> None:
    def plant(config: Config) -> int:
        number = config.number(config.acl("mynumber_servers", family), "range 8530 8531")
        return config.change(number, "8530 8531", "8530 8532")

    check(worlds[world], device, plant)
