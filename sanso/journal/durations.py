"""How long changes took, by what the journal holds of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sanso.devices.observer import Stage
from sanso.journal.runs import Run, Work


def durations(runs: Iterable[Run]) -> dict[str, timedelta]:
    """The slowest change of each device that was begun and saved in one run, by host name."""
    found: dict[str, timedelta] = {}
    for run in runs:
        for host, work in run.works.items():
            if (lasted := _lasted(work)) is not None:
                found[host] = max(lasted, found.get(host, lasted))
    return found


def _lasted(work: Work) -> timedelta | None:
    """From the start of the device's timer until all was saved; None where it did not come to that."""
    moments = {stage: datetime.fromisoformat(at) for at, stage in work.stages}
    if work.stage is not Stage.SAVED or Stage.ARMING not in moments:
        return None
    return moments[Stage.SAVED] - moments[Stage.ARMING]
