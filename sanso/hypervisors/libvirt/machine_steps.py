"""Changes of machines: what is defined first, then what is in force, none of which restarts one that runs."""

from __future__ import annotations

from itertools import islice
from xml.etree.ElementTree import Element

from sanso.hypervisors.base import Command, Creation
from sanso.hypervisors.libvirt.change import Change, Changes, virsh
from sanso.hypervisors.libvirt.definition import mended, new_definition, targets
from sanso.hypervisors.libvirt.disk import render_disk
from sanso.hypervisors.libvirt.disk_steps import grown, volumes
from sanso.hypervisors.libvirt.domain import Domain
from sanso.hypervisors.libvirt.names import NETWORK
from sanso.hypervisors.libvirt.network import portgroups
from sanso.hypervisors.libvirt.nic import PluggedNic, again, plugged, read_nic, render_nic, with_tag
from sanso.hypervisors.libvirt.power import shut_down, start
from sanso.hypervisors.libvirt.state import State
from sanso.hypervisors.libvirt.xml import attribute, written
from sanso.network.virtual import HostFacts, MachineFacts, NicFacts

PCI_SLOTS = 31
"""Slots of a PCI bus behind its first (PCI Local Bus 3.0)."""


def machine_changes(state: State, name: str, intended: HostFacts, creation: Creation) -> Changes:
    """What makes a machine as intended, or brings it there if it is to be created."""
    machine, domain = intended.machines[name], state.domains.get(name)
    if domain is not None:
        yield from volumes(state, domain, machine)
        definition = mended(domain, machine, creation, state.pools)
        yield from _defined(domain, definition, machine)
        if domain.live is not None:
            yield from _interfaces(state, domain, domain.live, machine)
            yield from islice(_added(state, domain, domain.live, machine, creation), _free_slots(domain.live))
        yield from grown(state, domain, machine)
    elif name in creation.machines:
        yield from volumes(state, None, machine)
        made = virsh("define", "--validate", stdin=written(new_definition(machine, creation)))
        yield Change(made, (virsh("undefine", "--nvram", domain=name),), name)
        yield from (Change(one, (virsh("destroy", domain=name),), name) for one in start(name))


def restart_changes(state: State, name: str) -> Changes:
    """What starts a running machine anew."""
    if state.domains[name].running:
        yield from (Change(one, (), name) for one in (*shut_down(name), *start(name)))


def _defined(domain: Domain, definition: Element, machine: MachineFacts) -> Changes:
    """What it will be after its next start."""
    name = domain.name
    if domain.transient or written(definition) != written(domain.defined):
        undo = virsh("define", stdin=written(domain.defined))
        yield Change(virsh("define", "--validate", stdin=written(definition)), (undo,), name)
    if domain.autostart and not machine.auto:
        again = virsh("autostart", domain=name)
        yield Change(virsh("autostart", "--disable", domain=name), (again,), name)


def _interfaces(state: State, domain: Domain, live: Element, machine: MachineFacts) -> Changes:
    """Interfaces that go, then those that move."""
    wanted = {nic.mac: nic for nic in machine.nics.values()}
    moves: list[Change] = []
    for element in live.findall("devices/interface"):
        found = read_nic(element, live=True)
        nic = wanted.get(found.mac)
        if nic is None or not _at_network(state, element, found):
            yield _unplugged(domain, element, found)
            continue
        del wanted[found.mac]
        if (found.segment, found.connected, found.other) != (nic.segment, nic.connected, ()):
            moves.append(_moved(state, domain, element, nic))
    yield from moves


def _at_network(state: State, element: Element, found: PluggedNic) -> bool:
    """Whether an interface has a port of the virtual switch by way of its network, so that it can be moved."""
    return attribute(element, "source", "network") == NETWORK and found.target in state.switch.own_ports


def _moved(state: State, domain: Domain, element: Element, nic: NicFacts) -> Change:
    """An interface that comes into another port group while it runs."""
    found = read_nic(element, live=True)
    wanted = with_tag(plugged(element, nic.segment), nic.passing.untagged if nic.passing else None)
    network = state.networks.get(NETWORK)
    before = portgroups(network.live).get(found.segment) if network and network.live is not None else None
    back = [] if found.other or before is None else [with_tag(plugged(element, found.segment), before)]
    undo = tuple(_command("update-device", domain, one) for one in back)
    return Change(_command("update-device", domain, wanted), undo, domain.name)


def _added(state: State, domain: Domain, live: Element, machine: MachineFacts, creation: Creation) -> Changes:
    """Interfaces and disks that it does not have while it runs."""
    there = {
        read_nic(element, live=True).mac
        for element in live.findall("devices/interface")
        if _at_network(state, element, read_nic(element, live=True))
    }
    for nic in machine.nics.values():
        if nic.mac not in there:
            yield _attached(domain, render_nic(nic.mac, nic.segment, offload=creation.kernel_switch))
    known = {disk.name for disk in domain.disks(state.pools, live=True)}
    free = targets(domain)
    for name, disk in machine.disks.items():
        if name not in known:
            yield _attached(domain, render_disk(domain.name, name, disk.pool, next(free)))


def _free_slots(live: Element) -> int:
    """How many cards a running machine has a place for: in PCI Express each needs a root port of its own."""
    taken = [one for one in live.iter("address") if one.get("type") == "pci"]
    if "q35" not in attribute(live, "os/type", "machine"):
        return PCI_SLOTS - len({one.get("slot") for one in taken})
    ports = {int(one.get("index", "0")) for one in live.findall("devices/controller[@model='pcie-root-port']")}
    return len(ports - {int(one.get("bus", "0"), 16) for one in taken})


def _unplugged(domain: Domain, element: Element, found: PluggedNic) -> Change:
    """An interface that goes; it comes back only where it was one as the inventory has them."""
    back = () if found.other else (_command("attach-device", domain, again(element, found.segment)),)
    return Change(_command("detach-device", domain, element), back, domain.name)


def _attached(domain: Domain, element: Element) -> Change:
    back = _command("detach-device", domain, element)
    return Change(_command("attach-device", domain, element), (back,), domain.name)


def _command(verb: str, domain: Domain, element: Element) -> Command:
    return virsh(verb, "--live", domain=domain.name, stdin=written(element))
