"""Maintenance windows: when the devices of a site may be changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sanso.city.model import City
from sanso.city.site import DAYS, Site, Window

_LOOK_AHEAD = 15
"""Days: a week and its windows' ends, and another week where a clock change swallows the only window."""


def is_open(site: Site, city: City, now: datetime) -> bool:
    """Whether the site may be worked on now.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    return _opening(site, city, _utc(now)) == _utc(now)


def next_opening(site: Site, city: City, now: datetime) -> datetime | None:
    """First moment from now on at which the site may be worked on, in its time zone; None where there is none.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    opening = _opening(site, city, _utc(now))
    return None if opening is None else opening.astimezone(site_zone(site, city))


def site_zone(site: Site, city: City) -> ZoneInfo:
    """Time zone of a site: its own, else the city's."""
    return ZoneInfo(site.timezone or city.settings.timezone)


def _utc(moment: datetime) -> datetime:
    """The moment in UTC, where clocks never jump, so that comparisons mean what they say."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def _opening(site: Site, city: City, now: datetime) -> datetime | None:
    if site.windows == "always":
        return now
    spans = _spans(site.windows, site_zone(site, city), now)
    return min((max(start, now) for start, end in spans if now < end), default=None)


def _spans(windows: list[Window], zone: ZoneInfo, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of each opening from yesterday on, in UTC."""
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    for offset in range(_LOOK_AHEAD):
        day = yesterday + timedelta(days=offset)
        for window in windows:
            if DAYS[day.weekday()] in window.days:
                start, end = _span(window, day, zone)
                if start < end:
                    yield start, end


def _span(window: Window, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    last = day if window.start < window.end else day + timedelta(days=1)
    start = datetime.combine(day, window.start, zone)
    end = datetime.combine(last, window.end, zone)
    return start.astimezone(UTC), end.astimezone(UTC)
