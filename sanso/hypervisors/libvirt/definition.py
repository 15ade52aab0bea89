"""The definition of a machine: a new one, and one that is there as it should be.

A definition that is there is mended and not written anew, for the guest knows its cards by the places that libvirt
gave them. Source: libvirt's formatdomain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

from sanso.hypervisors.base import Creation
from sanso.hypervisors.libvirt.disk import render_disk
from sanso.hypervisors.libvirt.domain import BOOT, Domain
from sanso.hypervisors.libvirt.harmless import GUEST_AGENT, KNOWN
from sanso.hypervisors.libvirt.names import METADATA, machine_uuid
from sanso.hypervisors.libvirt.nic import plugged, read_nic, render_nic
from sanso.hypervisors.libvirt.pool import Pool
from sanso.hypervisors.libvirt.xml import mebibytes, parse, strange
from sanso.network.virtual import MachineFacts

SLOTS = 14
"""Places for cards besides the disks and interfaces that it begins with; about ten of them are left for those that
are added while it runs (libvirt's pci-hotplug; the number is virt-install's)."""
NEW = """<domain type="{type}">
  <name/>
  <uuid/>
  <metadata/>
  <memory unit="MiB"/>
  <vcpu/>
  <os>
    <type arch="x86_64" machine="q35">hvm</type>
    <boot dev="hd"/>
    <boot dev="network"/>
  </os>
  <features><acpi/><apic/></features>
  {cpu}
  <clock offset="utc"/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>restart</on_crash>
  <devices>
    <controller type="pci" index="0" model="pcie-root"/>
    {slots}
    <channel type="unix"><target type="virtio" name="{agent}"/></channel>
    <serial type="pty"/>
    <console type="pty"/>
    <input type="tablet" bus="usb"/>
    <graphics type="vnc" autoport="yes"><listen type="address" address="127.0.0.1"/></graphics>
    <video><model type="vga"/></video>
    <rng model="virtio"><backend model="random">/dev/urandom</backend></rng>
    <memballoon model="virtio"/>
  </devices>
</domain>"""
"""What every machine has; its screen is for whoever is on the host."""
SLOT = '<controller type="pci" index="{index}" model="pcie-root-port"/>'
ACCELERATED = '<cpu mode="host-model"/>'
EMULATED = '<cpu mode="custom" match="exact"><model>qemu64</model></cpu>'


def new_definition(machine: MachineFacts, creation: Creation) -> Element:
    """Definition of a machine that is not there yet."""
    slots = SLOTS + len(machine.disks) + len(machine.nics)
    blank = parse(
        NEW.format(
            type="kvm" if creation.accelerated else "qemu",
            cpu=ACCELERATED if creation.accelerated else EMULATED,
            slots="".join(SLOT.format(index=index) for index in range(1, slots + 1)),
            agent=GUEST_AGENT,
        )
    )
    _set(blank, "name", machine.name)
    _set(blank, "uuid", machine_uuid(machine.name))
    return mended(Domain(machine.name, blank), machine, creation, {})


def mended(domain: Domain, machine: MachineFacts, creation: Creation, pools: Mapping[str, Pool]) -> Element:
    """Definition of a machine that is there, as it should be; disks that the inventory does not have stay."""
    definition = deepcopy(domain.defined)
    for one in list(strange(definition, KNOWN)):
        one.remove()
    vcpu = _set(definition, "vcpu", str(machine.cpus))
    vcpu.attrib.pop("current", None)
    if mebibytes(definition.find("memory")) != machine.memory:
        for tag in ("memory", "currentMemory"):
            _set(definition, tag, str(machine.memory)).set("unit", "MiB")
    _mark(definition, machine)
    devices = _part(definition, "devices")
    _plug(devices, machine, creation)
    known = {disk.name for disk in domain.disks(pools)}
    free = targets(domain)
    devices.extend(
        render_disk(machine.name, name, disk.pool, next(free))
        for name, disk in machine.disks.items()
        if name not in known
    )
    return definition


def targets(domain: Domain) -> Iterator[str]:
    """Names on the guest's bus that no disk has: ``vda`` to ``vdz``."""
    taken = {
        one.get("dev") for tree in (domain.defined, domain.live) if tree is not None for one in tree.iter("target")
    }
    return (name for letter in "abcdefghijklmnopqrstuvwxyz" if (name := f"vd{letter}") not in taken)


def _mark(definition: Element, machine: MachineFacts) -> None:
    boot = definition.find(BOOT)
    if boot is None:
        boot = SubElement(_part(definition, "metadata"), f"{{{METADATA}}}machine")
    boot.set("auto", "yes" if machine.auto else "no")
    boot.set("order", str(machine.order))


def _plug(devices: Element, machine: MachineFacts, creation: Creation) -> None:
    """Interfaces as they should be, in their places."""
    wanted = {nic.mac: nic for nic in machine.nics.values()}
    for element in devices.findall("interface"):
        found = read_nic(element, live=False)
        nic = wanted.pop(found.mac, None)
        if nic is None:
            devices.remove(element)
        elif (found.segment, found.connected, found.other) != (nic.segment, nic.connected, ()):
            devices[list(devices).index(element)] = plugged(element, nic.segment)
    devices.extend(render_nic(nic.mac, nic.segment, offload=creation.kernel_switch) for nic in wanted.values())


def _set(parent: Element, tag: str, text: str) -> Element:
    element = _part(parent, tag)
    element.text = text
    return element


def _part(parent: Element, tag: str) -> Element:
    found = parent.find(tag)
    return SubElement(parent, tag) if found is None else found
