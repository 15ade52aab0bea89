"""What a firewall lets through from one interface to another, as access lists that permit just that.

A chain is followed with whole sets of packets instead of single ones: each clause takes its share, jumps come back
with what their chain leaves over. What connection tracking tells apart is followed apart. A new packet may pass
wherever a clause takes new ones; a packet of an established connection only behind one that the same firewall lets
through, new, or as the answer to it the other way round; a related one only as an ICMP error between the ends of
either.

Where it hangs on something that is not modelled (a rate, a mark) whether packets pass, the list permits them behind
a deny that stands for it and was not understood: what may pass is then read with them, what surely passes without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain as chained
from itertools import product
from typing import NamedTuple

from sanso.city.addressing import FAMILIES
from sanso.network.facts import Family
from sanso.network.firewall import ALL_STATES, Case, Clause, ClauseChain, Firewall, Passage, State
from sanso.network.packets import Match, Ranges, any_address
from sanso.network.snapshot import AccessList, Kind, Line, Rule, Snapshot
from sanso.proof.approved import ERRORS
from sanso.proof.boxes import Box, Cut, first_match
from sanso.proof.index import Index
from sanso.proof.services import ICMP, ICMP6, TCP, Service, Services, service_of
from sanso.proof.space import Space, everything, matched, union

REQUESTS = {ICMP: {8: 0, 13: 14, 15: 16, 17: 18}, ICMP6: {128: 129, 139: 140}}
"""Types of ICMP that begin a connection, and the type that answers (Linux nf_conntrack_proto_icmp, …_icmpv6)."""
NEVER_TRACKED: Ranges = ((130, 137), (143, 143))
"""Types of ICMPv6 that Linux does not track: neighbours, routers, multicast listeners."""

NUMBER = " #"
"""Between the name of a chain and the number of a list made from it."""
Piece = tuple[Box, Line]
"""Packets, and the line that lets them through."""


def passable(snapshot: Snapshot) -> Snapshot:
    """The same device; what its firewall lets through stands in lists of its own, by passage."""
    if snapshot.firewall is None or snapshot.through:
        return snapshot
    lists = _through(snapshot.firewall)
    legs = [one.name for one in snapshot.interfaces.values() if one.kind in _L3 and not one.shutdown]
    acls = dict(snapshot.acls)
    through: dict[Passage, str] = {}
    for passage in (Passage(*one) for one in product(legs, legs, FAMILIES)):
        if (acl := lists.list_of(passage)) is not None:
            acls[acl.family, acl.name] = acl
            through[passage] = acl.name
    return replace(snapshot, acls=acls, through=through)


@lru_cache(maxsize=1024)
def _through(firewall: Firewall) -> Through:
    return Through(firewall)


_L3 = frozenset({Kind.ROUTED, Kind.SVI, Kind.SUBINTERFACE, Kind.TUNNEL})


class _View(NamedTuple):
    """What of a firewall concerns packets that go one way in one state."""

    passage: Passage
    state: State
    sure: bool = False
    """Whether to read what surely passes, in place of all that may."""

    def heeds(self, clause: Clause) -> bool:
        """Whether a clause takes packets; one that may or may not do so never adds to what passes surely."""
        return clause.exact or clause.action != ("accept" if self.sure else "drop")


class Through:
    """The lists of one firewall, each made when it is first asked for."""

    def __init__(self, firewall: Firewall) -> None:
        self.firewall = firewall
        self.services = Services(_asked(firewall))
        self._indexes: dict[tuple[str, tuple[int, ...]], tuple[Index, list[int]]] = {}
        self._at_entrance: dict[tuple[str, Family, str, bool], list[tuple[int, Case]]] = {}
        self._starting: dict[Family, Space] = {}
        self._new: dict[Passage, list[Piece]] = {}
        self._lists: dict[tuple[object, ...], AccessList] = {}
        self._alike: dict[Family, dict[tuple[Rule, ...], AccessList]] = {}
        self._cases = [case for chain in firewall.chains.values() for one in chain.clauses for case in one.cases]
        self._inexact = [(one, case) for one in _reached(firewall) if not one.exact for case in one.cases]
        self._belonging: dict[tuple[int, object], int] = {}
        self._names: dict[str, tuple[int, ...]] = {}

    def list_of(self, passage: Passage) -> AccessList | None:
        """What passes there; None where no hook reads packets of the family, so that all of them pass."""
        hooks = self.firewall.hooks_of(passage.family)
        if not hooks:
            return None
        key = (*map(self._told, passage[:2]), passage.family)
        if key not in self._lists:
            rules = self._rules(passage, hooks[-1].last_line)
            alike = self._alike.setdefault(passage.family, {})
            if rules not in alike:
                name = f"{hooks[-1].name}{NUMBER}{len(alike) + 1}" if alike else hooks[-1].name
                alike[rules] = AccessList(passage.family, name, rules, hooks[-1].last_line)
            self._lists[key] = alike[rules]
        return self._lists[key]

    def _told(self, interface: str) -> tuple[int, ...]:
        """The cases that name an interface; interfaces that no case tells apart have the same lists."""
        if interface not in self._names:
            self._names[interface] = tuple(
                side * len(self._cases) + number
                for number, case in enumerate(self._cases)
                for side, names in enumerate((case.entrances, case.exits))
                if names is not None and interface in names
            )
        return self._names[interface]

    def _rules(self, passage: Passage, policy: Line) -> tuple[Rule, ...]:
        anywhere = any_address(passage.family)
        whole = (Match(passage.family, anywhere, anywhere),)
        sure: list[Piece] = []
        unsure: list[Piece] = []
        for state, pieces in self._passing(passage):
            for piece, certain in self._judged(_View(passage, state, sure=True), pieces):
                (sure if certain else unsure).append(piece)
        doubts = [Rule("deny", whole, line, understood=False) for line in self._doubts(passage, unsure)]
        permits = self._permits(sure, passage.family), self._permits(unsure, passage.family)
        return (*permits[0], *doubts, *permits[1], Rule("deny", whole, policy))

    def _permits(self, pieces: list[Piece], family: Family) -> Iterator[Rule]:
        for box, line in pieces:
            yield from (Rule("permit", (match,), line) for match in self._matches(box, family))

    def _matches(self, box: Box, family: Family) -> Iterator[Match]:
        source, target, bits = (box[:2],), (box[2:4],), box[4]
        services = [Service()] if bits == self.services.every else self.services.described(bits)
        yield from (Match(family, source, target, *service) for service in services)

    # ----- states ---------------------------------------------------------------------------------------------

    @cached_property
    def _stateful(self) -> bool:
        """Whether it matters what connection tracking says."""
        return self.firewall.offload or any(case.states != ALL_STATES for case in self._cases)

    def _passing(self, passage: Passage) -> Iterator[tuple[State, list[Piece]]]:
        """All that passes, each packet once, in the first state in which it may."""
        found = self._beginning(passage)
        yield State.NEW, found
        if not self._stateful:
            return
        known = union(box for box, _ in found)
        for state, space in self._later(passage):
            pieces = self._hooked(_View(passage, state), space - known)
            if self._offloaded(state):
                pieces = [(box, self.firewall.line) for box in space - known]
            yield state, pieces
            known = union((*known, *(box for box, _ in pieces)))

    def _offloaded(self, state: State) -> bool:
        """Whether packets in a state may pass whatever the rules say."""
        return state is State.ESTABLISHED and self.firewall.offload

    # ----- doubts ---------------------------------------------------------------------------------------------

    def _judged(self, view: _View, pieces: list[Piece]) -> Iterator[tuple[Piece, bool]]:
        """Pieces that may pass, parted in those that surely do and the others."""
        if not pieces or self._offloaded(view.state) or not any(self._unsure(view.passage)):
            yield from ((piece, True) for piece in pieces)
            return
        surely = Space(box for box, _ in pieces)
        for hook in self.firewall.hooks_of(view.passage.family):
            surely = union(box for box, _ in self._accepted(view, hook, surely))
        for box, line in pieces:
            whole = Space([box])
            yield from (((part, line), True) for part in whole & surely)
            yield from (((part, line), False) for part in whole - surely)

    def _unsure(self, passage: Passage) -> Iterator[tuple[Clause, Case]]:
        """Clauses that may or may not take packets that go a way."""
        return (one for one in self._inexact if one[1].concerns(passage))

    def _doubts(self, passage: Passage, pieces: list[Piece]) -> list[Line]:
        """The lines of clauses that decide whether some packets pass, and may or may not take them."""
        if not pieces:
            return []
        packets = Space(box for box, _ in pieces)
        return list(
            dict.fromkeys(
                clause.line
                for clause, case in self._unsure(passage)
                if any(map(packets.index.touching, matched(case.match, self.services)))
            )
        )

    def _beginning(self, passage: Passage) -> list[Piece]:
        """What passes new."""
        if passage not in self._new:
            self._new[passage] = self._hooked(_View(passage, State.NEW), self._begun(passage.family))
        return self._new[passage]

    def _later(self, passage: Passage) -> Iterator[tuple[State, Space]]:
        """The other states, and the packets that may be in them."""
        family = passage.family
        there = [box for box, _ in self._beginning(passage)]
        back = [box for box, _ in self._beginning(Passage(passage.exit, passage.entrance, family))]
        answers = ((t0, t1, s0, s1, bits) for s0, s1, t0, t1, old in back if (bits := self._of(old, answers_of)))
        later = ((*box[:4], bits) for box in there if (bits := self._of(box[4], followers_of)))
        yield State.ESTABLISHED, union((*answers, *later))
        errors = self.services.of_service(_error(family))
        ends = dict.fromkeys([*(box[:4] for box in there), *((*box[2:4], *box[:2]) for box in back)])
        yield State.RELATED, union((*pair, errors) for pair in ends)
        yield State.INVALID, everything(family, self.services)
        if self.firewall.untracked:
            yield State.UNTRACKED, everything(family, self.services)
        elif family == "ipv6":
            yield State.UNTRACKED, self._all_of(family, [_icmp(ICMP6, NEVER_TRACKED)])

    def _begun(self, family: Family) -> Space:
        """What may be new: all but ICMP that begins no connection."""
        if family not in self._starting:
            every = everything(family, self.services)
            rest = (_icmp(number, others(tuple((one, one) for one in REQUESTS[number]))) for number in REQUESTS)
            self._starting[family] = every - self._all_of(family, rest) if self._stateful else every
        return self._starting[family]

    def _all_of(self, family: Family, services: Iterable[Service]) -> Space:
        whole = any_address(family)
        return union(box for one in services for box in matched(Match(family, whole, whole, *one), self.services))

    def _of(self, bits: int, others: Callable[[Service], Iterable[Service]]) -> int:
        """Services that belong to others."""
        if (bits, others) not in self._belonging:
            found = 0
            for service in self.services.described(bits):
                for other in others(service):
                    found |= self.services.of_service(other)
            self._belonging[bits, others] = found
        return self._belonging[bits, others]

    # ----- chains ---------------------------------------------------------------------------------------------

    def _hooked(self, view: _View, space: Space) -> list[Piece]:
        """What all hooks accept."""
        pieces: list[Piece] | None = None
        for hook in self.firewall.hooks_of(view.passage.family):
            if pieces is None:
                pieces = self._accepted(view, hook, space)
                continue
            by_line: dict[Line, list[Box]] = {}
            for box, line in pieces:
                by_line.setdefault(line, []).append(box)
            policies = {one.last_line for one in self.firewall.hooks_of(view.passage.family)}
            pieces = [
                (box, later if line in policies else line)
                for line, boxes in by_line.items()
                for box, later in self._accepted(view, hook, Space(boxes))
            ]
        return pieces if pieces is not None else [(box, self.firewall.line) for box in space]

    def _accepted(self, view: _View, hook: ClauseChain, space: Space) -> list[Piece]:
        accepted: list[Piece] = []
        left = self._read(view, hook, space, accepted)
        if hook.policy == "accept":
            accepted += [(box, hook.last_line) for box in union(left)]
        return accepted

    def _read(self, view: _View, chain: ClauseChain, space: Space, accepted: list[Piece]) -> list[Box]:
        """Read packets by a chain; what it accepts is added, what it neither accepts nor drops is left."""
        index, clause_of = self._index(view, chain)
        left: list[Box] = []
        waiting: dict[int, Space] = {0: space}
        while waiting:
            start = min(waiting)
            hits: dict[int, list[Box]] = {}
            for box in waiting.pop(start):
                cuts: list[Cut] = [cut for cut in index.touching(box) if clause_of[cut[5]] >= start]
                for *part, number in first_match(box, cuts):
                    own: Box = (part[0], part[1], part[2], part[3], part[4])
                    if number < 0:
                        left.append(own)
                    else:
                        hits.setdefault(clause_of[number], []).append(own)
            for number, boxes in hits.items():
                after = self._taken(view, chain, number, boxes, accepted, left)
                if after:
                    waiting[number + 1] = union((*waiting.get(number + 1, ()), *after))
        return left

    def _taken(
        self, view: _View, chain: ClauseChain, number: int, boxes: list[Box], accepted: list[Piece], left: list[Box]
    ) -> list[Box]:
        """Do what a clause says with its packets; those that the chain is to read on are given back."""
        clause = chain.clauses[number]
        if view.sure and not clause.exact:
            return self._either_way(view, clause, boxes)
        after = [] if clause.exact else list(boxes)
        match clause.action:
            case "accept":
                accepted.extend((box, clause.line) for box in boxes)
                return []
            case "return":
                left.extend(boxes)
            case "jump" | "goto":
                over = self._read(view, self.firewall.chains[clause.target], union(boxes), accepted)
                (after if clause.action == "jump" else left).extend(over)
            case _:
                return after
        return after

    def _either_way(self, view: _View, clause: Clause, boxes: list[Box]) -> list[Box]:
        """What the chain reads on for sure, of packets that a clause may or may not take.

        Those that a jump would accept pass if the chain accepts them as well.  Of what returns, or is left by a goto,
        it is not known which clauses decide: it does not pass for sure.
        """
        if clause.action not in ("jump", "goto"):
            return []
        accepted: list[Piece] = []
        over = self._read(view, self.firewall.chains[clause.target], union(boxes), accepted)
        return [*(box for box, _ in accepted), *(over if clause.action == "jump" else ())]

    def _entering(self, view: _View, chain: ClauseChain) -> list[tuple[int, Case]]:
        """The cases of a chain that packets can fit which come in where those of a view do."""
        key = (chain.name, view.passage.family, view.passage.entrance, view.sure)
        if key not in self._at_entrance:
            self._at_entrance[key] = [
                (number, case)
                for number, clause in enumerate(chain.clauses)
                if view.heeds(clause)
                for case in clause.cases
                if case.enters(view.passage)
            ]
        return self._at_entrance[key]

    def _index(self, view: _View, chain: ClauseChain) -> tuple[Index, list[int]]:
        """What each clause of a chain takes of the packets of a view: cuts, and the clause of each."""
        cases = [
            (number, case)
            for number, case in self._entering(view, chain)
            if view.state in case.states and case.concerns(view.passage)
        ]
        key = (chain.name, tuple(id(case) for _, case in cases))
        if key not in self._indexes:
            cuts: list[Cut] = []
            clause_of: list[int] = []
            for number, case in cases:
                for box in matched(case.match, self.services):
                    cuts.append((*box, len(cuts)))
                    clause_of.append(number)
            self._indexes[key] = Index(cuts), clause_of
        return self._indexes[key]


def _reached(firewall: Firewall) -> Iterator[Clause]:
    """All clauses that forwarded packets may meet."""
    names = list(firewall.hooks)
    for name in names:
        clauses = firewall.chains[name].clauses
        names += dict.fromkeys(one.target for one in clauses if one.target and one.target not in names)
        yield from clauses


def answers_of(service: Service) -> Iterator[Service]:
    """What answers packets of a service: ports change sides, TCP has ACK or RST set, ICMP its answer's type."""
    for number, types in REQUESTS.items():
        if _holds(service.protocols, number) and _portless(service):
            yield from (
                _icmp(number, ((types[one], types[one]),)) for one in types if _holds(service.icmp_types, one)
            )
    if service.icmp_types != Service().icmp_types or service.icmp_codes != Service().icmp_codes:
        return
    swapped = service._replace(source_ports=service.target_ports, target_ports=service.source_ports)
    if _holds(service.protocols, TCP):
        yield swapped._replace(protocols=((TCP, TCP),), established=True)
    if service.established is None:
        rest = without(service.protocols, (TCP, ICMP, ICMP6))
        if rest:
            yield swapped._replace(protocols=rest)


