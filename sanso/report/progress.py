"""How far a run is, for those who watch: a line for each site that is done, one for the whole and its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Protocol

from sanso.messages import Language, text
from sanso.report.columns import columns, padded

EVERY = 5.0
"""Seconds between two lines that tell how far it is, where a line stays."""
REDRAWN = 0.1
"""The same, where it is drawn anew in its place."""
SOON = 2.0
"""Seconds before which nothing can be said of how long it will take."""


class Screen(Protocol):
    """What people look at."""

    live: bool
    """Whether a line can be drawn anew in its place."""

    def line(self, words: str, statuses: Iterable[str] = ()) -> None:
        """Show a line that stays, in the colour of the worst status; it takes the place of the line below."""

    def status(self, words: str) -> None:
        """Show a line below all others, in place of the last such line."""


class Progress:
    """Counts what is done, by site and status.

    Args:
        title: what is being done, in words.
        sites: name of the site of each device or terminal, as people know it.
        screen: shows lines.
        lang: language of the lines.
        word: what a status is called.
        clock: seconds, going up.
    """

    def __init__(
        self,
        title: str,
        sites: Iterable[str],
        screen: Screen,
        lang: Language,
        word: Callable[[str], str],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._title = title
        self._of_site = Counter(sites)
        self._done: dict[str, Counter[str]] = {site: Counter() for site in self._of_site}
        self._screen = screen
        self._lang = lang
        self._word = word
        self._clock = clock
        self._started = self._shown = clock()
        self._width = max(map(columns, self._of_site), default=0)

    def add(self, site: str, status: str) -> None:
        """One more is done; shows what there is to show of it."""
        self._done[site][status] += 1
        done, total, now = sum(self._done.values(), Counter[str]()), self._of_site.total(), self._clock()
        site_done = self._done[site].total() == self._of_site[site]
        if site_done and len(self._of_site) > 1:
            self._screen.line(self._site(site), self._done[site])
        if done.total() == total:
            self._screen.line(self._whole(done, now), done)
        elif site_done or now - self._shown >= (REDRAWN if self._screen.live else EVERY):
            self._shown = now
            if self._screen.live:
                self._screen.status(self._whole(done, now))
            elif not site_done:
                self._screen.line(self._whole(done, now))

    def _site(self, site: str) -> str:
        counts = self._done[site]
        done = text("progress.done", self._lang, done=counts.total(), total=self._of_site[site])
        return f"  {padded(site, self._width)}  {done}  {self._counted(counts)}"

    def _whole(self, done: Counter[str], now: float) -> str:
        count, total, seconds = done.total(), self._of_site.total(), now - self._started
        said = text("progress.whole", self._lang, title=self._title, done=count, total=total)
        if count == total:
            end = text("progress.took", self._lang, seconds=round(seconds))
        else:
            end = self._left(seconds / count * (total - count)) if seconds >= SOON else ""
        return "  ".join(part for part in (said, self._counted(done), end) if part)

    def _left(self, seconds: float) -> str:
        if seconds < 90:
            return text("progress.seconds_left", self._lang, count=max(1, round(seconds)))
        return text("progress.minutes_left", self._lang, count=round(seconds / 60))

    def _counted(self, counts: Counter[str]) -> str:
        return ", ".join(f"{self._word(status)} {count}" for status, count in sorted(counts.items()))
