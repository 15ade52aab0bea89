"""A controller: one rollout with gate, locks and journal, what an earlier run left in the middle first."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sanso.devices import Gate, Job, Known, Options, Outcome, Target, run_fleet
from sanso.journal import Holder, Journal, Recorder, pending_work, read_runs, release, take
from tests.breaking.cities import Aim

TIMER = 5
"""Minutes of a device's timer."""
BROKEN, NEXT = "broken", "next"
"""Names of a case's two runs."""
APPLY = Options(check=False, timer=TIMER, removal_limit=1.0)


@dataclass(frozen=True)
class Controller:
    """What is done from where sanso runs."""

    aim: Aim
    targets: Sequence[Target]
    recorder: type[Recorder] = Recorder

    def roll(self, folder: Path, run: str) -> list[Outcome]:
        """Bring all devices to the city that is aimed at, as a rollout does."""
        journal = Journal(folder)
        journal.open()
        sites = sorted({intent.site for intent in self.aim.intents.values()})
        me = Holder(run, "tanaka@host", socket.gethostname(), os.getpid(), "2026-11-29T19:05:00+09:00")
        locks = [take(folder, site, me) for site in sites]
        left = pending_work(read_runs(journal.entries()))
        secrets = [secret for target in self.targets for secret in (target.password, target.secret)]
        recorder = self.recorder(journal, run, journal.marks(secrets))
        marks = {host: work.mark for host, (_, work) in left.items()}
        jobs = [Job(one, self.aim.intents[one.hostname], marks.get(one.hostname)) for one in self.targets]
        recorder.tell({"event": "begun", "operator": me.operator, "pid": me.pid, "part": "switches", "sites": sites})
        gate = Gate(self.aim.city, Known(dict(self.aim.snapshots)))
        outcomes = run_fleet(jobs, APPLY, gate, observer=recorder)
        recorder.tell({"event": "ended"})
        release(locks)
        journal.close()
        return outcomes
