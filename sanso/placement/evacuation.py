"""Where the machines of a host go when it is to be empty (maintenance) or fails (N+1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from sanso.city.model import City
from sanso.placement.room import Lack, Placed, Rooms, homes, needs

TRIES = 10_000
"""After so many attempts to put a machine somewhere the search gives up; a dozen machines need far fewer."""


@dataclass(frozen=True)
class Stuck:
    """A machine that finds no room, and what each host that it may go to lacks; it may have no such host."""

    machine: str
    lacks: Mapping[str, Lack]


@dataclass(frozen=True)
class Evacuation:
    """Where each machine of a host goes, or why they cannot all go.

    Machines move one after the other, in the order of ``moves``.  Targets only fill up meanwhile: what fits beside
    all the others in the end fits at every moment before, so that no step breaks capacity or puts a pair together.
    """

    host: str
    moves: Mapping[str, str] = field(default_factory=dict)
    """Machine → target; every machine of the host, or none."""
    stuck: tuple[Stuck, ...] = ()
    """Machines that cannot go even alone; else the one with which the most promising attempt ended."""
    decided: bool = True
    """False: after :data:`TRIES` attempts neither a way was found nor that there is none; there are no moves then."""

    @property
    def possible(self) -> bool:
        """Whether every machine has somewhere to go."""
        return self.decided and not self.stuck


def plan_evacuation(city: City, host: str, placed: Placed) -> Evacuation:
    """Find a target for each machine on a host.  Each moves once, straight there; machines elsewhere stay.

    Args:
        city: the city.
        host: the host that is to be empty.
        placed: where every machine is; those that the city does not know are passed over.

    Raises:
        KeyError: the city has no such host.
    """
    if host not in city.virtualization_hosts:
        raise KeyError(host)
    leaving = [name for name, at in placed.items() if at == host and name in city.machines]
    search = _Search(city, host, placed, leaving)
    alone = tuple(stuck for name in leaving if (stuck := search.stuck(name)) is not None)
    if alone:
        return Evacuation(host, stuck=alone)
    try:
        moves = search.place(frozenset(leaving), {})
    except _GaveUpError:
        return Evacuation(host, decided=False)
    return Evacuation(host, stuck=(search.deepest,)) if moves is None else Evacuation(host, moves)


def survives(city: City, host: str, placed: Placed | None = None) -> Evacuation:
    """Where the machines of a host would go should it fail (N+1).

    A machine with a partner on another host goes nowhere: that they are a pair is why one may be lost.

    Args:
        city: the city.
        host: the host.
        placed: where every machine is; absent = all are at home.
    """
    placed = homes(city) if placed is None else placed
    lone = {
        name for name, need in needs(city).items() if all(placed.get(other, host) == host for other in need.apart)
    }
    return plan_evacuation(city, host, {name: at for name, at in placed.items() if at != host or name in lone})


class _GaveUpError(Exception):
    """The search has taken too long."""


class _Search:
    """Exhaustive search, the machine with the fewest possible hosts first, up to :data:`TRIES`.

    Machines alike, such as those of a farm, are one kind: what failed with some of them is not tried with others.
    """

    def __init__(self, city: City, source: str, placed: Placed, leaving: list[str]) -> None:
        self._machines = city.machines
        self._rooms = Rooms(city, placed)
        for name in leaving:
            self._rooms.take(name, source)
        self._targets = {
            name: [host for host in city.machines[name].hosts if host != source and host in city.virtualization_hosts]
            for name in leaving
        }
        self._kinds = {name: self._kind(name) for name in leaving}
        self._failed: set[frozenset[tuple[tuple[Hashable, str], int]]] = set()
        self._tries = 0
        self._least = len(leaving) + 1
        self.deepest = Stuck("", {})

    def stuck(self, machine: str) -> Stuck | None:
        """Why a machine can go to none of its hosts as they are now."""
        lacks = {host: self._rooms.lack(machine, host) for host in self._targets[machine]}
        found = {host: lack for host, lack in lacks.items() if lack is not None}
        return Stuck(machine, found) if len(found) == len(lacks) else None

    def place(self, left: frozenset[str], placed: dict[str, str]) -> dict[str, str] | None:
        """A target for each machine that is left, beside those that are placed.

        Raises:
            _GaveUpError: after too many attempts.
        """
        if not left:
            return placed
        state = frozenset(Counter((self._kinds[name], host) for name, host in placed.items()).items())
        if state in self._failed:
            return None
        self._failed.add(state)
        if (short := self._short(left)) is not None:
            self._remember(left, short)
            return None
        options = {name: self._options(name) for name in left}
        machine = min(left, key=lambda name: (len(options[name]), -self._machines[name].memory, name))
        for target in options[machine]:
            self._tries += 1
            if self._tries > TRIES:
                raise _GaveUpError
            self._rooms.put(machine, target)
            found = self.place(left - {machine}, {**placed, machine: target})
            if found is not None:
                return found
            self._rooms.take(machine, target)
        self._remember(left, self.stuck(machine))
        return None

    def _options(self, machine: str) -> list[str]:
        return [host for host in self._targets[machine] if self._rooms.lack(machine, host) is None]

    def _short(self, left: frozenset[str]) -> Stuck | None:
        """The largest machine that is left, where all of their hosts together have less than all of them need."""
        free = [self._rooms.free(host) for host in {host for name in left for host in self._targets[name]}]
        for lack in (Lack.CPUS, Lack.MEMORY):
            need = {name: getattr(self._machines[name], lack) for name in left}
            if sum(need.values()) > sum(max(0, getattr(room, lack)) for room in free):
                largest = max(left, key=lambda name: (need[name], name))
                return Stuck(largest, dict.fromkeys(self._targets[largest], lack))
        return None

    def _remember(self, left: frozenset[str], stuck: Stuck | None) -> None:
        """Keep what ended the attempt that placed the most machines."""
        if stuck is not None and len(left) < self._least:
            self._least, self.deepest = len(left), stuck

    def _kind(self, machine: str) -> Hashable:
        """What a machine is to the search: its needs and its hosts; one with partners is like no other."""
        need = self._rooms.needs[machine]
        name = machine if need.apart else ""
        return (
            need.cpus,
            need.memory,
            frozenset(need.disks.items()),
            need.layers,
            frozenset(self._targets[machine]),
            name,
        )
