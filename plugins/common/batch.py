"""One batch of devices: from the city and Ansible's connection variables to outcomes per host."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sanso.city import City
from sanso.city.windows import sites_of_host
from sanso.devices import Gate, Job, Known, Options, run_fleet
from sanso.messages import Language
from sanso.proof.verdict import Verdict
from sanso.render import intend_city, intended_snapshots
from sanso.report import Separation, change_text, record
from sanso.report.stages import stages_text
from sanso_plugins.common.hostvars import HostVariables
from sanso_plugins.common.pace import pacing
from sanso_plugins.common.records import reported
from sanso_plugins.common.rollout import Occasion, Rollout
from sanso_plugins.common.screen import watching
from sanso_plugins.common.targets import Targets
from sanso_plugins.common.waves import Waves
from sanso_plugins.common.windows import Windows


class Batch:
    """Runs the jobs of hosts in play."""

    def __init__(
        self, city: City, variables: HostVariables, options: dict[str, Any], *, check: bool, diff: bool
    ) -> None:
        self.city = city
        self.variables = variables
        self.language: Language = options["language"]
        self.windows = Windows(city, options, check=check)
        self.workers: int = options["workers"]
        self.diff = diff
        self.options = Options(check, options["timer"], options["removal_limit"], options["removal_floor"])
        self.intents = intend_city(city)
        self._waves = Waves(city)
        earlier = self._waves.known()
        self.proved = earlier is not None
        """Whether an earlier wave of the run has proved the intent."""
        self.gate = Gate(city, self._known(earlier or Known()))
        self._targets = Targets(city, variables, options["timeout"])
        self._given = options

    def prove(self) -> Verdict:
        """The proof over what the inventory intends for the whole city; no device is contacted."""
        return self.gate.verdict()

    def _known(self, earlier: Known) -> Known:
        """What is known of all devices, from what earlier waves read."""
        unread = {host: one for host, one in self.intents.items() if host not in earlier.read}
        known = intended_snapshots(unread) | earlier.snapshots
        return replace(earlier, snapshots={host: known[host] for host in self.intents})

    def run(self, hosts: list[str], *, last: bool) -> dict[str, Any]:
        """Outcomes of the hosts as plain data, and the names of those that are not simply in sync.

        Args:
            hosts: in play; those of one wave, where a run works in waves.
            last: whether no other wave follows.
        """
        sites = {host: sites_of_host(self.city, host) for host in hosts}
        records = self.windows.records(sites)
        targets = {host: self._targets.of(host) for host in hosts if host not in records}
        told = {"window_override": self.windows.override}
        occasion = Occasion.of("switches", self._given, self.city, check=self.options.check, **told)
        with Rollout(occasion, {host: sites[host] for host in targets}, targets.values()) as rollout:
            records |= rollout.locked
            jobs = [Job(targets[host], self.intents[host]) for host in targets if host not in records]
            todo, watch = rollout.prepared(jobs), watching(self.city, self.language)
            with pacing(self.city, self.windows, rollout, sites, self.options.timer) as pace:
                outcomes = run_fleet(todo, self.options, self.gate, self.workers, rollout.observer, watch, pace)
            separation = Separation(
                self.gate.verdict(), self.gate.read, self.gate.transition, frozenset(hosts), frozenset(self.gate.told)
            )
            rollout.end(outcomes, separation)
        crossings = separation.of_hosts()
        if self.city.controllers or not self.gate.read >= self.city.devices.keys():
            self._waves.keep(self.gate.handed(separation.faults()))
        for one in outcomes:
            records[one.hostname] = record(one, self.options, self.language, crossings.get(one.hostname, ()))
        frame = self.gate.frame() if last else None
        return {
            **reported(hosts, records, separation, frame, self.city, self.language),
            "check": self.options.check,
            "window_override": self.windows.override,
            **rollout.result,
            "change": change_text(self.gate.difference(), self.language) if self.diff else "",
            "stages": stages_text(self.city, outcomes, self.language) if self.diff else "",
        }
