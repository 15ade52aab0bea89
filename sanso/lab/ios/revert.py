"""Configuration that a switch takes back unless it is confirmed: ``configure terminal revert``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sanso.lab.clock import Timer
    from sanso.lab.ios.device import IosDevice

NONE_PENDING = "%No Rollback Confirmed Change pending"
ROLLED_BACK = "\nTotal number of passes: 1\nRollback Done\n"
NO_ARCHIVE = "%Please turn config archive on before using this feature"
PENDING = (
    "%Rollback Confirmed Change is already pending\n"
    "%Please confirm or revert it: 'configure confirm' or 'configure revert now'"
)


class Rollback:
    """One pending change; a switch holds at most one."""

    def __init__(self, device: IosDevice) -> None:
        self._device = device
        self._timer: Timer | None = None
        self._before: str | None = None
        self._count = 0
        self.minutes = 0
        self.idle = False
        self.user = ""
        self.since = 0.0

    @property
    def pending(self) -> bool:
        """Whether a change waits to be confirmed."""
        return self._before is not None

    def begin(self, minutes: int, idle: bool, user: str) -> str:
        """Remember the configuration and set the timer; give the name of the backup IOS writes."""
        self._before = self._device.saved_text()
        self.user, self.since = user, self._device.clock.now()
        self.restart(minutes, idle)
        self._count += 1
        where = self._device.config.settings.open("archive").value("path", "flash:config")
        return f"{where}-{self._count}"

    def restart(self, minutes: int, idle: bool) -> None:
        """Set the timer anew."""
        self._cancel()
        self.minutes, self.idle = minutes, idle
        self._timer = self._device.clock.call_later(minutes * 60, self.expire)

    def touched(self) -> None:
        """Note that somebody is at work: an idle timer begins again."""
        if self.pending and self.idle:
            self.restart(self.minutes, True)

    def expire(self) -> None:
        """Put the configuration back that was there before."""
        before = self._before
        self.forget()
        if before is not None:
            self._device.load(before)
            self._device.last_change = (self._device.clock.now(), "rollback")

    def forget(self) -> None:
        """Keep what is there."""
        self._cancel()
        self._before = None

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
