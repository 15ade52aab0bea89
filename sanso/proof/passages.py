"""What a firewall lets through from one interface to another, as access lists that permit just that.

A chain is followed with whole sets of packets instead of single ones: each clause takes its share, jumps come back
with what their chain leaves over. What connection tracking tells apart is followed apart. A new packet may pass
wherever a clause takes new ones; a packet of an established connection only as the answer to one that the same
firewall lets through, new, the other way round; a related one only as an ICMP error between the ends of either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain as chained
from itertools import product
from typing import NamedTuple

from sanso.city.addressing import FAMILIES
from sanso.network.facts import Family
from sanso.network.firewall import ALL_STATES, ClauseChain, Firewall, Passage, State
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


class Through:
    """The lists of one firewall, each made when it is first asked for."""

    def __init__(self, firewall: Firewall) -> None:
        self.firewall = firewall
        self.services = Services(_asked(firewall))
        self._indexes: dict[tuple[str, tuple[int, ...]], tuple[Index, list[int]]] = {}
        self._new: dict[Passage, list[Piece]] = {}
        self._lists: dict[tuple[object, ...], AccessList] = {}
        self._alike: dict[Family, dict[tuple[Rule, ...], AccessList]] = {}
        self._cases = [case for chain in firewall.chains.values() for one in chain.clauses for case in one.cases]
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
        whole = any_address(passage.family)
        permits = (
            Rule("permit", (match,), line)
            for box, line in self._passing(passage)
            for match in self._matches(box, passage.family)
        )
        return (*permits, Rule("deny", (Match(passage.family, whole, whole),), policy))

    def _matches(self, box: Box, family: Family) -> Iterator[Match]:
        source, target, bits = (box[:2],), (box[2:4],), box[4]
        services = [Service()] if bits == self.services.every else self.services.described(bits)
        yield from (Match(family, source, target, *service) for service in services)

    # ----- states ---------------------------------------------------------------------------------------------

    @cached_property
    def _stateful(self) -> bool:
        """Whether it matters what connection tracking says."""
        return self.firewall.offload or any(case.states != ALL_STATES for case in self._cases)

    def _passing(self, passage: Passage) -> list[Piece]:
        """All that passes, in whatever state, each packet once."""
        found = self._beginning(passage)
        if not self._stateful:
            return found
        known = union(box for box, _ in found)
        for state, space in self._later(passage):
            pieces = self._hooked(_View(passage, state), space - known)
            if state is State.ESTABLISHED and self.firewall.offload:
                pieces = [(box, self.firewall.line) for box in space - known]
            found = [*found, *pieces]
            known = union((*known, *(box for box, _ in pieces)))
        return found

    def _beginning(self, passage: Passage) -> list[Piece]:
        """What passes new."""
        if passage not in self._new:
            every = everything(passage.family, self.services)
            space = every - self._unbegun(passage.family) if self._stateful else every
            self._new[passage] = self._hooked(_View(passage, State.NEW), space)
        return self._new[passage]

    def _later(self, passage: Passage) -> Iterator[tuple[State, Space]]:
        """The other states, and the packets that may be in them."""
        family = passage.family
        there = [box for box, _ in self._beginning(passage)]
        back = [box for box, _ in self._beginning(Passage(passage.exit, passage.entrance, family))]
        answers = union((t0, t1, s0, s1, bits) for s0, s1, t0, t1, old in back if (bits := self._mirrored(old)))
        yield State.ESTABLISHED, answers
        errors = self.services.of_service(_error(family))
        ends = dict.fromkeys([*(box[:4] for box in there), *((*box[2:4], *box[:2]) for box in back)])
        yield State.RELATED, union((*pair, errors) for pair in ends)
        yield State.INVALID, everything(family, self.services)
        if self.firewall.untracked:
            yield State.UNTRACKED, everything(family, self.services)
        elif family == "ipv6":
            yield State.UNTRACKED, self._all_of(family, [_icmp(ICMP6, NEVER_TRACKED)])

    def _unbegun(self, family: Family) -> Space:
        """ICMP that begins no connection."""
        return self._all_of(
            family, (_icmp(number, others(tuple((one, one) for one in REQUESTS[number]))) for number in REQUESTS)
        )

    def _all_of(self, family: Family, services: Iterable[Service]) -> Space:
        whole = any_address(family)
        return union(box for one in services for box in matched(Match(family, whole, whole, *one), self.services))

    def _mirrored(self, bits: int) -> int:
        """Services of the answers to packets of some services."""
        found = 0
        for service in self.services.described(bits):
            for answer in answers_of(service):
                found |= self.services.of_service(answer)
        return found

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

    def _index(self, view: _View, chain: ClauseChain) -> tuple[Index, list[int]]:
        """What each clause of a chain takes of the packets of a view: cuts, and the clause of each."""
        cases = [
            (number, case)
            for number, clause in enumerate(chain.clauses)
            if clause.exact or clause.action != "drop"
            for case in clause.cases
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
        yield from (Match("ipv4", whole, whole, *answer) for answer in answers_of(service))


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
