"""What an auditor asks for: which rules were checked, by which source, and what exactly was read.

What stands here is what one run knows of itself. The journal proves more: the page names the run in it, and the hash
to verify it by.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sanso.messages import Language, text
from sanso.report.run import Run
from sanso.rules.rule import Rule, all_rules


@dataclass(frozen=True)
class Checked:
    """A rule that the inventory was held against."""

    id: str
    title: str
    source: str
    verified: str
    """Whether a person has compared it with its source: ``yes``, ``no``, or ``none`` where there is none."""
    found: int


@dataclass(frozen=True)
class Evidence:
    """Evidence of a run."""

    rules: list[Checked]
    read: list[tuple[str, str]]
    """Hosts, each with the SHA-256 of its configuration as it was read first."""
    inventory: str
    """SHA-256 of all that the inventory says of the city; empty where it is none."""


def evidence(run: Run, lang: Language) -> Evidence:
    """Evidence of a run in a language."""
    counts = Counter(finding["rule"] for finding in run.findings)
    rules = [_checked(rule, counts[rule.id], lang) for rule in all_rules()]
    read = [(host, record["read"]) for host, record in run.records.items() if record.get("read")]
    return Evidence(rules, read, run.city.get("digest", ""))


def _checked(rule: type[Rule], found: int, lang: Language) -> Checked:
    own = rule.source == Rule.source
    verified = "none" if own else "yes" if rule.verified else "no"
    return Checked(rule.id, rule.title(lang), text(f"page.source.{rule.source}", lang), verified, found)
