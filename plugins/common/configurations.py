"""Configurations to prove: as rendered, as the devices hold them, or from a folder of backups."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sanso.city import City
from sanso.devices import DeviceError, read_fleet
from sanso.messages import Finding
from sanso.network.snapshot import Line, Snapshot
from sanso.platforms import read_snapshot
from sanso.proof.findings import error
from sanso.render import intend_city, intended_snapshots
from sanso_plugins.common.hostvars import HostVariables, near
from sanso_plugins.common.targets import Targets


@dataclass
class Read:
    """Snapshots by host, and what could not be read."""

    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class Configurations:
    """Reads the configurations of a city's devices; those out of play are taken as rendered."""

    def __init__(self, city: City, variables: HostVariables, options: dict[str, Any]) -> None:
        self.city = city
        self.variables = variables
        self.options = options

    def read(self, hosts: list[str]) -> Read:
        """Snapshots of every device of the city."""
        found = Read()
        own = {"running": self._running, "folder": self._folder}.get(self.options["source"])
        if own is not None:
            own(hosts, found)
        missing = {finding.args["device"] for finding in found.findings}
        wanted = [name for name in self.city.devices if name not in found.snapshots and name not in missing]
        intents = intend_city(self.city) if wanted else {}
        found.snapshots.update(intended_snapshots({host: intents[host] for host in wanted}))
        return found

    def _running(self, hosts: list[str], found: Read) -> None:
        targets = Targets(self.city, self.variables, self.options["timeout"])
        answers = read_fleet([targets.of(host) for host in hosts], self.options["workers"])
        for host, answer in answers.items():
            if isinstance(answer, DeviceError):
                found.findings.append(_not_read(host, answer.detail))
            else:
                self._add(found, host, answer, f"{host} (running)")

    def _folder(self, hosts: list[str], found: Read) -> None:
        folder = Path(self.options["folder"])
        for host in hosts:
            file = folder / f"{host}.cfg"
            try:
                self._add(found, host, file.read_text(encoding="utf-8", errors="replace"), near(file))
            except OSError as fault:
                found.findings.append(_not_read(host, f"{near(file)}: {fault.strerror}"))

    def _add(self, found: Read, host: str, configuration: str, file: str) -> None:
        found.snapshots[host] = read_snapshot(configuration, file, self.city.devices[host].platform)


def _not_read(host: str, detail: str) -> Finding:
    return error("PROOF-03", Line(host, 0, detail), {"device": host, "detail": detail})
