"""Changes of disks: volumes that come, and that grow; none shrinks, and none is deleted."""

from __future__ import annotations

from sanso.hypervisors.base import Command
from sanso.hypervisors.libvirt.change import Change, Changes, virsh
from sanso.hypervisors.libvirt.domain import Domain, size_of
from sanso.hypervisors.libvirt.names import volume_name
from sanso.hypervisors.libvirt.pool import render_volume
from sanso.hypervisors.libvirt.state import State
from sanso.hypervisors.libvirt.xml import written
from sanso.network.virtual import DiskFacts, MachineFacts

COPY = ("qemu-img", "convert", "-n", "-O", "qcow2")
"""Writes an image into a volume that is there, with libvirt's owner and mode (qemu-img(1))."""


def volumes(state: State, domain: Domain | None, machine: MachineFacts) -> Changes:
    """Volumes of disks that a machine does not have yet; one of the name that is there is taken as it is."""
    known = {disk.name for disk in domain.disks(state.pools)} if domain else set()
    for name, disk in machine.disks.items():
        if name not in known:
            yield from _volume(state, machine.name, name, disk)


def _volume(state: State, machine: str, name: str, disk: DiskFacts) -> Changes:
    volume, pool = volume_name(machine, name), state.pools[disk.pool]
    size = pool.volumes.get(volume)
    if size is None:
        made = virsh("vol-create", pool=disk.pool, stdin=written(render_volume(volume, disk.size)))
        yield Change(made, (virsh("vol-delete", pool=disk.pool, vol=volume),), machine)
        if disk.image:
            yield Change(Command((*COPY, disk.image, f"{pool.path}/{volume}")), (), machine)
    elif size < disk.size:
        yield _resized(machine, disk.pool, volume, disk.size)


def grown(state: State, domain: Domain, machine: MachineFacts) -> Changes:
    """Disks that are smaller than intended, in what runs at once."""
    for found in domain.disks(state.pools):
        wanted = machine.disks.get(found.name)
        if wanted is None or not 0 < size_of(domain, found, state.pools) < wanted.size:
            continue
        if domain.running:
            size = f"{wanted.size}GiB"
            yield Change(virsh("blockresize", domain=domain.name, path=found.target, size=size), (), domain.name)
        else:
            yield _resized(domain.name, found.pool, found.volume, wanted.size)


def _resized(machine: str, pool: str, volume: str, size: int) -> Change:
    return Change(virsh("vol-resize", pool=pool, vol=volume, capacity=f"{size}GiB"), (), machine)
