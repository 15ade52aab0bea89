"""What the journal costs: its share of a rollout of emulated switches, and a year of runs to read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TypeVar

from bench.fleet import Fleet, fleet
from bench.measure import print_table
from sanso.city import load_city
from sanso.devices import Gate, Job, Known, KnownHosts, Options, Outcome, Target, run_fleet
from sanso.devices.job import Status
from sanso.devices.observer import Stage
from sanso.journal import Journal, Recorder, read_runs
from sanso.journal.log import Log
from sanso.lab.inventory import inventory_specs
from sanso.render import intend_city, intended_snapshots

WEEKS, DEVICES = 52, 200
"""A year of rollouts that look at every switch and change one in ten."""
STAGES = (Stage.ARMING, Stage.ARMED, Stage.APPLIED, Stage.VERIFIED, Stage.CONFIRMED, Stage.SAVED)
T = TypeVar("T")


class Timed(Recorder):
    """Sums up what it costs the threads that tell it."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal, "run", journal.marks(["admin", "enable"]))
        self.cpu = 0.0
        self._sum = Lock()

    def read(self, host: str, text: str) -> None:
        """Measured."""
        with self._measured():
            super().read(host, text)

    def planned(self, outcomes: Iterable[Outcome]) -> None:
        """Measured."""
        with self._measured():
            super().planned(outcomes)

    def reached(self, host: str, stage: Stage, mark: str = "") -> None:
        """Measured."""
        with self._measured():
            super().reached(host, stage, mark)

    def done(self, outcome: Outcome) -> None:
        """Measured."""
        with self._measured():
            super().done(outcome)

    @contextmanager
    def _measured(self) -> Iterator[None]:
        before = time.thread_time()
        yield
        with self._sum:
            self.cpu += time.thread_time() - before


def bench_journal(sizes: Sequence[int] = (50, 200)) -> None:
    """Print a table of rollouts, and one of what a journal of a year takes."""
    rows = []
    for size in sizes:
        with fleet(size) as one:
            rows.append([str(size), *_rollout(one)])
    head = ["switches", "wall", "CPU", "CPU for the journal", "share", "lines", "configurations"]
    print_table("Rollout from the factory's configuration, in one process", head, rows)
    head = ["lines", "size", "read all runs", "verify", "first line of a process", "each later line"]
    print_table(f"A journal of {WEEKS} rollouts of {DEVICES} switches", head, [list(_year())])


def _rollout(one: Fleet) -> Iterator[str]:
    with _journal() as journal:
        recorder, before = Timed(journal), time.process_time()
        _, wall = _timed(lambda: _roll(one, recorder))
        cpu = time.process_time() - before
        lines = sum(1 for _ in journal.entries())
        configurations = sum(1 for _ in (journal.folder / "configurations").iterdir())
    yield from (f"{wall:.1f} s", f"{cpu:.1f} s", f"{recorder.cpu:.2f} s", f"{recorder.cpu / cpu:.1%}")
    yield from (str(lines), str(configurations))


def _roll(one: Fleet, recorder: Recorder) -> None:
    city, known_hosts = load_city(one.city), KnownHosts(one.known_hosts)
    intents = intend_city(city)
    jobs = [
        Job(_target(spec.name, spec.platform, spec.address, spec.port, known_hosts), intents[spec.name])
        for spec in inventory_specs(one.city)
        if spec.name in intents
    ]
    gate = Gate(city, Known(intended_snapshots(intents)))
    outcomes = run_fleet(jobs, Options(check=False, removal_limit=1.0), gate, observer=recorder)
    if wrong := [outcome for outcome in outcomes if outcome.status is not Status.CHANGED]:
        raise ValueError(f"{wrong[0].hostname} was not changed: {wrong[0].status} {wrong[0].error}")


def _target(host: str, platform: str, address: str, port: int, known_hosts: KnownHosts) -> Target:
    login = {"username": "admin", "password": "admin", "secret": "enable"}  # the emulated city's
    return Target(host, platform, address, port, **login, host_keys=known_hosts.keys(address, port))


def _year() -> Iterator[str]:
    with _journal() as journal:
        log = Log(journal.file, sync=False)  # what is measured is reading
        for week in range(WEEKS):
            log.add(_run(f"2026{week:02}"))
        log.close()
        runs, reading = _timed(lambda: read_runs(Journal(journal.folder).entries()))
        if len(runs) != WEEKS:
            raise ValueError(f"{len(runs)} runs were read")
        (chain, _, _), verifying = _timed(Journal(journal.folder).verify)
        fresh = Journal(journal.folder)
        _, first = _timed(lambda: fresh.add("run", {"event": "begun"}))
        _, later = _timed(lambda: fresh.add("run", {"event": "ended"}))
        size = f"{journal.file.stat().st_size / 1e6:.1f} MB"
    yield from (str(chain.lines), size, f"{reading:.2f} s", f"{verifying:.2f} s")
    yield from (f"{1000 * first:.0f} ms", f"{1000 * later:.1f} ms")


def _run(name: str) -> Iterator[Mapping[str, object]]:
    about = {"run": name, "at": "2026-11-29T10:05:12.000+00:00"}
    yield {**about, "event": "begun", "part": "switches", "operator": "tanaka@host"}
    for number in range(DEVICES):
        host = f"switch-{number}"
        told = {"differences": [], "commands": [], "findings": [], "error": None, "configuration": "0" * 64}
        found = {"site": "branch", "status": "in_sync", "read_at": about["at"]}
        yield {**about, "event": "looked", "host": host, **found, **told}
        if number % 10 == 0:
            yield from ({**about, "event": "stage", "host": host, "stage": str(stage)} for stage in STAGES)
    yield {**about, "event": "ended", "part": "switches"}


@contextmanager
def _journal() -> Iterator[Journal]:
    with TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "journal")
        journal.open()
        yield journal
        journal.close()


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start
