"""Packets pushed from one end to another, in one direction: what gets there, and where the rest stops.

What passes is computed on sets of packets; every line that is named was found by the naive interpreter, on one
packet of the set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from ipaddress import ip_address
from itertools import product

from sanso.messages import Finding
from sanso.network.facts import Family
from sanso.network.packets import Packet
from sanso.network.snapshot import Rule
from sanso.proof.asked import answering_packet
from sanso.proof.boxes import Box
from sanso.proof.doubts import Doubt, Doubts, not_read
from sanso.proof.filters import Filter, Reading
from sanso.proof.frame import Frame
from sanso.proof.legs import Stage
from sanso.proof.replay import ProofError, replayed
from sanso.proof.sides import Side
from sanso.proof.space import EMPTY, Space, packet_in, union
from sanso.proof.topology import Topology
from sanso.rules.words import some

_USUAL_HOST = 100
"""Examples are sent from and to the address so far into a subnet, where its gateway seldom is."""
_STRANGER: Mapping[Family, int] = {"ipv4": int(ip_address("203.0.113.100")), "ipv6": int(ip_address("2001:db8::100"))}
"""Stands for any host of the Internet (RFC 5737, RFC 3849)."""


class Reach(StrEnum):
    """How much of what was asked about gets there."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True)
class Hop:
    """A place on the way of a packet, and what becomes of it there."""

    stage: Stage
    permitted: bool = True
    rule: Rule | None = None
    """The line that decides; None where there is no list, or no line of it says so."""
    missing: bool = False
    """Whether the list is bound and does not exist, or is empty."""


@dataclass(frozen=True)
class Journey:
    """One packet, and how far it gets."""

    packet: Packet
    hops: tuple[Hop, ...]


@dataclass(frozen=True)
class Trip:
    """Packets of one family in one direction."""

    reach: Reach
    space: Space = EMPTY
    """What gets there."""
    through: Journey | None = None
    stopped: Journey | None = None
    doubts: tuple[Doubt, ...] = ()
    why: str = ""
    """Where no list has a say, a key below ``question.why``: ``switched``, ``route``, or what an end lacks."""
    args: Mapping[str, object] = field(default_factory=dict)


class Trips:
    """Makes the trips of a network.

    Args:
        topology: the network.
        missing: errors of configurations that are missing in it.
    """

    def __init__(self, topology: Topology, missing: Iterable[Finding] = ()) -> None:
        self.topology = topology
        self.doubts = Doubts(topology, missing)

    def of(self, frame: Frame, source: Side, target: Side, asked: Space, answered: Packet | None = None) -> Trip:
        """Push packets along every way; the packets shown answer another one, where one is given."""
        for side in (source, target):
            if side.lack:
                return Trip(Reach.NO, why=side.lack, args=side.args, doubts=self.doubts.of_lack(side))
        examples = _Examples(frame, source.family, answered)
        if source.domain == target.domain and not source.outside:
            return Trip(Reach.YES, asked, Journey(examples.of(asked), ()), why="switched")
        if not source.entrances:
            return self._no_way(source, target, "gateway", {"prefix": source.addresses})
        ways = list(dict.fromkeys(self._ways(source, target)))
        if not ways:
            args = {"prefix": target.addresses, "ends": self._ends(source, target)}
            return self._no_way(source, target, "route", args)
        may, must = (_past(frame, asked, ways, source.family, reading) for reading in (Reading.MAY, Reading.MUST))
        left = asked - may
        through = _journey(frame, examples.of(may), ways, passes=True) if may else None
        stopped = _journey(frame, examples.of(left), ways, passes=False) if left else None
        doubts = [] if may == must else list(not_read(frame, ways, source.family))
        doubts += self.doubts.of_own(source, target)
        if left:
            doubts += self.doubts.hiding(source, target)
        elif through is not None:
            doubts += self.doubts.on_the_way(hop.stage for hop in through.hops)
        reach = Reach.NO if not may else Reach.PARTLY if left else Reach.YES
        return Trip(reach, may, through, stopped, tuple(doubts))

    def _no_way(self, source: Side, target: Side, why: str, args: Mapping[str, object]) -> Trip:
        return Trip(Reach.NO, why=why, args=args, doubts=self.doubts.hiding(source, target))

    def _ends(self, source: Side, target: Side) -> str:
        """Routers where the ways to a target end, as far as they get."""
        found = (
            router
            for entrance, subnet in product(source.entrances, target.targets)
            for router in self.topology.layer3.reached(entrance, subnet).ends
        )
        return some(dict.fromkeys(f"{one.device} ({one.vrf})" if one.vrf else one.device for one in found))

    def _ways(self, source: Side, target: Side) -> Iterator[tuple[Stage, ...]]:
        for entrance, subnet in product(source.entrances, target.targets):
            for chain in self.topology.chains(entrance, subnet):
                yield _to(target.own, _from(source.own, chain.stages))


