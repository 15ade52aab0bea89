"""What is told while a device is worked on, and what becomes of the device where it cannot be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sanso.devices import Job, Options, Outcome, Status
from sanso.devices.job import run_job
from sanso.devices.observer import Stage
from sanso.devices.session import Session
from sanso.journal import Journal, Recorder, Work, read_runs
from sanso.lab.spec import Cable, DeviceSpec, Timing
from sanso.messages import LANGUAGES, text
from sanso.platforms.ios.session import IosSession
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port
from tests.journal.controller import PASSWORD, PORTS, intent

STARTUP = "hostname sw1\narchive\n path flash:archive\nvtp mode transparent\n"


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[EmulatedDevices]:
    spec = DeviceSpec("sw1", "ios", ADDRESS, free_port(), PORTS["ios"], startup=STARTUP, password=PASSWORD)
    with emulated([spec], tmp_path / "lab", Timing(timer_scale=60)) as devices:
        yield devices


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path / "journal")
    journal.open()
    return journal


def work(lab: EmulatedDevices, recorder: Recorder) -> Outcome:
    return run_job(Job(lab.target("sw1"), intent("ios", 10)), Options(check=False, timer=1), observer=recorder)


def told(journal: Journal) -> Work:
    return read_runs(journal.entries())["run"].works["sw1"]


def running(lab: EmulatedDevices) -> list[str]:
    return [
        line for line in lab.call(lab["sw1"].running_config).splitlines() if not line.startswith(("!", "Current"))
    ]


def test_a_change_is_told_stage_by_stage_with_what_the_device_held(lab: EmulatedDevices, journal: Journal) -> None:
    recorder = Recorder(journal, "run", journal.marks([PASSWORD]))
    assert work(lab, recorder).status is Status.CHANGED
    found = told(journal)
    assert [str(stage) for _, stage in found.stages] == [
        "arming",
        "armed",
        "applied",
        "verified",
        "confirmed",
        "saved",
    ]
    assert (found.status, found.error) == ("changed", None)
    assert "switchport access vlan 10" in journal.configuration(found.after)
    assert found.seconds > 0


@pytest.mark.parametrize(
    ("silent", "stage", "names"), [((), "verified", ["hall-core-1"]), (("hall-core-1",), "undone", [])]
)
def test_who_answers_is_told_with_the_stage_that_follows(
    tmp_path: Path,
    journal: Journal,
    monkeypatch: pytest.MonkeyPatch,
    silent: tuple[str, ...],
    stage: str,
    names: list[str],
) -> None:
    port = PORTS["ios"][1]
    cables = (Cable(port, "hall-core-1", "Ethernet7", "eos"),)
    spec = DeviceSpec(
        "sw1",
        "ios",
        ADDRESS,
        free_port(),
        PORTS["ios"],
        startup=f"{STARTUP}lldp run\n",
        password=PASSWORD,
        cables=cables,
    )
    with emulated([spec], tmp_path / "lab") as lab:
        finish = IosSession.finish

        def hushed(session: IosSession) -> None:
            finish(session)
            lab.call(lambda: lab["sw1"].troubles.hush(*silent))

        monkeypatch.setattr(IosSession, "finish", hushed)
        options = Options(check=False, timer=1, patience=0.0)
        recorder = Recorder(journal, "run", journal.marks())
        run_job(Job(lab.target("sw1"), intent("ios", 10)), options, observer=recorder)
    told = {entry["stage"]: entry["checks"] for entry in journal.entries() if "checks" in entry}
    assert told == {stage: {"neighbours": [f"{name} ({port})" for name in names], "gateways": []}}


def test_a_refused_command_is_told_without_the_secret_in_it(
    lab: EmulatedDevices, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = Session.send
    monkeypatch.setattr(Session, "send", lambda self, lines: send(self, [*lines, f"frobnicate {PASSWORD}"]))
    before = running(lab)
    work(lab, Recorder(journal, "run", journal.marks([PASSWORD])))
    found = told(journal)
    assert (found.stage, found.status) == (Stage.UNDONE, "failed")
    assert found.error is not None
    assert (found.error["fault"], found.error["restored"]) == ("command", True)
    assert "frobnicate <hidden" in found.error["command"]
    assert PASSWORD not in journal.file.read_text()
    assert running(lab) == before


class Failing(Journal):
    """Cannot be written from some entry on."""

    since = ""

    def add(self, run: str, *entries: Mapping[str, Any]) -> None:
        if any(entry.get("stage") == self.since for entry in entries):
            raise OSError(28, "No space left on device", str(self.file))
        super().add(run, *entries)


@pytest.mark.parametrize("stage", [Stage.ARMING, Stage.ARMED, Stage.APPLIED, Stage.VERIFIED])
def test_a_change_that_cannot_be_told_is_undone(lab: EmulatedDevices, tmp_path: Path, stage: Stage) -> None:
    journal = Failing(tmp_path / "journal")
    journal.open()
    journal.since = str(stage)
    before = running(lab)
    outcome = work(lab, Recorder(journal, "run", journal.marks()))
    assert outcome.status is Status.FAILED
    assert outcome.error is not None
    assert (outcome.error.fault, outcome.error.restored) == ("journal", None if stage is Stage.ARMING else True)
    assert running(lab) == before


@pytest.mark.parametrize("stage", [Stage.CONFIRMED, Stage.SAVED])
def test_a_change_that_was_confirmed_is_finished_whatever_becomes_of_the_journal(
    lab: EmulatedDevices, tmp_path: Path, stage: Stage
) -> None:
    journal = Failing(tmp_path / "journal")
    journal.open()
    journal.since = str(stage)
    recorder = Recorder(journal, "run", journal.marks())
    assert work(lab, recorder).status is Status.CHANGED
    assert "No space left" in recorder.trouble


def test_nothing_is_started_where_it_may_not_be(lab: EmulatedDevices, journal: Journal) -> None:
    before = running(lab)
    outcome = work(lab, Recorder(journal, "run", journal.marks(), lambda _: "lock"))
    assert outcome.error is not None
    assert (outcome.status, outcome.error.fault, outcome.error.restored) == (Status.FAILED, "lock", None)
    assert running(lab) == before
    assert told(journal).stage is None


@pytest.mark.parametrize("fault", ["lock", "orphan", "journal"])
def test_every_reason_has_its_words(fault: str) -> None:
    for lang in LANGUAGES:
        assert "sw1" in text(f"run.fault.{fault}", lang, host="sw1", detail="detail")
