"""A finding: what is wrong, where, what was expected and found, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sanso.messages.catalogue import Language, text
from sanso.messages.source import Location, Path


class Severity(StrEnum):
    """Whether a finding stops a run."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing wrong with the city; its words stand in the catalogue under ``rule`` (and ``variant``)."""

    rule: str
    severity: Severity
    path: Path
    location: Location | None
    args: Mapping[str, Any] = field(default_factory=dict)
    variant: str = ""

    def _say(self, part: str, lang: Language) -> str:
        key = f"{self.rule}.{self.variant}.{part}" if self.variant else f"{self.rule}.{part}"
        return text(key, lang, **self.args)

    def what(self, lang: Language) -> str:
        """One sentence: what is wrong."""
        return self._say("what", lang)

    def expected(self, lang: Language) -> str:
        """What should stand there."""
        return self._say("expected", lang)

    def found(self, lang: Language) -> str:
        """What stands there."""
        return self._say("found", lang)

    def hint(self, lang: Language) -> str:
        """The mend."""
        return self._say("hint", lang)

    def lines(self, lang: Language) -> list[str]:
        """The finding as people read it, four to five lines."""
        where = str(self.location) if self.location else ".".join(str(step) for step in self.path)
        head = text(f"finding.{self.severity}", lang)
        return [
            f"{where}: {head} {self.rule}: {self.what(lang)}",
            f"    {text('finding.expected', lang)} {self.expected(lang)}",
            f"    {text('finding.found', lang)} {self.found(lang)}",
            f"    {text('finding.hint', lang)} {self.hint(lang)}",
        ]

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """The finding as plain data, for Ansible and for reports."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "path": ".".join(str(step) for step in self.path),
            "location": str(self.location) if self.location else None,
            "message": self.what(lang),
            "expected": self.expected(lang),
            "found": self.found(lang),
            "hint": self.hint(lang),
        }
