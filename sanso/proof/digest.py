"""Many findings made short: the weightiest first, a few of each kind, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sanso.city.segment import Layer
from sanso.messages import Finding, Language, Severity, text
from sanso.messages.catalogue import Phrase

WEIGHT = ("PROOF-01", "TOPO-01", "TOPO-02", "BACKUP-01", "PROOF-03")
"""What crosses, then what joins layers, then what was not looked at; all else behind it, by its id.

Of what crosses, that comes first which touches the personal-number systems.
"""
FEW = 3


def digest(
    findings: Sequence[Finding], lang: Language, most: int | None = FEW, more: str = "backups.more"
) -> Iterator[str]:
    """Lines that tell of findings.

    Args:
        findings: what there is to tell.
        lang: the language.
        most: so many of a kind are shown in full; None shows all.
        more: catalogue key that says how many more of a kind there are, and where.
    """
    kinds: dict[tuple[Severity, str, str, str], list[Finding]] = {}
    for finding in sorted(findings, key=_order):
        why = finding.args.get("why")
        key = why.key if isinstance(why, Phrase) else ""
        kinds.setdefault((finding.severity, finding.rule, finding.variant, key), []).append(finding)
    for (_, rule, _, key), found in sorted(kinds.items(), key=lambda kind: _order(kind[1][0])):
        shown = found[:most]
        for finding in shown:
            yield from finding.lines(lang)
        if len(found) > len(shown):
            why = f" ({text(key, lang)})" if key else ""
            yield text(more, lang, count=len(found) - len(shown), rule=rule, why=why)


def _order(finding: Finding) -> tuple[bool, int, str, bool]:
    weight = WEIGHT.index(finding.rule) if finding.rule in WEIGHT else len(WEIGHT)
    layers = {finding.args.get("source_layer"), finding.args.get("target_layer")}
    return finding.severity is not Severity.ERROR, weight, finding.rule, Layer.MYNUMBER not in layers
