"""Virtualization hosts, the machines that run on them, and where each may be."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated

from pydantic import Field

from sanso.city.element import Element, Identifier, Named
from sanso.city.hours import Clock, Day
from sanso.city.segment import Layer
from sanso.city.wireless import HostName, Mac

InterfaceName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,14}$")]
"""Name of a network interface of the host's own kernel, such as ``eno1``."""
Folder = Annotated[str, Field(pattern=r"^(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$")]
"""Absolute path of a folder or a file on a host, none of its parts hidden or leading upwards."""


class Uplink(Element):
    """One cable of a virtualization host; all of a host's cables are bonded, one of them in use at a time."""

    interface: InterfaceName = Field(description="The host's interface, such as `eno1`.")
    switch: str = Field(description="The switch at the other end, by its name in the inventory.")
    port: str = Field(description="The port of that switch, by its full name; its profile is `hypervisor`.")


class Migration(Element):
    """The network in which machines move from host to host, apart from all others."""

    segment: Identifier = Field(description="Segment of it, of layer `management`, tagged on the uplinks.")
    host: int = Field(ge=2, description="Host number of the host's address in the site's share.")


class StoragePool(Element):
    """A folder of a host in which disks lie."""

    path: Folder = Field(description="The folder.")
    size: int = Field(ge=1, description="How much disks may take there in all, in GiB.")
    shared: bool = Field(default=False, description="Whether the same folder is mounted on other hosts too.")


class VirtualizationHost(Named):
    """A host of virtual machines: its layers, its room, its cables and its storage.

    Its own address lies in the untagged segment of its switch ports, and in no segment that machines are in.
    """

    hostname: HostName = Field(description="Name in the inventory.")
    site: Identifier = Field(description="The site whose group the host is in.")
    groups: list[str] = Field(default_factory=list, description="Groups the host is in.")
    platform: str = Field(description="Hypervisor: the name of a folder of `sanso/hypervisors` (`sanso_platform`).")
    layers: list[Layer] = Field(
        min_length=1, description="Layers whose machines it may carry: one on a dedicated host, more on a shared one."
    )
    cpus: int = Field(ge=1, description="Virtual CPUs that machines may have in all.")
    memory: int = Field(ge=1, description="Memory that machines may have in all, in MiB.")
    uplinks: list[Uplink] = Field(min_length=1, description="Its cables, the one that is used first at the head.")
    management_host: int = Field(
        ge=2, description="Host number of its own address in the untagged segment of its ports."
    )
    migration: Migration | None = Field(default=None, description="Where machines move; absent = they do not.")
    pools: dict[Identifier, StoragePool] = Field(min_length=1, description="Its storage, by name.")
    model: str | None = Field(default=None, description="Hardware, for people.")


class Disk(Element):
    """A disk of a machine."""

    pool: Identifier = Field(description="Pool that it lies in, on whichever host the machine is.")
    size: int = Field(ge=1, description="Size in GiB; it can grow, not shrink.")
    image: Folder | None = Field(
        default=None, description="Image on the host that a new disk is a copy of; absent = it begins empty."
    )


class Nic(Element):
    """A network interface of a machine, in one segment."""

    segment: Identifier = Field(description="Its segment, by name; the VLAN id is the segment's.")
    mac: Mac | None = Field(default=None, description="MAC address; absent = made from the names.")


class Boot(Element):
    """What a host does with a machine when it starts up itself."""

    auto: bool = Field(default=True, description="Whether the machine is started with its host.")
    order: int = Field(default=50, ge=1, le=99, description="Machines of a lower number are started before.")


class Backup(Element):
    """When a machine is copied while it runs, and where to."""

    days: list[Day] = Field(min_length=1, description="Days on which it begins: `mon` … `sun`.")
    start: Clock = Field(alias="from", description="When it begins in the site's time zone, HH:MM.")
    pool: Identifier = Field(description="Pool that copies lie in; not one that the disks lie in.")
    keep: int = Field(default=7, ge=1, le=366, description="How many copies are kept.")


class Machine(Named):
    """A virtual machine: its room, its disks, the segments it is in, and the hosts it may be on."""

    cpus: int = Field(ge=1, le=256, description="Virtual CPUs.")
    memory: int = Field(ge=64, description="Memory in MiB.")
    disks: dict[Identifier, Disk] = Field(
        default_factory=dict, description="Its disks by name, the one it boots from first."
    )
    nics: dict[Identifier, Nic] = Field(min_length=1, description="Its network interfaces, by name.")
    hosts: list[HostName] = Field(min_length=1, description="Hosts that it may be on; the first is its home.")
    apart_from: list[str] = Field(
        default_factory=list, description="Machines that must never be on the same host, such as the other of a pair."
    )
    boot: Boot = Field(default=Boot(), description="What becomes of it when its host starts up.")
    backup: Backup | None = Field(default=None, description="Its backup; absent = none.")
    node: Identifier | None = Field(default=None, description="The node of `sanso_nodes` that it is, if any.")

    @property
    def home(self) -> str:
        """The host that it usually is on."""
        return self.hosts[0]

    @property
    def segments(self) -> tuple[str, ...]:
        """Segments that it is in, each once."""
        return tuple(dict.fromkeys(nic.segment for nic in self.nics.values()))


def mac_of(machine: str, nic: str, given: Nic) -> str:
    """MAC address of a NIC: the inventory's, else one made from the names, in the range of virtual machines.

    52:54:00 is what virtual machines usually begin with; three octets of a hash are the same on every host and in
    every run.
    """
    if given.mac is not None:
        return given.mac
    digest = sha256(f"{machine}/{nic}".encode()).digest()
    return "52:54:00:" + ":".join(f"{octet:02x}" for octet in digest[:3])
