"""What a firewall lets through from one interface to another, as access lists that permit just that.

What connection tracking tells apart is followed apart. A new packet may pass wherever a clause takes new ones; a
packet of an established connection only behind one that the same firewall lets through, new, or as the answer to it
the other way round; a related one only as an ICMP error between the ends of either.

Where it hangs on something that is not modelled (a rate, a mark) whether packets pass, the list permits them behind
a deny that stands for it and was not understood: what may pass is then read with them, what surely passes without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain as chained
from itertools import product

from sanso.city.addressing import FAMILIES
from sanso.network.facts import Family
from sanso.network.firewall import ALL_STATES, Case, Clause, Firewall, Passage, State
from sanso.network.packets import Match, any_address
from sanso.network.snapshot import AccessList, Kind, Line, Rule, Snapshot
from sanso.proof.boxes import Box
from sanso.proof.clauses import Clauses, Piece, View
from sanso.proof.services import ICMP6, Service, Services, service_of
from sanso.proof.space import Space, everything, matched, union
from sanso.proof.tracked import NEVER_TRACKED, REQUESTS, answers_of, error_of, followers_of, icmp, others

NUMBER = " #"
"""Between the name of a chain and the number of a list made from it."""


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


class Through:
    """The lists of one firewall, each made when it is first asked for."""

    def __init__(self, firewall: Firewall) -> None:
        self.firewall = firewall
        self.services = Services(_asked(firewall))
        self._clauses = Clauses(firewall, self.services)
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
            for piece, certain in self._judged(View(passage, state, sure=True), pieces):
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
            pieces = self._clauses.hooked(View(passage, state), space - known)
            if self._offloaded(state):
                pieces = [(box, self.firewall.line) for box in space - known]
            yield state, pieces
            known = union((*known, *(box for box, _ in pieces)))

    def _offloaded(self, state: State) -> bool:
        """Whether packets in a state may pass whatever the rules say."""
        return state is State.ESTABLISHED and self.firewall.offload

    # ----- doubts ---------------------------------------------------------------------------------------------

    def _judged(self, view: View, pieces: list[Piece]) -> Iterator[tuple[Piece, bool]]:
        """Pieces that may pass, parted in those that surely do and the others."""
        if not pieces or self._offloaded(view.state) or not any(self._unsure(view.passage)):
            yield from ((piece, True) for piece in pieces)
            return
        surely = Space(box for box, _ in pieces)
        for hook in self.firewall.hooks_of(view.passage.family):
            surely = union(box for box, _ in self._clauses.accepted(view, hook, surely))
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
            self._new[passage] = self._clauses.hooked(View(passage, State.NEW), self._begun(passage.family))
        return self._new[passage]

    def _later(self, passage: Passage) -> Iterator[tuple[State, Space]]:
        """The other states, and the packets that may be in them."""
        family = passage.family
        there = [box for box, _ in self._beginning(passage)]
        back = [box for box, _ in self._beginning(Passage(passage.exit, passage.entrance, family))]
        answers = ((t0, t1, s0, s1, bits) for s0, s1, t0, t1, old in back if (bits := self._of(old, answers_of)))
        later = ((*box[:4], bits) for box in there if (bits := self._of(box[4], followers_of)))
        yield State.ESTABLISHED, union((*answers, *later))
        errors = self.services.of_service(error_of(family))
        ends = dict.fromkeys([*(box[:4] for box in there), *((*box[2:4], *box[:2]) for box in back)])
        yield State.RELATED, union((*pair, errors) for pair in ends)
        yield State.INVALID, everything(family, self.services)
        if self.firewall.untracked:
            yield State.UNTRACKED, everything(family, self.services)
        elif family == "ipv6":
            yield State.UNTRACKED, self._all_of(family, [icmp(ICMP6, NEVER_TRACKED)])

    def _begun(self, family: Family) -> Space:
        """What may be new: all but ICMP that begins no connection."""
        if family not in self._starting:
            every = everything(family, self.services)
            rest = (icmp(number, others(tuple((one, one) for one in REQUESTS[number]))) for number in REQUESTS)
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


def _reached(firewall: Firewall) -> Iterator[Clause]:
    """All clauses that forwarded packets may meet."""
    names = list(firewall.hooks)
    for name in names:
        clauses = firewall.chains[name].clauses
        names += dict.fromkeys(one.target for one in clauses if one.target and one.target not in names)
        yield from clauses


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
            icmp(number, ((one, one),))
            for number, types in REQUESTS.items()
            for one in chained(types, types.values())
        ),
        *map(error_of, FAMILIES),
        icmp(ICMP6, NEVER_TRACKED),
    ]
    for service in chained(own, fixed):
        yield Match("ipv4", whole, whole, *service)
        other = chained(answers_of(service), followers_of(service))
        yield from (Match("ipv4", whole, whole, *one) for one in other)
