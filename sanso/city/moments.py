"""Moments and spans of time, and whose clock they are read on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sanso.city.model import City
from sanso.city.site import Site


class Span(NamedTuple):
    """From a moment on, until just before another."""

    start: datetime
    end: datetime

    def on(self, zone: ZoneInfo) -> Span:
        """The same span on the clock of a time zone."""
        return Span(self.start.astimezone(zone), self.end.astimezone(zone))


def site_zone(site: Site, city: City) -> ZoneInfo:
    """Time zone of a site: its own, else the city's."""
    return ZoneInfo(site.timezone or city.settings.timezone)


def city_zone(city: City) -> ZoneInfo:
    """Time zone of what holds for the whole city."""
    return ZoneInfo(city.settings.timezone)


def utc(moment: datetime) -> datetime:
    """The moment in UTC, where clocks never jump, so that comparisons mean what they say.

    Raises:
        ValueError: it has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def moments(value: date, zone: ZoneInfo) -> list[datetime]:
    """The moment in UTC that a day begins at or a clock shows; two where the clock shows it twice, or not at all."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time.min)
    if moment.tzinfo is not None:
        return [utc(moment)]
    return [utc(moment.replace(tzinfo=zone, fold=fold)) for fold in (0, 1)]
