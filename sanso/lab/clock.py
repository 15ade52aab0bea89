"""Where a device's timers run: on an event loop, or by hand in a test."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    """A call that has been put off."""

    def cancel(self) -> None:
        """Forget the call."""


class Clock(Protocol):
    """What a device asks of time."""

    def now(self) -> float:
        """Seconds since the epoch."""

    def call_later(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Call ``action`` once, ``seconds`` from now."""


class LoopClock:
    """Wall time on an asyncio loop, its timers ``scale`` times as fast."""

    def __init__(self, loop: asyncio.AbstractEventLoop, scale: float = 1.0) -> None:
        self._loop = loop
        self._scale = scale

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def call_later(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Call ``action`` on the loop."""
        return self._loop.call_later(seconds / self._scale, action)


class ManualClock:
    """Time that moves only when told to."""

    def __init__(self, start: float = 1_760_000_000.0) -> None:
        self._now = start
        self._pending: list[_ManualTimer] = []

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._now

    def call_later(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Keep ``action`` until :meth:`advance` passes its time."""
        timer = _ManualTimer(self._now + seconds, action)
        self._pending.append(timer)
        return timer

    def advance(self, seconds: float) -> None:
        """Move on, and call what falls due, in order of time."""
        end = self._now + seconds
        while due := [timer for timer in self._pending if timer.at <= end]:
            timer = min(due, key=lambda one: one.at)
            self._pending.remove(timer)
            self._now = max(self._now, timer.at)
            if not timer.cancelled:
                timer.action()
        self._now = end


class _ManualTimer:
    def __init__(self, at: float, action: Callable[[], None]) -> None:
        self.at = at
        self.action = action
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True
