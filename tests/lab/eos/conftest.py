from __future__ import annotations

from collections.abc import Iterator

import pytest

from sanso.lab import DeviceSpec, make_device
from sanso.lab.clock import ManualClock
from sanso.lab.eos import EosDevice
from sanso.lab.state import MemoryStore
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port

PORTS = ("Management1", "Ethernet1", "Ethernet2", "Ethernet3", "Ethernet4", "Ethernet49/1")


class Switch:
    """A switch without a network, and a privileged session on it."""

    def __init__(self, startup: str | None = None, store: MemoryStore | None = None) -> None:
        self.clock = ManualClock()
        self.store = store or MemoryStore()
        spec = DeviceSpec("sw1", "eos", ADDRESS, 4022, PORTS, startup=startup)
        made = make_device(spec, self.clock, self.store)
        assert isinstance(made, EosDevice)
        self.device = made
        self.shell = self.device.shell(privileged=True)

    def type(self, *lines: str) -> str:
        """Type lines and give what the last one brought."""
        said = ""
        for line in lines:
            said = self.shell.execute(line)
        return said

    def configure(self, *lines: str) -> list[str]:
        """Type lines in configuration mode and give all that was said about them."""
        return list(filter(None, (self.type(line) for line in ("configure", *lines, "end"))))

    def running(self, *within: str) -> list[str]:
        """The lines of the running configuration below the given ones."""
        lines = self.device.running_config().splitlines()
        for depth, head in enumerate(within):
            indent = "   " * (depth + 1)
            at = lines.index("   " * depth + head)
            inside = lines[at + 1 :]
            count = next((n for n, line in enumerate(inside) if not line.startswith(indent)), len(inside))
            lines = inside[:count]
        return [line.strip() for line in lines]


@pytest.fixture
def switch() -> Switch:
    return Switch()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatedDevices]:
    """One switch over SSH and HTTPS, for all tests of a module."""
    spec = DeviceSpec("sw1", "eos", ADDRESS, free_port(), PORTS, eapi_port=free_port())
    with emulated([spec], tmp_path_factory.mktemp("lab")) as devices:
        yield devices
