"""The separation proof: every source against every subnet of another layer, less what the city approves.

For each interface that takes packets in: what its access list lets through to other layers, whatever source address
it carries, less the approved flows, is pushed through the lists on every way to the target. What is left after the
last one crosses: it is shown as a packet, which a second and naive interpreter must pass too, else it is a fault of
ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from sanso.network.facts import Family
from sanso.network.packets import Packet
from sanso.network.snapshot import Line, Unread
from sanso.proof.chains import Chain, Source, Target
from sanso.proof.frame import Frame
from sanso.proof.interpreter import judge
from sanso.proof.legs import Stage
from sanso.proof.policy import Policy
from sanso.proof.space import Space, packet_in
from sanso.proof.topology import Topology


class ProofError(Exception):
    """The algebra and the naive interpreter disagree: a fault of this program, never a result."""


@dataclass(frozen=True)
class Passed:
    """A place that a packet passed, and the line of the list there that let it; None where nothing filters."""

    stage: Stage
    line: Line | None


@dataclass(frozen=True)
class Crossing:
    """Traffic that crosses between layers and is not approved, with one packet of it."""

    source: Source
    target: Target
    source_layer: str
    target_layer: str
    packet: Packet
    way: tuple[Passed, ...]
    boxes: int
    """Into how many boxes the traffic falls."""


@dataclass(frozen=True)
class Proof:
    """What was proved, and what was not."""

    crossings: list[Crossing]
    unread: list[Unread]
    """Lines that were not understood and could matter: over them nothing is proved."""
    sources: int
    targets: int
    pairs: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    """Layer → layer: whether anything but approved flows passes."""

    @property
    def holds(self) -> bool:
        """Whether the layers are apart, and every line was understood."""
        return not self.crossings and not self.unread


def prove(topology: Topology, policy: Policy) -> Proof:
    """Prove that nothing crosses between layers but what is approved.

    Raises:
        ProofError: a witness is not passed by the naive interpreter.
    """
    return _Prover(Frame(topology, policy)).prove()


class _Prover:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.topology = frame.topology
        self.services = frame.services
        self._open: dict[tuple[str, Family], Space] = {}
        """What layers would have to be kept from where nothing filters."""

    def prove(self) -> Proof:
        sources = [
            (source, self.frame.source_layer(source)) for source in self.topology.sources() if not source.outside
        ]
        crossings = [crossing for source, layer in sources for crossing in self._from(source, layer)]
        unread = [one for snapshot in self.frame.snapshots.values() for one in snapshot.unread]
        layers = sorted({layer for _, layer in sources})
        open_pairs = {(crossing.source_layer, crossing.target_layer) for crossing in crossings}
        pairs = {(a, b): (a, b) in open_pairs for a in layers for b in layers if a != b}
        return Proof(crossings, unread, len(sources), len(self.topology.targets()), pairs)

    # ----- one source -----------------------------------------------------------------------------------------

    def _from(self, source: Source, layer: str) -> Iterator[Crossing]:
        """Crossings from one interface, at most one for each target."""
        suspect = self._suspect(source, layer)
        if not suspect:
            return  # nearly all end here, before any way is looked at
        found: set[Target] = set()
        for targets, chains in self.topology.groups(source):
            foreign = [target for target in targets if self.frame.is_foreign(layer, target)]
            for chain, target in product(chains, foreign):
                if target in found:
                    continue
                left = self.frame.past(suspect & self.frame.area(target), chain, target.family)
                if left:
                    found.add(target)
                    yield self._crossing(source, layer, target, chain, left)

    def _suspect(self, source: Source, layer: str) -> Space:
        """What an entrance lets in to other layers, and no flow asks for."""
        key = (layer, source.family)
        foreign, flows = self.frame.foreign(*key), self.frame.flows(*key)
        entry = source.leg.stage(source.family, "in")
        if entry.acl is not None:
            return self.frame.filter_at(entry, source.family).beyond(foreign, flows)
        if key not in self._open:
            self._open[key] = foreign - flows
        return self._open[key]

    # ----- witnesses ------------------------------------------------------------------------------------------

    def _crossing(self, source: Source, layer: str, target: Target, chain: Chain, left: Space) -> Crossing:
        usual = left & self.frame.from_subnets(source)  # no forged source address, where it needs none
        packet = packet_in((usual or left).boxes[0], source.family, self.services)
        whole = next((one for one in self.topology.chains(source, target) if one.filters == chain.filters), chain)
        # Where frames get there by themselves no router is passed: the way is the interface that shows the domain.
        stages = whole.stages or (Stage(source.device, source.interface, "in", None, source.leg.line),)
        way = tuple(self._passed(stage, packet) for stage in stages)
        return Crossing(source, target, layer, self.frame.target_layer(target), packet, way, len(left))

    def _passed(self, stage: Stage, packet: Packet) -> Passed:
        if stage.acl is None:
            return Passed(stage, None)
        acl = self.frame.list_at(stage, packet.family)
        verdict = judge(acl, packet)
        if not verdict.permitted:
            raise ProofError(f"{packet} was taken to pass {acl.name} of {stage.device}, which denies it")
        return Passed(stage, verdict.rule.line if verdict.rule is not None else acl.line)