def followers_of(service: Service) -> Iterator[Service]:
    """What follows packets of a service, new ones, the same way: TCP has ACK or RST set; all else is as it was."""
    if _holds(service.protocols, TCP) and service.established is not True:
        plain = service.icmp_types == Service().icmp_types and service.icmp_codes == Service().icmp_codes
        yield from [service._replace(protocols=((TCP, TCP),), established=True)] if plain else []


def _asked(firewall: Firewall) -> Iterator[Match]:
    """Every match that a firewall's packets must be told apart by."""
    whole = any_address("ipv4")
    own = dict.fromkeys(
        service_of(case.match)
        for chain in firewall.chains.values()
        for clause in chain.clauses
        for case in clause.cases
    )
    fixed = [
        *(
            _icmp(number, ((one, one),))
            for number, types in REQUESTS.items()
            for one in chained(types, types.values())
        ),
        *map(_error, FAMILIES),
        _icmp(ICMP6, NEVER_TRACKED),
    ]
    for service in chained(own, fixed):
        yield Match("ipv4", whole, whole, *service)
        other = chained(answers_of(service), followers_of(service))
        yield from (Match("ipv4", whole, whole, *one) for one in other)


def _icmp(number: int, types: Ranges) -> Service:
    return Service(((number, number),), icmp_types=types)


def _error(family: Family) -> Service:
    """ICMP that tells of another packet."""
    return _icmp(ICMP if family == "ipv4" else ICMP6, ERRORS[family])


def _portless(service: Service) -> bool:
    return service.source_ports == service.target_ports == Service().source_ports and service.established is None


def _holds(ranges: Ranges, number: int) -> bool:
    return any(first <= number <= last for first, last in ranges)


def others(ranges: Ranges, last: int = 255) -> Ranges:
    """Every number up to the last that is in none of the ranges."""
    edges = [-1, *(edge for one in ranges for edge in one), last + 1]
    return tuple((one + 1, other - 1) for one, other in zip(edges[::2], edges[1::2], strict=True) if other - one > 1)


def without(ranges: Ranges, numbers: Iterable[int]) -> Ranges:
    """The ranges less some numbers, none of which may be in two of them."""
    for number in numbers:
        ranges = tuple(
            part
            for first, last in ranges
            for part in ([(first, number - 1), (number + 1, last)] if first <= number <= last else [(first, last)])
            if part[0] <= part[1]
        )
    return ranges
