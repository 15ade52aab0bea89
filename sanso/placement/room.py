"""What virtualization hosts have left, and why a machine cannot be on one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sanso.city.model import City
from sanso.city.segment import Layer
from sanso.city.virtual import Machine

Placed = Mapping[str, str]
"""Machine → host that it is on."""


class Lack(StrEnum):
    """Why a machine cannot be on a host."""

    HOST = "host"
    """It is none of the machine's hosts."""
    LAYER = "layer"
    """It may not carry the machine's layer."""
    APART = "apart"
    """A machine is there that this one must be apart from."""
    CPUS = "cpus"
    MEMORY = "memory"
    DISK = "disk"


@dataclass(frozen=True)
class Room:
    """What is left on a host; below 0 where it has too much."""

    cpus: int
    memory: int
    """MiB."""
    pools: Mapping[str, int]
    """Pool → GiB."""


@dataclass(frozen=True)
class Need:
    """What a machine asks of a host."""

    cpus: int
    memory: int
    disks: Mapping[str, int]
    """Pool → GiB."""
    layers: frozenset[Layer]
    apart: frozenset[str]
    """Machines that it must be apart from, whichever of the two says so."""


class Store(NamedTuple):
    """The storage behind a pool: that of one host, or one that all hosts of a site share."""

    place: str
    pool: str
    shared: bool


class Rooms:
    """The room of every host with machines on it, kept while machines come and go.

    Machines and hosts that the city does not know count for nothing.
    """

    def __init__(self, city: City, placed: Placed) -> None:
        self.city = city
        self._on: dict[str, set[str]] = defaultdict(set)
        self._cpus: Counter[str] = Counter()
        self._memory: Counter[str] = Counter()
        self._stored: Counter[Store] = Counter()
        self.needs = needs(city)
        for machine, host in placed.items():
            if machine in city.machines and host in city.virtualization_hosts:
                self.put(machine, host)

    def put(self, machine: str, host: str) -> None:
        """Let a machine be on a host, whether or not it fits."""
        self._on[host].add(machine)
        self._count(machine, host, 1)

    def take(self, machine: str, host: str) -> None:
        """Let a machine be there no more."""
        self._on[host].remove(machine)
        self._count(machine, host, -1)

    def free(self, host: str) -> Room:
        """What is left on a host."""
        one = self.city.virtualization_hosts[host]
        return Room(
            cpus=one.cpus - self._cpus[host],
            memory=one.memory - self._memory[host],
            pools={name: pool.size - self._stored[self._store(host, name)] for name, pool in one.pools.items()},
        )

    def lack(self, machine: str, host: str) -> Lack | None:
        """The first reason why a machine that is not on a host cannot come to it; None where it can."""
        need, target = self.needs[machine], self.city.virtualization_hosts.get(host)
        if target is None or host not in self.city.machines[machine].hosts:
            return Lack.HOST
        if not need.layers.issubset(target.layers):
            return Lack.LAYER
        if not need.apart.isdisjoint(self._on[host]):
            return Lack.APART
        if need.cpus > target.cpus - self._cpus[host]:
            return Lack.CPUS
        if need.memory > target.memory - self._memory[host]:
            return Lack.MEMORY
        for name, size in need.disks.items():
            pool = target.pools.get(name)
            if pool is None or size > pool.size - self._stored[self._store(host, name)]:
                return Lack.DISK
        return None

    def _count(self, machine: str, host: str, sign: int) -> None:
        need = self.needs[machine]
        self._cpus[host] += sign * need.cpus
        self._memory[host] += sign * need.memory
        for name, size in need.disks.items():
            self._stored[self._store(host, name)] += sign * size

    def _store(self, host: str, name: str) -> Store:
        one = self.city.virtualization_hosts[host]
        shared = name in one.pools and one.pools[name].shared
        return Store(one.site if shared else host, name, shared)


def homes(city: City) -> dict[str, str]:
    """The placement in which every machine is at home."""
    return {name: machine.home for name, machine in city.machines.items()}


def free(city: City, host: str, placed: Placed) -> Room:
    """What a host has left."""
    return Rooms(city, placed).free(host)


def fits(city: City, machine: str, host: str, placed: Placed) -> Lack | None:
    """Why a machine cannot be on a host beside those that are placed; None where it can."""
    elsewhere = {name: place for name, place in placed.items() if name != machine}
    return Rooms(city, elsewhere).lack(machine, host)


def needs(city: City) -> dict[str, Need]:
    """What each machine asks of a host."""
    apart: dict[str, set[str]] = {name: set() for name in city.machines}
    for name, machine in city.machines.items():
        for other in machine.apart_from:
            if other in city.machines and other != name:
                apart[name].add(other)
                apart[other].add(name)
    return {name: _need(city, machine, apart[name]) for name, machine in city.machines.items()}


def _need(city: City, machine: Machine, apart: set[str]) -> Need:
    disks: Counter[str] = Counter()
    for disk in machine.disks.values():
        disks[disk.pool] += disk.size
    layers = frozenset(city.segments[name].layer for name in machine.segments if name in city.segments)
    return Need(machine.cpus, machine.memory, disks, layers, frozenset(apart))
