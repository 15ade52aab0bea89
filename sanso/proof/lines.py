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
        self.removed: set[int] = set()
        self.reached: dict[int, list[Box]] = {}
        """What each line decides."""

    def all(self) -> Iterator[IdleLine]:
        """Unreachable lines first, since they decide nothing; then, from the last up, those that others repeat."""
        acl = self.plain.acl
        found: dict[int, IdleLine] = {}
        cuts: dict[int, list[Cut]] = {}
        for cut in self.plain.cuts:
            cuts.setdefault(self.plain.rule_of[cut[5]], []).append(cut)
        for number, rule in enumerate(acl.rules):
            if rule.understood and not self._reach(number, cuts.get(number, [])):
                found[number] = self._unreachable(rule, cuts.get(number, []))
                self.removed.add(number)
        for number in reversed(range(len(acl.rules))):
            if number in self.reached and (others := self._repeating(number)):
                found[number] = IdleLine(Idle.REDUNDANT, acl.rules[number], others)
                self.removed.add(number)
        for number in sorted(found):
            yield found[number]

    def _reach(self, number: int, cuts: list[Cut]) -> bool:
        parts = [part for cut in cuts for part in carved(cut[:5], self.plain.index.touching(cut[:5], before=cut[5]))]
        if parts:
            self.reached[number] = parts
        return bool(parts)

    def _unreachable(self, rule: Rule, cuts: list[Cut]) -> IdleLine:
        first = cuts[0][5] if cuts else 0
        deciders = {
            self.plain.rule_of[part[5]]
            for cut in cuts
            for part in first_match(cut[:5], self.plain.index.touching(cut[:5], before=first))
        }
        others = tuple(self.plain.rules[number] for number in sorted(deciders))
        opposed = any(other.action != rule.action for other in others)
        return IdleLine(Idle.SHADOWED if opposed else Idle.UNREACHABLE, rule, others)

    def _repeating(self, number: int) -> tuple[Rule, ...]:
        """The later lines that decide as this one does all that it decides; empty where one decides otherwise."""
        rule = self.plain.rules[number]
        later = self._later.get(rule.action, self.plain)
        deciders: set[int] = set()
        for box in self.reached[number]:
            cuts = [cut for cut in later.index.touching(box) if self._kept(later.rule_of[cut[5]], number)]
            for part in first_match(box, cuts):
                decider = later.rule_of[part[5]]
                if later.rules[decider].action != rule.action:
                    return ()
                deciders.add(decider)
        written = deciders & set(range(len(later.acl.rules)))
        return tuple(later.rules[one] for one in sorted(deciders)) if written else ()

    def _kept(self, candidate: int, number: int) -> bool:
        return candidate > number and candidate not in self.removed
