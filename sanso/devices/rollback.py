"""What the work on devices asks where it puts them back: more than where it brings them to the inventory.

The inventory is proved before a run; what devices held at some time is not, so its end is proved here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from sanso.devices.admission import Admission
from sanso.messages import Finding, Severity
from sanso.network.snapshot import Line
from sanso.proof.findings import ChainFinding, error
from sanso.proof.verdict import UNPROVED
from sanso.proof.worse import fault


class Gate(Admission, Protocol):
    """An admission that can say what will be found once all is done."""

    def end(self) -> list[Finding]:
        """What is found of the network when every change is made that was planned last and not refused."""


class RollbackGate:
    """Lets devices be put back that hold what a run left, to where the layers are apart.

    Args:
        gate: keeps the layers apart on the way, and after each change.
        run: name of the run that is put back.
        as_left: whether a device still holds what the run left on it.
    """

    def __init__(self, gate: Gate, run: str, as_left: Callable[[str, str], bool]) -> None:
        self.gate = gate
        self.run = run
        self._as_left = as_left
        self._moved: set[str] = set()

    def note(self, host: str, text: str) -> None:
        """Take in what a device holds."""
        self.gate.note(host, text)
        if not self._as_left(host, text):
            self._moved.add(host)

    def admit(self, host: str, text: str) -> None:
        """Let a change pass that left nothing but what was planned.

        Raises:
            DeviceError: it left something else.
        """
        self.gate.admit(host, text)

    def plan(self, commands: Mapping[str, Sequence[str]]) -> dict[str, list[Finding]]:
        """Why a device may not be put back; the others may be, each of them alone or all."""
        if not commands:
            return {}
        refused = {host: [self._finding("BACK-01", host)] for host in commands if host in self._moved}
        known = {fault(one) for one in self.gate.end()}
        while rest := {host: lines for host, lines in commands.items() if host not in refused}:
            refused |= self.gate.plan(rest)
            rest = {host: lines for host, lines in rest.items() if host not in refused}
            crossing = self._crossing(rest, [one for one in self.gate.end() if _crosses(one)], known)
            if not crossing:
                break
            refused |= {host: [self._finding("BACK-02", host), *found] for host, found in crossing.items()}
        return refused

    def _crossing(
        self, hosts: Iterable[str], findings: Iterable[Finding], known: set[object]
    ) -> dict[str, list[Finding]]:
        """What crosses at the end, by the devices that have a part in it; of all, where it is new and names none."""
        found: dict[str, list[Finding]] = {}
        for one in findings:
            parts = _devices(one).intersection(hosts)
            for host in parts or (() if fault(one) in known else hosts):
                found.setdefault(host, []).append(one)
        return found

    def _finding(self, rule: str, host: str) -> Finding:
        return error(rule, Line(host, 0, ""), {"device": host, "run": self.run})


def _crosses(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.rule not in UNPROVED


def _devices(finding: Finding) -> set[str]:
    """The devices on the way of what crosses, and that of the line at fault."""
    place = {finding.location.file.partition(" (")[0]} if finding.location else set()
    return place | ({step.device for step in finding.chain} if isinstance(finding, ChainFinding) else set())
