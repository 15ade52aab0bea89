"""Devices that are put back to what the journal holds from before a run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail

from sanso.city import City
from sanso.city.windows import sites_of_host
from sanso.devices import Gate, Job, Known, Options, Outcome, Pace, Target, run_fleet
from sanso.devices.air_gate import AirGate
from sanso.devices.rollback import RollbackGate
from sanso.journal import Journal, JournalError, Restoration, read_runs
from sanso.messages import LANGUAGES, Language, text
from sanso.platforms import ParseError
from sanso.proof.frame import Frame
from sanso.render import Intent, WirelessIntent, intend_city, intend_controllers, intended_snapshots
from sanso.report import Separation, change_text, record
from sanso.report.stages import stages_text
from sanso.rules.words import some
from sanso_plugins.common.hostvars import HostVariables
from sanso_plugins.common.pace import pacing
from sanso_plugins.common.records import refused, reported
from sanso_plugins.common.rollout import Occasion, Rollout, secrets_of
from sanso_plugins.common.screen import watching
from sanso_plugins.common.targets import Targets
from sanso_plugins.common.windows import Windows

Intents = Mapping[str, Intent | WirelessIntent]


class Rollback:
    """Puts back what a run changed on the hosts in play."""

    def __init__(
        self, city: City, variables: HostVariables, options: dict[str, Any], *, check: bool, diff: bool
    ) -> None:
        self.city = city
        self.language: Language = options["language"]
        self.options = Options(check, options["timer"], removal_limit=1.0)  # what is removed was there before the run
        self._run: str = options["run"]
        self._over: bool = options["over"]
        self._windows = Windows(city, options, check=check)
        self._workers: int = options["workers"]
        self._diff = diff
        self._journal = Journal(Path(options["journal"]))
        self._targets = Targets(city, variables, options["timeout"])
        self._given = options
        switches = intend_city(city)
        self._intents: Intents = {**switches, **intend_controllers(city)}
        self.gate = Gate(city, Known(intended_snapshots(switches)))

    def run(self, play: Collection[str]) -> dict[str, Any]:
        """Outcomes of the hosts that the run changed, as plain data, and the names of those with something to say.

        Raises:
            AnsibleActionFail: there is no such run, or it changed nothing on the hosts in play.
        """
        targets = {host: self._targets.of(host) for host in play if host in self._intents}
        restoration = self._restoration(targets)
        beyond = [self._beyond(restoration)] if restoration.beyond else []
        targets = {host: target for host, target in targets.items() if host in restoration.works}
        if not targets:
            about = {"run": self._run, "hosts": some(list(restoration.works)) or "-"}
            raise AnsibleActionFail(beyond[0] if beyond else text("journal.nothing", self.language, **about))
        sites = {host: sites_of_host(self.city, host) for host in targets}
        records = self._windows.records(sites)
        jobs = self._jobs(restoration, {host: one for host, one in targets.items() if host not in records}, records)
        sites = {host: sites[host] for host in targets if host not in records}
        told = {"window_override": self._windows.override, "back": self._run}
        occasion = Occasion.of("rollback", self._given, self.city, check=self.options.check, **told)
        with Rollout(occasion, sites, targets.values()) as rollout:
            records |= rollout.locked
            todo = rollout.prepared(job for job in jobs if job.target.hostname not in records)
            with pacing(self.city, self._windows, rollout, sites, self.options.timer) as pace:
                outcomes, separation, frame = self._work(todo, restoration, rollout, pace)
            rollout.end(outcomes, separation)
        crossings = separation.of_hosts()
        switches = [one for one in outcomes if one.hostname in self.city.devices]  # controllers come after them
        for one in outcomes:
            records[one.hostname] = record(one, self.options, self.language, crossings.get(one.hostname, ()))
        return {
            **rollout.result,
            "warnings": [*rollout.warnings, *beyond],
            **reported(targets, records, separation, frame, self.city, self.language),
            "check": self.options.check,
            "window_override": self._windows.override,
            "change": change_text(self.gate.difference(), self.language) if self._diff else "",
            "stages": stages_text(self.city, switches, self.language) if self._diff else "",
        }

    def _beyond(self, restoration: Restoration) -> str:
        return text("journal.not_back", self.language, run=self._run, hosts=some(restoration.beyond))

    def _restoration(self, targets: Mapping[str, Target]) -> Restoration:
        folder = self._journal.folder
        if not self._journal.file.exists():
            raise AnsibleActionFail(text("journal.none", self.language, folder=folder))
        runs = read_runs(self._journal.entries())
        if self._run not in runs:
            raise AnsibleActionFail(text("journal.no_run", self.language, folder=folder, run=self._run))
        return Restoration(self._journal, runs[self._run], self._journal.marks(secrets_of(targets.values())))

    def _jobs(
        self, restoration: Restoration, targets: Mapping[str, Target], records: dict[str, dict[str, Any]]
    ) -> list[Job]:
        jobs = []
        for host, target in targets.items():
            try:
                jobs.append(Job(target, restoration.intent(self._intents[host])))
            except (JournalError, ParseError) as error:
                why = {one: text("run.fault.parse", one, host=host, detail=error) for one in LANGUAGES}
                records[host] = refused(host, self._intents[host].site, why, self.language)
        return jobs

    def _work(
        self, jobs: list[Job], restoration: Restoration, rollout: Rollout, pace: Pace
    ) -> tuple[list[Outcome], Separation, Frame]:
        """Switches first, then the controllers, beside what the switches then hold."""

        def fleet(gate: Gate | AirGate, jobs: list[Job]) -> list[Outcome]:
            back = RollbackGate(gate, self._run, lambda host, held: self._over or restoration.as_left(host, held))
            watch = watching(self.city, self.language)
            return run_fleet(jobs, self.options, back, self._workers, rollout.observer, watch, pace)

        outcomes = fleet(self.gate, [job for job in jobs if isinstance(job.intent, Intent)])
        air = AirGate(self.city, self.gate.known)
        outcomes += fleet(air, [job for job in jobs if isinstance(job.intent, WirelessIntent)])
        read = self.gate.read | air.read
        return outcomes, Separation(air.verdict(), read, self.gate.transition, frozenset(read)), air.frame()
