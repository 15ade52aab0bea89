"""The separation proof: every source against every subnet of another layer, less what the city approves.

For each interface that takes packets in: what its access list lets through to other layers, whatever source address
it carries, less the approved flows, is pushed through the lists on every way to the target. What is left after the
last one crosses: it is shown as a packet, which a second and naive interpreter must pass too, else it is a fault of
ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from sanso.network.facts import Family
from sanso.network.packets import Packet
from sanso.network.snapshot import Line, Unread
from sanso.proof.chains import Chain, Source, Target
from sanso.proof.frame import Frame, ListAt
from sanso.proof.legs import Stage
from sanso.proof.outside import OUTSIDE, Trusted, trusted
from sanso.proof.policy import Policy
from sanso.proof.replay import ProofError, replayed
from sanso.proof.space import Space, pick
from sanso.proof.topology import Topology


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
    trusted: tuple[Trusted, ...] = ()
    """Ports by which packets come in from outside that nothing was proved of."""

    @property
    def holds(self) -> bool:
        """Whether the layers are apart, and every line was understood."""
        return not self.crossings and not self.unread


class Arrival(NamedTuple):
    """What of some packets gets to a target, by one way."""

    target: Target
    chain: Chain
    left: Space


class Look:
    """A look at an entrance that lets in more than is approved; it goes no further than it is asked.

    ``suspect`` is what the entrance lets in to other layers, and no flow asks for.
    """

    def __init__(self, frame: Frame, source: Source, suspect: Space) -> None:
        self.frame = frame
        self.source = source
        self.suspect = suspect

    @cached_property
    def crosses(self) -> bool:
        """Whether any of it gets there."""
        return any(True for _ in self._arriving())

    @cached_property
    def arrivals(self) -> tuple[Arrival, ...]:
        """What of it gets there, at most one arrival for each target."""
        found: dict[Target, Arrival] = {}
        for one in self._arriving():
            found.setdefault(one.target, one)
        return tuple(found.values())

    @cached_property
    def met(self) -> frozenset[ListAt]:
        """Lists on the ways there, behind the entrance's own."""
        family = self.source.family
        stages = (stage for _, behind, _ in self._ways() for stage in behind.stages)
        return frozenset((stage.device, family, str(stage.acl)) for stage in stages)

    def _arriving(self) -> Iterator[Arrival]:
        for chain, behind, targets in self._ways():
            for target in targets:
                left = self.frame.past(self.suspect & self.frame.area(target), behind, target.family)
                if left:
                    yield Arrival(target, chain, left)

    def _ways(self) -> Iterator[tuple[Chain, Chain, list[Target]]]:
        """Ways to other layers, what of each is behind the entrance's own list, and the targets there."""
        layer = self.frame.entrances[self.source]
        entry = self.source.leg.stage(self.source.family, "in")
        for targets, chains in self.frame.topology.groups(self.source):
            foreign = [target for target in targets if self.frame.is_foreign(layer, target)]
            for chain in chains if foreign else ():
                yield chain, Chain(tuple(stage for stage in chain.filters if stage != entry)), foreign


def prove(topology: Topology, policy: Policy) -> Proof:
    """Prove that nothing crosses between layers but what is approved; raises as :func:`prove_frame` does."""
    return prove_frame(Frame(topology, policy))


def prove_frame(frame: Frame) -> Proof:
    """The same of a network that is asked more than this.

    Raises:
        ProofError: a witness is not passed by the naive interpreter.
    """
    prover = Prover(frame)
    return prover.proof(prover.look_around())


class Prover:
    """Looks at one entrance of a network after the other."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.topology = frame.topology
        self.services = frame.services
        self._open: dict[tuple[str, Family], Space] = {}
        """What layers would have to be kept from where nothing filters."""

    def look_around(self) -> dict[Source, Look]:
        """Looks at all entrances that let in more than is approved."""
        looks = ((source, self.look(source)) for source in self.frame.entrances)
        return {source: look for source, look in looks if look is not None}

    def proof(self, looks: Mapping[Source, Look]) -> Proof:
        """What follows for the network, from the looks at all entrances."""
        crossings = [one for look in looks.values() for one in self._crossings(look)]
        unread = [one for snapshot in self.frame.snapshots.values() for one in snapshot.unread]
        layers = sorted(set(self.frame.entrances.values()))
        open_pairs = {(crossing.source_layer, crossing.target_layer) for crossing in crossings}
        pairs = {(a, b): (a, b) in open_pairs for a in layers for b in layers if a != b != OUTSIDE}
        counts = len(self.frame.entrances), len(self.topology.targets())
        return Proof(crossings, unread, *counts, pairs, tuple(trusted(self.topology)))

    # ----- one entrance ---------------------------------------------------------------------------------------

    def look(self, source: Source) -> Look | None:
        """What an interface lets in to other layers; None where that is approved, as nearly everywhere."""
        suspect = self._suspect(source, self.frame.entrances[source])
        return Look(self.frame, source, suspect) if suspect else None

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

    def _crossings(self, look: Look) -> Iterator[Crossing]:
        source, usual = look.source, self.frame.from_subnets(look.source)
        for target, chain, left in look.arrivals:
            honest = left & usual  # no forged source address, where it needs none
            packet = pick(honest or left, source.family, self.services)
            way = tuple(self._passed(stage, packet) for stage in self._stages(source, target, chain))
            layers = self.frame.entrances[source], self.frame.target_layer(target)
            yield Crossing(source, target, *layers, packet, way, len(left))

    def _stages(self, source: Source, target: Target, chain: Chain) -> tuple[Stage, ...]:
        """All places on a way; where no router is passed, since frames get there, the interface that shows it."""
        whole = next((one for one in self.topology.chains(source, target) if one.filters == chain.filters), chain)
        return whole.stages or (Stage(source.device, source.interface, "in", None, source.leg.line),)

    def _passed(self, stage: Stage, packet: Packet) -> Passed:
        stage = self.frame.placed(stage, packet.family)
        if stage.acl is None:
            return Passed(stage, None)
        verdict = replayed(self.frame, stage, packet)
        if not verdict.permitted:
            raise ProofError(f"{packet} was taken to pass {stage.acl} of {stage.device}, which denies it")
        acl = self.frame.list_at(stage, packet.family)
        return Passed(stage, verdict.rule.line if verdict.rule is not None else acl.line)
