"""One virtualization host: what differs, the steps that mend it, and whether they may be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sanso.change.virtual.compare import Compared, compare
from sanso.hypervisors import Creation, Plan, Reading, ReplayError, Step, load_hypervisor
from sanso.messages import Finding
from sanso.network.virtual import HostFacts
from sanso.proof.virtual import host_findings, unread_findings
from sanso.proof.virtual_steps import step_findings, unknown_step
from sanso.render import HostIntent


@dataclass(frozen=True)
class Assessed:
    """What is to be said of a host, and done to it."""

    compared: Compared
    findings: list[Finding]
    """What is wrong with it now."""
    plan: Plan = field(default_factory=Plan)
    unread: list[Finding] = field(default_factory=list)
    """What could not be read: nothing is planned, for nobody knows what a change would begin with."""
    refused: list[Finding] = field(default_factory=list)
    """Why none of the steps may be sent."""
    reached_by: int = 0
    """So many of the first steps change what the host itself is reached by, or come before one that does."""

    @property
    def in_sync(self) -> bool:
        """Whether nothing is to be done, and everything could be read; what waits for a restart waits."""
        return not (self.compared.differences or self.plan.steps or self.unread or self.refused)


def assess(
    reading: Reading, looked: Mapping[str, HostFacts], intents: Mapping[str, HostIntent], creation: Creation
) -> Assessed:
    """Compare a host with the inventory and plan its change.

    Args:
        reading: what was read of it.
        looked: what the other hosts do that were looked at.
        intents: what the city intends, for every host that it has.
        creation: how machines are made; which of them, is found out here.
    """
    facts = reading.facts
    host, intent = facts.hostname, intents[facts.hostname]
    compared = compare(host, {**looked, host: facts}, intents)
    findings = host_findings(facts, intents)
    if unread := unread_findings(host, reading.unread):
        return Assessed(compared, findings, unread=unread)
    try:
        creation = replace(creation, machines=compared.missing)
        plan = load_hypervisor(intent.facts.platform).plan(reading, intent.facts, creation)
    except ReplayError as problem:
        return Assessed(compared, findings, refused=[unknown_step(host, problem)])
    refused = step_findings(facts, plan.steps, intents)
    return Assessed(compared, findings, plan, refused=refused, reached_by=_reached_by(facts, plan.steps))


def _reached_by(found: HostFacts, steps: tuple[Step, ...]) -> int:
    """How many steps there are up to the last one that changes cables, own ports or own addresses."""
    states = [_reach(found), *(_reach(step.after) for step in steps)]
    return max((number for number in range(1, len(states)) if states[number] != states[number - 1]), default=0)


def _reach(facts: HostFacts) -> tuple[object, ...]:
    return facts.uplinks, facts.trunk, facts.own, facts.addresses
