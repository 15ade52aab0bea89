"""The emulated devices of the small city, put back before each case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from sanso.devices import Status, Target
from sanso.lab.clock import ManualClock
from sanso.lab.device import STARTUP, Device
from sanso.lab.trouble import Moment
from tests.breaking.cases import Fault, When
from tests.breaking.cities import Aim, Cities, small_cities
from tests.breaking.controller import TIMER, Controller
from tests.breaking.recording import Recording, State
from tests.emulated import EmulatedDevices, emulated, free_port

PLANTED = "Publ1c-word"
"""A secret that devices hold and no city knows."""
_PLANT = f"snmp-server community {PLANTED} ro\n"
SECRETS = (PLANTED, "Pa55word-of-login", "Pa55word-to-enable")


@dataclass(frozen=True)
class Pace:
    """What a device hears and says in a run in which nothing fails, and how long that takes in seconds."""

    commands: int
    octets: int
    seconds: float

    def moment(self, when: When) -> Moment:
        """A moment of such a run."""
        match when.what:
            case "commands":
                at = self.commands - when.last + 1 if when.last else max(1, round(self.commands * when.share))
                return Moment(commands=at, done=when.done)
            case "octets":
                return Moment(octets=round(self.octets * when.share))
        return Moment(seconds=self.seconds * when.share)


@dataclass(frozen=True)
class Held:
    """What a device runs and what it would start with."""

    running: str
    startup: str


class Network:
    """The devices, what they held before the change, and what they hold after it."""

    def __init__(self, devices: EmulatedDevices, clock: ManualClock, cities: Cities, folder: Path) -> None:
        self.devices = devices
        self.clock = clock
        self.cities = cities
        self.recording = Recording(devices.devices)
        self._bring(cities.old, folder)
        self.old = self.held()
        self._saved = devices.call(lambda: {name: one.startup_config() for name, one in self._all()})
        devices.call(lambda: [device.troubles.strike("drop", Moment()) for _, device in self._all()])
        begun = monotonic()
        self._bring(cities.new, folder)
        self._seconds = monotonic() - begun
        self.new = self.held()
        self._paces = devices.call(lambda: {name: self._pace(one) for name, one in self._all()})

    def targets(self, timeout: float) -> list[Target]:
        """How a controller reaches the devices."""
        return [self.devices.target(name, timeout=timeout) for name in self.devices.devices]

    def held(self) -> dict[str, Held]:
        """What all devices hold now."""
        found: dict[str, Held] = self.devices.call(lambda: {name: _held(one) for name, one in self._all()})
        return found

    def begin(self) -> None:
        """Put all devices back to before the change, nothing wrong with them, and record from here."""

        def put() -> None:
            for name, device in self._all():
                device.troubles.mend()
                device.store.write(STARTUP, self._saved[name])
                device.reload()
            self.recording.begin()

        self.devices.call(put)
        assert self.held() == self.old

    def strike(self, faults: Iterable[Fault]) -> None:
        """Let things happen in the run that comes."""

        def strike() -> None:
            for fault in faults:
                troubles = self.devices[fault.host].troubles
                troubles.pace = fault.pace
                troubles.strike(fault.kind, self._paces[fault.host].moment(fault.when))

        self.devices.call(strike)

    def mend(self) -> None:
        """Nothing is wrong any more."""
        self.devices.call(lambda: [device.troubles.mend() for _, device in self._all()])

    def expire(self) -> None:
        """Let so much time pass that all timers are over."""
        self.devices.call(lambda: self.clock.advance(TIMER * 60))

    @staticmethod
    def running(held: Mapping[str, Held]) -> State:
        """The state of the network where devices hold something."""
        return {name: one.running for name, one in held.items()}

    def _all(self) -> list[tuple[str, Device]]:
        return list(self.devices.devices.items())

    def _pace(self, device: Device) -> Pace:
        return Pace(device.troubles.commands, device.troubles.octets, self._seconds)

    def _bring(self, aim: Aim, folder: Path) -> None:
        outcomes = Controller(aim, self.targets(timeout=10)).roll(folder, aim.city.settings.name)
        assert {one.status for one in outcomes} == {Status.CHANGED}, [(one.hostname, one.error) for one in outcomes]


def _held(device: Device) -> Held:
    startup = device.startup_config()
    assert startup is not None
    return Held(device.saved_text(), startup)


@contextmanager
def small_network(folder: Path) -> Iterator[Network]:
    """Run the devices of the small city while the block lasts."""
    cities = small_cities()
    clock = ManualClock()
    specs = [replace(one, port=free_port(), startup=f"{one.startup}\n{_PLANT}") for one in cities.specs]
    with emulated(specs, folder / "lab", clock=clock) as devices:
        yield Network(devices, clock, cities, folder / "journal")
