"""KVM hosts with libvirt and Open vSwitch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanso.hypervisors.base import Argv, Command, Creation, Plan
from sanso.hypervisors.libvirt import power, probes
from sanso.hypervisors.libvirt.migrate import forget, migrate
from sanso.hypervisors.libvirt.plan import plan
from sanso.hypervisors.libvirt.read import LibvirtReading, read
from sanso.network.virtual import HostFacts


@dataclass(frozen=True)
class Libvirt:
    """This hypervisor; see :class:`sanso.hypervisors.base.Hypervisor`."""

    name: str = "libvirt"

    @property
    def probes(self) -> Mapping[str, Argv]:
        """What is asked first."""
        return probes.FIRST

    def further(self, answers: Mapping[str, str]) -> Mapping[str, Argv]:
        """What is asked next."""
        return probes.further(answers)

    def read(self, hostname: str, answers: Mapping[str, str], intended: HostFacts) -> LibvirtReading:
        """Read a host."""
        return read(hostname, answers, intended)

    def plan(self, reading: LibvirtReading, intended: HostFacts, creation: Creation) -> Plan:
        """Steps that make a host as intended."""
        return plan(reading, intended, creation)

    def start(self, machine: str) -> list[Command]:
        """Start a machine."""
        return power.start(machine)

    def shut_down(self, machine: str) -> list[Command]:
        """Shut a machine down, and wait until it is off."""
        return power.shut_down(machine)

    def migrate(self, machine: str, *, port: int, shared_storage: bool) -> list[Command]:
        """Move a running machine."""
        return migrate(machine, port=port, shared_storage=shared_storage)

    def forget(self, reading: LibvirtReading, machine: str) -> list[Command]:
        """Delete the disks of a machine that has moved away."""
        return forget(reading, machine)


HYPERVISOR = Libvirt()
