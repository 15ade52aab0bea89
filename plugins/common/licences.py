"""One batch of terminals: prove their ways, work on them, keep the journal, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ansible.errors import AnsibleActionFail

from sanso.city import City
from sanso.licensing.fleet import Fleet, Limits
from sanso.licensing.journal import Journal
from sanso.licensing.outcome import Outcome
from sanso.licensing.record import Record, record
from sanso.licensing.terminal import Terminal
from sanso.licensing.ways import Network, Way, Ways
from sanso.licensing.wishes import KmsHosts
from sanso.messages import Language, text
from sanso.report.licences import difference_lines, message, table, write_licences
from sanso.report.licences.table import say
from sanso.report.progress import Progress, Screen
from sanso_plugins.common.hostvars import near
from sanso_plugins.common.records import packed
from sanso_plugins.common.run import RUN

STATUSES: Mapping[str, str] = {"pending": "drift", "not_reached": "unreachable", "on_loan": "in_sync"}
"""What Ansible's side calls the status of a terminal, where the names differ."""
_FEW_WAYS = 12
"""So many are told of one by one; a fleet at sixty sites has hundreds, nearly all open."""


class Licences:
    """Runs the terminals in play.

    Args:
        city: None where the inventory has no devices.
        options: of the task.
        network: reads what the ways are proved over.
        check: touch nothing.
        diff: whether hosts that were changed have something to say.
        screen: shows lines to people while the run goes on.
    """

    def __init__(
        self,
        city: City | None,
        options: Mapping[str, Any],
        network: Callable[[City], Network],
        *,
        check: bool,
        diff: bool,
        screen: Screen,
    ) -> None:
        self.city = city
        self._network = network
        self.options = options
        self.language: Language = options["language"]
        self.check = check
        self.diff = diff
        self.screen = screen
        self.kms = KmsHosts.of(city, options["kms_hosts"])
        self._zone = ZoneInfo(city.settings.timezone if city is not None else options["timezone"])
        self._folder = Path(options["folder"])
        self.journal = Journal(self._folder, self._now().date(), RUN)

    def prove(self, terminals: list[Terminal]) -> str:
        """Whether the ways to licences are open, as lines; says so where that was not proved.

        Raises:
            AnsibleActionFail: one is not open, or not proved to be.
        """
        if not self.options["prove"]:
            return text("licensing.way.left_out", self.language)
        if self.city is None:
            return text("licensing.way.no_city", self.language, group=self.options["group"])
        ways = Ways(self.city, self.kms, partial(self._network, self.city)).of(terminals)
        shown = ways if len(ways) <= _FEW_WAYS else [way for way in ways if way.verdict != "open"]
        lines = [line for way in shown for line in way.lines(self.language)]
        if stopping := sum(way.stops for way in ways):
            said = text("licensing.way.refused", self.language, count=stopping)
            raise AnsibleActionFail(said, result={"report": "\n".join([said, *lines]), "language": self.language})
        return "\n".join([self._counted(ways), *(f"  {line}" for line in lines)])

    def _counted(self, ways: list[Way]) -> str:
        verdicts = [way.verdict for way in ways]
        counts = {verdict: verdicts.count(verdict) for verdict in ("open", "closed", "unproved")}
        network = text(f"licensing.way.network.{self.options['network']}", self.language)
        return text("licensing.way.title", self.language, network=network, **counts)

    def run(self, terminals: list[Terminal]) -> dict[str, Any]:
        """Outcomes of the terminals as plain data, and the names of those that have something to say."""
        todo = self._resumed(terminals)
        by_name = {one.hostname: one for one in todo}
        sites = {one.hostname: self._site(one.site) for one in todo}
        title = text("progress.licences", self.language)
        progress = Progress(title, sites.values(), self.screen, self.language, self._status)

        def report(outcome: Outcome) -> None:
            self.journal.add(record(outcome, by_name[outcome.hostname], self._now()))
            progress.add(sites[outcome.hostname], str(outcome.status))

        limits = Limits(self.options["workers"], self.options["per_lane"], self.options["rounds"])
        parent = os.getppid()  # a worker outlives an ansible-playbook that is killed, and must not work on unseen
        Fleet(limits, check=self.check, report=report, stopped=lambda: os.getppid() != parent).run(todo)
        self.journal.close()
        return self._result([one.hostname for one in terminals])

    def _resumed(self, terminals: list[Terminal]) -> list[Terminal]:
        """The terminals without those that an earlier run of today left as wanted; these are carried over."""
        if not self.options["resume"]:
            return terminals
        licensed = self.journal.licensed()
        left = []
        for one in terminals:
            earlier = licensed.get(one.hostname)
            if earlier is not None and earlier["wanted"] == one.digest:
                self.journal.add({**earlier, "run": RUN, "status": "in_sync", "carried": True})
            else:
                left.append(one)
        if carried := len(terminals) - len(left):
            self.screen.line(text("licensing.run.resumed", self.language, count=carried))
        return left

    def _result(self, batch: list[str]) -> dict[str, Any]:
        """Hosts of this batch; files and table tell of the whole run so far."""
        by_host = {one["host"]: one for one in self.journal.of_run()}
        records = sorted(by_host.values(), key=lambda one: (one["site"], one["host"]))
        files = [*write_licences(records, self._folder, RUN, self.language), self.journal.file]
        lines = table(records, self.language)
        lines.append(text("licensing.report.written", self.language, files=", ".join(map(near, files))))
        hosts = {host: packed(self._entry(by_host[host])) for host in batch}
        return {
            "hosts": hosts,
            "news": [host for host, entry in hosts.items() if self._is_news(entry)],
            "check": self.check,
            "table": "\n".join(lines),
        }

    def _is_news(self, entry: Mapping[str, Any]) -> bool:
        """Whether a host needs a result of its own; those that went well are counted with the batch."""
        quiet = {"in_sync"} if self.diff else {"in_sync", "changed"}
        if not self.options["fail_on_pending"] and not self.diff:
            quiet.add("drift")
        return entry["status"] not in quiet

    def _entry(self, one: Record) -> dict[str, Any]:
        """A record as :mod:`sanso_result` takes it."""
        return {
            "host": one["host"],
            "site": one["site"],
            "status": STATUSES.get(one["status"], one["status"]),
            "message": message(one, self.language),
            "differences": [{"text": line} for line in difference_lines(one, self.language)],
            "commands": [],
            "findings": [],
            "error": None,
        }

    def _site(self, site: str) -> str:
        """Name of a site, where the city knows it."""
        known = self.city.sites.get(site) if self.city is not None else None
        if known is None:
            return site or say("no_site", self.language)
        return known.name_ja if self.language == "ja" else known.name

    def _status(self, status: str) -> str:
        return text(f"licensing.status.{status}", self.language)

    def _now(self) -> datetime:
        return datetime.now(self._zone)
