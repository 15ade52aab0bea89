"""A device or its connection fails, at whatever moment: the device ends as it was, or as intended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from sanso.devices import Job
from sanso.devices.job import Outcome, Status, run_job
from sanso.lab.device import STARTUP, Device
from sanso.lab.eos.device import EosDevice
from sanso.lab.ios.device import IosDevice
from sanso.lab.spec import DeviceSpec, Timing
from sanso.lab.trouble import Moment, Sudden
from tests.devices.test_job import APPLY, ARCHIVE, PORTS, intent
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port

SUDDEN: tuple[Sudden, ...] = ("drop", "hang", "refuse", "power")
COMMANDS = 32
"""More than a change sends."""
LATE = (11, 12, 28, 29, 30, 31)
"""Commands with which the timer starts, and by which a change is looked at, confirmed and saved."""
OCTETS = 9000
"""More than is said of it."""
CASES = 24
"""Of each platform, beside each command once."""


@dataclass(frozen=True)
class Held:
    """What a device runs and what it would start with, without comments and times."""

    running: str
    startup: str


class Broken:
    """One device that is to be changed from one intent to another, and fails."""

    def __init__(self, devices: EmulatedDevices, platform: str) -> None:
        self.devices = devices
        self.device: Device = devices["sw1"]
        self.new = intent(platform, 10, 20, 30)
        assert run_job(Job(devices.target("sw1"), intent(platform, 10)), APPLY).status is Status.CHANGED
        self.saved = devices.call(self.device.startup_config)
        self.before = self.held()
        assert self.run().status is Status.CHANGED
        self.after = self.held()

    def held(self) -> Held:
        running, startup = self.devices.call(lambda: (self.device.running_config(), self.device.startup_config()))
        return Held(_essence(running), _essence(startup))

    def again(self, kind: Sudden, moment: Moment) -> None:
        """Put the device back, and let something happen to it."""

        def put() -> None:
            self.device.troubles.mend()
            self.device.store.write(STARTUP, self.saved)
            self.device.reload()
            self.device.troubles.strike(kind, moment)

        self.devices.call(put)

    def run(self, *, pending: str | None = None) -> Outcome:
        return run_job(Job(self.devices.target("sw1", timeout=1.0), self.new, pending), APPLY)

    def settle(self) -> bool:
        """Nothing is wrong any more, and the device's timer is over; whether it ran."""

        def over() -> bool:
            self.device.troubles.mend()
            return _expire(self.device)

        return bool(self.devices.call(over))


def _expire(device: Device) -> bool:
    if isinstance(device, IosDevice):
        running = device.rollback.pending
        device.rollback.expire()
        return running
    assert isinstance(device, EosDevice)
    running = device.candidates.timed is not None
    device.candidates.expire()
    return running


def _essence(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(("!", "Building", "Current")))


@pytest.fixture(scope="module", params=["ios", "eos"])
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broken]:
    platform: str = request.param
    state: Path = tmp_path_factory.mktemp("broken")
    spec = DeviceSpec("sw1", platform, ADDRESS, free_port(), PORTS[platform], startup=ARCHIVE[platform])
    with emulated([spec], state, Timing()) as devices:
        yield Broken(devices, platform)


def moments() -> list[tuple[Sudden, Moment]]:
    """Each kind at some commands and octets, the same in every run."""
    random = Random(20261129)  # noqa: S311 - cases, no secrets
    late: list[tuple[Sudden, Moment]] = [(kind, Moment(commands=at)) for kind in SUDDEN for at in LATE]
    some: list[tuple[Sudden, Moment]] = []
    for _ in range(CASES):
        kind = random.choice(SUDDEN)
        at_command = kind == "refuse" or random.random() < 0.5
        at = random.randint(1, COMMANDS) if at_command else random.randint(1, OCTETS)
        some.append((kind, Moment(commands=at) if at_command else Moment(octets=at)))
    return late + some


@pytest.mark.parametrize(("kind", "moment"), moments(), ids=str)
def test_a_device_ends_as_it_was_or_as_intended(broken: Broken, kind: Sudden, moment: Moment) -> None:
    broken.again(kind, moment)
    outcome = broken.run()
    waiting = broken.settle()
    held = broken.held()
    error = outcome.error
    if outcome.status is Status.CHANGED:
        assert held == broken.after
    elif error is not None and error.fault == "unsaved":
        assert held == Held(broken.after.running, broken.before.startup)
    else:
        assert held == broken.before
        assert error is not None
        assert (error.restored is False) == waiting  # what is said of the timer is true
    assert broken.run(pending="sw1" if outcome.status is not Status.CHANGED else None).error is None
    assert broken.held() == broken.after


def test_a_change_that_cannot_be_saved_is_told_and_saved_by_the_next_run(broken: Broken) -> None:
    broken.again("drop", Moment())
    broken.devices.call(lambda: broken.device.troubles.last("full"))
    outcome = broken.run()
    assert outcome.error is not None
    assert outcome.error.fault == "unsaved"
    assert broken.held() == Held(broken.after.running, broken.before.startup)
    broken.settle()
    assert broken.run(pending="").error is None
    assert broken.held() == broken.after


def test_a_device_that_lets_only_one_in_is_put_back(broken: Broken) -> None:
    broken.again("drop", Moment())
    broken.devices.call(lambda: broken.device.troubles.last("busy"))
    outcome = broken.run()
    assert outcome.error is not None
    assert (outcome.error.fault, outcome.error.restored) == ("verification", True)
    assert broken.held() == broken.before
