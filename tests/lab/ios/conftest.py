from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sanso.lab import Device, DeviceSpec, make_device
from sanso.lab.clock import ManualClock
from sanso.lab.spec import Timing
from sanso.lab.state import MemoryStore
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port

PORTS = ("GigabitEthernet0/0", *(f"GigabitEthernet1/0/{number}" for number in range(1, 5)), "TenGigabitEthernet1/1/1")


class Switch:
    """A switch without a network, and a privileged session on it."""

    def __init__(self, startup: str | None = None, store: MemoryStore | None = None) -> None:
        self.clock = ManualClock()
        self.store = store or MemoryStore()
        self.spec = DeviceSpec("sw1", "ios", ADDRESS, 4022, PORTS, startup=startup)
        self.device: Device = make_device(self.spec, self.clock, self.store)
        self.shell = self.device.shell(privileged=True)

    def type(self, *lines: str) -> str:
        """Type lines and give what the last one brought."""
        said = ""
        for line in lines:
            said = self.shell.execute(line)
        return said

    def configure(self, *lines: str) -> list[str]:
        """Type lines in configuration mode and give all that was said about them."""
        said = [self.type(line) for line in ("configure terminal", *lines, "end")]
        return [text for text in said[1:] if text]

    def running(self, *within: str) -> list[str]:
        """The lines of the running configuration below the given ones."""
        lines = self.device.saved_text().splitlines()
        for depth, head in enumerate(within):
            at = lines.index(" " * depth + head)
            inside = lines[at + 1 :]
            count = next((n for n, line in enumerate(inside) if not line.startswith(" " * (depth + 1))), len(inside))
            lines = inside[:count]
        return [line.strip() for line in lines]


@pytest.fixture
def switch() -> Switch:
    return Switch()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatedDevices]:
    """One switch over SSH, for all tests of a module."""
    spec = DeviceSpec("sw1", "ios", ADDRESS, free_port(), PORTS)
    with emulated([spec], tmp_path_factory.mktemp("lab"), Timing()) as devices:
        yield devices


def known_hosts(devices: EmulatedDevices) -> Path:
    return devices.state / "known_hosts"
