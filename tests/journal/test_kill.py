"""A controller that is killed with SIGKILL: what its journal says then, and what the next run does with that.

At every stage and at any moment it is killed in ``tests/breaking``.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from sanso.devices.job import Status
from sanso.devices.observer import Stage
from sanso.journal import Journal, Run, pending_work, read_runs
from sanso.lab.spec import DeviceSpec, Timing
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port
from tests.journal.controller import PASSWORD, PORTS, intent, roll

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = {"ios": "hostname sw1\narchive\n path flash:archive\nvtp mode transparent\n", "eos": None}
FAST = 60
"""A device's minute is a second of the test."""
WAY = [Stage.ARMING, Stage.ARMED, Stage.APPLIED, Stage.VERIFIED, Stage.CONFIRMED, Stage.SAVED]
POINTS = [("planned", "after"), ("arming", "before"), ("applied", "after"), ("confirmed", "after")]


@pytest.fixture(params=["ios", "eos"])
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def lab(platform: str, tmp_path: Path) -> Iterator[EmulatedDevices]:
    spec = DeviceSpec(
        "sw1", platform, ADDRESS, free_port(), PORTS[platform], startup=ARCHIVE[platform], password=PASSWORD
    )
    with emulated([spec], tmp_path / "lab", Timing(timer_scale=FAST)) as devices:
        roll(tmp_path / "first", "first", devices.target("sw1"), intent(platform, 10))
        yield devices


def running(lab: EmulatedDevices) -> str:
    lines = lab.call(lab["sw1"].running_config).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("!", "Building", "Current")))


def controller(lab: EmulatedDevices, folder: Path, kill: tuple[str, str] = ("", "")) -> subprocess.Popen[str]:
    """Start a rollout of VLAN 20 in a process of its own."""
    target = asdict(lab.target("sw1", host_keys=(), secrets={}))
    given = {
        "folder": str(folder),
        "run": "killed",
        "target": {
            name: target[name] for name in ("hostname", "platform", "address", "port", "username", "password")
        },
        "known_hosts": str(lab.state / "known_hosts"),
        "vlans": [10, 20],
        "kill": kill,
    }
    command = [sys.executable, "-m", "tests.journal.controller", json.dumps(given)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(folder: Path) -> tuple[Run, Journal]:
    journal = Journal(folder)
    return read_runs(journal.entries())["killed"], journal


def settled(lab: EmulatedDevices, old: str, new: str) -> str:
    """What the device holds once its timer has run out."""
    time.sleep(60 / FAST + 0.5)
    assert running(lab) in {old, new}
    return running(lab)


def new_state(lab: EmulatedDevices, tmp_path: Path, platform: str) -> tuple[str, str]:
    """What the device holds before a change and after it; it is then put back."""
    old = running(lab)
    roll(tmp_path / "aside", "there", lab.target("sw1"), intent(platform, 10, 20))
    new = running(lab)
    roll(tmp_path / "aside", "back", lab.target("sw1"), intent(platform, 10))
    assert running(lab) == old != new
    return old, new


@pytest.mark.parametrize(("stage", "when"), POINTS)
def test_killed_at_a_stage_the_next_run_finishes_what_was_left(
    lab: EmulatedDevices, platform: str, tmp_path: Path, stage: str, when: str
) -> None:
    old, new = new_state(lab, tmp_path, platform)
    folder = tmp_path / "journal"
    process = controller(lab, folder, (stage, when))
    assert process.wait(timeout=60) == -signal.SIGKILL
    run, journal = told(folder)
    work = run.works["sw1"]
    reached = [name for _, name in work.stages]
    assert reached == WAY[: len(reached)]
    assert not run.finished
    if stage == "planned" or (stage, when) == (Stage.ARMING, "before"):
        assert (work.stage, running(lab)) == (None, old)
    elif when == "after":
        assert work.stage == stage
    if work.stage in {Stage.CONFIRMED, Stage.SAVED}:
        assert running(lab) == new
    assert (work.stage in set(WAY[:-1])) == ("sw1" in pending_work(read_runs(journal.entries())))

    outcome = roll(folder, "next", lab.target("sw1"), intent(platform, 10, 20))
    assert outcome.status in {Status.CHANGED, Status.IN_SYNC}
    assert settled(lab, old, new) == new
    lab.call(lab["sw1"].reload)
    assert running(lab) == new
    assert pending_work(read_runs(Journal(folder).entries())) == {}
    assert Journal(folder).verify()[2] is None


def test_a_check_sends_nothing_to_what_was_left(lab: EmulatedDevices, platform: str, tmp_path: Path) -> None:
    old, new = new_state(lab, tmp_path, platform)
    folder = tmp_path / "journal"
    assert controller(lab, folder, ("applied", "after")).wait(timeout=60) == -signal.SIGKILL
    assert pending_work(read_runs(Journal(folder).entries())).keys() == {"sw1"}
    roll(folder, "check", lab.target("sw1"), intent(platform, 10, 20), check=True)
    runs = read_runs(Journal(folder).entries())
    assert runs["check"].works["sw1"].stages == []
    assert pending_work(runs).keys() == {"sw1"}
    assert settled(lab, old, new) == old


def test_no_secret_comes_into_the_journal(lab: EmulatedDevices, platform: str, tmp_path: Path) -> None:
    shell = lab.call(lambda: lab["sw1"].shell(privileged=True))
    planted = ["snmp-server community Publ1c-word ro", f"interface {PORTS[platform][0]}", "description key Und3r-mat"]
    for line in ["configure terminal", *planted, "end"]:
        assert "%" not in (lab.call(lambda line=line: shell.execute(line)) or ""), line
    folder = tmp_path / "journal"
    roll(folder, "run", lab.target("sw1", secrets={"<secret of x>": "Sh4red-secret"}), intent(platform, 10, 20))
    written = "".join(file.read_text(errors="replace") for file in folder.rglob("*") if file.is_file())
    assert "hidden" in written
    assert not any(word in written for word in (PASSWORD, "Publ1c-word", "Und3r-mat", "Sh4red-secret"))
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.rglob("*"))
