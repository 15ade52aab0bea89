"""Weekly windows: which of a list make no sense. Sites are worked on in them, and WLANs are on the air."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sanso.city.site import DAYS, Window
from sanso.messages.source import Path

WEEK = 7 * 24 * 60
"""Minutes."""

Fault = tuple[Path, str, dict[str, Any]]
"""Path, variant and arguments of a finding."""


def window_faults(windows: list[Window]) -> Iterator[Fault]:
    """Windows of a whole day or that name a day twice, then those that overlap an earlier one."""
    for window in windows:
        if window.start == window.end:
            yield window.at("to"), "whole_day", {"time": f"{window.start:%H:%M}"}
        for index, day in enumerate(window.days):
            if day in window.days[:index]:
                yield window.at("days", index), "twice", {"day": day}
    for index, window in enumerate(windows):
        other = next((other for other in windows[:index] if windows_meet(window, other)), None)
        if other is not None:
            yield window.at(), "overlap", {"window": _text(window), "other": _text(other)}


def windows_meet(one: Window, two: Window) -> bool:
    """Whether two windows are ever open together; spans of minutes in a week that wraps."""
    return any(
        start < other_end + shift and other_start + shift < end
        for start, end in _spans(one)
        for other_start, other_end in _spans(two)
        for shift in (-WEEK, 0, WEEK)
    )


def _text(window: Window) -> str:
    return f"{','.join(window.days)} {window.start:%H:%M}-{window.end:%H:%M}"


def _spans(window: Window) -> Iterator[tuple[int, int]]:
    start, end = (time.hour * 60 + time.minute for time in (window.start, window.end))
    length = end - start if end > start else end - start + 24 * 60
    for day in window.days:
        opening = DAYS.index(day) * 24 * 60 + start
        yield opening, opening + length
