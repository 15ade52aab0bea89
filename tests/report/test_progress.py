"""How far a run is, as it is shown in its place and as lines of a log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from sanso.messages import Language
from sanso.report.progress import EVERY, Progress


@dataclass
class Shown:
    """A screen that remembers."""

    live: bool
    lines: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    worst: list[set[str]] = field(default_factory=list)

    def line(self, words: str, statuses: Iterable[str] = ()) -> None:
        self.lines.append(words)
        self.worst.append(set(statuses))

    def status(self, words: str) -> None:
        self.below.append(words)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def progress(screen: Shown, clock: Clock, sites: list[str], lang: Language = "en") -> Progress:
    return Progress("reading", sites, screen, lang, str, clock)


def test_a_log_has_a_line_for_each_site_one_now_and_then_and_one_at_the_end() -> None:
    screen, clock = Shown(live=False), Clock()
    one = progress(screen, clock, ["Hall"] * 100 + ["図書館"] * 2)
    for _ in range(99):
        clock.now += EVERY / 10
        one.add("Hall", "in_sync")
    assert len(screen.lines) == 9
    assert screen.lines[0] == "reading: 10/102  in_sync 10  about 46 s left"
    one.add("Hall", "drift")
    one.add("図書館", "failed")
    one.add("図書館", "in_sync")
    assert screen.lines[9:] == [
        "  Hall    100/100  drift 1, in_sync 99",
        "  図書館  2/2  failed 1, in_sync 1",
        "reading: 102/102  drift 1, failed 1, in_sync 100  (50 s)",
    ]
    assert screen.worst[-2] == {"failed", "in_sync"}
    assert screen.below == [], "nothing is drawn over in a log"


def test_at_a_terminal_one_line_is_drawn_anew_and_only_sites_and_the_end_stay() -> None:
    screen, clock = Shown(live=True), Clock()
    one = progress(screen, clock, ["a", "a", "b", "b"], "ja")
    for site in ("a", "b", "a", "b"):
        clock.now += 60
        one.add(site, "in_sync")
    assert screen.below == [
        "reading: 1/4  in_sync 1  残り約 3 分",
        "reading: 2/4  in_sync 2  残り約 2 分",
        "reading: 3/4  in_sync 3  残り約 60 秒",
    ]
    assert [line.split()[0] for line in screen.lines] == ["a", "b", "reading:"]


@pytest.mark.parametrize("live", [True, False])
def test_a_single_site_needs_no_line_of_its_own(live: bool) -> None:
    screen = Shown(live)
    progress(screen, Clock(), ["a"]).add("a", "changed")
    assert screen.lines == ["reading: 1/1  changed 1  (0 s)"]
