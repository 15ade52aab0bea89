"""Approved flows that are not open: of each, the packets that the network does not surely let through.

Lines that were not understood count as closing here, and where there are several ways each of them must be open, for
it is not known which one packets take.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sanso.city.addressing import FAMILIES
from sanso.network.facts import Family
from sanso.network.packets import Packet
from sanso.network.snapshot import AccessList, Line
from sanso.proof.approved import Approved
from sanso.proof.chains import Chain, Source, Target
from sanso.proof.filters import Filter, Reading
from sanso.proof.frame import Frame
from sanso.proof.index import Index
from sanso.proof.legs import Stage
from sanso.proof.prove import Passed
from sanso.proof.replay import ProofError, replayed
from sanso.proof.space import Space, matched, packet_in, union


class Stop(StrEnum):
    """Where packets of a flow end."""

    LIST = "list"
    """At a list that denies them."""
    DOUBT = "doubt"
    """At a list that may deny them, by a line that was not understood."""
    NO_WAY = "no_way"
    """At a router that has no route to their target."""
    NO_TARGET = "no_target"
    """No interface has the subnet of their target."""
    NO_SOURCE = "no_source"
    """No interface has the subnet that they come from."""


@dataclass(frozen=True)
class Unopened:
    """Packets of one direction of a flow that do not get from one interface to one subnet, with one of them."""

    part: Approved
    stop: Stop
    packet: Packet
    source: Source | None = None
    way: tuple[Passed, ...] = ()
    """What the packet passed, and last the list where it stopped; empty where it is not a list that stops it."""

    @property
    def line(self) -> Line | None:
        """The line that stops it, else that of the interface it comes in by; None where there is no interface."""
        if self.way:
            return self.way[-1].line or self.way[-1].stage.line
        return self.source.leg.line if self.source is not None else None


def unopened(frame: Frame) -> list[Unopened]:
    """Every approved flow that is not open, replies included, from each interface by itself.

    What flows do not need, such as ICMP errors over IPv4, is not asked for.

    A flow past its last day counts as long as the inventory has it, for so long it is rendered; FLOW-01 tells of it.

    Raises:
        ProofError: the naive interpreter passes a packet that was taken to stop.
    """
    return list(_Finder(frame).find())


class _Finder:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.flows = {family: _Flows(frame, family) for family in FAMILIES}
        self._areas: dict[tuple[Target, ...], Space] = {}
        self._sure: dict[tuple[str, Family, str], Filter] = {}

    def find(self) -> Iterator[Unopened]:
        """First what has no source at all, then interface by interface."""
        sources = self.frame.entrances
        for family in FAMILIES:
            mine = (source for source in sources if source.family == family)
            begun = union(box for source in mine for box in self.frame.from_subnets(source))
            yield from self._ended(Stop.NO_SOURCE, self.flows[family].all - begun, family)
        for source in sources:
            yield from self._from(source)

    def _from(self, source: Source) -> Iterator[Unopened]:
        """What does not get through from one interface."""
        family = source.family
        asked = self.flows[family].within(self.frame.from_subnets(source))
        if not asked:
            return
        reached: list[Space] = []
        for targets, chains in self.frame.topology.groups(source):
            here = asked & self._area(targets)
            reached.append(here)
            if targets[0].domain == source.domain and chains == (Chain(()),):
                asked = asked - here  # no router between
                continue
            for chain in chains:
                yield from self._stuck(source, targets, chain, here - self._surely_past(here, chain, family))
        lost = asked - union(box for space in reached for box in space)
        if lost:
            known = self._area(tuple(one for one in self.frame.topology.targets() if one.family == family))
            yield from self._ended(Stop.NO_TARGET, lost - known, family, source)
            yield from self._ended(Stop.NO_WAY, lost & known, family, source)

    def _stuck(self, source: Source, targets: tuple[Target, ...], chain: Chain, packets: Space) -> Iterator[Unopened]:
        """Packets that lists on a way stop, by target and flow."""
        for target in targets if packets else ():
            for part, packet in self._by_flow(packets & self.frame.area(target), source.family):
                ways = self.frame.topology.chains(source, target)
                whole = next((one for one in ways if one.filters == chain.filters), chain)
                stop, way = self._followed(whole, packet)
                yield Unopened(part, stop, packet, source, way)

    def _ended(self, stop: Stop, packets: Space, family: Family, source: Source | None = None) -> Iterator[Unopened]:
        """Packets that no list stops."""
        for part, packet in self._by_flow(packets, family):
            yield Unopened(part, stop, packet, source)

    def _by_flow(self, packets: Space, family: Family) -> Iterator[tuple[Approved, Packet]]:
        """The flows that ask for some packets, with one packet for each."""
        for part, mine in self.flows[family].parts(packets):
            yield part, packet_in(mine.boxes[0], family, self.frame.services)

    # ----- ways -----------------------------------------------------------------------------------------------

    def _surely_past(self, packets: Space, chain: Chain, family: Family) -> Space:
        """What passes all lists of a way, whatever the lines mean that were not understood."""
        for stage in chain.filters:
            packets = self._surely(stage, family).space(packets)
        return packets

    def _surely(self, stage: Stage, family: Family) -> Filter:
        found = self.frame.filter_at(stage, family)
        if found.proved:
            return found
        key = (stage.device, family, str(stage.acl))
        if key not in self._sure:
            self._sure[key] = Filter(found.acl, self.frame.services, Reading.MUST)
        return self._sure[key]

    def _followed(self, chain: Chain, packet: Packet) -> tuple[Stop, tuple[Passed, ...]]:
        """The way of a packet up to the list that stops it, read line by line."""
        way: list[Passed] = []
        for stage in chain.stages:
            if stage.acl is None:
                way.append(Passed(stage, None))
                continue
            acl = self.frame.list_at(stage, packet.family)
            verdict = replayed(self.frame, stage, packet)
            line = verdict.rule.line if verdict.rule is not None else acl.line
            if not verdict.permitted:
                return Stop.LIST, (*way, Passed(stage, line))
            if not verdict.certain:
                return Stop.DOUBT, (*way, Passed(stage, _doubtful(acl)))
            way.append(Passed(stage, line))
        raise ProofError(f"{packet} was taken to stop, and all lists pass it")

    def _area(self, targets: tuple[Target, ...]) -> Space:
        if targets not in self._areas:
            self._areas[targets] = union(box for target in targets for box in self.frame.area(target))
        return self._areas[targets]


class _Flows:
    """The approved flows of a family, found by packets."""

    def __init__(self, frame: Frame, family: Family) -> None:
        wanted = (part for part in frame.policy.approved if part.needed)
        parts = dict.fromkeys(part for part in wanted if part.match.family == family)
        self._rows = [(part, box) for part in parts for box in matched(part.match, frame.services)]
        self._index = Index([(*box, place) for place, (_, box) in enumerate(self._rows)])
        self.all = union(box for _, box in self._rows)

    def within(self, packets: Space) -> Space:
        """What is approved of some packets."""
        return union(cut[:5] for box in packets for cut in self._index.touching(box)) & packets

    def parts(self, packets: Space) -> Iterator[tuple[Approved, Space]]:
        """The parts of flows that ask for some packets, and for which."""
        for place in sorted({cut[5] for box in packets for cut in self._index.touching(box)}):
            part, box = self._rows[place]
            yield part, packets & Space([box])


def _doubtful(acl: AccessList) -> Line:
    return next(rule.line for rule in acl.rules if not rule.understood)
