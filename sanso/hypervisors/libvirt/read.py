"""What a host really does, from what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanso.hypervisors.base import Unread
from sanso.hypervisors.libvirt.domain import read_domain
from sanso.hypervisors.libvirt.kernel import link_doubts
from sanso.hypervisors.libvirt.names import NETWORK
from sanso.hypervisors.libvirt.network import network_doubts, network_lacks, read_segments
from sanso.hypervisors.libvirt.pool import pool_doubts, read_pools
from sanso.hypervisors.libvirt.state import State, take_apart
from sanso.hypervisors.libvirt.switch import read_switch
from sanso.network.virtual import MANAGEMENT, MIGRATION, HostFacts


@dataclass(frozen=True)
class LibvirtReading:
    """What was read of a host."""

    facts: HostFacts
    state: State
    unread: tuple[Unread, ...] = ()


def read(hostname: str, answers: Mapping[str, str], intended: HostFacts) -> LibvirtReading:
    """Read a host; see :class:`sanso.hypervisors.base.Hypervisor`."""
    state, unread = take_apart(answers)
    return LibvirtReading(facts_of(hostname, state, intended), state, unread)


def facts_of(hostname: str, state: State, intended: HostFacts) -> HostFacts:
    """Facts of a host."""
    switch = read_switch(state.switch, intended.uplinks)
    macs = {name: {nic.mac: key for key, nic in one.nics.items()} for name, one in intended.machines.items()}
    machines = {
        name: read_domain(domain, macs.get(name, {}), switch.ports, state.pools)
        for name, domain in sorted(state.domains.items())
    }
    own = {name: switch.ports[name] for name in (MANAGEMENT, MIGRATION) if name in switch.internal}
    plugged = {nic.port for machine in machines.values() for nic in machine.nics.values()}
    return HostFacts(
        hostname=hostname,
        platform="libvirt",
        uplinks=switch.uplinks,
        trunk=switch.trunk,
        segments=read_segments(state.networks.get(NETWORK)),
        own=own,
        addresses=state.addresses,
        pools=read_pools(state.pools),
        machines=machines,
        ports={name: one for name, one in switch.ports.items() if name not in own.keys() | plugged},
        forwards=state.forwards,
        doubts=(*switch.doubts, *network_doubts(state.networks), *pool_doubts(state.pools), *_links(state, intended)),
        lacks=tuple(network_lacks(state.networks)),
    )


def _links(state: State, intended: HostFacts) -> Iterator[str]:
    ports = {str(row["name"]) for row in state.switch.interfaces}
    return link_doubts(state.links, ports | {*intended.uplinks})
