"""What all devices ran, one state after the other, in one order and with the devices' time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sanso.lab.device import Device

State = Mapping[str, str]
"""Running configuration by host name."""


@dataclass
class Recording:
    """Changes of running configurations since :meth:`begin`; all is written in the thread of the devices."""

    devices: Mapping[str, Device]
    first: dict[str, str] = field(default_factory=dict)
    changes: list[tuple[float, str, str]] = field(default_factory=list)
    """Seconds of the devices' clock, host name, text."""
    told: Callable[[int], None] = lambda _: None
    """Told how many changes there were, with each."""
    _last: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, device in self.devices.items():
            device.watchers.append(lambda name=name: self._changed(name))  # type: ignore[misc]

    def begin(self) -> None:
        """Forget all before now."""
        self.first = {name: device.saved_text() for name, device in self.devices.items()}
        self._last = dict(self.first)
        self.changes = []

    def _changed(self, name: str) -> None:
        device = self.devices[name]
        text = device.saved_text()
        if text != self._last.get(name):
            self._last[name] = text
            self.changes.append((device.clock.now(), name, text))
            self.told(len(self.changes))

    def states(self) -> Iterator[tuple[float | None, State]]:
        """Every state of the network and since when it was so; None: from the first on."""
        state = dict(self.first)
        yield None, dict(state)
        for at, name, text in self.changes:
            state[name] = text
            yield at, dict(state)
