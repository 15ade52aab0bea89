"""What comes in from the Internet: proved where the configuration has the entrance, else said to be trusted."""

from __future__ import annotations

import pytest

from sanso.messages import LANGUAGES
from sanso.network.facts import Family
from sanso.proof.frame import Frame
from sanso.proof.matrix import Matrix
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.verdict import prove_network
from tests.proof.mutations.harness import Config, Outcome, World, assert_crosses

DEVICE, PORT = "hall-core-1", "Ethernet47"
EGRESS = {"internet", "public", "school"}
ANSWERS = ["permit tcp any {} established", "permit udp any eq domain {} gt 1023"]
FAMILIES: tuple[Family, ...] = ("ipv4", "ipv6")


def entrance(config: Config, *lists: str) -> int:
    """Addresses of the line to the Internet, and lists that packets meet there; the number of its first line."""
    own = [" no switchport", config.address("203.0.113.2"), " ipv6 address 2001:db8:1::2/64"]
    return config.append(f"interface {PORT}", *own, *lists)


def bound(config: Config, lines: list[str], lines6: list[str]) -> int:
    number = entrance(config, config.bind("OUT4"), config.bind("OUT6", "ipv6"))
    config.append("ip access-list OUT4", *(f" {line}" for line in lines))
    config.append("ipv6 access-list OUT6", *(f" {line}" for line in lines6))
    return number


def ports(outcome: Outcome) -> set[tuple[str, str]]:
    return {(one.device, one.port) for one in outcome.proof.trusted}


def test_a_line_of_somebody_else_is_said_to_be_trusted(lab: World) -> None:
    outcome = lab.outcome()
    verdict = prove_network(outcome.snapshots, lab.city)
    assert (DEVICE, PORT) in ports(outcome)
    assert verdict.trusted() == [one._asdict() for one in outcome.proof.trusted]
    for lang in LANGUAGES:
        assert str(len(outcome.proof.trusted)) in verdict.summary(lang)


def test_an_entrance_without_a_list_is_found(lab: World) -> None:
    config = lab.config(DEVICE)
    number = entrance(config)
    outcome = lab.outcome(config)
    assert (DEVICE, PORT) not in ports(outcome)
    assert_crosses(outcome, DEVICE, number)
    assert {one.source.interface for one in outcome.proof.crossings} == {PORT}
    layers = {one.target_layer for one in outcome.proof.crossings}
    assert {"mynumber", "lgwan", "internet", "public"} <= layers, "answers are not all that enters"
    findings = [one for one in prove_network(outcome.snapshots, lab.city).findings if one.rule == "PROOF-01"]
    assert findings
    assert all("LBO-03" in "\n".join(one.lines("en")) for one in findings)


def answers(world: World, layers: set[str], family: Family) -> list[str]:
    """Lines that let answers in to the subnets of some layers, and nothing else: no neighbour discovery either."""
    targets = [one for one in world.outcome().topology.targets() if one.family == family and one.place is not None]
    prefixes = [one.prefix for one in targets if one.place is not None and one.place.layer in layers]
    assert prefixes
    permits = [line.format(prefix) for prefix in prefixes for line in ANSWERS]
    return [*permits, f"deny {'ip' if family == 'ipv4' else 'ipv6'} any any"]


def test_answers_to_layers_with_egress_may_enter(lab: World) -> None:
    config = lab.config(DEVICE)
    bound(config, *(answers(lab, EGRESS, family) for family in FAMILIES))
    outcome = lab.outcome(config)
    assert outcome.silent
    assert (DEVICE, PORT) not in ports(outcome)
    assert (DEVICE, PORT) in {(one.device, one.interface) for one in outcome.topology.sources() if one.outside}


def test_what_comes_in_from_outside_is_no_host_of_the_matrix(lab: World) -> None:
    config = lab.config(DEVICE)
    bound(config, *(answers(lab, EGRESS, family) for family in FAMILIES))
    topology = Topology(lab.outcome(config).snapshots, lab.city)
    matrix = Matrix(Frame(topology, Policy.of_city(lab.city)))
    assert not any(cell.unapproved for cell in matrix.segments.values())
    assert {source.layer for source, _ in matrix.segments} == {str(one.layer) for one in lab.city.segments.values()}


def test_answers_to_other_layers_may_not(lab: World) -> None:
    config = lab.config(DEVICE)
    bound(config, answers(lab, {"lgwan"}, "ipv4"), ["deny ipv6 any any"])
    outcome = lab.outcome(config)
    assert {one.target_layer for one in outcome.proof.crossings} == {"lgwan"}
    assert all(outcome.replays(one) for one in outcome.proof.crossings)


@pytest.mark.parametrize(
    "line",
    ["permit tcp any any eq 443", "permit udp any eq domain any", "permit icmp any any echo", "permit ip any any"],
)
def test_what_is_no_answer_is_found_at_its_line(lab: World, line: str) -> None:
    config = lab.config(DEVICE)
    bound(config, [line], ["deny ipv6 any any"])
    outcome = lab.outcome(config)
    assert_crosses(outcome, DEVICE, config.number("ip access-list OUT4", line))
