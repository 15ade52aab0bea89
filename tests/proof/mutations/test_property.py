"""A line of a list changed at random: the proof finds a crossing if, and only if, a packet that is tried crosses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from sanso.generate import Size, generate, write_inventory
from sanso.network.facts import Family
from tests.proof.mutations.brute import crossing
from tests.proof.mutations.entry import CHANGES, read_entry
from tests.proof.mutations.harness import Config, Outcome, World

RANDOM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    """The smallest cities with a branch, one of each network OS."""
    return {platform: _city(tmp_path_factory.mktemp(platform) / "city", platform) for platform in ("ios", "eos")}


def _city(folder: Path, platform: str) -> World:
    write_inventory(generate(Size(2, 2, 22, platform, 1)), folder)  # type: ignore[arg-type]  # a platform
    return World(folder)


def change_a_line(config: Config, data: st.DataObject) -> tuple[str, Family]:
    """Change a line of one of the lists that are bound; the SVI and family of that list."""
    svis = [line for line in config.lines if line.startswith("interface Vlan") and config.has(line, "access-group")]
    svi = data.draw(st.sampled_from(svis), "interface")
    family: Family = data.draw(st.sampled_from(("ipv4", "ipv6")), "family")
    segment = config.line(config.number(svi, "description")).split()[1]
    head = config.number(config.acl(segment, family))
    last = next(n for n in range(head + 1, len(config.lines)) if not config.line(n + 1).startswith(" "))
    numbers = [n for n in range(head + 1, last + 1) if " remark " not in config.line(n)]
    number = data.draw(st.sampled_from(numbers), "line")
    name = data.draw(st.sampled_from(sorted(CHANGES)), "change")
    entry = read_entry(config.line(number), wildcards=config.ios and family == "ipv4")
    changed = CHANGES[name](entry, data.draw(st.integers(0, 2**16), "number"))
    if changed is None:
        config.delete(number)
    else:
        text = str(changed)
        config.lines[number - 1] = text.replace(" ip ", " ipv6 ") if family == "ipv6" else text
    return svi.split()[1], family


def agree(outcome: Outcome, device: str, interface: str, family: Family) -> bool:
    """Whether packets cross, on which both sides must agree."""
    tried = crossing(outcome, device, interface, family)
    found = outcome.proof.crossings
    assert bool(found) is (tried is not None), f"proof: {[str(one.packet) for one in found[:3]]}; tried: {tried}"
    assert {(one.source.device, one.source.interface, one.source.family) for one in found} <= {
        (device, interface, family)
    }
    assert all(outcome.replays(one) for one in found)
    return bool(found)


@RANDOM
@given(st.data())
def test_the_proof_agrees_with_packets_that_are_tried(small: dict[str, World], data: st.DataObject) -> None:
    world = small[data.draw(st.sampled_from(("ios", "eos")), "platform")]
    device = data.draw(st.sampled_from(sorted(world.texts)), "device")
    config = world.config(device)
    interface, family = change_a_line(config, data)
    outcome = world.outcome(config)
    assert outcome.proof.unread == []
    event("crosses" if agree(outcome, device, interface, family) else "holds")


@pytest.mark.parametrize("platform", ["ios", "eos"])
@pytest.mark.parametrize(("sequence", "crosses"), [(5, True), (9000, False)], ids=["top", "end"])
@pytest.mark.parametrize("family", ["ipv4", "ipv6"])
def test_both_answers_are_given(
    family: Family, sequence: int, crosses: bool, platform: str, small: dict[str, World]
) -> None:
    world = small[platform]
    config = world.config("hall-core-1")
    head = config.acl("lgwan_staff", family)
    at = config.number(head) + 1 if crosses else config.number(head, "deny", last=True) + 1
    config.insert(at, config.entry(sequence, "permit udp any any", family))
    assert agree(world.outcome(config), "hall-core-1", "Vlan210", family) is crosses
