"""Changes of machines: what is defined first, then what is in force, none of which restarts one that runs."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from sanso.hypervisors.base import Creation
from sanso.hypervisors.libvirt.change import Change, Changes, virsh
from sanso.hypervisors.libvirt.definition import mended, new_definition
from sanso.hypervisors.libvirt.disk_steps import grown, volumes
from sanso.hypervisors.libvirt.domain import Domain
from sanso.hypervisors.libvirt.names import NETWORK
from sanso.hypervisors.libvirt.nic import PluggedNic, plugged, read_nic, render_nic
from sanso.hypervisors.libvirt.power import shut_down, start
from sanso.hypervisors.libvirt.state import State
from sanso.hypervisors.libvirt.xml import attribute, written
from sanso.network.virtual import HostFacts, MachineFacts


def machine_changes(state: State, name: str, intended: HostFacts, creation: Creation) -> Changes:
    """What makes a machine as intended, or brings it there if it is to be created."""
    machine, domain = intended.machines[name], state.domains.get(name)
    if domain is not None:
        yield from volumes(state, domain, machine)
        definition = mended(domain, machine, creation, state.pools)
        yield from _defined(domain, definition, machine)
        if domain.live is not None:
            yield from _interfaces(state, domain, domain.live, machine, creation)
            yield from _disks(state, domain, definition)
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


def _interfaces(state: State, domain: Domain, live: Element, machine: MachineFacts, creation: Creation) -> Changes:
    """What its interfaces are now: what goes, then what moves, then what comes."""
    wanted = {nic.mac: nic for nic in machine.nics.values()}
    moves: list[Change] = []
    for element in live.findall("devices/interface"):
        found = read_nic(element, live=True)
        nic = wanted.get(found.mac)
        at_switch = found.target in state.switch.own_ports
        if nic is not None and attribute(element, "source", "network") == NETWORK and at_switch:
            wanted.pop(found.mac)
            if (found.segment, found.connected, found.other) != (nic.segment, nic.connected, ()):
                moves.append(_device("update-device", domain, plugged(element, nic.segment), _back(element, found)))
        else:
            yield _device("detach-device", domain, element, None)
    yield from moves
    for nic in wanted.values():
        yield _attached(domain, render_nic(nic.mac, nic.segment, offload=creation.kernel_switch))


def _disks(state: State, domain: Domain, definition: Element) -> Changes:
    """Disks that are defined, and that it does not have yet."""
    there = {disk.target for disk in domain.disks(state.pools, live=True)}
    known = {disk.target for disk in domain.disks(state.pools)}
    for element in definition.findall("devices/disk"):
        if attribute(element, "target", "dev") not in there | known:
            yield _attached(domain, element)


def _back(element: Element, found: PluggedNic) -> Element | None:
    """An interface as it was; None where nobody intended that."""
    return None if found.other else plugged(element, found.segment)


def _attached(domain: Domain, element: Element) -> Change:
    back = virsh("detach-device", "--live", domain=domain.name, stdin=written(element))
    return Change(virsh("attach-device", "--live", domain=domain.name, stdin=written(element)), (back,), domain.name)


def _device(verb: str, domain: Domain, element: Element, back: Element | None) -> Change:
    undo = () if back is None else (virsh(verb, "--live", domain=domain.name, stdin=written(back)),)
    return Change(virsh(verb, "--live", domain=domain.name, stdin=written(element)), undo, domain.name)
