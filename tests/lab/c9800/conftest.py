from __future__ import annotations

from collections.abc import Iterator

import pytest

from sanso.lab import Device, DeviceSpec, make_device
from sanso.lab.clock import ManualClock
from sanso.lab.spec import AccessPoint, Timing
from sanso.lab.state import MemoryStore
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port

POINTS = (
    AccessPoint("ap-1", "02:53:41:4e:00:01", "C9120AXI-Q"),
    AccessPoint("ap-2", "02:53:41:4e:00:02", "C9120AXI-Q"),
)


class Controller:
    """A controller without a network, and a privileged session on it."""

    def __init__(self, startup: str | None = None, store: MemoryStore | None = None) -> None:
        self.clock = ManualClock()
        self.store = store or MemoryStore()
        self.spec = DeviceSpec("wlc1", "c9800", ADDRESS, 4022, startup=startup, access_points=POINTS)
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
        return [text.strip() for text in said[1:] if text]

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
def controller() -> Controller:
    return Controller()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatedDevices]:
    """One controller over SSH, for all tests of a module."""
    spec = DeviceSpec("wlc1", "c9800", ADDRESS, free_port(), access_points=POINTS)
    with emulated([spec], tmp_path_factory.mktemp("lab"), Timing()) as devices:
        yield devices
