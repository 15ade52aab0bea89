"""One run at a site at a time, whoever crashes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.pool import ThreadPool
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.journal import HeldError, Holder, Life, Taken, holders, release, take

SINCE = "2026-11-29T10:00:00+00:00"


@dataclass
class Process:
    """A run of our own, which lives until it ends or crashes."""

    folder: Path
    run: str
    locks: dict[str, Taken] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "locks").mkdir(exist_ok=True)
        self.life = Life(self.folder / f"life of {self.run}")
        self.holder = Holder(self.run, "tanaka@host", socket.gethostname(), os.getpid(), SINCE, str(self.life.file))

    def take(self, site: str = "hall", *, breaking: bool = False) -> Taken:
        self.locks[site] = take(self.folder, site, self.holder, breaking=breaking)
        return self.locks[site]

    def end(self) -> None:
        release([self.folder], self.run)
        self.life.end()

    def crash(self) -> None:
        self.life.end()


@pytest.fixture
def me(tmp_path: Path) -> Iterator[Process]:
    one = Process(tmp_path, "run-1")
    yield one
    one.crash()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Process]:
    one = Process(tmp_path, "run-2")
    yield one
    one.crash()


def test_a_second_run_is_told_who_works_there(me: Process, other: Process) -> None:
    me.take()
    with pytest.raises(HeldError) as held:
        other.take()
    assert (held.value.site, held.value.holder) == ("hall", me.holder)
    assert other.take("branch").held
    release([me.folder], me.run)
    assert other.take().stale is None


def test_a_run_that_ends_well_is_never_taken_for_one_that_crashed(tmp_path: Path, other: Process) -> None:
    """Even when the other comes just as it ends, and the kernel no longer knows it."""
    me = Process(tmp_path, "run-1")
    me.take()
    with ThreadPool(1) as pool:
        trying = []

        def over() -> bool:
            me.life.end()
            trying.append(pool.apply_async(other.take))
            trying[0].wait(0.2)
            return True

        release([me.folder], me.run, over)
        assert trying[0].get(timeout=10).stale is None


def test_a_run_that_goes_on_elsewhere_keeps_its_locks(me: Process, other: Process) -> None:
    me.take()
    release([me.folder], me.run, lambda: False)
    with pytest.raises(HeldError):
        other.take()


def test_a_lock_is_for_its_owner_alone(me: Process) -> None:
    assert me.take().file.stat().st_mode & 0o777 == 0o600
    assert me.life.file.stat().st_mode & 0o777 == 0o600


def test_a_later_wave_of_a_run_has_what_an_earlier_one_took(me: Process, other: Process) -> None:
    """Between them no process of the run that took the lock need be there."""
    first = me.take()
    second = take(me.folder, "hall", replace(me.holder, pid=1))
    assert (second.stale, second.broken, first.held, second.held) == (None, None, True, True)
    with pytest.raises(HeldError):
        other.take()


PROGRAM = """
import os, pathlib, signal, socket, sys, time
from sanso.journal import Holder, Life, take
folder = pathlib.Path(sys.argv[1])
life = Life(folder / "life")
if sys.argv[2] == "worker":
    if os.fork():
        os.wait()
        print("held", flush=True)
        os.kill(os.getpid(), signal.SIGSTOP)
    take(folder, "hall", Holder("gone", "sato@host", socket.gethostname(), os.getppid(), "then", str(life.file)))
    os._exit(0)
take(folder, "hall", Holder("gone", "sato@host", socket.gethostname(), os.getpid(), "then", str(life.file)))
print("held", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("taker", ["itself", "worker"])
def test_a_crashed_run_is_told_apart_from_one_that_works(me: Process, taker: str) -> None:
    """A worker that took the lock has long ended; the run lives as long as the process that forked it."""
    command = [sys.executable, "-c", PROGRAM, str(me.folder), taker]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(HeldError):
            me.take()
        assert [(site, holder.run) for site, holder in holders(me.folder)] == [("hall", "gone")]
        os.kill(process.pid, signal.SIGKILL)
    assert list(holders(me.folder)) == []
    lock = me.take()
    assert lock.stale is not None
    assert (lock.stale.run, lock.stale.pid) == ("gone", process.pid)


def test_a_lock_of_another_machine_holds_by_its_words_alone(me: Process) -> None:
    far = Holder("run-3", "suzuki@far", "another-machine", 4711, SINCE, "/nowhere")
    take(me.folder, "hall", far)
    with pytest.raises(HeldError) as held:
        me.take()
    assert held.value.holder == far
    assert me.take(breaking=True).broken == far


def test_a_broken_lock_is_seen_by_whoever_held_it_and_stays_with_the_other(me: Process, other: Process) -> None:
    mine = me.take()
    theirs = other.take(breaking=True)
    assert theirs.broken == me.holder
    assert (mine.held, theirs.held) == (False, True)
    release([me.folder], me.run)
    assert theirs.held
    with pytest.raises(HeldError) as held:
        me.take()
    assert held.value.holder == other.holder


def test_words_that_were_cut_off_hold_nothing(me: Process) -> None:
    lock = me.take()
    lock.file.write_bytes(lock.file.read_bytes()[:20])
    assert not lock.held
    assert me.take().stale is None


def test_of_many_at_once_one_gets_it(me: Process) -> None:
    def attempt(number: int) -> bool:
        try:
            take(me.folder, "hall", replace(me.holder, run=f"run {number}"))
        except HeldError:
            return False
        return True

    with ThreadPool(16) as pool:
        assert sum(pool.map(attempt, range(32))) == 1


RUNS, SITES = range(3), ("hall", "branch")
STEPS = st.lists(
    st.tuples(st.sampled_from(["take", "break", "end", "crash"]), st.sampled_from(RUNS), st.sampled_from(SITES))
)


@given(STEPS)
def test_whatever_runs_do_at_most_one_that_lives_has_a_site(steps: list[tuple[str, int, str]]) -> None:
    """Against a model: by site, the run whose words stand there."""
    with TemporaryDirectory() as folder:
        living = {number: Process(Path(folder), f"run-{number}") for number in RUNS}
        words: dict[str, int] = {}
        for what, number, site in steps:
            if number not in living:
                continue
            one, before = living[number], words.get(site)
            if what == "end":
                living.pop(number).end()
                words = {place: who for place, who in words.items() if who != number}
            elif what == "crash":
                living.pop(number).crash()
            elif what == "take" and before in living and before != number:
                with pytest.raises(HeldError):
                    one.take(site)
            else:
                lock = one.take(site, breaking=what == "break")
                gone = before is not None and before not in living
                taken = before is not None and before in living and before != number
                assert (lock.stale is not None, lock.broken is not None) == (gone, taken)
                words[site] = number
            held = {place: who for place, who in words.items() if who in living}
            assert {place: who.run for place, who in holders(Path(folder))} == {
                place: f"run-{who}" for place, who in held.items()
            }
            for who, process in living.items():
                assert all(lock.held == (words.get(place) == who) for place, lock in process.locks.items())
        for process in living.values():
            process.crash()
