"""Controllers of the access points in play: from the city and Ansible's variables to outcomes per host."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sanso.change.wireless.states import both_ways, of_points
from sanso.city import City
from sanso.city.wireless import AccessPoint
from sanso.devices import Job, Known, Options, run_fleet
from sanso.devices.air_gate import AirGate
from sanso.devices.job import Outcome
from sanso.messages import Language, text
from sanso.proof.verdict import Verdict
from sanso.render import WirelessIntent, intend_city, intend_controllers, intended_snapshots
from sanso.report import Separation, record
from sanso.report.record import difference_text
from sanso.report.wireless import by_access_point, commands_text
from sanso_plugins.common.hostvars import HostVariables
from sanso_plugins.common.records import packed, packed_proof
from sanso_plugins.common.screen import watching
from sanso_plugins.common.targets import Targets
from sanso_plugins.common.waves import Waves
from sanso_plugins.common.windows import closed_records


class WirelessBatch:
    """Works on the controllers of a batch of hosts: of those that are in play themselves, and of access points."""

    def __init__(
        self, city: City, variables: HostVariables, options: dict[str, Any], *, check: bool, diff: bool
    ) -> None:
        self.city = city
        self.language: Language = options["language"]
        self.override: str = options["window_override"].strip()
        self.workers: int = options["workers"]
        self.diff = diff
        self.options = Options(check, options["timer"], options["removal_limit"], options["removal_floor"])
        self.intents = intend_controllers(city)
        self._intended = intended_snapshots(intend_city(city))
        self._switches = Waves(city).known() or Known()
        """What an earlier play of the run read at switches."""
        self.gate = AirGate(city, self._intended | self._switches.snapshots)
        self._targets = Targets(city, variables, options["timeout"])

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
        sites = {host: site for host in hosts if (site := self._site(host))}
        records = {} if self.options.check or self.override else self._closed(sites)
        play = [host for host in sites if host not in records]
        jobs = [Job(self._targets.of(name), intent) for name, intent in self._wanted(play).items()]
        outcomes = run_fleet(jobs, self.options, self.gate, self.workers, watching(self.city, self.language))
        separation = Separation(
            self.gate.verdict(),
            self._switches.read | self.gate.read,
            hosts=frozenset(self.gate.read),
            told=frozenset(self._switches.told),
        )
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
            "warnings": warnings,
            "hosts": {host: packed(records[host]) for host in sites},
            "news": [host for host in sites if records[host]["status"] != "in_sync"],
            "check": self.options.check,
            "window_override": self.override,
            "separation": "\n".join(separation.lines(self.language)),
            "change": commands_text(aside, self.language) if self.diff else "",
            "proof": packed_proof(separation, self.language, self.gate.frame(), self.city),
        }

    def _left(self, outcome: Outcome) -> str:
        """What differs on a controller and is not for this run to change, in words; empty where it is nothing."""
        found = self.gate.assess(self.intents[outcome.hostname])
        count = len(found.differences) - len(outcome.differences) if found is not None else 0
        return text("wireless.aside", self.language, host=outcome.hostname, count=count) if count > 0 else ""

    def _closed(self, sites: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Records of hosts that may not be worked on now; a controller is at all sites of its access points."""
        found = closed_records(self.city, sites, self.language)
        for controller, site in {(one.controller, one.site): None for one in self.city.access_points.values()}:
            if controller in sites and controller not in found:
                found |= closed_records(self.city, {controller: site}, self.language)
        return found

    def _site(self, host: str) -> str:
        """Site of a controller, or of an access point that a controller configures; empty for anything else."""
        if host in self.city.controllers:
            return self.city.controllers[host].site
        point = self.city.access_points.get(host)
        return point.site if point is not None and point.controller else ""

    def _points(self, play: Iterable[str], controller: str) -> list[AccessPoint]:
        """Access points in play that a controller configures."""
        points = (self.city.access_points[host] for host in play if host in self.city.access_points)
        return [one for one in points if one.controller == controller]

    def _wanted(self, play: list[str]) -> dict[str, WirelessIntent]:
        """What is wanted of each controller; where it is not in play itself, of its access points in play alone."""
        found: dict[str, WirelessIntent] = {}
        for name, intent in self.intents.items():
            if name in play:
                found[name] = intent
            elif points := self._points(play, name):
                found[name] = replace(intent, points=frozenset(one.mac for one in points))
        return found
