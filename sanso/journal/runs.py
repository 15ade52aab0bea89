"""What a journal tells, run by run and device by device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sanso.devices.observer import Stage
from sanso.journal.chain import Entry

IN_THE_MIDDLE = frozenset(
    {Stage.ARMING, Stage.ARMED, Stage.APPLIED, Stage.VERIFIED, Stage.CONFIRMED, Stage.NOT_UNDONE}
)
"""A device that came so far and no further is neither as it was nor as it should be, or not for good."""


@dataclass
class Work:
    """What a run found and did on a device; configurations are named by their hash."""

    host: str
    site: str
    status: str
    looked_at: str
    before: str = ""
    after: str = ""
    """As it was read last; empty where the device was only looked at."""
    differences: list[dict[str, Any]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    error: dict[str, Any] | None = None
    left: dict[str, str] = field(default_factory=dict)
    """Language → why it was not begun."""
    removal: list[int] | None = None
    """Of how much in scope the change would remove how much: both counts, the smaller first."""
    stages: list[tuple[str, Stage]] = field(default_factory=list)
    """When, and what was reached."""
    checks: dict[str, list[str]] = field(default_factory=dict)
    """Who answered after the change, by kind: neighbours and gateways."""
    mark: str = ""
    """By what another login takes the change over."""

    @property
    def stage(self) -> Stage | None:
        """How far the change came; None where nothing was sent."""
        return self.stages[-1][1] if self.stages else None

    @property
    def in_the_middle(self) -> bool:
        """Whether the device may have to be cleared."""
        return self.stage in IN_THE_MIDDLE

    @property
    def changed(self) -> bool:
        """Whether the device holds what the run gave it, as far as the journal knows."""
        return self.stage is not Stage.UNDONE and any(stage is Stage.CONFIRMED for _, stage in self.stages)

    @property
    def seconds(self) -> float:
        """How long the change took; 0 where there was none."""
        if not self.stages:
            return 0.0
        first, last = (datetime.fromisoformat(self.stages[index][0]) for index in (0, -1))
        return (last - first).total_seconds()


@dataclass
class Run:
    """One run: its batches of devices, each with who, why and what was played, and the work on each device."""

    id: str
    begun: list[dict[str, Any]] = field(default_factory=list)
    ended: list[dict[str, Any]] = field(default_factory=list)
    staged: list[dict[str, Any]] = field(default_factory=list)
    """Stages in which devices were to be changed, each with its hosts and, by language, its title."""
    works: dict[str, Work] = field(default_factory=dict)
    head: str = ""
    """Hash of its last line."""
    until: str = ""
    """When that was written."""

    @property
    def finished(self) -> bool:
        """Whether every batch came to its end, well or not; else the run goes on, or was cut off."""
        return len(self.ended) >= len(self.begun)

    @property
    def first(self) -> Mapping[str, Any]:
        """Who began it, and why."""
        return self.begun[0] if self.begun else {"at": "?"}


def read_runs(entries: Iterable[Entry]) -> dict[str, Run]:
    """All runs, by their names, in the order in which they began."""
    runs: dict[str, Run] = {}
    for entry in entries:
        if "run" in entry:
            _take(runs.setdefault(entry["run"], Run(entry["run"])), entry)
    return runs


def find_run(entries: Iterable[Entry], name: str) -> Run | None:
    """One run; None where there is no word of it."""
    return read_runs(entry for entry in entries if entry.get("run") == name).get(name)


def pending_work(runs: Mapping[str, Run]) -> dict[str, tuple[Run, Work]]:
    """Devices that the last run that worked on them left in the middle, by host name."""
    last = {host: (run, work) for run in runs.values() for host, work in run.works.items() if work.stages}
    return {host: pair for host, pair in last.items() if pair[1].in_the_middle}


def _take(run: Run, entry: Entry) -> None:
    run.head, run.until = entry["hash"], entry["at"]
    match entry.get("event"):
        case "begun":
            run.begun.append(entry)
        case "ended":
            run.ended.append(entry)
        case "looked":
            told = {name: entry[name] for name in ("differences", "commands", "findings", "error")}
            work = Work(entry["host"], entry["site"], entry["status"], entry["read_at"], **told)
            earlier = run.works.get(work.host)
            work.stages = earlier.stages if earlier else []  # an earlier run's change was cleared before
            work.before = entry.get("configuration", "")
            work.removal = entry.get("removal")
            run.works[work.host] = work
        case "staged":
            run.staged += entry["stages"]
        case "stage":
            _reach(run, entry)
        case "done":
            work = run.works[entry["host"]]
            work.status, work.findings, work.error = entry["status"], entry["findings"], entry["error"]
            work.after = entry.get("configuration", work.after)
            work.left = entry.get("left", {})


def _reach(run: Run, entry: Entry) -> None:
    host = entry["host"]
    work = run.works.setdefault(host, Work(host, "", "", entry["at"]))
    work.stages.append((entry["at"], Stage(entry["stage"])))
    work.mark = entry.get("mark", work.mark)
    work.after = entry.get("configuration", work.after)
    work.checks = entry.get("checks", work.checks)
