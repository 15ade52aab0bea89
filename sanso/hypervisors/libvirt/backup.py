"""Copies of running machines, and the way back from them.

QEMU copies the disks as they were when it began, while the machine writes on: no snapshot is left to be merged.
Source: libvirt's formatbackup, mode push.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from sanso.hypervisors.base import Command
from sanso.hypervisors.libvirt.change import virsh
from sanso.hypervisors.libvirt.read import LibvirtReading
from sanso.hypervisors.libvirt.xml import written

DEFINITION = "machine.xml"


def back_up(reading: LibvirtReading, machine: str, folder: str) -> list[Command]:
    """Copy the disks of a running machine, wait, look whether the copies are whole, and keep its definition beside.

    Raises:
        LookupError: there is no such machine here, or it is off.
    """
    domain = reading.state.domains[machine]
    if not domain.running:
        raise LookupError(f"{machine} does not run")
    disks = {disk.target: f"{folder}/{disk.name}.qcow2" for disk in domain.disks(reading.state.pools, live=True)}
    kept = ("install", "--mode=0600", "/dev/stdin", f"{folder}/{DEFINITION}")
    return [
        Command(kept, written(domain.defined)),
        Command((*virsh("backup-begin", domain=machine).argv, "--backupxml", "/dev/stdin"), written(_job(disks))),
        virsh("domjobinfo", domain=machine, until="None"),
        *(Command(("qemu-img", "check", "--quiet", path)) for path in disks.values()),
    ]


def _job(disks: dict[str, str]) -> Element:
    job = Element("domainbackup", mode="push")
    listed = SubElement(job, "disks")
    for target, path in disks.items():
        disk = SubElement(listed, "disk", name=target, type="file")
        SubElement(disk, "target", file=path)
        SubElement(disk, "driver", type="qcow2")
    return job


def restore(reading: LibvirtReading, machine: str, folder: str) -> list[Command]:
    """Write the disks of a machine that is off from their copies.

    Raises:
        LookupError: there is no such machine here, or it runs.
    """
    domain = reading.state.domains[machine]
    if domain.running:
        raise LookupError(f"{machine} runs")
    return list(_restored(reading, machine, folder))


def _restored(reading: LibvirtReading, machine: str, folder: str) -> Iterator[Command]:
    pools = reading.state.pools
    for disk in reading.state.domains[machine].disks(pools):
        path = f"{pools[disk.pool].path}/{disk.volume}"
        yield Command(("qemu-img", "convert", "-O", "qcow2", f"{folder}/{disk.name}.qcow2", path))
        yield Command(("qemu-img", "compare", "--quiet", f"{folder}/{disk.name}.qcow2", path))
