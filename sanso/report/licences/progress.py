"""A line now and then while a run goes on, for those who watch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from time import monotonic

from sanso.messages import Language, text

EVERY = 5.0
"""Seconds between two lines."""
_ORDER = ("in_sync", "changed", "pending", "failed", "not_reached", "on_loan")


class Progress:
    """Counts terminals by status.

    Args:
        total: how many there are.
        show: takes a line.
        lang: language of the lines.
        clock: seconds, going up.
    """

    def __init__(
        self, total: int, show: Callable[[str], None], lang: Language, clock: Callable[[], float] = monotonic
    ) -> None:
        self.total = total
        self._show = show
        self._lang = lang
        self._clock = clock
        self._counts: Counter[str] = Counter()
        self._started = self._shown = clock()

    def add(self, status: str) -> None:
        """One more is done; shows a line after some seconds, and at the end."""
        self._counts[status] += 1
        now = self._clock()
        if self._counts.total() == self.total or now - self._shown >= EVERY:
            self._shown = now
            self._show(self.line(now))

    def line(self, now: float) -> str:
        """How far it is."""
        statuses = ", ".join(
            f"{text(f'licensing.status.{status}', self._lang)} {self._counts[status]}"
            for status in _ORDER
            if self._counts[status]
        )
        seconds = round(now - self._started)
        done = self._counts.total()
        return text(
            "licensing.run.progress", self._lang, done=done, total=self.total, statuses=statuses, seconds=seconds
        )
