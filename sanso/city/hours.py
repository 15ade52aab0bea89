"""Hours of days: when a WLAN is on the air, and when a site may be worked on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from sanso.city.element import Element

_HH_MM = re.compile(r"([0-9]{2}):([0-9]{2})")


def _clock(value: Any) -> time:
    """Read HH:MM; undo YAML 1.1's reading of an unquoted 19:00 as the base-60 number 1140."""
    hour, minute = -1, -1
    if isinstance(value, time):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        hour, minute = divmod(value, 60)
    elif isinstance(value, str) and (match := _HH_MM.fullmatch(value)):
        hour, minute = int(match[1]), int(match[2])
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError("a time of day is HH:MM, from 00:00 to 23:59")
    return time(hour, minute)


Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)
"""The days of the week, Monday first."""
DayKind = Literal["working_day", "closed_day", "holiday"]
"""Closed days (閉庁日) are those on which a city's offices are closed; holidays are the national ones."""
DayName = str | date
"""What a day goes by: a day of the week, a kind of day, the day itself."""


class Window(Element):
    """Hours of some days; those that end before they start pass midnight."""

    days: Sequence[str] = Field(description="Days on which it opens.")
    start: Clock = Field(alias="from", description="Opening time in the site's time zone, HH:MM.")
    end: Clock = Field(alias="to", description="Closing time, HH:MM; where it is not after `from`, the next day's.")

    @property
    def names(self) -> frozenset[DayName]:
        """Names of the days on which it opens."""
        return frozenset(self.days)

    @property
    def minutes(self) -> tuple[int, int]:
        """Opening and closing, in minutes from the midnight at which the day of the opening begins."""
        start, end = (clock.hour * 60 + clock.minute for clock in (self.start, self.end))
        return start, end if end > start else end + 24 * 60


class WeeklyWindow(Window):
    """Hours that come again each week; those that end before they start pass midnight."""

    days: list[Day] = Field(min_length=1, description="Days on which it opens: `mon` … `sun`.")


class MaintenanceWindow(Window):
    """Hours of days of the week, of kinds of day, or of dates; those that end before they start pass midnight."""

    days: list[Literal[Day, DayKind]] = Field(
        default_factory=list,
        description="Days on which it opens: `mon` … `sun`, `working_day`, `closed_day` (閉庁日), `holiday` (祝日).",
    )
    dates: list[date] = Field(default_factory=list, description="Further days on which it opens, YYYY-MM-DD.")

    @property
    def names(self) -> frozenset[DayName]:
        """Names of the days on which it opens."""
        return frozenset((*self.days, *self.dates))
