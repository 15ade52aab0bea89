"""The city's calendar: on which days its offices are closed, and when nothing may be changed."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any

import jpholiday
from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from sanso.city.element import Element, Words
from sanso.city.hours import DAYS, DayName

MONTH_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
MOMENT = _DATE + r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
"""Patterns of what may be written."""
_YEARS = range(2000, 3000)
"""Of blackouts; a slip of the pen is soon outside them."""


def _month_day(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(MONTH_DAY, value):
        with suppress(ValueError):
            date.fromisoformat(f"2000-{value}")  # a leap year, so that it knows 02-29
            return value
    raise PydanticCustomError("month_day", "a day of the year is MM-DD")


def _moment(value: Any) -> date:
    """Read a day, or a time of a day; of YAML 1.1 it may be one already."""
    if isinstance(value, str) and re.fullmatch(MOMENT, value):
        with suppress(ValueError):
            value = date.fromisoformat(value) if re.fullmatch(_DATE, value) else datetime.fromisoformat(value)
    if not isinstance(value, date) or value.year not in _YEARS:
        raise PydanticCustomError("day_or_moment", "a day is YYYY-MM-DD, and a time of it YYYY-MM-DDTHH:MM")
    return value


MonthDay = Annotated[str, PlainValidator(_month_day), WithJsonSchema({"type": "string", "pattern": f"^{MONTH_DAY}$"})]
DayOrMoment = Annotated[date, PlainValidator(_moment), WithJsonSchema({"type": "string", "pattern": f"^{MOMENT}$"})]
"""A whole day, or a ``datetime``, with an offset from UTC or in the time zone of where it holds."""


class YearlyDays(Element):
    """Days of every year; the first and the last belong to them."""

    start: MonthDay = Field(alias="from", description="The first, MM-DD.")
    end: MonthDay = Field(alias="to", description="The last, MM-DD; where it is before `from`, the next year's.")

    def __contains__(self, day: date) -> bool:
        this = f"{day:%m-%d}"
        if self.start <= self.end:
            return self.start <= this <= self.end
        return this >= self.start or this <= self.end


class Blackout(Element):
    """A span in which nothing may be changed, whatever the windows say: elections, the tax season, a batch."""

    start: DayOrMoment = Field(alias="from", description="Its first day, or the moment that it begins.")
    end: DayOrMoment = Field(alias="to", description="Its last day, to midnight, or the moment that it ends.")
    reason: Words = Field(description="Why; whoever is refused is told.")


class Calendar(Element):
    """Closed days (閉庁日), beside Saturdays, Sundays and national holidays, and blackouts (`sanso_calendar`)."""

    closed: list[YearlyDays] = Field(
        default_factory=lambda: [YearlyDays.model_validate({"from": "12-29", "to": "01-03"})],
        description="Days on which the offices are closed every year; absent = 12-29 to 01-03.",
    )
    closed_dates: list[date] = Field(default_factory=list, description="Further closed days, YYYY-MM-DD.")
    blackouts: list[Blackout] = Field(
        default_factory=list, description="When nothing may be changed at any site, in the city's time zone."
    )

    def names(self, day: date) -> frozenset[DayName]:
        """What a day goes by in windows: itself, its day of the week, and its kinds."""
        holiday = jpholiday.is_holiday(day)
        closed = (
            holiday
            or DAYS[day.weekday()] in ("sat", "sun")
            or any(day in days for days in self.closed)
            or day in self.closed_dates
        )
        kinds = {"closed_day" if closed else "working_day", *(["holiday"] if holiday else [])}
        return frozenset({day, DAYS[day.weekday()], *kinds})
