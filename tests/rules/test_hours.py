from __future__ import annotations

from datetime import date, time, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from sanso.city.calendar import Calendar
from sanso.city.hours import DAYS, MaintenanceWindow, WeeklyWindow
from sanso.rules.hours import WEEK, week_names, windows_meet

MINUTES = 7 * 24 * 60


@st.composite
def windows(draw: st.DrawFn) -> WeeklyWindow:
    minutes = st.integers(0, 23).map(lambda hour: time(hour, 0))
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))
    return WeeklyWindow.model_validate({"days": days, "from": draw(minutes), "to": draw(minutes)})


def open_minutes(window: WeeklyWindow) -> set[int]:
    start, end = (clock.hour * 60 + clock.minute for clock in (window.start, window.end))
    length = (end - start) % (24 * 60) or 24 * 60
    openings = [DAYS.index(day) * 24 * 60 + start for day in window.days]
    return {minute % MINUTES for opening in openings for minute in range(opening, opening + length, 60)}


@given(windows(), windows())
def test_windows_meet_where_they_are_open_in_the_same_hour(one: WeeklyWindow, two: WeeklyWindow) -> None:
    assert windows_meet(one, two, WEEK, week_names) == bool(open_minutes(one) & open_minutes(two))


FIRST = date(2026, 9, 1)
NAMES = ["mon", "sat", "working_day", "closed_day", "holiday"]
names = cache(Calendar().names)


def days(first: int, last: int) -> list[date]:
    return [FIRST + timedelta(days=number) for number in range(first, last)]


@st.composite
def maintenance(draw: st.DrawFn) -> MaintenanceWindow:
    hours = st.integers(0, 23).map(lambda hour: time(hour, 0))
    named = draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True))
    dates = draw(st.lists(st.sampled_from(days(0, 30)), max_size=2, unique=True))
    return MaintenanceWindow.model_validate({"days": named, "dates": dates, "from": draw(hours), "to": draw(hours)})


def open_hours(window: MaintenanceWindow, on: list[date]) -> set[int]:
    """Hours since the first day in which it is open, of openings on some days."""
    start, end = window.minutes
    numbers = [(day - FIRST).days for day in on if window.names & names(day)]
    return {number * 24 + hour for number in numbers for hour in range(start // 60, end // 60)}


@given(maintenance(), maintenance())
def test_windows_of_kinds_of_day_meet_where_both_are_open(one: MaintenanceWindow, two: MaintenanceWindow) -> None:
    both = open_hours(one, days(0, 100)) & open_hours(two, days(-1, 101))
    assert windows_meet(one, two, days(0, 100), names) == bool(both)
