"""VIRT: the pools that disks and copies of machines lie in."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.virtual import Backup, Machine, StoragePool
from sanso.messages import Finding
from sanso.rules.rule import Rule
from sanso.rules.words import nearest, some


class PoolOfMachine(Rule):
    """A rule on the pools that a machine names."""

    def lacking(self, machine: Machine, pool: str) -> list[str]:
        """Hosts that the machine may be on and that have no such pool."""
        known = self.city.virtualization_hosts
        return [host for host in machine.hosts if host in known and pool not in known[host].pools]

    def near(self, host: str, pool: str) -> str:
        """The pool of a host that was meant."""
        return nearest(pool, self.city.virtualization_hosts[host].pools)


class DiskPool(PoolOfMachine):
    """The pool of a disk is on each host that its machine may be on."""

    id = "VIRT-20"

    def check(self) -> Iterator[Finding]:
        for name, machine in self.city.machines.items():
            for disk, one in machine.disks.items():
                if hosts := self.lacking(machine, one.pool):
                    args = {"machine": name, "disk": disk, "pool": one.pool, "hosts": some(hosts)}
                    yield self.finding(one.at("pool"), **args, near=self.near(hosts[0], one.pool))


class BackupPool(PoolOfMachine):
    """Copies of a machine lie in a pool of each of its hosts, not beside its disks, and outlast a host."""

    id = "VIRT-21"

    def check(self) -> Iterator[Finding]:
        for name, machine in self.city.machines.items():
            if machine.backup is not None:
                yield from self._backup(name, machine, machine.backup)

    def _backup(self, name: str, machine: Machine, backup: Backup) -> Iterator[Finding]:
        path, args = backup.at("pool"), {"machine": name, "pool": backup.pool}
        if not machine.disks:
            yield self.finding(backup.at(), "diskless", machine=name)
        elif hosts := self.lacking(machine, backup.pool):
            yield self.finding(path, "pool", **args, hosts=some(hosts), near=self.near(hosts[0], backup.pool))
        elif backup.pool in {disk.pool for disk in machine.disks.values()}:
            yield self.finding(path, "same", **args)
        elif alone := self._alone(machine, backup.pool):
            yield self.warning(path, "local", **args, hosts=some(alone))

    def _alone(self, machine: Machine, pool: str) -> list[str]:
        """Hosts of a machine on which a pool is the host's own."""
        known = self.city.virtualization_hosts
        return [host for host in machine.hosts if host in known and not known[host].pools[pool].shared]


class SharedPool(Rule):
    """A pool that hosts of a site share is the same to all of them that have one of its name."""

    id = "VIRT-22"

    def check(self) -> Iterator[Finding]:
        first: dict[tuple[str, str], tuple[str, StoragePool]] = {}
        for name, host in self.city.virtualization_hosts.items():
            for pool, one in host.pools.items():
                other, there = first.setdefault((host.site, pool), (name, one))
                if (one.shared or there.shared) and _told(one) != _told(there):
                    args = {"host": name, "other": other, "pool": pool}
                    yield self.finding(one.at(), **args, here=_told(one), there=_told(there))


def _told(pool: StoragePool) -> str:
    return f"path: {pool.path}, size: {pool.size}, shared: {str(pool.shared).lower()}"
