"""Controllers of the access points in play: from the city and Ansible's variables to outcomes per host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sanso.change.wireless.states import both_ways, of_points
from sanso.city import City
from sanso.city.windows import sites_of_host
from sanso.city.wireless import AccessPoint
from sanso.devices import Job, Known, Options, run_fleet
from sanso.devices.air_gate import AirGate
from sanso.devices.job import Outcome
from sanso.messages import Language, text
from sanso.proof.verdict import Verdict
from sanso.render import WirelessIntent, intend_city, intend_controllers, intended_snapshots
from sanso.report import Separation, record
from sanso.report.record import difference_text
from sanso.report.stages import stages_text
from sanso.report.wireless import by_access_point, commands_text
from sanso_plugins.common.hostvars import HostVariables
from sanso_plugins.common.pace import pacing
from sanso_plugins.common.records import reported
from sanso_plugins.common.rollout import Occasion, Rollout
from sanso_plugins.common.screen import watching
from sanso_plugins.common.targets import Targets
from sanso_plugins.common.waves import Waves
from sanso_plugins.common.windows import Windows


class WirelessBatch:
    """Works on the controllers of a batch of hosts: of those that are in play themselves, and of access points."""

    def __init__(
        self, city: City, variables: HostVariables, options: dict[str, Any], *, check: bool, diff: bool
    ) -> None:
        self.city = city
        self.language: Language = options["language"]
        self.windows = Windows(city, options, check=check)
        self.workers: int = options["workers"]
        self.diff = diff
        self.options = Options(check, options["timer"], options["removal_limit"], options["removal_floor"])
        self.intents = intend_controllers(city)
        self._intended = intended_snapshots(intend_city(city))
        self._switches = Waves(city).known() or Known()
        """What an earlier play of the run read at switches."""
        self.gate = AirGate(city, self._intended | self._switches.snapshots)
        self._targets = Targets(city, variables, options["timeout"])
        self._given = options

    def prove(self) -> Verdict:
        """The proof over what the inventory intends, in every state of the city; nothing is contacted."""
        gate = AirGate(self.city, self._intended) if self._switches.snapshots else self.gate
        return gate.verdict()

    def write_states(self, folder: Path) -> None:
        """Write what changes with the city's state, a file for each way: commands, or words."""
        folder.mkdir(parents=True, exist_ok=True)
        words = {
            key: [difference_text(one, self.language) for one in found] for key, found in of_points(self.city).items()
        }
        for (host, state), lines in {**both_ways(self.city), **words}.items():
            (folder / f"{host}-{state}.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")

    def run(self, hosts: Iterable[str]) -> dict[str, Any]:
        """Outcomes of controllers and access points in play, and the names of those that are not simply in sync."""
        ours = [host for host in hosts if self._is_ours(host)]
        sites = {host: sites_of_host(self.city, host) for host in ours}
        records = self.windows.records(sites)
        places = {host: (*sites[host], *self._centre(host)) for host in ours if host not in records}
        targets = {name: self._targets.of(name) for name in self._wanted(list(places))}
        told = {"window_override": self.windows.override}
        occasion = Occasion.of("wireless", self._given, self.city, check=self.options.check, **told)
        with Rollout(occasion, places, targets.values()) as rollout:
            records |= rollout.locked
            play = [host for host in ours if host not in records]
            jobs = [Job(targets[name], intent) for name, intent in self._wanted(play).items()]
            todo, watch = rollout.prepared(jobs), watching(self.city, self.language)
            with pacing(self.city, self.windows, rollout, self._sites(play), self.options.timer) as pace:
                outcomes = run_fleet(todo, self.options, self.gate, self.workers, rollout.observer, watch, pace)
            separation = Separation(
                self.gate.verdict(),
                self._switches.read | self.gate.read,
                hosts=frozenset(self.gate.read),
                told=frozenset(self._switches.told),
            )
            rollout.end(outcomes, separation)
        crossings = separation.of_hosts()
        for outcome in outcomes:
            points = self._points(play, outcome.hostname)
            mine = by_access_point(outcome, points)
            if outcome.hostname in play:
                mine.append(outcome)  # which has what is wrong with any of them
            else:
                crossings |= {one.hostname: self.gate.at(outcome.hostname, one.mac) for one in points}
            for one in mine:
                found = crossings.get(one.hostname, ())
                records[one.hostname] = record(one, self.options, self.language, found)
        aside = [one for one in outcomes if one.hostname not in play]
        warnings = [said for one in aside if (said := self._left(one))]
        return {
            **rollout.result,
            "warnings": [*rollout.warnings, *warnings],
            **reported(ours, records, separation, self.gate.frame(), self.city, self.language),
            "check": self.options.check,
            "window_override": self.windows.override,
            "change": commands_text(aside, self.language) if self.diff else "",
            "stages": stages_text(self.city, outcomes, self.language) if self.diff else "",
        }

    def _left(self, outcome: Outcome) -> str:
        """What differs on a controller and is not for this run to change, in words; empty where it is nothing."""
        found = self.gate.assess(self.intents[outcome.hostname])
        count = len(found.differences) - len(outcome.differences) if found is not None else 0
        return text("wireless.aside", self.language, host=outcome.hostname, count=count) if count > 0 else ""

    def _centre(self, host: str) -> tuple[str, ...]:
        """The site of an access point's controller, which only one run at a time may work on."""
        point = self.city.access_points.get(host)
        controller = self.city.controllers.get(point.controller or "") if point is not None else None
        return (controller.site,) if controller is not None else ()

    def _is_ours(self, host: str) -> bool:
        """Whether it is a controller, or an access point that a controller configures."""
        point = self.city.access_points.get(host)
        return host in self.city.controllers or (point is not None and point.controller is not None)

    def _points(self, play: Iterable[str], controller: str) -> list[AccessPoint]:
        """Access points in play that a controller configures."""
        points = (self.city.access_points[host] for host in play if host in self.city.access_points)
        return [one for one in points if one.controller == controller]

    def _sites(self, play: list[str]) -> dict[str, tuple[str, ...]]:
        """Sites at which something may change by way of each controller: all, or those of access points in play."""
        return {
            name: sites_of_host(self.city, name)
            if name in play
            else tuple(point.site for point in self._points(play, name))
            for name in self._wanted(play)
        }

    def _wanted(self, play: list[str]) -> dict[str, WirelessIntent]:
        """What is wanted of each controller; where it is not in play itself, of its access points in play alone."""
        found: dict[str, WirelessIntent] = {}
        for name, intent in self.intents.items():
            if name in play:
                found[name] = intent
            elif points := self._points(play, name):
                found[name] = replace(intent, points=frozenset(one.mac for one in points))
        return found
