"""What a proof says to people: findings in the words of the catalogue, and one line that sums up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sanso.city.model import City
from sanso.messages import Finding, Language, Severity, text
from sanso.messages.catalogue import Phrase
from sanso.network.snapshot import Line, Snapshot
from sanso.proof.blame import Blame, Fault
from sanso.proof.edges import ReadEdge
from sanso.proof.findings import Step, error
from sanso.proof.frame import Frame
from sanso.proof.outside import OUTSIDE
from sanso.proof.policy import Policy
from sanso.proof.prove import Crossing, Proof, prove_frame
from sanso.proof.topology import Topology

UNPROVED = frozenset({"AIR-08", "PROOF-02", "PROOF-03", "TOPO-06", "TOPO-07", "TOPO-09"})
"""Findings by which nothing is known to cross: something could matter and is not understood, or was not read."""
RULES: Mapping[frozenset[str], str] = {
    frozenset({"mynumber", "lgwan"}): "SEP-02",
    frozenset({"mynumber", "internet"}): "SEP-02",
    frozenset({"mynumber", "public"}): "SEP-02",
    frozenset({"lgwan", "internet"}): "SEP-05",
    frozenset({"school", "mynumber"}): "SCH-01",
    frozenset({"school", "lgwan"}): "SCH-01",
}
"""Pair of layers → rule that keeps them apart; WLAN-05 for all else of ``public``, SEP-01 for the rest."""


@dataclass(frozen=True)
class Verdict:
    """The proof of a network, in words."""

    proof: Proof
    findings: list[Finding]
    devices: int
    lines: int

    @property
    def holds(self) -> bool:
        """Whether the layers are proved to be apart."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    def summary(self, lang: Language) -> str:
        """One line; it tells how many entrances from outside the city are taken on trust."""
        count = len(self.proof.trusted)
        trust = text("prove.trust", lang, count=count) if count else ""
        if self.holds:
            counts = {"sources": self.proof.sources, "targets": self.proof.targets}
            return text("prove.holds", lang, devices=self.devices, lines=self.lines, **counts) + trust
        errors = sum(finding.severity is Severity.ERROR for finding in self.findings)
        return text("prove.fails", lang, devices=self.devices, lines=self.lines, errors=errors) + trust

    def trusted(self) -> list[dict[str, str]]:
        """The entrances that are taken on trust, as plain data: device, port, and ``wan`` or ``internet``."""
        return [one._asdict() for one in self.proof.trusted]


def prove_network(snapshots: Mapping[str, Snapshot], city: City, edges: Sequence[ReadEdge] = ()) -> Verdict:
    """Put a network together, prove it, and say what was found.

    Args:
        snapshots: what each device's configuration says, by host name.
        city: the city that the devices belong to, with its approved flows.
        edges: hosts as access points, controllers and hypervisors have them, where that was read.
    """
    return prove_topology(Topology(snapshots, city, edges=edges), Policy.of_city(city))


def prove_topology(topology: Topology, policy: Policy) -> Verdict:
    """Prove a network that was put together, with a city or without."""
    return verdict_of(Frame(topology, policy))


def verdict_of(frame: Frame) -> Verdict:
    """Prove a network that is asked more than this, and so has a frame already."""
    topology, snapshots = frame.topology, frame.snapshots
    proof = prove_frame(frame)
    findings = [
        *topology.findings,
        *crossing_findings(proof.crossings, topology),
        *unread_findings(snapshots),
    ]
    return Verdict(proof, findings, len(snapshots), sum(one.lines for one in snapshots.values()))


def crossing_findings(crossings: Iterable[Crossing], topology: Topology) -> list[Finding]:
    """One finding for all that one line lets from one interface into one layer."""
    blame = Blame(topology)
    groups: dict[tuple[str, str, str, Line], list[tuple[Crossing, Fault]]] = {}
    for one in crossings:
        fault = blame.fault(one)
        key = (one.source.device, one.source.interface, one.target_layer, fault.line)
        groups.setdefault(key, []).append((one, fault))
    mend = "_backup" if topology.city is None else ""
    return [_crossing(*group[0], len({one.target for one, _ in group}), mend) for group in groups.values()]


def _crossing(crossing: Crossing, fault: Fault, count: int, mend: str) -> Finding:
    args = {
        "packet": str(crossing.packet),
        "source": f"{crossing.source.device} {crossing.source.interface}",
        "source_layer": crossing.source_layer,
        "target": crossing.target.outside or str(crossing.target.prefix),
        "target_layer": crossing.target_layer,
        "count": count,
        "family": {"ipv4": "IPv4", "ipv6": "IPv6"}[crossing.packet.family],
        "rule": _rule(crossing.source_layer, crossing.target_layer),
        **fault.args,
    }
    chain = [Step(one.stage.device, one.stage.place, one.line or one.stage.line) for one in crossing.way]
    return error("PROOF-01", fault.line, args, fault.variant + mend, chain)


def _rule(one: str, other: str) -> str:
    if one == OUTSIDE:
        return "LBO-03"
    found = RULES.get(frozenset({one, other}))
    return found or ("WLAN-05" if "public" in {one, other} else "SEP-01")


def unread_findings(snapshots: Mapping[str, Snapshot]) -> list[Finding]:
    """One finding for each line that was not understood."""
    return [
        error("PROOF-02", one.line, {"device": name, "why": Phrase(f"unread.{one.why}"), "text": one.line.text})
        for name, snapshot in snapshots.items()
        for one in snapshot.unread
    ]
