"""Configurations to prove: as rendered, as the devices hold them, or from a folder of backups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sanso.city import City
from sanso.city.inventory import InventoryError
from sanso.devices import DeviceError, ask_fleet
from sanso.devices.session import Session
from sanso.messages import Finding
from sanso.network.snapshot import Line, Snapshot
from sanso.platforms import read_snapshot
from sanso.platforms.neighbours import neighbour_tables
from sanso.proof.edges import ReadEdge
from sanso.proof.edges_file import EDGES, read_edges
from sanso.proof.findings import error
from sanso.proof.folder import cut_off
from sanso.proof.heard import Said, beside, hear
from sanso.render import intend_city, intended_snapshots
from sanso_plugins.common.hostvars import HostVariables, near
from sanso_plugins.common.targets import Targets


@dataclass
class Read:
    """Snapshots by host, and what could not be read."""

    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    edges: list[ReadEdge] = field(default_factory=list)
    """Hosts as access points, controllers and hypervisors have them."""


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
        missing = {finding.args["device"] for finding in found.findings if finding.rule == "PROOF-03"}
        wanted = [name for name in self.city.devices if name not in found.snapshots and name not in missing]
        intents = intend_city(self.city) if wanted else {}
        found.snapshots.update(intended_snapshots({host: intents[host] for host in wanted}))
        self._edges(found)
        return found

    def _edges(self, found: Read) -> None:
        """The file of edges that is named, else the one beside the backups."""
        named = self.options.get("edges")
        file = Path(named or Path(self.options.get("folder") or ".") / EDGES)
        if named or (self.options["source"] == "folder" and file.exists()):
            try:
                found.edges = read_edges(Path(near(file)), self.city)
            except InventoryError as error:
                found.findings += error.findings

    def _running(self, hosts: list[str], found: Read) -> None:
        targets = Targets(self.city, self.variables, self.options["timeout"])
        answers = ask_fleet([targets.of(host) for host in hosts], self._ask, self.options["workers"])
        for host, answer in answers.items():
            if isinstance(answer, DeviceError):
                found.findings.append(_not_read(host, answer.detail))
            else:
                text, said = answer
                self._add(found, host, text, f"{host} (running)", said)

    def _ask(self, session: Session) -> tuple[str, dict[str, Said]]:
        """The configuration, and where it is asked for what the neighbours told, in one login."""
        configuration = session.read()
        host, platform = session.target.hostname, session.target.platform
        tables = neighbour_tables(platform) if self.options.get("neighbours") else {}
        answers = session.ask([table.command for table in tables.values()])
        files = (f"{host} ({table.command})" for table in tables.values())
        return configuration, dict(zip(tables, map(Said, files, answers), strict=True))

    def _folder(self, hosts: list[str], found: Read) -> None:
        folder = Path(self.options["folder"])
        for host in hosts:
            file = folder / f"{host}.cfg"
            try:
                text = file.read_text(encoding="utf-8", errors="replace")
                said = {protocol: one._replace(file=near(one.file)) for protocol, one in beside(folder, host).items()}
                self._add(found, host, text, near(file), said)
            except OSError as fault:
                found.findings.append(_not_read(host, f"{near(file)}: {fault.strerror}"))

    def _add(self, found: Read, host: str, configuration: str, file: str, said: Mapping[str, Said]) -> None:
        snapshot = read_snapshot(configuration, file, self.city.devices[host].platform)
        found.snapshots[host], findings = hear(snapshot, host, said)
        found.findings += [*cut_off(configuration, snapshot), *findings]


def _not_read(host: str, detail: str) -> Finding:
    return error("PROOF-03", Line(host, 0, detail), {"device": host, "detail": detail})
