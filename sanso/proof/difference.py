"""What opens and what closes between two states of a network, in packets.

Only what has changed is looked at: packets that a changed list decides otherwise, and everything between places whose
ways are not the same as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sanso.network.facts import AclKey, Family
from sanso.network.packets import Packet
from sanso.network.snapshot import AccessList, Line
from sanso.proof.chains import Source, Target
from sanso.proof.frame import Frame, ListAt
from sanso.proof.index import Index
from sanso.proof.interpreter import judge
from sanso.proof.reach import Entrance, Reach, Ways, Where
from sanso.proof.replay import ProofError
from sanso.proof.services import Services
from sanso.proof.space import EMPTY, Space, everything, pick, union
from sanso.proof.stations import Joined, Stations
from sanso.proof.transition.essence import without_lists


@dataclass(frozen=True)
class Shift:
    """Packets from an interface to a subnet that pass in one state of the network and not in the other."""

    source: Source
    target: Target
    source_layer: str
    target_layer: str
    space: Space
    packet: Packet
    """One of them, of the hosts' own addresses where there is one."""
    permitted_by: Line
    """The line that lets it pass where it passes."""
    denied_by: Line | None
    """The line that stops it where it does not; None where there is no way."""

    @property
    def crosses(self) -> bool:
        """Whether it is traffic between layers."""
        return self.source_layer != self.target_layer


@dataclass(frozen=True)
class Difference:
    """Everything that is open in one of two states only; where it is not ``proved`` some of it may be so in both."""

    opens: tuple[Shift, ...]
    closes: tuple[Shift, ...]
    joined: tuple[Joined, ...]
    """Layers that come into one broadcast domain."""
    parted: tuple[Joined, ...]
    services: Services
    proved: bool = True
    """Whether every line of the lists that changed was understood."""

    def __bool__(self) -> bool:
        return bool(self.opens or self.closes or self.joined or self.parted)


def difference(before: Frame, after: Frame, *, within_layers: bool = True) -> Difference:
    """What opens and closes from one state of a network to the other.

    Args:
        before: the one.
        after: the other, of the same city.
        within_layers: whether traffic inside of a layer is told too.

    Raises:
        ProofError: the naive interpreter takes a packet otherwise.
    """
    if before.services is not after.services:
        before, after = _of_one_kind(before, after)
    return _Comparer(before, after, within_layers=within_layers).difference()


def _of_one_kind(*frames: Frame) -> Iterator[Frame]:
    """The same networks with the same atoms."""
    services = Services(services=[service for frame in frames for service in frame.services.asked])
    for frame in frames:
        other = Frame(frame.topology, frame.policy)
        other.services = services
        yield other


