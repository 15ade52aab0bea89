"""Whole sets of packets followed through a firewall's chains, as one way and one state have them.

Each clause takes its share, jumps come back with what their chain leaves over.
"""

from __future__ import annotations

from typing import NamedTuple

from sanso.network.facts import Family
from sanso.network.firewall import Case, Clause, ClauseChain, Firewall, Passage, State
from sanso.network.snapshot import Line
from sanso.proof.boxes import Box, Cut, first_match
from sanso.proof.index import Index
from sanso.proof.services import Services
from sanso.proof.space import Space, matched, union

Piece = tuple[Box, Line]
"""Packets, and the line that lets them through."""


class View(NamedTuple):
    """What of a firewall concerns packets that go one way in one state."""

    passage: Passage
    state: State
    sure: bool = False
    """Whether to read what surely passes, in place of all that may."""

    def heeds(self, clause: Clause) -> bool:
        """Whether a clause takes packets; one that may or may not do so never adds to what passes surely."""
        return clause.exact or clause.action != ("accept" if self.sure else "drop")


class Clauses:
    """The hooks and chains of one firewall, ready to be asked."""

    def __init__(self, firewall: Firewall, services: Services) -> None:
        self.firewall = firewall
        self.services = services
        self._indexes: dict[tuple[str, tuple[int, ...]], tuple[Index, list[int]]] = {}
        self._at_entrance: dict[tuple[str, Family, str, bool], list[tuple[int, Case]]] = {}

    def hooked(self, view: View, space: Space) -> list[Piece]:
        """What all hooks accept."""
        pieces: list[Piece] | None = None
        for hook in self.firewall.hooks_of(view.passage.family):
            if pieces is None:
                pieces = self.accepted(view, hook, space)
                continue
            by_line: dict[Line, list[Box]] = {}
            for box, line in pieces:
                by_line.setdefault(line, []).append(box)
            policies = {one.last_line for one in self.firewall.hooks_of(view.passage.family)}
            pieces = [
                (box, later if line in policies else line)
                for line, boxes in by_line.items()
                for box, later in self.accepted(view, hook, Space(boxes))
            ]
        return pieces if pieces is not None else [(box, self.firewall.line) for box in space]

    def accepted(self, view: View, hook: ClauseChain, space: Space) -> list[Piece]:
        """What one hook accepts."""
        accepted: list[Piece] = []
        left = self._read(view, hook, space, accepted)
        if hook.policy == "accept":
            accepted += [(box, hook.last_line) for box in union(left)]
        return accepted

    def _read(self, view: View, chain: ClauseChain, space: Space, accepted: list[Piece]) -> list[Box]:
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
        self, view: View, chain: ClauseChain, number: int, boxes: list[Box], accepted: list[Piece], left: list[Box]
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

    def _either_way(self, view: View, clause: Clause, boxes: list[Box]) -> list[Box]:
        """What the chain reads on for sure, of packets that a clause may or may not take.

        Those that a jump would accept pass if the chain accepts them as well.  Of what returns, or is left by a goto,
        it is not known which clauses decide: it does not pass for sure.
        """
        if clause.action not in ("jump", "goto"):
            return []
        accepted: list[Piece] = []
        over = self._read(view, self.firewall.chains[clause.target], union(boxes), accepted)
        return [*(box for box, _ in accepted), *(over if clause.action == "jump" else ())]

    def _entering(self, view: View, chain: ClauseChain) -> list[tuple[int, Case]]:
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

    def _index(self, view: View, chain: ClauseChain) -> tuple[Index, list[int]]:
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
