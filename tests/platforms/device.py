"""An emulated device, driven by the lines of a platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanso.lab import make_device
from sanso.lab.spec import DeviceSpec
from sanso.network.facts import Facts
from sanso.platforms import load_platform

SWITCHING = {"ios": ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2"), "eos": ("Ethernet1", "Ethernet2")}


class Driven:
    """A device in configuration mode."""

    def __init__(self, platform: str) -> None:
        self.platform = load_platform(platform)
        self.device = make_device(DeviceSpec("sw1", platform, "127.0.0.1", 4022, SWITCHING[platform]))
        self._shell = self.device.shell(privileged=True)
        self._shell.execute("configure terminal")

    @property
    def facts(self) -> Facts:
        return self.platform.parse("sw1", self.device.running_config())

    def send(self, lines: Iterable[str]) -> None:
        for _ in self.steps(lines):
            pass

    def steps(self, lines: Iterable[str]) -> Iterator[tuple[str, Facts]]:
        """Send lines one by one; after each, the line and what the device then holds."""
        for line in lines:
            answer = self._shell.execute(line) or ""
            assert "%" not in answer or "does not exist. Creating vlan" in answer, (line, answer)
            assert "rejected" not in answer, (line, answer)
            yield line, self.facts
