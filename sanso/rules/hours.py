"""Windows of a list: which make no sense. Sites are worked on in them, and WLANs are on the air."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any

from sanso.city.hours import DAYS, DayName, MaintenanceWindow, Window
from sanso.messages.source import Path

Fault = tuple[Path, str, dict[str, Any]]
"""Path, variant and arguments of a finding."""
Names = Callable[[date], frozenset[DayName]]
"""What a day goes by in windows."""

WEEK = [date(2026, 1, 5) + timedelta(days=number) for number in range(len(DAYS))]
"""Any week, for windows that come again each week."""
_DAY = timedelta(days=1)


def week_names(day: date) -> frozenset[DayName]:
    """What a day goes by where a week is like any other."""
    return frozenset({DAYS[day.weekday()]})


def window_faults(windows: Sequence[Window], days: Collection[date], names: Names) -> Iterator[Fault]:
    """Windows of 24 hours or that name a day twice, then those that overlap an earlier one on one of some days."""
    for window in windows:
        if window.start == window.end != time(0):  # from midnight to midnight is a whole day that is meant
            yield window.at("to"), "whole_day", {"time": f"{window.start:%H:%M}"}
        for key in ("days", "dates"):
            named: Sequence[DayName] = getattr(window, key, [])
            for index, day in enumerate(named):
                if day in named[:index]:
                    yield window.at(key, index), "twice", {"day": day}
    for index, window in enumerate(windows):
        other = next((other for other in windows[:index] if windows_meet(window, other, days, names)), None)
        if other is not None:
            yield window.at(), "overlap", {"window": window_text(window), "other": window_text(other)}


def windows_meet(one: Window, two: Window, days: Collection[date], names: Names) -> bool:
    """Whether two windows are ever open together, the first of them opening on one of some days."""
    return any(
        _hours_meet(one, two, shift)
        and any(
            not one.names.isdisjoint(names(day)) and not two.names.isdisjoint(names(day + shift * _DAY))
            for day in days
        )
        for shift in (-1, 0, 1)
    )


def window_text(window: Window) -> str:
    """The window in a line."""
    dates = window.dates if isinstance(window, MaintenanceWindow) else []
    days = ",".join(map(str, (*window.days, *dates)))
    return f"{days} {window.start:%H:%M}-{window.end:%H:%M}".lstrip()


def _opens(window: Window, names: frozenset[DayName]) -> bool:
    return not window.names.isdisjoint(names)


def _hours_meet(one: Window, two: Window, shift: int) -> bool:
    """Whether the hours meet when the second opens so many days after the first."""
    start, end = one.minutes
    other_start, other_end = (minute + shift * 24 * 60 for minute in two.minutes)
    return start < other_end and other_start < end