def _past(frame: Frame, asked: Space, ways: Iterable[Sequence[Stage]], family: Family, reading: Reading) -> Space:
    """What of some packets passes all lists of one way or another."""
    boxes: list[Box] = []
    for way in ways:
        left = asked
        for stage in way:
            if stage.acl is not None and left:
                left = _filter(frame, stage, family, reading).space(left)
        boxes += left
    return union(boxes)


def _filter(frame: Frame, stage: Stage, family: Family, reading: Reading) -> Filter:
    found = frame.filter_at(stage, family)
    return found if found.proved else Filter(found.acl, frame.services, reading)


def _journey(frame: Frame, packet: Packet, ways: Sequence[tuple[Stage, ...]], *, passes: bool) -> Journey:
    """The way of a packet that passes, or on which it gets furthest.

    Raises:
        ProofError: the naive interpreter lets it through where the algebra did not, or the other way round.
    """
    tried = [tuple(_hops(frame, packet, way)) for way in ways]
    through = [hops for hops in tried if all(hop.permitted for hop in hops)]
    if bool(through) != passes:
        raise ProofError(f"{packet} was taken {'' if passes else 'not '}to pass {ways}")
    return Journey(packet, min(through, key=len) if passes else max(tried, key=len))


def _hops(frame: Frame, packet: Packet, way: Sequence[Stage]) -> Iterator[Hop]:
    """What becomes of a packet on a way, as far as it gets."""
    for stage in way:
        if stage.acl is None:
            yield Hop(stage)
            continue
        acl = frame.list_at(stage, packet.family)
        verdict = replayed(frame, stage, packet)
        yield Hop(stage, verdict.permitted, verdict.rule, missing=not acl.rules)
        if not verdict.permitted:
            return


def _from(device: str, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """A way from a router itself: it filters neither what enters nor what it sends (IOS, EOS)."""
    own = next((number for number, stage in enumerate(stages) if stage.device != device), len(stages))
    return stages[own:] if device else stages


def _to(device: str, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """A way to a router itself ends where packets enter it."""
    places = (number for number, stage in enumerate(stages) if (stage.device, stage.direction) == (device, "in"))
    return stages[: next(places, len(stages)) + 1]


class _Examples:
    """Picks packets to show: from usual hosts, or the one that answers another."""

    def __init__(self, frame: Frame, family: Family, answered: Packet | None) -> None:
        self.services = frame.services
        self.family: Family = family
        self.answer = None if answered is None else answering_packet(answered)

    def of(self, space: Space) -> Packet:
        """A packet of a set."""
        if self.answer is not None and space.holds(self.answer, self.services):
            return self.answer
        box = next((one for one in space.boxes if self._is_telling(one)), space.boxes[0])
        packet = packet_in(box, self.family, self.services)
        return replace(packet, source=self._usual(*box[:2]), target=self._usual(*box[2:4]))

    def _is_telling(self, box: Box) -> bool:
        known = _STRANGER[self.family]
        return box[0] <= known <= box[1] or box[2] <= known <= box[3]

    def _usual(self, first: int, last: int) -> int:
        if first <= _STRANGER[self.family] <= last:
            return _STRANGER[self.family]
        return first + _USUAL_HOST if last - first > _USUAL_HOST else first + 1 if last - first > 1 else first
