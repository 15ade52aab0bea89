"""Build and check the city; the one way there for every plugin that needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path as File
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from ansible.errors import AnsibleActionFail

from sanso.city import City, CityError
from sanso.messages import Finding, Language, Severity, text
from sanso.messages.catalogue import keys
from sanso.proof.digest import digest
from sanso.rules import all_rules, check_city
from sanso.rules.report import render_findings
from sanso_plugins.common.hostvars import HostVariables, mark, read_city
from sanso_plugins.common.said import said_of_city, situation_of

keys()  # reads every text now, before Ansible's workers fork, and not in each of them


@dataclass(frozen=True)
class Verdict:
    """A city with its findings; ``city`` is None where the variables do not have its shape."""

    city: City | None
    findings: list[Finding]
    language: Language
    failed: bool

    @property
    def said(self) -> dict[str, Any]:
        """Findings as plain data, and what pages say of the city."""
        return said_of_city(self.findings, self.city, self.language)

    @property
    def text(self) -> str:
        """Findings as people read them."""
        return render_findings(self.findings, self.language)

    @property
    def result(self) -> dict[str, Any]:
        """What every plugin returns of it; Ansible shows the warnings."""
        warnings = ["\n".join(finding.lines(self.language)) for finding in self.findings if not self.failed]
        return {
            **self.said,
            "language": self.language,
            **({"situation": self.situation} if self.situation else {}),
            **({"warnings": warnings} if warnings else {}),
        }

    @property
    def situation(self) -> str:
        """What reminds of a state that is not the usual one; empty in the usual one."""
        return situation_of(self.city, self.language)

    @property
    def rules(self) -> int:
        """How many rules were checked."""
        return len(all_rules())


def validate(
    variables: HostVariables,
    language: Language,
    *,
    warnings_fail: bool = False,
    situation: Mapping[str, Any] | None = None,
) -> Verdict:
    """Build the city from hosts' variables, in a situation if one is given, and check it against every rule."""
    try:
        city = read_city(variables, situation)
    except CityError as error:
        return Verdict(None, error.findings, language, failed=True)
    findings = check_city(city, datetime.now(ZoneInfo(city.settings.timezone)).date())
    failed = any(warnings_fail or finding.severity is Severity.ERROR for finding in findings)
    return Verdict(city, findings, language, failed)


def valid_city(
    variables: HostVariables,
    language: Language,
    *,
    warnings_fail: bool = False,
    situation: Mapping[str, Any] | None = None,
) -> tuple[City, Verdict]:
    """The city, once it is known to keep every rule.

    Raises:
        AnsibleActionFail: it does not; shows the first finding with its source lines, and holds them all.
    """
    verdict = validate(variables, language, warnings_fail=warnings_fail, situation=situation)
    if verdict.failed or verdict.city is None:
        raise _refusal("finding.refused", verdict.findings, language, verdict.text, verdict.said)
    return verdict.city, verdict


def told(verdict: Verdict, found: Mapping[str, Any]) -> dict[str, Any]:
    """Result of a task: what is said of the city, and what was found and done."""
    warnings = [*verdict.result.get("warnings", ()), *found.get("warnings", ())]
    whole = {"changed": False, **verdict.result, **found, "warnings": warnings}
    return whole if warnings else {name: value for name, value in whole.items() if name != "warnings"}


def hosts_in_play(city: City, task_vars: Mapping[str, Any]) -> list[str]:
    """Devices of the city that the run, its limit and its current wave have in play."""
    return [str(host) for host in task_vars["ansible_play_batch"] if host in city.devices]


def refuse_proof(findings: list[Finding], lang: Language, place: str, /, **aside: Any) -> AnsibleActionFail:
    """Failure of a proof, a few findings of each kind as text.

    Args:
        findings: what it found.
        lang: the language.
        place: where all of them are, ``report`` or ``verbose``.
        aside: takes its place in the result.
    """
    report = "\n".join(digest(findings, lang, more=f"finding.more.{place}"))
    return _refusal("finding.not_proved", findings, lang, report, aside)


def _refusal(
    key: str, findings: list[Finding], lang: Language, report: str, aside: Mapping[str, Any] = MappingProxyType({})
) -> AnsibleActionFail:
    worst = next((finding for finding in findings if finding.severity is Severity.ERROR), findings[0])
    first, *_ = worst.lines(lang)
    said = text(key, lang, count=len(findings), first=first)
    result = {**said_of_city(findings, None, lang), "language": lang, "report": report, **aside}
    place = worst.location if worst.location and File(worst.location.file).exists() else None
    return AnsibleActionFail(said, obj=mark(said, place), result=result)
