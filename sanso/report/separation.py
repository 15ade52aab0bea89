"""What the proof says of the devices as they are: for the run, and for the device that each finding belongs to."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sanso.messages import Finding, Language, Severity, text
from sanso.proof.difference import Difference
from sanso.proof.difference_text import difference_lines
from sanso.proof.findings import ChainFinding
from sanso.proof.transition.proof import Transition
from sanso.proof.verdict import UNPROVED, Verdict
from sanso.proof.worse import fault

SHOWN = 3
"""So many findings are printed, those of different devices and rules first; the report has them all."""
MOST = 3
"""So many lines are printed of what a change opens or closes between two segments."""


@dataclass(frozen=True)
class Separation:
    """The proof over what is known of all devices; those that are not in ``read`` were taken as intended.

    Where a run works in waves, ``hosts`` are those of this one, and ``told`` is what earlier ones told.
    """

    verdict: Verdict
    read: Collection[str]
    transition: Transition | None = None
    """The proof of the change, where something was to be changed."""
    hosts: Collection[str] | None = None
    told: frozenset[Hashable] = frozenset()

    @cached_property
    def crossings(self) -> list[Finding]:
        """What crosses between layers, traffic first."""
        errors = [one for one in self.verdict.findings if one.severity is Severity.ERROR and one.rule not in UNPROVED]
        return sorted(errors, key=lambda finding: finding.rule)

    @cached_property
    def unproved(self) -> list[Finding]:
        """What keeps the proof from being whole: no fault of itself, and so a warning."""
        return [replace(one, severity=Severity.WARNING) for one in self.verdict.findings if one.rule in UNPROVED]

    def of_hosts(self) -> dict[str, list[Finding]]:
        """Crossings by the device that each is to be mended on."""
        found: dict[str, list[Finding]] = {}
        for finding in self._news(self.crossings):
            found.setdefault(self._owner(finding), []).append(finding)
        return found

    def faults(self) -> set[Hashable]:
        """All findings, by what makes them the same in another wave."""
        return {fault(one) for one in (*self.crossings, *self.unproved)}

    def _news(self, findings: Iterable[Finding]) -> list[Finding]:
        """What no earlier wave told."""
        return [one for one in findings if not self.told or fault(one) not in self.told]

    def _owner(self, finding: Finding) -> str:
        """The device of the line at fault, if it was read, else one that was: all others are as they should be."""
        named = [finding.location.file.partition(" (")[0]] if finding.location else []
        named += [step.device for step in finding.chain] if isinstance(finding, ChainFinding) else []
        mine = self.read if self.hosts is None else {host for host in self.hosts if host in self.read}
        return next((host for host in [*named, *sorted(mine)] if host in mine), "")

    def summary(self, lang: Language) -> str:
        """One line: proved or not."""
        if self.crossings:
            return text("separation.crosses", lang, count=len(self.crossings))
        if self.unproved:
            return text("separation.unproved", lang, count=len(self.unproved))
        return self.verdict.summary(lang)

    def lines(self, lang: Language) -> list[str]:
        """What people have to read before all else: nothing, where all is proved."""
        crossings, unproved = self._news(self.crossings), self._news(self.unproved)
        if not crossings and not unproved:
            return []
        groups: dict[tuple[str, str], list[Finding]] = {}
        for host, found in self.of_hosts().items():
            for one in found:
                groups.setdefault((host, one.rule), []).append(one)
        ranked = [(rank, one) for group in groups.values() for rank, one in enumerate(group)]
        first = [one for _, one in sorted(ranked, key=lambda pair: pair[0])[:SHOWN]]
        shown = [line for one in first for line in one.lines(lang)]
        shown += [one.lines(lang)[0] for one in unproved[:SHOWN]]
        more = sum(max(0, len(found) - SHOWN) for found in (crossings, unproved))
        return [self.summary(lang), *shown, *([text("separation.more", lang, count=more)] if more else [])]

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """For the report."""
        proof = self.verdict.proof
        aside = [one for one in self.verdict.findings if one.severity is Severity.WARNING]
        return {
            "holds": self.verdict.holds,
            "summary": self.summary(lang),
            "crossings": len(self.crossings),
            "unproved": len(self.unproved),
            "entrances": proof.sources,
            "subnets": proof.targets,
            "trusted": self.verdict.trusted(),
            "devices": self.verdict.devices,
            "read": len(self.read),
            "lines": self.verdict.lines,
            "transition": self._transition(),
            "findings": [one.as_dict(lang) for one in (*self.crossings, *self.unproved, *aside)],
        }

    def _transition(self) -> dict[str, Any] | None:
        one = self.transition
        if one is None:
            return None
        counts = {"devices": one.devices, "commands": one.commands, "states": one.states}
        return {"holds": one.holds, **counts, "errors": len(one.findings)}


def change_text(change: Difference | None, lang: Language) -> str:
    """What a change opens and closes, for ``--diff``; empty where it is nothing."""
    lines = difference_lines(change, lang, most=MOST) if change is not None else []
    return "\n".join([text("separation.change", lang), *(f"  {line}" for line in lines)]) if lines else ""


def proof_lines(proof: Mapping[str, Any], lang: Language) -> list[str]:
    """The end of a run's summary, from the plain data of its proof."""
    assumed, change = proof["devices"] - proof["read"], proof["transition"]
    return [
        *([text("transition.holds" if change["holds"] else "transition.fails", lang, **change)] if change else []),
        proof["summary"],
        *([text("separation.assumed", lang, count=assumed)] if assumed else []),
    ]
