"""A question that a person asks: does this reach that, by which lines, and if not, where does it stop?

Both directions are looked at: the packets that ask, then those that answer whatever of them got there.  A "no" rests
on the reading that lets most through, and so holds whatever doubtful lines mean; where they could turn an answer it
is marked as not sure.  Each line that is named was found by the naive interpreter, packet by packet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from sanso.messages import Finding
from sanso.messages.catalogue import Phrase
from sanso.network.facts import Family
from sanso.network.packets import Match, any_address
from sanso.proof.approved import Approved
from sanso.proof.asked import Asked, answering, read_service
from sanso.proof.boxes import Box
from sanso.proof.doubts import Doubt
from sanso.proof.frame import UNKNOWN, Frame
from sanso.proof.policy import Policy
from sanso.proof.services import Service
from sanso.proof.sides import Side, Sides
from sanso.proof.space import Space, matched, union
from sanso.proof.topology import Topology
from sanso.proof.trips import Reach, Trip, Trips


@dataclass(frozen=True)
class Approval:
    """What the approved flows say of what gets there; of what was asked, where nothing does."""

    reach: Reach
    flows: tuple[str, ...] = ()
    why: str = ""
    """``layer``: within one; ``egress``: hosts of the layer may send out; ``flows`` otherwise."""


@dataclass(frozen=True)
class Pair:
    """Two ends of one family: what is asked and what answers it."""

    source: Side
    target: Side
    request: Trip
    reply: Trip | None
    """None where nothing gets there, or nothing that has an answer."""
    approval: Approval

    @property
    def reach(self) -> Reach:
        """Both directions together; what gets there and is not answered is in part."""
        if self.request.reach is Reach.NO or self.reply is None:
            return self.request.reach
        return self.request.reach if self.reply.reach is Reach.YES else Reach.PARTLY

    @property
    def sure(self) -> bool:
        """Whether no doubtful line could turn it."""
        return not self.request.doubts and not (self.reply and self.reply.doubts)


@dataclass(frozen=True)
class Answer:
    """What was asked, and everything that is known of it."""

    source: str
    target: str
    asked: Asked
    pairs: tuple[Pair, ...]
    frame: Frame

    @property
    def reach(self) -> Reach:
        """All pairs together; ends without a family in common reach nothing."""
        found = {pair.reach for pair in self.pairs} or {Reach.NO}
        return found.pop() if len(found) == 1 else Reach.PARTLY

    @property
    def sure(self) -> bool:
        """Whether no doubtful line could turn it."""
        return all(pair.sure for pair in self.pairs)

    @property
    def doubts(self) -> list[Doubt]:
        """What could turn it."""
        trips = (trip for pair in self.pairs for trip in (pair.request, pair.reply) if trip is not None)
        return list({(doubt.where, doubt.say("en")): doubt for trip in trips for doubt in trip.doubts}.values())


def ask(
    topology: Topology,
    policy: Policy,
    source: str,
    target: str,
    service: str = "any",
    *,
    not_read: Iterable[Finding] = (),
) -> Answer:
    """Answer one question.

    Args:
        topology: the network.
        policy: what is approved in it.
        source: the end that opens the connection (:meth:`~sanso.proof.sides.Sides.named`).
        target: the end that answers.
        service: what is asked for (:func:`~sanso.proof.asked.read_service`).
        not_read: errors of configurations that are missing here.

    Raises:
        QuestionError: the question cannot be read.
        ProofError: the algebra and the naive interpreter disagree.
    """
    sides = Sides(topology, policy)
    asked = read_service(service, topology.city.services if topology.city is not None else {})
    ends = [(one, other) for one, other in product(sides.named(source), sides.named(target))]
    same = [(one, other) for one, other in ends if one.family == other.family]
    return _Asker(topology, policy, asked, not_read).answer(source, target, same)


class _Asker:
    def __init__(self, topology: Topology, policy: Policy, asked: Asked, not_read: Iterable[Finding]) -> None:
        self.topology = topology
        self.policy = policy
        self.asked = asked
        relayed = (one.match for one in policy.relayed)
        self.frame = Frame(topology, policy, [*_matches(asked.services.items()), *relayed])
        self.trips = Trips(topology, not_read)
        self._known: dict[tuple[str, str, Family, bool], Mapping[str, Space]] = {}

    def answer(self, source: str, target: str, ends: Sequence[tuple[Side, Side]]) -> Answer:
        there = [(one, other, self._request(one, other)) for one, other in ends]
        back = self._replies(there)
        pairs = tuple(
            Pair(one, other, trip, reply, self._approval(one, other, trip))
            for (one, other, trip), reply in zip(there, back, strict=True)
        )
        return Answer(source, target, self.asked, pairs, self.frame)

    def _request(self, source: Side, target: Side) -> Trip:
        trip = self.trips.of(self.frame, source, target, self._asked(source, target))
        if trip.space and source.outside and not trip.why:
            line = source.entrances[0].leg.line
            beyond = Doubt(str(line), Phrase("question.outside"))
            return replace(trip, doubts=(*trip.doubts, beyond))
        return trip

    def _asked(self, source: Side, target: Side) -> Space:
        services = self.frame.services
        bits = _union(map(services.of_service, self.asked.services[source.family]))
        return Space((*one, *other, bits) for one, other in product(source.spans, target.spans))

    # ----- answers --------------------------------------------------------------------------------------------

    def _replies(self, there: Sequence[tuple[Side, Side, Trip]]) -> list[Trip | None]:
        """What comes back of each request; atoms are made anew, to tell the answers' ports apart."""
        back = {
            (side.family, bits): [
                reply for one in self.frame.services.described(bits) if (reply := answering(one, side.family))
            ]
            for side, _, trip in there
            for bits in {box[4] for box in trip.space}
        }
        frame = Frame(self.topology, self.policy, _matches((family, own) for (family, _), own in back.items()))
        bits_back = {
            key: _union(frame.services.of_service(reply) for reply in replies) for key, replies in back.items()
        }
        return [self._reply(frame, one, other, trip, bits_back) for one, other, trip in there]

    def _reply(
        self, frame: Frame, source: Side, target: Side, there: Trip, back: dict[tuple[Family, int], int]
    ) -> Trip | None:
        turned = [
            (t0, t1, s0, s1, bits)
            for s0, s1, t0, t1, there_bits in there.space
            if (bits := back[source.family, there_bits])
        ]
        like = there.through.packet if there.through is not None else None
        return self.trips.of(frame, target, source, union(turned), like) if turned else None

    # ----- approval -------------------------------------------------------------------------------------------

    def _approval(self, source: Side, target: Side, trip: Trip) -> Approval:
        if source.layer == target.layer != UNKNOWN and not target.outside:
            return Approval(Reach.YES, why="layer")
        if target.outside and source.layer in self.policy.egress:
            return Approval(Reach.YES, why="egress")
        held = trip.space or self._asked(source, target)
        flows = self._flows(source.layer, target.layer, source.family, bool(trip.space))
        met = {name: held & space for name, space in flows.items()}
        left = held - union(box for space in met.values() for box in space)
        names = tuple(name for name, space in met.items() if space)
        if not names and not trip.space and (by := self._by_nodes(source, target)):
            return Approval(Reach.NO, by, "via")
        return Approval(Reach.NO if not names else Reach.PARTLY if left else Reach.YES, names, "flows")

    def _by_nodes(self, source: Side, target: Side) -> tuple[str, ...]:
        """Flows that carry what was asked from one end to the other by a node between."""
        asked = self._asked(source, target)
        return tuple(name for name, space in self._relayed(source.family).items() if asked & space)

    def _flows(self, source: str, target: str, family: Family, answers: bool) -> Mapping[str, Space]:
        """What each flow opens from a layer to another; with its answers, where those count too."""
        key = (source, target, family, answers)
        if key not in self._known:
            ends = key[:3]
            self._known[key] = self._by_flow(
                one
                for one in self.policy.approved
                if (one.source_layer, one.target_layer, one.match.family) == ends
                and (answers or (one.needed and not one.reply))
            )
        return self._known[key]

    def _relayed(self, family: Family) -> Mapping[str, Space]:
        """What each flow by way of a node means from end to end."""
        key = ("", "", family, False)
        if key not in self._known:
            self._known[key] = self._by_flow(one for one in self.policy.relayed if one.match.family == family)
        return self._known[key]

    def _by_flow(self, parts: Iterable[Approved]) -> Mapping[str, Space]:
        boxes: dict[str, list[Box]] = {}
        for one in parts:
            boxes.setdefault(one.flow, []).extend(matched(one.match, self.frame.services))
        return {name: union(own) for name, own in boxes.items()}


def _matches(services: Iterable[tuple[Family, Iterable[Service]]]) -> list[Match]:
    """Matches of some services, from anywhere to anywhere."""
    return [
        Match(family, any_address(family), any_address(family), *service)
        for family, own in services
        for service in own
    ]


def _union(bits: Iterable[int]) -> int:
    found = 0
    for one in bits:
        found |= one
    return found
