"""``python -m sanso.lab``: a lab in the background, found again by its state directory."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sanso.lab import daemon
from tests.emulated import ADDRESS, free_port

ROOT = Path(__file__).parents[2]


class CommandLine:
    """The command, with a state directory and a list of two devices."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self.specs = folder / "specs.json"
        self.ports = [free_port(), free_port()]
        self.write(
            [{"name": f"sw{port}", "platform": "ios", "address": ADDRESS, "port": port} for port in self.ports]
        )

    def write(self, devices: object) -> None:
        self.specs.write_text(json.dumps(devices), encoding="utf-8")

    def __call__(self, action: str, *more: str) -> subprocess.CompletedProcess[str]:
        given = ["--specs", str(self.specs)] if action not in ("stop", "status") else []
        command = [sys.executable, "-m", "sanso.lab", action, "--state", str(self.state), *given, *more]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    def listening(self) -> list[bool]:
        return [_listens(port) for port in self.ports]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(10)
        return probe.connect_ex((ADDRESS, port)) == 0


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[CommandLine]:
    command = CommandLine(tmp_path)
    yield command
    command("stop")


def test_starts_once_tells_and_stops(lab: CommandLine) -> None:
    assert lab("status").returncode == 3
    started = lab("start")
    assert started.returncode == 0, started.stderr
    assert started.stdout.startswith("lab started: 2 devices (2 ios) (process ")
    assert lab.listening() == [True, True]

    again = lab("start")
    assert again.stdout.startswith("lab is already running: 2 devices (2 ios)")
    assert lab("status").stdout.startswith("lab is running: 2 devices")

    assert lab("stop").stdout == "lab stopped\n"
    assert lab.listening() == [False, False]
    assert lab("stop").stdout == "lab is not running\n"


def test_another_list_of_devices_replaces_the_running_one(lab: CommandLine) -> None:
    lab("start")
    lab.write([{"name": "other", "platform": "ios", "address": ADDRESS, "port": lab.ports[0]}])
    assert lab("start").stdout.startswith("lab started: 1 devices")
    assert lab.listening() == [True, False]


def test_reset_forgets_what_devices_were_told_but_not_their_keys(lab: CommandLine) -> None:
    lab("start")
    lab("stop")
    homes = [lab.state / "devices" / f"sw{port}" for port in lab.ports]
    for home in homes:
        (home / "running-config").write_text("hostname drifted\n", encoding="utf-8")
    known = (lab.state / "known_hosts").read_text(encoding="utf-8")

    reset = lab("reset", homes[0].name)

    assert reset.returncode == 0, reset.stderr
    assert "1 devices are as they left the factory" in reset.stdout
    lab("stop")
    texts = [(home / "running-config").read_text(encoding="utf-8") for home in homes]
    assert ["hostname drifted" in text for text in texts] == [False, True]
    assert (lab.state / "known_hosts").read_text(encoding="utf-8") == known


@pytest.mark.parametrize(
    ("devices", "said"),
    [
        ({}, "expected a list of devices"),
        ([{"name": "a", "platform": "ios"}], "device 'a':"),
        ([{"name": "a", "colour": "red"}], "unknown key colour"),
        (
            [{"name": name, "platform": "ios", "address": ADDRESS, "port": 9} for name in "ab"],
            "devices 'a' and 'b' both claim 127.0.0.1:9",
        ),
        ([{"name": "a", "platform": "vms", "address": ADDRESS, "port": 0}], "no emulation of platform 'vms'"),
    ],
)
def test_a_list_that_cannot_be_served_is_told(lab: CommandLine, devices: object, said: str) -> None:
    lab.write(devices)
    run = lab("start")
    assert run.returncode == 1
    assert run.stderr.startswith("error: ")
    assert run.stderr.count("error: ") == 1
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_two_labs_cannot_share_a_state_directory(lab: CommandLine) -> None:
    lab("start")
    second = lab("serve")
    assert second.returncode == 1
    assert f"is in use by another lab (process {daemon.running_pid(lab.state)})" in second.stderr
    assert lab.listening() == [True, True]
