"""One case: a run in which something fails, and the next one, in which nothing does."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sanso.devices import Outcome
from sanso.journal import Journal, Run, read_runs
from tests.breaking.cases import Case, Kill
from tests.breaking.controller import BROKEN, NEXT, Controller
from tests.breaking.killed import Killable
from tests.breaking.network import Held, Network

PATIENCE, TIMEOUT = 10.0, 1.0
"""Seconds for which an answer is waited for: where nothing fails, and where something does."""
EXITS = (0, -signal.SIGKILL)


@dataclass(frozen=True)
class Walk:
    """What came of a case."""

    case: Case
    folder: Path
    """Of the journal."""
    outcomes: Mapping[str, Outcome]
    """Of the run in which something fails, by host name; empty where the controller was killed."""
    told: Run
    """What the journal has of that run."""
    left: Mapping[str, Held]
    """What devices hold when the next run comes."""
    following: Mapping[str, Outcome]
    """Of the next run."""
    end: Mapping[str, Held]
    """What devices hold when all is over."""
    over: float
    """When that was, by the devices' clock."""


def walk(network: Network, case: Case, folder: Path, controller: Killable | None = None) -> Walk:
    """Do both runs; where a controller is killed, it is this one."""
    network.begin()
    network.strike(case.faults)
    if case.kill and controller:
        outcomes = _killed(network, controller, case.kill, folder, staged=case.staged)
    else:
        alive = Controller(network.cities.new, network.targets(TIMEOUT), staged=case.staged)
        outcomes = _named(alive.roll(folder, BROKEN))
    told = read_runs(Journal(folder).entries())
    network.mend()
    if not case.at_once:
        network.expire()
    left = network.held()
    following = _named(Controller(network.cities.new, network.targets(PATIENCE)).roll(folder, NEXT))
    network.expire()
    end, over = network.held(), network.clock.now()
    return Walk(case, folder, outcomes, told.get(BROKEN, Run(BROKEN)), left, following, end, over)


def _killed(network: Network, controller: Killable, kill: Kill, folder: Path, *, staged: bool) -> dict[str, Outcome]:
    """A run whose controller dies, unless it ends before it comes to that."""
    known_hosts, targets = network.devices.state / "known_hosts", network.targets(TIMEOUT)
    process = controller.start(folder, known_hosts, targets, kill, staged=staged)

    def changed(count: int) -> None:
        if count == kill.changes:
            os.kill(process, signal.SIGKILL)

    network.recording.told = changed
    if kill.seconds:
        time.sleep(kill.seconds)
        os.kill(process, signal.SIGKILL)
    assert controller.ended() in EXITS
    network.recording.told = lambda _: None
    return {}


def _named(outcomes: list[Outcome]) -> dict[str, Outcome]:
    return {one.hostname: one for one in outcomes}
