from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from sanso.licensing.journal import Journal

DAY = date(2026, 11, 24)


def entry(host: str, status: str = "changed", wanted: str = "w") -> dict[str, Any]:
    return {"host": host, "status": status, "wanted": wanted}


def test_the_last_word_on_each_terminal_counts(tmp_path: Path) -> None:
    first, second = Journal(tmp_path, DAY, "first"), Journal(tmp_path, DAY, "second")
    for one in (entry("a"), entry("b", "failed"), entry("c", "in_sync"), entry("d", "not_reached")):
        first.add(one)
    second.add(entry("b", "changed"))
    second.add(entry("c", "failed"))
    assert set(second.licensed()) == {"a", "b"}
    assert [one["host"] for one in second.of_run()] == ["b", "c"]


def test_another_day_starts_anew(tmp_path: Path) -> None:
    Journal(tmp_path, DAY, "first").add(entry("a"))
    assert Journal(tmp_path, date(2026, 11, 25), "second").licensed() == {}


def test_a_half_written_line_is_left_out_and_spoils_no_other(tmp_path: Path) -> None:
    journal = Journal(tmp_path, DAY, "run")
    journal.add(entry("a"))
    journal.close()
    with journal.file.open("ab") as file:
        file.write(b'{"run": "run", "host": "b", "sta')
    journal.add(entry("c"))
    journal.close()
    assert [one["host"] for one in journal.records()] == ["a", "c"]


def test_two_runs_at_once_do_not_mix_their_lines(tmp_path: Path) -> None:
    journals = [Journal(tmp_path, DAY, f"run {number}") for number in range(8)]

    def write(journal: Journal) -> None:
        for number in range(100):
            journal.add(entry(f"pc-{number}", wanted="w" * 2000))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, journals))
    assert [len(one.of_run()) for one in journals] == [100] * 8


def test_a_killed_run_leaves_all_that_it_told(tmp_path: Path) -> None:
    program = f"""
import datetime, pathlib
from sanso.licensing.journal import Journal
journal = Journal(pathlib.Path({str(tmp_path)!r}), datetime.date(2026, 11, 24), "killed")
for number in range(10**9):
    journal.add({{"host": f"pc-{{number}}", "status": "changed", "wanted": "w"}})
    print(number, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(50)][-1]
        os.kill(process.pid, signal.SIGKILL)
    journal = Journal(tmp_path, DAY, "next")
    assert {f"pc-{number}" for number in range(told + 1)} <= set(journal.licensed())


def test_it_is_read_by_its_owner_alone_and_holds_plain_json(tmp_path: Path) -> None:
    journal = Journal(tmp_path, DAY, "run")
    journal.add(entry("端末"))
    assert journal.file.stat().st_mode & 0o007 == 0
    assert json.loads(journal.file.read_text(encoding="utf-8"))["host"] == "端末"
