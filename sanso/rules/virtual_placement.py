"""VIRT: room for machines, at home and when a host is lost, and machines that must be apart."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.virtual import VirtualizationHost
from sanso.messages import Finding, Severity
from sanso.messages.catalogue import Phrase, Phrases
from sanso.placement import TRIES, Rooms, Stuck, homes, survives
from sanso.rules.rule import Rule
from sanso.rules.words import some


class Apart(Rule):
    """Machines that must be apart are other machines, and have different homes."""

    id = "VIRT-17"

    def check(self) -> Iterator[Finding]:
        told: set[frozenset[str]] = set()
        for name, machine in self.city.machines.items():
            for number, other in enumerate(machine.apart_from):
                path, pair = machine.at("apart_from", number), frozenset({name, other})
                if other == name:
                    yield self.finding(path, "itself", machine=name)
                elif other in self.city.machines and pair not in told:
                    told.add(pair)
                    yield from self._pair(name, other)

    def _pair(self, name: str, other: str) -> Iterator[Finding]:
        machine, partner = self.city.machines[name], self.city.machines[other]
        if machine.home == partner.home:
            variant = "home" if {*machine.hosts, *partner.hosts} - {machine.home} else "nowhere"
            yield self.finding(machine.at("hosts", 0), variant, machine=name, other=other, host=machine.home)


class HomeRoom(Rule):
    """Each host has room for all machines whose home it is, and each pool for all disks that lie in it."""

    id = "VIRT-18"

    def check(self) -> Iterator[Finding]:
        rooms, shared = Rooms(self.city, homes(self.city)), set[tuple[str, str]]()
        for name, host in self.city.virtualization_hosts.items():
            free, here = rooms.free(name), self._at_home(name)
            if free.cpus < 0:
                args = {"host": name, "has": host.cpus, "needed": host.cpus - free.cpus, "machines": here}
                yield self.finding(host.at("cpus"), "cpus", **args)
            if free.memory < 0:
                args = {"host": name, "has": host.memory, "needed": host.memory - free.memory, "machines": here}
                yield self.finding(host.at("memory"), "memory", **args)
            for pool, left in free.pools.items():
                if left < 0 and (host.site, pool) not in shared:
                    yield self._pool(host, pool, left)
                if host.pools[pool].shared:
                    shared.add((host.site, pool))

    def _pool(self, host: VirtualizationHost, name: str, left: int) -> Finding:
        pool = host.pools[name]
        args = {"host": host.hostname, "pool": name, "has": pool.size, "needed": pool.size - left}
        return self.finding(pool.at("size"), "pool", **args)

    def _at_home(self, host: str) -> str:
        return some(name for name, machine in self.city.machines.items() if machine.home == host)


class SpareRoom(Rule):
    """Should a host fail, its machines find room on their other hosts (N+1); of a pair, one may be lost."""

    id = "VIRT-19"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, host in self.city.virtualization_hosts.items():
            found = survives(self.city, name)
            if not found.decided:
                yield self.finding(host.at(), "undecided", host=name, tries=TRIES)
            for stuck in found.stuck:
                yield self._stuck(name, stuck)

    def _stuck(self, host: str, stuck: Stuck) -> Finding:
        machine = self.city.machines[stuck.machine]
        if not stuck.lacks:
            return self.finding(machine.at("hosts"), "nowhere", machine=stuck.machine, host=host)
        lacks = Phrases(tuple((other, Phrase(f"placement.{lack}")) for other, lack in stuck.lacks.items()))
        return self.finding(machine.at("hosts"), "room", machine=stuck.machine, host=host, lacks=lacks)
