"""One batch of devices that a run works on: their sites locked, all that happens in the journal."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from ansible.errors import AnsibleActionFail

from sanso.city import City
from sanso.devices import Job, Outcome, Target
from sanso.devices.errors import Fault
from sanso.devices.observer import NOBODY, Observer
from sanso.journal import (
    HeldError,
    Holder,
    Journal,
    JournalError,
    Recorder,
    Run,
    Taken,
    Work,
    holders,
    pending_work,
    read_runs,
    take,
)
from sanso.messages import LANGUAGES, Language, text
from sanso.report import Separation
from sanso.rules.words import some
from sanso_plugins.common.records import refused
from sanso_plugins.common.run import LIFE, RUN, operator, played
from sanso_plugins.common.said import names_of

FORMAT = 1
"""Version of what an entry holds."""


@dataclass(frozen=True)
class Occasion:
    """Why and how a batch is worked on; ``about`` is told in the journal with it."""

    part: str
    check: bool
    journal: Path
    language: Language
    break_lock: str = ""
    """Reason for taking locks from others; empty leaves them alone."""
    about: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, part: str, options: Mapping[str, Any], city: City, *, check: bool, **about: Any) -> Occasion:
        """From the options of a task, at a city."""
        told: dict[str, Any] = {name: options[name].strip() for name in ("approver", "ticket")}
        told |= {name: options[name] for name in ("timer", "removal_limit") if name in options}
        told["city"] = {lang: names_of(city, lang) for lang in LANGUAGES}
        return cls(
            part, check, Path(options["journal"]), options["language"], options["break_lock"].strip(), told | about
        )


class Rollout:
    """Locks sites until the run ends, and keeps the journal while the block lasts; in check mode only reads it.

    Args:
        occasion: why and how.
        sites: of each host in play, all at which something may change.
        targets: how devices are reached; their secrets stay out of the journal.
    """

    def __init__(self, occasion: Occasion, sites: Mapping[str, Collection[str]], targets: Iterable[Target]) -> None:
        self.occasion = occasion
        self.journal = Journal(occasion.journal)
        self.locked: dict[str, dict[str, Any]] = {}
        """A record of each host at whose sites somebody else works."""
        self.warnings: list[str] = []
        self.observer: Observer = NOBODY
        self._sites = sites
        self._targets = targets
        self._locks: dict[str, Taken] = {}
        self.runs: dict[str, Run] = {}
        """Earlier runs, and what this one has done before, by their names."""
        self._pending: dict[str, tuple[Run, Work]] = {}
        self._ended: dict[str, Any] = {}
        self._parent = os.getppid()

    def __enter__(self) -> Rollout:
        self.begin()
        return self

    def begin(self) -> None:
        """Lock the sites, and say in the journal who works there and why.

        Raises:
            AnsibleActionFail: the journal cannot be written.
        """
        if self.occasion.check:
            busy = {site for site, _ in holders(self.journal.folder)}
            self._read(busy)
            return
        try:
            self.journal.open()
            self._lock_sites()
            self._read()
            marks = self.journal.marks(secrets_of(self._targets))
            recorder = Recorder(self.journal, RUN, marks, self._unfit)
            recorder.tell(self._begun())
        except (JournalError, OSError) as error:
            raise self._unusable(error) from error
        self.observer = recorder

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self.observer, Recorder):
            why = {"error": f"{kind.__name__}: {error}"} if kind else {}
            try:
                self.observer.tell({"event": "ended", "part": self.occasion.part, **self._ended, **why})
            except OSError as unwritten:
                error = error or unwritten
            finally:
                self.journal.close()
        if isinstance(error, OSError):
            raise self._unusable(error) from error

    def prepared(self, jobs: Iterable[Job]) -> list[Job]:
        """The jobs, those first whose devices an earlier run left in the middle; people are told of them."""
        todo = list(jobs)
        left = self.left(job.target.hostname for job in todo)
        pending = ((job, left.get(job.target.hostname)) for job in todo)
        marked = (replace(job, pending=work.mark) if work else job for job, work in pending)
        return sorted(marked, key=lambda job: job.pending is None)

    def left(self, hosts: Iterable[str]) -> dict[str, Work]:
        """Those of the hosts that an earlier run left in the middle; people are told of them."""
        found = {host: self._pending[host] for host in hosts if host in self._pending}
        for name in dict.fromkeys(run.id for run, _ in found.values()):
            mine = [f"{work.host} ({work.stage})" for run, work in found.values() if run.id == name]
            self.warnings.append(self._told(self.runs[name], mine))
        return {host: work for host, (_, work) in found.items()}

    def end(self, outcomes: Iterable[Outcome], separation: Separation) -> None:
        """Keep how it ended for the journal."""
        statuses = [str(one.status) for one in outcomes]
        self._ended = {
            "statuses": {status: statuses.count(status) for status in sorted(set(statuses))},
            "locked": sorted(self.locked),
            "proof": {"holds": separation.verdict.holds, **{lang: separation.summary(lang) for lang in LANGUAGES}},
        }
        if isinstance(self.observer, Recorder) and self.observer.trouble:
            self.warnings.append(text("journal.trouble", self.occasion.language, where=self.observer.trouble))

    @property
    def result(self) -> dict[str, Any]:
        """What a task returns of it: warnings, and outside check mode the run and what to verify it by."""
        kept = {"run": RUN, "journal": self.journal.head, "journal_folder": str(self.journal.folder)}
        told = {} if self.occasion.check else kept
        return {**told, "warnings": self.warnings}

    def _unusable(self, error: Exception) -> AnsibleActionFail:
        return AnsibleActionFail(text("journal.unusable", self.occasion.language, where=str(error)))

    def _told(self, run: Run, hosts: list[str]) -> str:
        about = {"run": run.id, "operator": run.first.get("operator", "?"), "since": run.first["at"]}
        return text("journal.left", self.occasion.language, **about, hosts=some(hosts), count=len(hosts))

    def _lock_sites(self) -> None:
        """Lock the sites of all hosts; hosts at a site of somebody else are refused, and no other site with them."""
        LIFE.note(self.journal.folder)
        me = Holder(RUN, operator(), socket.gethostname(), self._parent, _now(), str(LIFE.file))
        for site in sorted({site for sites in self._sites.values() for site in sites}):
            try:
                breaking = bool(self.occasion.break_lock)
                self._locks[site] = take(self.journal.folder, site, me, breaking=breaking)
            except HeldError as held:
                self._refuse(held)

    def _refuse(self, held: HeldError) -> None:
        lang = self.occasion.language
        about = {**asdict(held.holder), "site": held.site, "machine": held.holder.host}
        for host, sites in self._sites.items():
            if held.site in sites and host not in self.locked:
                why = {one: text("journal.locked", one, **{**about, "host": host}) for one in LANGUAGES}
                self.locked[host] = refused(host, held.site, why, lang)

    def _unfit(self, host: str) -> Fault | None:
        """Why no device may be started on: a worker outlives an ansible-playbook that is killed; locks are broken."""
        if os.getppid() != self._parent:
            return "orphan"
        sites = self._sites.get(host, self._locks)  # a controller is reached from many
        return None if all(self._locks[site].held for site in sites if site in self._locks) else "lock"

    def _read(self, busy: Collection[str] = ()) -> None:
        """Find what earlier runs left in the middle; what another run works on now is not left."""
        self.runs = read_runs(self.journal.entries())
        left = pending_work(self.runs)
        self._pending = {host: pair for host, pair in left.items() if pair[1].site not in busy}
        if fault := self.journal.fault:
            where = f"{self.journal.file}:{fault.line}"
            self.warnings.append(text("journal.broken", self.occasion.language, where=where))

    def _begun(self) -> dict[str, Any]:
        taken = self._locks.values()
        return {
            "event": "begun",
            "format": FORMAT,
            "part": self.occasion.part,
            "operator": operator(),
            "pid": os.getpid(),
            **played(),
            **self.occasion.about,
            "hosts": [host for host in self._sites if host not in self.locked],
            "sites": list(self._locks),
            "city": {lang: self._names(lang) for lang in LANGUAGES},
            "crashed": [{"site": one.site, **asdict(one.stale)} for one in taken if one.stale],
            "broken": [{"site": one.site, **asdict(one.broken)} for one in taken if one.broken],
            "break_lock": self.occasion.break_lock,
        }

    def _names(self, lang: Language) -> dict[str, Any]:
        """What the city is called, and those of its sites that are worked at."""
        city = self.occasion.about["city"][lang]
        return {**city, "sites": {site: city["sites"][site] for site in self._locks}}


def secrets_of(targets: Iterable[Target]) -> list[str]:
    """Secrets that are known of devices."""
    return [one for target in targets for one in (target.password, target.secret, *target.secrets.values())]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
