"""One run at a site at a time, whoever crashes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

from sanso.journal.locks import HeldError, Holder, holders, release, take

ME = Holder("run-1", "tanaka@host", socket.gethostname(), os.getpid(), "2026-11-29T10:00:00+00:00")
OTHER = replace(ME, run="run-2", operator="suzuki@host")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "locks").mkdir()
    return tmp_path


def test_a_second_run_is_told_who_works_there(folder: Path) -> None:
    lock = take(folder, "hall", ME)
    with pytest.raises(HeldError) as held:
        take(folder, "hall", OTHER)
    assert (held.value.site, held.value.holder) == ("hall", ME)
    assert take(folder, "branch", OTHER).held
    lock.release()
    assert take(folder, "hall", OTHER).stale is None


def test_a_lock_is_for_its_owner_alone(folder: Path) -> None:
    take(folder, "hall", ME)
    assert (folder / "locks" / "hall").stat().st_mode & 0o777 == 0o600


def holding(folder: Path) -> subprocess.Popen[str]:
    program = f"""
import os, pathlib, sys, time
from sanso.journal.locks import Holder, take
holder = Holder("gone", "sato@host", {socket.gethostname()!r}, os.getpid(), "then")
lock = take(pathlib.Path({str(folder)!r}), "hall", holder)
print("held", flush=True)
time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_crashed_run_is_told_apart_from_one_that_works(folder: Path) -> None:
    process = holding(folder)
    with pytest.raises(HeldError):
        take(folder, "hall", ME)
    assert [(site, holder.run) for site, holder in holders(folder)] == [("hall", "gone")]
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
    assert list(holders(folder)) == []
    lock = take(folder, "hall", ME)
    assert lock.stale is not None
    assert (lock.stale.run, lock.stale.pid) == ("gone", process.pid)


def test_a_lock_of_another_machine_holds_by_its_words_alone(folder: Path) -> None:
    far = replace(OTHER, host="another-machine")
    lock = take(folder, "hall", far)
    os.close(lock.descriptor)  # as it looks from here, where that machine's kernel is not asked
    with pytest.raises(HeldError) as held:
        take(folder, "hall", ME)
    assert held.value.holder == far
    assert take(folder, "hall", ME, breaking=True).broken == far


def test_a_broken_lock_is_seen_by_whoever_held_it_and_stays_with_the_other(folder: Path) -> None:
    mine = take(folder, "hall", ME)
    theirs = take(folder, "hall", OTHER, breaking=True)
    assert theirs.broken == ME
    assert (mine.held, theirs.held) == (False, True)
    mine.release()
    assert theirs.held
    with pytest.raises(HeldError) as held:
        take(folder, "hall", ME)
    assert held.value.holder == OTHER


def test_breaking_what_is_free_breaks_nothing(folder: Path) -> None:
    release([take(folder, "hall", ME)])
    assert take(folder, "hall", OTHER, breaking=True).broken is None


def test_of_many_at_once_one_gets_it(folder: Path) -> None:
    def attempt(number: int) -> bool:
        try:
            take(folder, "hall", replace(ME, run=f"run-{number}"))
        except HeldError:
            return False
        return True

    with ThreadPool(16) as pool:
        assert sum(pool.map(attempt, range(32))) == 1
