"""A journal as a folder: what is kept, how it is verified, what runs are read from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sanso.devices.observer import Stage
from sanso.journal import Journal, JournalError, pending_work, read_runs
from sanso.journal.chain import Fault

LOOKED: dict[str, Any] = {
    "event": "looked",
    "site": "hall",
    "status": "drift",
    "read_at": "2026-11-29T10:00:01+00:00",
    "differences": [],
    "commands": ["vlan 20"],
    "findings": [],
    "error": None,
}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path / "journal")
    journal.open()
    return journal


def run(journal: Journal, name: str, host: str, *stages: Stage, end: bool = True) -> None:
    journal.add(name, {"event": "begun", "operator": "tanaka@host"})
    journal.add(name, {**LOOKED, "host": host, "configuration": journal.keep(f"hostname {host}\n")})
    for stage in stages:
        journal.add(name, {"event": "stage", "host": host, "stage": str(stage), "mark": f"of {name}"})
    if end:
        journal.add(name, {"event": "ended"})


def fault(journal: Journal, anchor: str = "") -> Fault | None:
    return Journal(journal.folder).verify(anchor)[2]


def test_everything_is_for_its_owner_alone(journal: Journal) -> None:
    run(journal, "one", "sw1", Stage.SAVED)
    journal.marks()
    assert {file.name for file in journal.folder.iterdir()} >= {"journal.jsonl", "journal.head", "key"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in [journal.folder, *journal.folder.rglob("*")])


def test_a_configuration_is_kept_once_whatever_stands_above_it(journal: Journal) -> None:
    above = "Building configuration...\n\nCurrent configuration : 812 bytes\n! Last configuration change at 10:00\n"
    one, other = journal.keep(f"{above}hostname sw1\r\nend\n"), journal.keep("\nhostname sw1\nend")
    assert one == other == journal.digest("hostname sw1\nend\n")
    assert journal.keep("hostname sw2\nend\n") != one
    assert len(list((journal.folder / "configurations").iterdir())) == 2
    assert journal.configuration(one) == "hostname sw1\nend\n"


def test_runs_are_read_device_by_device(journal: Journal) -> None:
    run(journal, "one", "sw1", Stage.ARMING, Stage.ARMED, Stage.APPLIED, Stage.VERIFIED, Stage.CONFIRMED, Stage.SAVED)
    run(journal, "two", "sw2", end=False)
    runs = read_runs(journal.entries())
    assert list(runs) == ["one", "two"]
    work = runs["one"].works["sw1"]
    assert (work.stage, work.changed, work.in_the_middle, work.mark) == (Stage.SAVED, True, False, "of one")
    assert (runs["one"].finished, runs["two"].finished) == (True, False)
    assert runs["two"].works["sw2"].stage is None


@pytest.mark.parametrize(
    "stage", [Stage.ARMING, Stage.ARMED, Stage.APPLIED, Stage.VERIFIED, Stage.CONFIRMED, Stage.NOT_UNDONE]
)
def test_a_device_in_the_middle_is_left_until_a_later_run_has_cleared_it(journal: Journal, stage: Stage) -> None:
    run(journal, "one", "sw1", stage)
    run(journal, "check", "sw1")
    left = pending_work(read_runs(journal.entries()))
    assert (left["sw1"][0].id, left["sw1"][1].mark) == ("one", "of one")
    run(journal, "two", "sw1", Stage.CLEARED)
    assert pending_work(read_runs(journal.entries())) == {}


@pytest.mark.parametrize("stage", [Stage.SAVED, Stage.UNDONE])
def test_a_device_that_came_to_an_end_is_not_left(journal: Journal, stage: Stage) -> None:
    run(journal, "one", "sw1", Stage.ARMING, stage)
    assert pending_work(read_runs(journal.entries())) == {}


def test_a_device_that_restarted_before_the_change_was_saved_is_not_changed(journal: Journal) -> None:
    run(journal, "one", "sw1", Stage.ARMING, Stage.CONFIRMED, Stage.UNDONE)
    assert not read_runs(journal.entries())["one"].works["sw1"].changed


def test_a_whole_journal_is_verified_also_against_a_line_that_was_kept(journal: Journal) -> None:
    run(journal, "one", "sw1", Stage.SAVED)
    anchor = journal.head
    run(journal, "two", "sw1", Stage.SAVED)
    assert fault(journal) is None
    assert fault(journal, anchor) is None
    missing = fault(journal, "f" * 64)
    assert missing is not None
    assert missing.what == "cut"


def test_a_run_that_was_taken_away_is_found_where_it_was(journal: Journal) -> None:
    for name in ("one", "two", "three"):
        run(journal, name, "sw1", Stage.SAVED)
    lines = journal.file.read_bytes().splitlines(keepends=True)
    for name, place, what in (("one", 1, "order"), ("two", 5, "order"), ("three", 8, "cut")):
        journal.file.write_bytes(b"".join(line for line in lines if json.loads(line)["run"] != name))
        found = fault(journal)
        assert found is not None
        assert (found.line, found.what) == (place, what)
    journal.file.write_bytes(b"")
    assert fault(journal) is not None


def test_a_head_that_was_taken_away_is_found(journal: Journal) -> None:
    assert fault(journal) is None
    run(journal, "one", "sw1")
    (journal.folder / "journal.head").unlink()
    assert fault(journal) is not None


def test_a_configuration_that_was_edited_or_taken_away_is_found(journal: Journal) -> None:
    run(journal, "one", "sw1")
    (kept,) = (journal.folder / "configurations").iterdir()
    kept.write_text("hostname other\n")
    _, file, found = Journal(journal.folder).verify()
    assert found is not None
    assert (file, found.what, found.expected) == (kept, "changed", kept.name)
    with pytest.raises(JournalError, match="changed"):
        journal.configuration(kept.name)
    kept.unlink()
    assert Journal(journal.folder).verify()[2] == Fault(1, "missing", kept.name, "-")


def test_a_folder_that_cannot_be_written_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="file"):
        Journal(tmp_path / "file" / "journal").open()
