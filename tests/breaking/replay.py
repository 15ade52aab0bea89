"""The separation proof of recorded states; each state of the network is proved once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from hashlib import sha256

from sanso.city import City
from sanso.messages import Severity
from sanso.network.snapshot import Snapshot
from sanso.platforms import read_snapshot
from sanso.proof.verdict import prove_network
from sanso.proof.worse import fault
from tests.breaking.recording import State


@dataclass
class Replay:
    """Proves states of a network, held to what a city approves."""

    city: City
    proved: dict[str, frozenset[Hashable]] = field(default_factory=dict)
    """Errors of a state, by its digest."""
    _snapshots: dict[tuple[str, str], Snapshot] = field(default_factory=dict)

    def errors(self, state: State) -> frozenset[Hashable]:
        """What makes the layers not be apart in a state."""
        digest = digest_of(state)
        if digest not in self.proved:
            verdict = prove_network({host: self._snapshot(host, text) for host, text in state.items()}, self.city)
            found = (one for one in verdict.findings if one.severity is Severity.ERROR)
            self.proved[digest] = frozenset(map(fault, found))
        return self.proved[digest]

    def _snapshot(self, host: str, text: str) -> Snapshot:
        key = host, text
        if key not in self._snapshots:
            platform = self.city.devices[host].platform
            self._snapshots[key] = read_snapshot(text, f"{host} (running)", platform)
        return self._snapshots[key]


def digest_of(state: State) -> str:
    """Short name of a state."""
    text = "\0".join(f"{host}\0{text}" for host, text in sorted(state.items()))
    return sha256(text.encode()).hexdigest()[:16]