class _Comparer:
    def __init__(self, before: Frame, after: Frame, *, within_layers: bool) -> None:
        self.before, self.after = Reach(before), Reach(after)
        self.within_layers = within_layers
        self.services = after.services
        self.rewritten = frozenset(_rewritten(before, after))
        self.same_shape = _same_shape(before, after)
        self._differing: dict[tuple[int, int], dict[Where, bool]] = {}
        self._indexes: dict[Family, tuple[list[Where], Index]] = {}

    def difference(self) -> Difference:
        opens: list[Shift] = []
        closes: list[Shift] = []
        for key in self._entrances():
            here, there = self.before.sources.get(key), self.after.sources.get(key)
            for where, within in self._suspects(here, there):
                was, now = self.before.reached(here, where, within), self.after.reached(there, where, within)
                if now and there is not None and (more := now - was):
                    opens.append(self._shift(self.after, there, self.before, here, where, more))
                if was and here is not None and (less := was - now):
                    closes.append(self._shift(self.before, here, self.after, there, where, less))
        return Difference(tuple(opens), tuple(closes), *self._domains(), self.services, self._proved())

    def _entrances(self) -> list[Entrance]:
        """Interfaces that hosts send by; those by whose own list something has changed, where nothing else has."""
        found = dict.fromkeys((*self.before.sources, *self.after.sources))
        if not self.same_shape or any(self._is_within(one) for one in self.rewritten):
            return list(found)
        entries = ((key, self.after.sources[key].leg.stage(key[2], "in")) for key in found)
        return [key for key, one in entries if (one.device, key[2], str(one.acl)) in self.rewritten]

    def _is_within(self, changed: ListAt) -> bool:
        """Whether packets may meet a list anywhere but where hosts send by."""
        device, family, name = changed
        topology = self.after.frame.topology
        own = [
            leg for router, legs in topology.layer3.legs.by_router.items() if router.device == device for leg in legs
        ]
        if any(leg.stage(family, "out").acl == name for leg in own):
            return True
        met = [leg for leg in own if leg.stage(family, "in").acl == name]
        others = [one.leg for one in topology.sources() if one.family == family]
        return any(one.domain == leg.domain and one.router != leg.router for leg in met for one in others)

    def _domains(self) -> tuple[tuple[Joined, ...], tuple[Joined, ...]]:
        """Layers that come into one broadcast domain, and those that part."""
        if self.same_shape:
            return (), ()
        before, after = (Stations(side.frame.topology.layer2) for side in (self.before, self.after))
        return tuple(after.joined([before])), tuple(before.joined([after]))

    def _proved(self) -> bool:
        snapshots = [side.frame.snapshots for side in (self.before, self.after)]
        lists = [
            one[device].acls.get((family, name))
            for device, family, name in self.rewritten
            for one in snapshots
            if device in one
        ]
        return all(rule.understood for acl in lists if acl is not None for rule in acl.rules)

    # ----- where to look ----------------------------------------------------------------------------------------

    def _suspects(self, here: Source | None, there: Source | None) -> Iterator[tuple[Where, Space]]:
        """Subnets that may be reached otherwise than before, and by which packets."""
        if here is None or there is None:
            side, source = (self.before, here) if here is not None else (self.after, there)
            if source is not None:
                near = side.near(source)
                yield from self._touched(side, source, everything(source.family, self.services), near)
                yield from self._touched(side, source, side.entering(source), side.tails(source).keys() - near)
            return
        tails = self.before.tails(here), self.after.tails(there)
        near = self.before.near(here) ^ self.after.near(there)
        other = {where for where, changed in self._compare(*tails).items() if changed} | near
        whole = everything(here.family, self.services)
        yield from ((where, whole) for where in other if self._is_asked(here, there, where))
        entrance = self._entrance(here, there)
        if entrance:
            rest = {*tails[0], *tails[1]} - other
            yield from self._touched(self.after, there, entrance, rest)

    def _compare(self, before: dict[Where, Ways], after: dict[Where, Ways]) -> dict[Where, bool]:
        """Whether ways differ, or a list on them; the same for all entrances of a router."""
        key = (id(before), id(after))
        if key not in self._differing:
            self._differing[key] = {
                where: before.get(where) != after.get(where) or self._meets(after.get(where, frozenset()), where[0])
                for where in {*before, *after}
            }
        return self._differing[key]

    def _meets(self, ways: Ways, family: Family) -> bool:
        return any((place[0], family, str(place[3])) in self.rewritten for way in ways for place in way)

    def _entrance(self, here: Source, there: Source) -> Space:
        """Packets that may come in by one of the two lists only."""
        entries = here.leg.stage(here.family, "in"), there.leg.stage(there.family, "in")
        names: list[ListAt] = [(one.device, here.family, str(one.acl)) for one in entries]
        if entries[0].acl == entries[1].acl and names[0] not in self.rewritten:
            return EMPTY
        was, now = self.before.entering(here), self.after.entering(there)
        return union((*(was - now), *(now - was)))

    def _touched(
        self, side: Reach, source: Source, within: Space, wheres: Iterable[Where]
    ) -> Iterator[tuple[Where, Space]]:
        """Subnets that some packets are for."""
        wanted = set(wheres)
        order, index = self._index(source.family)
        numbers = {cut[5] for box in within for cut in index.touching(box)}
        for number in sorted(numbers):
            where = order[number]
            if where in wanted and self._is_asked(source, source, where) and (part := within & side.area(where)):
                yield where, part

    def _index(self, family: Family) -> tuple[list[Where], Index]:
        if family not in self._indexes:
            order = [one for one in dict.fromkeys((*self.before.targets, *self.after.targets)) if one[0] == family]
            every = everything(family, self.services).boxes[0]
            spans = ((int(prefix.network_address), int(prefix.broadcast_address)) for _, prefix, _ in order)
            cuts = [(every[0], every[1], *span, every[4], number) for number, span in enumerate(spans)]
            self._indexes[family] = order, Index(cuts)
        return self._indexes[family]

    def _is_asked(self, here: Source, there: Source, where: Where) -> bool:
        if self.within_layers:
            return True
        return any(
            side.frame.is_foreign(side.frame.source_layer(source), target)
            for side, source in ((self.before, here), (self.after, there))
            for target in side.targets.get(where, ())
        )

    # ----- witnesses --------------------------------------------------------------------------------------------

    def _shift(
        self, side: Reach, source: Source, other: Reach, there: Source | None, where: Where, space: Space
    ) -> Shift:
        frame = side.frame
        packet = pick(space & frame.from_subnets(source) or space, source.family, self.services)
        target, permitting = self._way(side, source, where, packet)
        layers = frame.source_layer(source), frame.target_layer(target)
        denied = self._denying(other, there, where, packet)
        return Shift(source, target, *layers, space, packet, permitting, denied)

    def _way(self, side: Reach, source: Source, where: Where, packet: Packet) -> tuple[Target, Line]:
        """The target by which a packet passes, and the line that lets it: one of a list that changed comes first."""
        for target in side.targets[where]:
            for chain in side.frame.topology.chains(source, target):
                verdicts = [
                    (stage, judge(side.frame.list_at(stage, source.family), packet)) for stage in chain.filters
                ]
                if packet.target in _span(where) and all(verdict.permitted for _, verdict in verdicts):
                    lines = [(stage, v.rule.line if v.rule is not None else stage.line) for stage, v in verdicts]
                    first = [
                        line
                        for stage, line in lines
                        if (stage.device, source.family, str(stage.acl)) in self.rewritten
                    ]
                    return target, (first or [line for _, line in lines] or [source.leg.line])[0]
        raise ProofError(
            f"{packet} was taken to pass from {source.device} {source.interface} to {where[1]}, which it does not"
        )

    def _denying(self, side: Reach, source: Source | None, where: Where, packet: Packet) -> Line | None:
        found: Line | None = None
        for target in side.targets.get(where, ()) if source is not None else ():
            for chain in side.frame.topology.chains(source, target):  # type: ignore[arg-type]  # is one, if any target
                verdicts = [
                    (stage, judge(side.frame.list_at(stage, packet.family), packet)) for stage in chain.filters
                ]
                stopping = [(stage, v) for stage, v in verdicts if not v.permitted]
                if not stopping:
                    raise ProofError(f"{packet} was taken to be stopped on its way to {where[1]}, which it is not")
                stage, verdict = stopping[0]
                found = found or (verdict.rule.line if verdict.rule is not None else stage.line)
        return found


def _same_shape(before: Frame, after: Frame) -> bool:
    """Whether nothing but access lists differs, so that all ways are the same."""
    if before.topology.layer3 is after.topology.layer3:
        return True
    one, other = before.snapshots, after.snapshots
    return one.keys() == other.keys() and all(
        one[name] is other[name] or without_lists(one[name]) == without_lists(other[name]) for name in one
    )


def _rewritten(before: Frame, after: Frame) -> Iterator[ListAt]:
    """Lists that are not in both networks with the same words."""
    for device in {*before.snapshots, *after.snapshots}:
        one, other = before.snapshots.get(device), after.snapshots.get(device)
        if one is other:
            continue
        lists = [snapshot.acls if snapshot is not None else {} for snapshot in (one, other)]
        keys: set[AclKey] = {*lists[0], *lists[1]}
        yield from ((device, *key) for key in keys if _said(lists[0].get(key)) != _said(lists[1].get(key)))


def _said(acl: AccessList | None) -> object:
    return acl and [(rule.action, rule.matches, rule.understood or rule.line.text) for rule in acl.rules]


def _span(where: Where) -> range:
    return range(int(where[1].network_address), int(where[1].broadcast_address) + 1)
