"""A whole host: made, changed by hand, mended, each step proved before anything is sent."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from sanso.change.virtual import Assessed, assess
from sanso.city import load_city
from sanso.hypervisors import Command, Creation, Plan, ReplayError, Step
from sanso.hypervisors.base import Unread
from sanso.hypervisors.libvirt.read import LibvirtReading, facts_of
from sanso.hypervisors.libvirt.replay import replay
from sanso.hypervisors.libvirt.state import State
from sanso.network.virtual import HostFacts, Passing
from sanso.render import intend_hosts

INTENTS = intend_hosts(load_city(Path(__file__).resolve().parents[3] / "inventories" / "lab"))
HOST, *OTHERS = INTENTS
MACHINE, NIC = "lg-dns-1", "lan0"
LOOKED = {name: replace(INTENTS[name].facts, machines={}) for name in OTHERS}


BARE = State(addresses=INTENTS[HOST].facts.addresses)
"""A host that has nothing but its addresses, which its own files give it."""


def reading(state: State) -> LibvirtReading:
    return LibvirtReading(facts_of(HOST, state, INTENTS[HOST].facts), state)


def assessed(state: State, looked: Mapping[str, HostFacts] = LOOKED) -> Assessed:
    return assess(reading(state), looked, INTENTS, Creation())


def mended(state: State) -> State:
    """The host once all steps were run."""
    for step in assessed(state).plan.steps:
        state = replay(state, step.command)
    return state


@pytest.fixture(scope="module")
def made() -> State:
    return mended(BARE)


def by_hand(state: State, *lines: str) -> State:
    for line in lines:
        state = replay(state, Command(tuple(shlex.split(line))))
    return state


def test_a_host_is_made_from_nothing_and_no_step_opens_anything() -> None:
    one = assessed(BARE)
    assert one.refused == []
    assert one.compared.missing == INTENTS[HOST].homes
    assert one.reached_by == 1
    assert not one.in_sync


def test_a_host_that_was_made_is_in_sync(made: State) -> None:
    one = assessed(made)
    assert one.in_sync, one.compared.differences
    assert one.findings == []


def test_a_machine_is_not_made_where_nobody_looked_at_another_of_its_hosts() -> None:
    one = assessed(BARE, {})
    assert set(one.compared.unjudged) == INTENTS[HOST].homes
    assert MACHINE not in {step.about for step in one.plan.steps}


@pytest.mark.parametrize(
    ("hand", "rule", "crossed", "reached_by"),
    [
        ("set Port {port} tag=340", "HOST-01", True, 0),
        ("set Port {port} tag=[] trunks=[] vlan_mode=[]", "HOST-01", True, 0),
        ("set Port management tag=240", "HOST-03", True, 1),
        ("set Port management tag=[] vlan_mode=[]", "HOST-03", True, 1),
        ("set Port uplinks tag=240", "HOST-06", True, 1),
        ("add-port br-sanso tap0 -- set Port tap0 tag=240", "HOST-05", False, 0),
        ("add-port br-sanso tap0", "HOST-05", True, 0),
    ],
)
def test_what_is_done_by_hand_is_found_and_mended_in_one_step(
    hand: str, rule: str, crossed: bool, reached_by: int, made: State
) -> None:
    port = reading(made).facts.machines[MACHINE].nics[NIC].port
    spoilt = by_hand(made, f"ovs-vsctl --timeout=20 -- {hand.format(port=port)}")
    one = assessed(spoilt)
    assert rule in {finding.rule for finding in one.findings}
    assert one.compared.differences[0].crossed == crossed
    assert len(one.plan.steps) == 1
    assert one.refused == []
    assert one.reached_by == reached_by
    assert assessed(mended(spoilt)).in_sync


def test_what_cannot_be_read_is_not_changed(made: State) -> None:
    unread = replace(reading(made), unread=(Unread("switch/Port", "no answer"),))
    one = assess(unread, LOOKED, INTENTS, Creation())
    assert not one.in_sync
    assert one.plan.steps == ()
    assert [finding.variant for finding in one.unread] == ["unread"]


# ----- plans that nobody should make ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Read:
    facts: HostFacts
    unread: tuple[Unread, ...] = ()


def planned(monkeypatch: pytest.MonkeyPatch, facts: HostFacts, *states: HostFacts) -> Assessed:
    """A host, and a plan that leads through some states."""
    steps = tuple(Step(Command(("change", str(number))), state) for number, state in enumerate(states, 1))

    def plan(*_: object) -> Plan:
        if not steps:
            raise ReplayError("change: nobody knows")
        return Plan(steps)

    module = import_module("sanso.change.virtual.assess")  # whose name the package gives to the function
    monkeypatch.setattr(module, "load_hypervisor", lambda _: SimpleNamespace(plan=plan))
    return assess(Read(facts), LOOKED, INTENTS, Creation())


def test_a_plan_that_opens_on_its_way_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    meant = INTENTS[HOST].facts
    nics = {NIC: replace(meant.machines[MACHINE].nics[NIC], passing=Passing(340))}
    leaking = replace(meant, machines={**meant.machines, MACHINE: replace(meant.machines[MACHINE], nics=nics)})
    assert [one.rule for one in planned(monkeypatch, meant, leaking, meant).refused] == ["HOST-09"]
    assert planned(monkeypatch, leaking, leaking, meant).refused == []


def test_a_step_of_which_nobody_knows_what_it_does_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    one = planned(monkeypatch, INTENTS[HOST].facts)
    assert [finding.variant for finding in one.refused] == ["unknown"]
    assert not one.in_sync


def test_steps_that_reach_the_host_come_with_all_that_goes_before(monkeypatch: pytest.MonkeyPatch) -> None:
    meant = INTENTS[HOST].facts
    found = replace(meant, uplinks=meant.uplinks[:1], pools={})
    one = planned(monkeypatch, found, replace(found, pools=meant.pools), meant, meant)
    assert one.reached_by == 2
