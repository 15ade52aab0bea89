"""Lines of an access list that do nothing: those that no packet reaches, and those that later lines repeat.

All the lines that are found may be removed together, and the list decides every packet as before.  Rules that were
not understood are never judged, and are taken for whatever would keep another line alive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sanso.network.snapshot import AccessList, Rule
from sanso.proof.boxes import Box, Cut, carved, first_match
from sanso.proof.filters import Filter, Reading, services_of
from sanso.proof.services import Services


class Idle(StrEnum):
    """Why a line does nothing."""

    SHADOWED = "shadowed"
    """No packet reaches it, and some of its packets get the opposite decision: whoever wrote it meant otherwise."""
    UNREACHABLE = "unreachable"
    """No packet reaches it; all that it asks for is decided the same way before, or it matches no packet at all."""
    REDUNDANT = "redundant"
    """Packets reach it; without it, later lines would decide them the same way."""


@dataclass(frozen=True)
class IdleLine:
    """A line that does nothing, and the lines that decide its packets instead, in their order."""

    kind: Idle
    rule: Rule
    others: tuple[Rule, ...]


def idle_lines(acl: AccessList, services: Services | None = None) -> list[IdleLine]:
    """Lines of a list that do nothing, in their order.

    A last line that only says what the device does anyway, such as a closing ``deny ip any any log``, is left alone.
    """
    return list(_Judge(acl, services or services_of([acl])).all())


class _Judge:
    def __init__(self, acl: AccessList, services: Services) -> None:
        self.plain = Filter(acl, services, Reading.ONLY)
        self._later: dict[str, Filter] = {}
        if not self.plain.proved:
            # what may decide otherwise than the line does: for a permit, a deny that was not understood
            self._later = {
                "permit": Filter(acl, services, Reading.MUST),
                "deny": Filter(acl, services, Reading.MAY),
            }
        self.cuts: list[list[Cut]] = [[] for _ in self.plain.rules]
        for cut in self.plain.cuts:
            self.cuts[self.plain.rule_of[cut[5]]].append(cut)
        self.removed: set[int] = set()

    def all(self) -> Iterator[IdleLine]:
        """Unreachable lines first, since they decide nothing; then, from the last up, those that others repeat."""
        found: dict[int, IdleLine] = {}
        rules = self.plain.acl.rules
        for place, rule in enumerate(rules):
            if rule.understood and not any(self._decided_by(place)):
                found[place] = self._unreachable(place)
                self.removed.add(place)
        for place in reversed(range(len(rules))):
            if rules[place].understood and place not in found and (others := self._repeating(place)):
                found[place] = IdleLine(Idle.REDUNDANT, rules[place], others)
                self.removed.add(place)
        for place in sorted(found):
            yield found[place]

    def _decided_by(self, place: int) -> Iterator[Box]:
        """What a line decides, found part by part: whoever wants to know one thing need not wait for all."""
        for cut in self.cuts[place]:
            yield from carved(cut[:5], self.plain.index.touching(cut[:5], before=cut[5]))

    def _unreachable(self, place: int) -> IdleLine:
        rule, cuts = self.plain.rules[place], self.cuts[place]
        deciders = {
            self.plain.rule_of[part[5]]
            for cut in cuts
            for part in first_match(cut[:5], self.plain.index.touching(cut[:5], before=cuts[0][5]))
        }
        others = tuple(self.plain.rules[one] for one in sorted(deciders))
        opposed = any(other.action != rule.action for other in others)
        return IdleLine(Idle.SHADOWED if opposed else Idle.UNREACHABLE, rule, others)

    def _repeating(self, place: int) -> tuple[Rule, ...]:
        """The later lines that decide as this one does all that it decides; empty where one decides otherwise."""
        action = self.plain.rules[place].action
        later = self._later.get(action, self.plain)
        deciders: set[int] = set()
        for box in self._decided_by(place):
            cuts = [cut for cut in later.index.touching(box) if self._stays_after(place, later.rule_of[cut[5]])]
            for part in first_match(box, cuts):
                decider = later.rule_of[part[5]]
                if later.rules[decider].action != action:
                    return ()
                deciders.add(decider)
        written = any(one < len(later.acl.rules) for one in deciders)
        return tuple(later.rules[one] for one in sorted(deciders)) if written else ()

    def _stays_after(self, place: int, other: int) -> bool:
        return other > place and other not in self.removed
