"""A file that threads, processes and crashes add to."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.journal.log import Log


def events(file: Path) -> list[str]:
    return [str(one["event"]) for one in Log(file).entries()]


def whole(file: Path) -> bool:
    log = Log(file)
    list(log.entries())
    return log.chain.fault is None and not log.half


def write(file: Path, name: str, count: int) -> None:
    log = Log(file, sync=False)
    for number in range(count):
        log.add([{"event": f"{name}-{number}", "padding": "x" * 500}])


def test_it_is_for_its_owner_alone_and_only_ever_added_to(tmp_path: Path) -> None:
    file = tmp_path / "new" / "log.jsonl"
    Log(file).add([{"event": "one"}])
    before = file.read_bytes()
    Log(file).add([{"event": "two"}, {"event": "three"}])
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_bytes().startswith(before)
    assert events(file) == ["one", "two", "three"]
    assert whole(file)


def test_threads_make_one_chain(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl", sync=False)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: log.add([{"event": str(number)}]), range(400)))
    assert sorted(map(int, events(log.file))) == list(range(400))
    assert whole(log.file)


def test_processes_make_one_chain(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    fork = multiprocessing.get_context("spawn")
    processes = [fork.Process(target=write, args=(file, f"p{number}", 60)) for number in range(4)]
    for one in processes:
        one.start()
    for one in processes:
        one.join(timeout=60)
    assert {one.exitcode for one in processes} == {0}
    assert len(events(file)) == 240
    assert whole(file)


@pytest.mark.parametrize("half", [b"{", b'{"event":"stage","hash":"00', b"\0\0\0", b"\n{"])
def test_half_a_line_stays_and_is_told_and_the_chain_goes_on(tmp_path: Path, half: bytes) -> None:
    file = tmp_path / "log.jsonl"
    Log(file).add([{"event": "one"}])
    with file.open("ab") as out:
        out.write(half)
    Log(file).add([{"event": "two"}])
    assert half in file.read_bytes()
    assert events(file) == ["one", "torn", "two"]
    assert whole(file)


def test_a_line_that_lacks_only_its_end_is_a_whole_one(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    Log(file).add([{"event": "one"}])
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    Log(file).add([{"event": "two"}])
    assert events(file) == ["one", "two"]
    assert whole(file)


def test_half_of_what_tells_of_half_a_line_is_told_too(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    Log(file).add([{"event": "one"}])
    with file.open("ab") as out:
        out.write(b'{"event":"sta\n{"before":"12')
    Log(file).add([{"event": "two"}])
    assert events(file) == ["one", "torn", "two"]
    assert whole(file)


LINES = st.lists(st.one_of(st.text(max_size=40), st.binary(max_size=40).filter(lambda half: b"\n" not in half)))


@given(LINES, st.booleans())
def test_a_process_goes_on_as_one_that_has_read_all(lines: list[str | bytes], ended: bool) -> None:
    """Whole lines of any length, halves of some, and blocks so small that few of them hold a whole line."""
    with TemporaryDirectory() as folder, patch("sanso.journal.log.BLOCK", 8):
        files = [Path(folder) / name for name in ("fresh", "reading")]
        for file in files:
            for line in lines:
                if isinstance(line, str):
                    Log(file, sync=False).add([{"event": line}])
                else:
                    with file.open("ab") as out:
                        out.write(line + (b"\n" if ended else b""))
            log = Log(file, sync=False)
            if file.name == "reading":
                list(log.entries())
            log.add([{"event": "last"}])
        assert files[0].read_bytes() == files[1].read_bytes()
        assert whole(files[0])


def test_a_full_disk_is_told_and_the_next_line_tells_of_the_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "log.jsonl"
    log = Log(file)
    log.add([{"event": "one"}])
    real = log._opened
    assert real is not None

    class Full:
        def __getattr__(self, name: str) -> object:
            return getattr(real, name)

        def write(self, block: bytes) -> int:
            return int(real.write(block[:10]) or 0)

    monkeypatch.setattr(log, "_opened", Full())
    with pytest.raises(OSError, match="No space left"):
        log.add([{"event": "two"}])
    monkeypatch.setattr(log, "_opened", real)
    log.add([{"event": "three"}])
    assert events(file) == ["one", "torn", "three"]
    assert whole(file)


def test_a_killed_process_leaves_all_that_it_told(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    program = f"""
import pathlib
from sanso.journal.log import Log
log = Log(pathlib.Path({str(file)!r}))
for number in range(10**9):
    log.add([{{"event": str(number)}}])
    print(number, flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(40)][-1]
        os.kill(process.pid, signal.SIGKILL)
    Log(file).add([{"event": "next"}])
    kept = [one for one in events(file) if one not in {"torn", "next"}]
    assert kept[: told + 1] == [str(number) for number in range(told + 1)]
    assert whole(file)
