from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from sanso.city.calendar import Blackout, Calendar, YearlyDays


def kinds(day: str, **calendar: Any) -> set[str]:
    names = Calendar.model_validate(calendar).names(date.fromisoformat(day))
    return {str(name) for name in names} & {"working_day", "closed_day", "holiday"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-20", {"working_day"}),  # a Friday
        ("2026-11-21", {"closed_day"}),  # a Saturday
        ("2026-11-23", {"closed_day", "holiday"}),  # 勤労感謝の日
        ("2026-09-22", {"closed_day", "holiday"}),  # 国民の休日, between two holidays
        ("2026-05-06", {"closed_day", "holiday"}),  # 振替休日, for 3 May, a Sunday
        ("2026-12-28", {"working_day"}),
        ("2026-12-29", {"closed_day"}),  # of the year's end, and no holiday
        ("2026-12-31", {"closed_day"}),
        ("2027-01-01", {"closed_day", "holiday"}),
        ("2027-01-02", {"closed_day"}),
        ("2025-01-03", {"closed_day"}),
        ("2027-01-04", {"working_day"}),
    ],
)
def test_each_day_has_its_kinds(day: str, expected: set[str]) -> None:
    assert kinds(day) == expected


def test_a_city_says_itself_when_it_is_closed() -> None:
    assert kinds("2026-12-29", closed=[{"from": "12-31", "to": "01-03"}]) == {"working_day"}
    assert kinds("2026-12-31", closed=[]) == {"working_day"}
    assert kinds("2026-11-13", closed_dates=["2026-11-13"]) == {"closed_day"}
    assert kinds("2027-11-12", closed_dates=["2026-11-13"]) == {"working_day"}


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        ("02-28", "03-01", ["2028-02-28", "2028-02-29", "2027-03-01"], ["2028-02-27", "2028-03-02"]),
        ("12-29", "01-03", ["2026-12-29", "2026-12-31", "2027-01-03"], ["2026-12-28", "2027-01-04"]),
        ("11-13", "11-13", ["2026-11-13"], ["2026-11-12", "2026-11-14"]),
    ],
)
def test_yearly_days_hold_both_ends(first: str, last: str, inside: list[str], outside: list[str]) -> None:
    days = YearlyDays.model_validate({"from": first, "to": last})
    assert all(date.fromisoformat(day) in days for day in inside)
    assert not any(date.fromisoformat(day) in days for day in outside)


@pytest.mark.parametrize("value", ["02-30", "13-01", "1-1", "2026-12-29", 1229, None, "12-29 "])
def test_what_is_no_day_of_the_year_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError, match="MM-DD"):
        YearlyDays.model_validate({"from": value, "to": "12-31"})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2027-02-16", date(2027, 2, 16)),
        (date(2027, 2, 16), date(2027, 2, 16)),
        ("2027-02-16T17:30", datetime(2027, 2, 16, 17, 30)),
        ("2027-02-16 17:30:00", datetime(2027, 2, 16, 17, 30)),
        ("2027-02-16T17:30+09:00", datetime.fromisoformat("2027-02-16T17:30+09:00")),
        (datetime(2027, 2, 16, 17, 30), datetime(2027, 2, 16, 17, 30)),
    ],
)
def test_a_blackout_begins_with_a_day_or_at_a_moment(value: Any, expected: date) -> None:
    blackout = Blackout.model_validate({"from": value, "to": "2028-01-01", "reason": "x"})
    assert blackout.start == expected
    assert type(blackout.start) is type(expected)


@pytest.mark.parametrize(
    "value", ["2027-02-30", "20270216", "2027-02-16T24:30", "16:00", 2027, None, "9999-12-31", "1999-12-31"]
)
def test_what_is_neither_a_day_nor_a_moment_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError, match="YYYY-MM-DD"):
        Blackout.model_validate({"from": value, "to": "2028-01-01", "reason": "x"})


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_a_blackout_says_why(reason: Any) -> None:
    with pytest.raises(ValidationError, match="reason"):
        Blackout.model_validate({"from": "2027-02-16", "to": "2027-03-16", "reason": reason})
