"""What the city intends for each virtualization host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sanso.city.addressing import FAMILIES, host_address, share
from sanso.city.device import HypervisorPort
from sanso.city.links import Carried, carried
from sanso.city.model import City
from sanso.city.virtual import Machine, VirtualizationHost, mac_of
from sanso.network.virtual import (
    MANAGEMENT,
    MIGRATION,
    Address,
    DiskFacts,
    HostFacts,
    MachineFacts,
    NicFacts,
    Passing,
    PoolFacts,
)


@dataclass(frozen=True)
class HostIntent:
    """Intended facts of a host with every machine that may be on it, and what its state is read with."""

    facts: HostFacts
    layers: dict[int, str] = field(default_factory=dict)
    """VLAN id → layer, for the whole city."""
    names: dict[int, str] = field(default_factory=dict)
    """VLAN id → segment, for the whole city."""
    carries: frozenset[str] = frozenset()
    """Layers whose machines it may carry."""
    site: str = ""
    elsewhere: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Machine → the other hosts that it may be on."""
    homes: frozenset[str] = frozenset()
    """Machines that usually are here."""


def intend_hosts(city: City) -> dict[str, HostIntent]:
    """Intent of every virtualization host of the city, by host name."""
    layers = {segment.vlan: str(segment.layer) for segment in city.segments.values()}
    names = {segment.vlan: name for name, segment in city.segments.items()}
    return {
        name: HostIntent(
            facts=host_facts(city, host),
            layers=layers,
            names=names,
            carries=frozenset(map(str, host.layers)),
            site=host.site,
            elsewhere={
                machine: tuple(other for other in one.hosts if other != name)
                for machine, one in machines_of(city, name)
            },
            homes=frozenset(machine for machine, one in machines_of(city, name) if one.home == name),
        )
        for name, host in city.virtualization_hosts.items()
    }


def machines_of(city: City, host: str) -> Iterator[tuple[str, Machine]]:
    """Machines that may be on a host, with their names."""
    return ((name, machine) for name, machine in city.machines.items() if host in machine.hosts)


def carried_to(city: City, host: VirtualizationHost) -> Carried:
    """What the switch ports of a host carry to it; VIRT-06 says that they all carry the same.

    Raises:
        LookupError: its first cable ends at no port of profile ``hypervisor``.
    """
    uplink = host.uplinks[0]
    port = city.ports[uplink.switch][uplink.port]
    if not isinstance(port, HypervisorPort):
        raise LookupError(f"{host.hostname}: {uplink.switch} {uplink.port} is no port for a virtualization host")
    return carried(city, city.devices[uplink.switch], port)


def host_facts(city: City, host: VirtualizationHost) -> HostFacts:
    """Facts that the city intends for a host."""
    segments = carried_to(city, host)
    vlan = {name: segment.vlan for name, segment in city.segments.items()}
    own = {MANAGEMENT: (segments.untagged, host.management_host)}
    if host.migration is not None:
        own[MIGRATION] = (host.migration.segment, host.migration.host)
    return HostFacts(
        hostname=host.hostname,
        platform=host.platform,
        uplinks=tuple(uplink.interface for uplink in host.uplinks),
        trunk=Passing(
            untagged=None if segments.untagged is None else vlan[segments.untagged],
            tagged=frozenset(vlan[name] for name in segments.tagged),
        ),
        segments={name: vlan[name] for name in segments.tagged if name not in {one for one, _ in own.values()}},
        own={port: Passing(untagged=vlan[name]) for port, (name, _) in own.items() if name is not None},
        addresses={
            port: frozenset(_addresses(city, host, name, number))
            for port, (name, number) in own.items()
            if name is not None
        },
        pools={name: PoolFacts(pool.path) for name, pool in host.pools.items()},
        machines={name: machine_facts(city, name, machine) for name, machine in machines_of(city, host.hostname)},
    )


def machine_facts(city: City, name: str, machine: Machine) -> MachineFacts:
    """Facts that the city intends for a machine, running."""
    return MachineFacts(
        name=name,
        cpus=machine.cpus,
        memory=machine.memory,
        nics={
            nic: NicFacts(
                mac=mac_of(name, nic, one),
                segment=one.segment,
                passing=Passing(untagged=city.segments[one.segment].vlan),
            )
            for nic, one in machine.nics.items()
        },
        disks={disk: DiskFacts(one.pool, one.size, one.image or "") for disk, one in machine.disks.items()},
        auto=machine.boot.auto,
        order=machine.boot.order,
    )


def _addresses(city: City, host: VirtualizationHost, segment: str, number: int) -> Iterator[Address]:
    for family in FAMILIES:
        if (prefix := share(city, segment, host.site, family)) is not None:
            yield host_address(prefix, number)
