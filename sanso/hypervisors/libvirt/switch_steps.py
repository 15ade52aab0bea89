"""Changes of the virtual switch: all of them one transaction of its database, and its flows."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.hypervisors.base import Command, Creation
from sanso.hypervisors.libvirt.change import Change, Changes
from sanso.hypervisors.libvirt.names import BRIDGE
from sanso.hypervisors.libvirt.state import State
from sanso.hypervisors.libvirt.switch import CLOSED, NORMAL
from sanso.hypervisors.libvirt.transaction import changes, changes_back, transaction
from sanso.network.virtual import HostFacts, Passing


def switch_changes(state: State, intended: HostFacts, creation: Creation) -> Changes:
    """What makes the switch as intended, and what passes the ports of machines."""
    plugged = {nic.target for domain in state.domains.values() for nic in domain.nics(live=True).values()}
    found = changes(state.switch, intended, plugged, dict(_nics(state, intended)), creation)
    if found:
        undo = transaction(changes_back(state.switch, intended, found))
        yield Change(Command(transaction(found)), (Command(undo),), BRIDGE)


def flow_changes(state: State) -> Changes:
    """The one flow that makes it a switch, in place of all others; those do not come back."""
    if state.switch.bridge is not None and state.switch.flows != (NORMAL,):
        replaced = ("ovs-ofctl", "--bundle", "replace-flows", BRIDGE, "-")
        yield Change(Command(replaced, f"{NORMAL}\n"), (), BRIDGE)


def _nics(state: State, intended: HostFacts) -> Iterator[tuple[str, Passing]]:
    """Ports of machines that the inventory has, and what should pass them: nothing where it has no such interface.

    Those that hang in another port group are put right there afterwards, and keep what they have here.
    """
    own = state.switch.own_ports
    for name, machine in intended.machines.items():
        if (domain := state.domains.get(name)) is None:
            continue
        wanted = {nic.mac: nic.passing for nic in machine.nics.values()}
        for (mac, number), found in domain.nics(live=True).items():
            if found.target in own:
                yield found.target, (wanted.get(mac) if not number else None) or CLOSED
