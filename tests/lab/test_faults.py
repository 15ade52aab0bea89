"""Faults of devices of a lab in the background, given by its command line."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sanso.devices import DeviceError, KnownHosts, Target
from sanso.devices.open import open_session
from sanso.lab.faults import parse_moment
from sanso.lab.inventory import save_specs
from sanso.lab.spec import DeviceSpec
from sanso.lab.trouble import Moment
from tests.emulated import ADDRESS, free_port

ROOT = Path(__file__).parents[2]


class CommandLine:
    """The command, with a state directory and one device."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.spec = DeviceSpec("sw1", "ios", ADDRESS, free_port())
        save_specs([self.spec], state / "specs.json")

    def __call__(self, action: str, *more: str) -> subprocess.CompletedProcess[str]:
        given = ["--specs", str(self.state / "specs.json")] if action == "start" else []
        command = [sys.executable, "-m", "sanso.lab", action, "--state", str(self.state), *given, *more]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    def fault(self, *words: str) -> str:
        done = self("fault", "sw1", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def read(self) -> str:
        """Read the device; what it says, or the fault by which it does not."""
        known = KnownHosts(self.state / "known_hosts").keys(self.spec.address, self.spec.port)
        who = {"username": self.spec.username, "password": self.spec.password, "secret": self.spec.secret}
        target = Target("sw1", "ios", self.spec.address, self.spec.port, host_keys=known, timeout=5, **who)
        try:
            with open_session(target) as session:
                return session.read()
        except DeviceError as error:
            return error.fault


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    command = CommandLine(tmp_path_factory.mktemp("lab"))
    started = command("start")
    assert started.returncode == 0, started.stderr
    yield command
    command("stop")


@pytest.mark.parametrize(
    ("fault", "found"), [("key", "host_key"), ("password", "authentication"), ("drop", "unreachable")]
)
def test_a_device_has_a_fault_until_it_is_mended(lab: CommandLine, fault: str, found: str) -> None:
    assert lab.fault(fault) == f"sw1: {fault}"
    assert lab.read() == found
    lab.fault("none")
    assert "hostname sw1" in lab.read()


def test_a_fault_comes_at_its_moment_and_once(lab: CommandLine) -> None:
    lab.fault("drop", "--at", "command:3")  # paging, width, and the question for the configuration
    assert lab.read() == "unreachable"
    assert "hostname sw1" in lab.read()
    lab.fault("password", "--at", "command:3")
    assert "hostname sw1" in lab.read()
    assert lab.read() == "authentication"
    lab.fault("none")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nobody", "drop"], "no such device or terminal: nobody"),
        (["sw1", "asleep"], "sw1 cannot be 'asleep'; it can be none, drop, hang"),
        (["sw1", "drop", "--at", "noon"], "argument --at: 'noon' is no moment; expected command:12"),
    ],
)
def test_what_cannot_be_is_said(lab: CommandLine, words: list[str], said: str) -> None:
    done = lab("fault", *words)
    assert done.returncode != 0
    assert said in done.stderr


def test_a_lab_that_does_not_run_takes_no_fault(tmp_path: Path) -> None:
    (tmp_path / "devices" / "sw1").mkdir(parents=True)
    done = CommandLine(tmp_path)("fault", "sw1", "drop")
    assert (done.returncode, done.stderr) == (
        1,
        "error: the lab does not run, and so there is no device that could fail\n",
    )


def test_a_moment_is_read() -> None:
    assert parse_moment("command:12") == Moment(commands=12)
    assert parse_moment("octet:5000") == Moment(octets=5000)
    assert parse_moment("second:3") == Moment(seconds=3)
    for wrong in ("12", "command", "command:", "command:-1", "hour:3", "command:1:2"):
        with pytest.raises(ValueError, match=re.escape(f"{wrong!r} is no moment")):
            parse_moment(wrong)
