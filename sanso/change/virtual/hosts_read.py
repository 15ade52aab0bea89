"""The virtualization hosts of a site as they were read in one run, for whoever moves machines between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sanso.city.model import City
from sanso.hypervisors import Reading
from sanso.messages import Remark
from sanso.network.virtual import MachineFacts
from sanso.proof.virtual import Intents, host_findings


@dataclass(frozen=True)
class HostsRead:
    """What hosts of one site do; those that did not answer are missing in ``read``."""

    city: City
    intents: Intents
    read: Mapping[str, Reading]

    @cached_property
    def unready(self) -> dict[str, Remark]:
        """Hosts of the site that no machine is moved to or from, and why."""
        sites = {self.intents[host].site for host in self.read}
        hosts = (host for host, intent in self.intents.items() if intent.site in sites)
        return {host: why for host in hosts if (why := self._why_not(host)) is not None}

    def _why_not(self, host: str) -> Remark | None:
        if not self.known(host):
            return self.unread(host)
        if findings := host_findings(self.read[host].facts, self.intents):
            return Remark("maintenance.unsound", host=host, rule=findings[0].rule)
        if self.city.virtualization_hosts[host].migration is None:
            return Remark("maintenance.no_network", host=host)
        return None

    def unread(self, host: str) -> Remark:
        """What could not be read of a host; ``-`` where it did not answer at all."""
        missing = self.read[host].unread if host in self.read else ()
        why = "; ".join(f"{thing}: {reason}" for thing, reason in missing) or "-"
        return Remark("maintenance.unread", host=host, why=why)

    def known(self, host: str) -> bool:
        """Whether all of a host could be read."""
        return host in self.read and not self.read[host].unread

    def machines(self, host: str) -> Mapping[str, MachineFacts]:
        """Machines of a host that was read."""
        return self.read[host].facts.machines

    @cached_property
    def where(self) -> dict[str, tuple[str, ...]]:
        """Machine → hosts that have it, whether it runs or not."""
        found: dict[str, tuple[str, ...]] = {}
        for host in self.read:
            for machine in self.machines(host):
                found[machine] = (*found.get(machine, ()), host)
        return found

    @property
    def placed(self) -> dict[str, str]:
        """Machine → host, of those that the city has."""
        return {machine: hosts[0] for machine, hosts in self.where.items() if machine in self.city.machines}

    @property
    def ready(self) -> frozenset[str]:
        """Hosts that machines can be moved between."""
        return frozenset(self.read) - frozenset(self.unready)

    def city_of(self, hosts: frozenset[str]) -> City:
        """The city with these virtualization hosts alone."""
        kept = {name: one for name, one in self.city.virtualization_hosts.items() if name in hosts}
        return self.city.model_copy(update={"virtualization_hosts": kept})

    def shared(self, machine: str, source: str, target: str) -> frozenset[bool]:
        """Whether two hosts share the storage of a machine's disks: both values where they share some of it."""
        one, other = (self.city.virtualization_hosts[host].pools for host in (source, target))
        pools = [disk.pool for disk in self.city.machines[machine].disks.values()]
        return frozenset(pool in one and pool in other and one[pool].shared and other[pool].shared for pool in pools)
