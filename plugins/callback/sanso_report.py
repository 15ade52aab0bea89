from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ansible import context
from ansible.plugins.callback import CallbackBase

from sanso.journal import Journal, find_run
from sanso.messages import Language, language, text
from sanso.report import Run, proof_lines, summary, write_reports
from sanso.report.windows import override_text
from sanso.rules import GUIDELINE, all_rules
from sanso_plugins.common.hostvars import near
from sanso_plugins.common.records import unpacked
from sanso_plugins.common.roles import end

DOCUMENTATION = r"""
name: sanso_report
type: aggregate
short_description: Summary per site and layer, JSON, JUnit XML and pages for people
description:
  - Gathers what M(sanso_validate) and M(sanso_devices) found and did. At the end of the run prints a table per site
    and layer, and writes C(report.json), C(junit.xml), C(report.en.html) and C(report.ja.html).
  - The extra variables C(sanso_approver) and C(sanso_ticket) say who approved the work and by what; they stand in all
    of these.
  - Writes also when hosts failed or were unreachable; it holds no secret.
options:
  folder:
    description: Folder that the files are written to.
    type: path
    default: artifacts
    env:
      - name: SANSO_REPORT_DIR
    ini:
      - section: sanso
        key: report_dir
  language:
    description: Language of the summary, C(en) or C(ja), where the tasks named none.
    type: str
    default: en
    env:
      - name: SANSO_LANG
    ini:
      - section: sanso
        key: language
requirements:
  - enable in configuration
author:
  - sanso contributors
"""


GATHERED = {"sanso_validate", "sanso_devices", "sanso_wireless", "sanso_rollback", "sanso_windows", "sanso_begin"}
"""Actions whose results stand in the report."""


def verdict_lines(findings: list[dict[str, Any]], lang: Language) -> list[str]:
    """How many rules were checked, what they found, and how many of the guideline's nobody has verified."""
    severities = [finding["severity"] for finding in findings]
    errors, warnings = severities.count("error"), severities.count("warning")
    guideline = [rule for rule in all_rules() if rule.source == GUIDELINE]
    unverified = sum(not rule.verified for rule in guideline)
    lines = [text("summary.findings", lang, rules=len(all_rules()), errors=errors, warnings=warnings)]
    if unverified:
        lines.append(text("summary.unverified", lang, count=unverified, total=len(guideline)))
    return lines


class CallbackModule(CallbackBase):
    """Gathers records; prints and writes at the end."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "sanso_report"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._run = Run(datetime.now(UTC), check=bool(context.CLIARGS.get("check")))
        self._validated = False
        self._language: str | None = None
        self._journal = Path()

    def v2_playbook_on_play_start(self, play: Any) -> None:
        given = play.get_variable_manager().extra_vars
        self._run.approver = str(given.get("sanso_approver", ""))
        self._run.ticket = str(given.get("sanso_ticket", ""))

    def v2_runner_on_ok(self, result: Any) -> None:
        self._gather(result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        del ignore_errors
        self._gather(result)

    def _gather(self, result: Any) -> None:
        if result.task.action not in GATHERED:
            return
        data = result.result
        if "findings" not in data:  # it broke before it could say anything of the city
            self._run.error = str(data.get("msg", ""))
            return
        self._validated = True
        self._language = data.get("language", self._language)
        self._run.hear(json.loads(data["said"]), language(self._language))
        self._run.add_override(data.get("window_override", {}))
        self._run.name = data.get("run", self._run.name)
        self._run.journal = data.get("journal", self._run.journal)
        self._journal = Path(data.get("journal_folder", self._journal))
        if "proof" in data:
            self._run.add_proof(json.loads(data["proof"]))
        self._run.add(unpacked(entry) for entry in data.get("hosts", {}).values())

    def _tell_end(self) -> None:
        """Take in what the journal tells, once the end of all that was begun stands there, too."""
        end()
        self._run.told = find_run(Journal(self._journal).entries(), self._run.name)
        if self._run.told is not None:
            self._run.journal = self._run.told.head

    def v2_playbook_on_stats(self, stats: Any) -> None:
        del stats
        if not self._validated and not self._run.error:
            return
        lang = language(self._language or self.get_option("language"))
        if self._run.records:
            self._display.display("\n".join(summary(self._run, lang)))
        if self._validated:
            self._display.display("\n".join(verdict_lines(self._run.findings, lang)))
        if self._run.situation:
            self._display.display(self._run.situation)
        if self._run.override:
            self._display.display(override_text(self._run.override, lang))
        if self._run.proof:
            self._display.display("\n".join(proof_lines(self._run.proof, lang)))
        if self._run.name:
            self._tell_end()
            self._display.display(text("journal.summary", lang, run=self._run.name, head=self._run.journal))
        files = write_reports(self._run, Path(self.get_option("folder")), datetime.now(UTC))
        self._display.display(text("summary.written", lang, files=", ".join(map(near, files))))
