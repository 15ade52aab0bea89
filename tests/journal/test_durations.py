"""How long changes took, as the journal knows it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sanso.devices.observer import Stage
from sanso.journal import Run, Work, durations

BEGUN = datetime.fromisoformat("2026-11-29T20:00:00+09:00")


def run(**works: dict[Stage, float]) -> Run:
    """A run that reached stages at devices after so many seconds."""
    found = {}
    for host, stages in works.items():
        found[host] = Work(host, "site", "changed", BEGUN.isoformat())
        found[host].stages = [((BEGUN + timedelta(seconds=at)).isoformat(), stage) for stage, at in stages.items()]
    return Run("run", works=found)


def test_the_slowest_change_of_each_device_counts() -> None:
    runs = [
        run(a={Stage.ARMING: 1, Stage.ARMED: 2, Stage.SAVED: 9}, b={Stage.ARMING: 0, Stage.SAVED: 3}),
        run(a={Stage.ARMING: 0, Stage.SAVED: 5}),
    ]
    assert durations(runs) == {"a": timedelta(seconds=8), "b": timedelta(seconds=3)}


def test_what_was_undone_cut_off_or_only_saved_tells_nothing() -> None:
    undone = {Stage.ARMING: 0.0, Stage.ARMED: 1.0, Stage.UNDONE: 300.0}
    cut_off = {Stage.ARMING: 0.0, Stage.CONFIRMED: 4.0}
    assert durations([run(a=undone, b=cut_off, c={Stage.SAVED: 2.0}, d={})]) == {}
