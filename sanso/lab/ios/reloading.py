"""A reload that is to come: ``reload in 10``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanso.lab.clock import Timer
    from sanso.lab.ios.device import IosDevice


class ScheduledReload:
    """At most one."""

    def __init__(self, device: IosDevice) -> None:
        self._device = device
        self._timer: Timer | None = None
        self.at = 0.0

    @property
    def pending(self) -> bool:
        """Whether one is to come."""
        return self._timer is not None

    def begin(self, seconds: float) -> None:
        """Reload in that many seconds."""
        self.forget()
        self.at = self._device.clock.now() + seconds
        self._timer = self._device.clock.call_later(seconds, self._go)

    def forget(self) -> None:
        """Drop what is to come."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _go(self) -> None:
        self._timer = None
        self._device.reload()
