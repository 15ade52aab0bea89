"""Steps that make a host as intended, each replayed before the next is thought of.

Port groups come before the machines that are put into them, and go after; what ports of the switch let pass changes
in one transaction before all else, so that none is ever without its tag.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sanso.hypervisors.base import Creation, Plan, Step
from sanso.hypervisors.libvirt.change import Changes
from sanso.hypervisors.libvirt.machine_steps import machine_changes, restart_changes
from sanso.hypervisors.libvirt.network_steps import default_network_changes, last_network_changes, network_changes
from sanso.hypervisors.libvirt.pool_steps import pool_changes
from sanso.hypervisors.libvirt.read import LibvirtReading, facts_of
from sanso.hypervisors.libvirt.replay import replay
from sanso.hypervisors.libvirt.state import State
from sanso.hypervisors.libvirt.switch_steps import flow_changes, switch_changes
from sanso.network.virtual import HostFacts


class _Planner:
    """A host on the way to what is intended."""

    def __init__(self, reading: LibvirtReading, intended: HostFacts) -> None:
        self.state = reading.state
        self.facts = reading.facts
        self._intended = intended
        self.steps: list[Step] = []

    def take(self, changes: Callable[[State], Changes]) -> None:
        """Plan changes of the host as it now is, and let it be as they make it."""
        for change in list(changes(self.state)):
            self.state = replay(self.state, change.command)
            self.facts = facts_of(self.facts.hostname, self.state, self._intended)
            self.steps.append(Step(change.command, self.facts, change.undo, change.about))


def plan(reading: LibvirtReading, intended: HostFacts, creation: Creation) -> Plan:
    """Steps that make a host as intended; see :class:`sanso.hypervisors.base.Hypervisor`.

    Raises:
        ReplayError: what a step would do is not known.
    """
    planner = _Planner(reading, intended)
    planner.take(partial(switch_changes, intended=intended, creation=creation))
    planner.take(flow_changes)
    planner.take(default_network_changes)  # before machines: nothing is hung where something else is, too
    planner.take(partial(network_changes, intended=intended))
    planner.take(partial(pool_changes, intended=intended))
    for name in intended.machines:
        planner.take(partial(machine_changes, name=name, intended=intended, creation=creation))
        if name in creation.restart and name in planner.state.domains and planner.facts.machines[name].pending:
            planner.take(partial(restart_changes, name=name))
    planner.take(partial(last_network_changes, intended=intended))
    planner.take(default_network_changes)
    pending = {name: one.pending for name, one in planner.facts.machines.items() if one.pending}
    return Plan(tuple(planner.steps), {name: one for name, one in pending.items() if name in intended.machines})
