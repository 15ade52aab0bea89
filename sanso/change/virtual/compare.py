"""A virtualization host beside what it should be, and its machines beside the other hosts that they may be on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanso.change.compare import Difference
from sanso.change.virtual.hosts import host_differences
from sanso.change.virtual.machines import MachineComparer
from sanso.change.virtual.words import Words
from sanso.network.virtual import HostFacts
from sanso.render import HostIntent


@dataclass(frozen=True)
class Compared:
    """What differs on one host."""

    differences: list[Difference]
    """Those that cross a layer first."""
    missing: frozenset[str] = frozenset()
    """Machines whose home this is and that none of their hosts has."""
    unjudged: tuple[str, ...] = ()
    """Machines whose home this is and that may be on a host that nobody looked at."""


def compare(host: str, found: Mapping[str, HostFacts], intents: Mapping[str, HostIntent]) -> Compared:
    """Compare one host with the inventory.

    On which of its hosts a machine is, is no difference.

    Args:
        host: its name.
        found: what this host does, and what those do that were looked at with it.
        intents: what the city intends, for every host that it has.
    """
    comparer = _Comparer(host, found, intents)
    differences = [*comparer.itself(), *comparer.here(), *comparer.absent()]
    return Compared(
        sorted(differences, key=lambda one: not one.crossed), frozenset(comparer.missing), tuple(comparer.unjudged)
    )


class _Comparer:
    def __init__(self, host: str, found: Mapping[str, HostFacts], intents: Mapping[str, HostIntent]) -> None:
        self.host = host
        self.found = found
        self.intents = intents
        self.intent = intents[host]
        self.wanted = self.intent.facts
        self.missing: list[str] = []
        self.unjudged: list[str] = []
        self._words = Words(self.intent)
        self._machines = MachineComparer(found[host].segments, self.wanted.segments, self._words)
        for name in self.wanted.machines:
            if name not in self.intent.homes or name in found[host].machines:
                continue
            others = self.intent.elsewhere[name]
            if any(other not in found for other in others):
                self.unjudged.append(name)
            elif not any(name in found[other].machines for other in others):
                self.missing.append(name)

    def itself(self) -> Iterator[Difference]:
        """Differences of the host itself."""
        return host_differences(self.found[self.host], self.wanted, self._words)

    def here(self) -> Iterator[Difference]:
        """Differences of the machines that are here."""
        for name, machine in self.found[self.host].machines.items():
            layers = self._machines.layers(machine)
            crossed = len(layers) > 1 or not self.intent.carries.issuperset(layers)
            hosts = [other for other, intent in self.intents.items() if name in intent.facts.machines]
            at_once = [other for other, facts in self.found.items() if name in facts.machines]
            if not hosts:
                yield Difference("machine", self.host, "machine", "", name, layers, crossed)
            elif self.host not in hosts:
                yield Difference("machine", name, "placement", ", ".join(hosts), self.host, layers, crossed)
            else:
                yield from self._machines.differences(machine, self.wanted.machines[name])
            if hosts and len(at_once) > 1:
                yield Difference("machine", name, "hosts_at_once", "1", ", ".join(at_once), layers)

    def absent(self) -> Iterator[Difference]:
        """Machines that none of their hosts has."""
        for name in self.missing:
            layers = self._machines.layers(self.wanted.machines[name])
            yield Difference("machine", self.host, "machine", name, "", layers)
