"""A controller: one rollout with gate, locks and journal, what an earlier run left in the middle first."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sanso.change.stages import rollout_stages
from sanso.devices import Gate, Job, Known, Options, Outcome, Pace, Target, run_fleet
from sanso.journal import Holder, Journal, Life, Recorder, pending_work, read_runs, release, take
from tests.breaking.cities import Aim

TIMER = 5
"""Minutes of a device's timer."""
BROKEN, NEXT = "broken", "next"
"""Names of a case's two runs."""
APPLY = Options(check=False, timer=TIMER, removal_limit=1.0, patience=0.0)


@dataclass(frozen=True)
class Controller:
    """What is done from where sanso runs."""

    aim: Aim
    targets: Sequence[Target]
    recorder: type[Recorder] = Recorder
    staged: bool = True
    waits: bool = False
    """Whether for devices that are lost."""

    def roll(self, folder: Path, run: str) -> list[Outcome]:
        """Bring all devices to the city that is aimed at, as a rollout does."""
        journal = Journal(folder)
        journal.open()
        with self._locked(folder, run):
            left = pending_work(read_runs(journal.entries()))
            secrets = [secret for target in self.targets for secret in (target.password, target.secret)]
            recorder = self.recorder(journal, run, journal.marks(secrets))
            marks = {host: work.mark for host, (_, work) in left.items()}
            jobs = [Job(one, self.aim.intents[one.hostname], marks.get(one.hostname)) for one in self.targets]
            gate = Gate(self.aim.city, Known(dict(self.aim.snapshots)))
            pace = Pace(partial(rollout_stages, self.aim.city)) if self.staged else Pace()
            recorder.tell({"event": "begun", "operator": "tanaka@host", "pid": os.getpid(), "part": "switches"})
            options = replace(APPLY, waits=self.waits)
            outcomes = run_fleet(jobs, options, gate, observer=recorder, pace=pace)
            recorder.tell({"event": "ended"})
        journal.close()
        return outcomes

    @contextmanager
    def _locked(self, folder: Path, run: str) -> Iterator[None]:
        """Keep others out of all sites."""
        life = Life(folder / f"life-{run}")
        me = Holder(run, "tanaka@host", socket.gethostname(), os.getpid(), "2026-11-29T19:05", str(life.file))
        for site in self.aim.city.sites:
            take(folder, site, me)
        yield
        life.end()
        release([folder], run)
