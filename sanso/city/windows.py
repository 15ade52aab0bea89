"""Maintenance windows: when the devices of a site may be changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sanso.city.calendar import Blackout
from sanso.city.hours import Window
from sanso.city.model import City
from sanso.city.site import Site

LOOK_AHEAD = timedelta(days=731)
"""An opening that is further off is as good as none."""
_LONGEST = timedelta(days=31)
"""An opening of windows that follow each other without a gap is followed so far beyond the time that is asked for."""
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """From a moment on, until just before another."""

    start: datetime
    end: datetime


def is_open(site: Site, city: City, now: datetime) -> bool:
    """Whether the site may be worked on now.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    opening = _next(site, city, _utc(now))
    return opening is not None and opening.start <= _utc(now)


def next_opening(site: Site, city: City, now: datetime) -> datetime | None:
    """First moment from now on at which the site may be worked on, in its time zone; None where none is in sight.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    opening = _next(site, city, _utc(now))
    return None if opening is None else max(opening.start, _utc(now)).astimezone(site_zone(site, city))


def closes_at(site: Site, city: City, now: datetime) -> datetime | None:
    """When the site may no longer be worked on, in its time zone.

    None where it may not be worked on now, or where no end is in sight; :func:`room_left` tells these apart.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    opening = _next(site, city, _utc(now))
    if opening is None or opening.start > _utc(now) or opening.end >= _utc(now) + LOOK_AHEAD:
        return None
    return opening.end.astimezone(site_zone(site, city))


def room_left(site: Site, city: City, now: datetime) -> timedelta | None:
    """How long the site may still be worked on: nothing where it may not be now, None where no end is in sight.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    if not is_open(site, city, now):
        return timedelta(0)
    end = closes_at(site, city, now)
    return None if end is None else _utc(end) - _utc(now)


def openings(site: Site, city: City, since: datetime, until: datetime) -> list[Span]:
    """When the site may be worked on, in its time zone: adjacent windows joined, blackouts cut out.

    Openings that lie partly in the time asked for are given whole, so that they are the same whenever one asks; but
    those of a site with the windows ``always`` begin and end with it.

    Raises:
        ValueError: a moment has no time zone.
    """
    first, last, zone = _utc(since), _utc(until), site_zone(site, city)
    found = takewhile(lambda span: span.start < last, _openings(site, city, first, last))
    return [Span(start.astimezone(zone), end.astimezone(zone)) for start, end in found if end > first]


def blackouts_in_the_way(site: Site, city: City, now: datetime) -> list[Blackout]:
    """Blackouts but for which the site could be worked on now, or before its next opening.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    first = _utc(now)
    free = next((span for span in _wanted(site, city, first, first + LOOK_AHEAD) if span.end > first), None)
    opening = _next(site, city, first)
    if free is None:
        return []
    begin, end = max(free.start, first), first + LOOK_AHEAD if opening is None else opening.start
    return [blackout for blackout, span in _blackouts(site, city) if span.start < end and begin < span.end]


def blackout_span(blackout: Blackout, zone: ZoneInfo) -> Span:
    """The span in UTC; where clocks go back, the longer one."""
    last_day = None if isinstance(blackout.end, datetime) else blackout.end + _DAY
    start, end = _moments(blackout.start, zone), _moments(last_day or blackout.end, zone)
    return Span(min(start), max(end))


def site_zone(site: Site, city: City) -> ZoneInfo:
    """Time zone of a site: its own, else the city's."""
    return ZoneInfo(site.timezone or city.settings.timezone)


def city_zone(city: City) -> ZoneInfo:
    """Time zone of what holds for the whole city."""
    return ZoneInfo(city.settings.timezone)


def _utc(moment: datetime) -> datetime:
    """The moment in UTC, where clocks never jump, so that comparisons mean what they say."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def _next(site: Site, city: City, now: datetime) -> Span | None:
    """The opening that now is in, else the next."""
    return next((span for span in _openings(site, city, now, now + LOOK_AHEAD) if span.end > now), None)


def _openings(site: Site, city: City, since: datetime, until: datetime) -> Iterator[Span]:
    """Openings in order; the first may end before the time that is asked for, and the last begin after it."""
    shut = [span for _, span in _blackouts(site, city)]
    return (part for span in _wanted(site, city, since, until) for part in _without(span, shut))


def _wanted(site: Site, city: City, since: datetime, until: datetime) -> Iterator[Span]:
    """Openings as they would be without blackouts."""
    if site.windows == "always":
        return iter([Span(since, until)])
    return _joined(_each(site.windows, city, site_zone(site, city), since - _LONGEST, until + _LONGEST))


def _each(windows: Iterable[Window], city: City, zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[Span]:
    """The opening of each window on each day, in the order of their beginnings."""
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        names = city.calendar.names(day)
        spans = (_span(window, day, zone) for window in windows if not window.names.isdisjoint(names))
        yield from sorted(span for span in spans if span.start < span.end)
        day += _DAY


def _span(window: Window, day: date, zone: ZoneInfo) -> Span:
    last = day if window.start < window.end else day + _DAY
    start = datetime.combine(day, window.start, zone)
    end = datetime.combine(last, window.end, zone)
    return Span(start.astimezone(UTC), end.astimezone(UTC))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in order, those that touch or overlap made one."""
    current: Span | None = None
    for span in spans:
        if current is None:
            current = span
        elif span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current


def _without(span: Span, shut: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span; what is shut comes in the order of its beginnings."""
    start = span.start
    for closed in shut:
        if start < min(closed.start, span.end) and closed.end > start:
            yield Span(start, min(closed.start, span.end))
        start = max(start, closed.end)
    if start < span.end:
        yield Span(start, span.end)


def _blackouts(site: Site, city: City) -> list[tuple[Blackout, Span]]:
    """Blackouts of the city and of the site, each where its own clock stands, in the order of their beginnings."""
    zoned = [(one, city_zone(city)) for one in city.calendar.blackouts]
    zoned += [(one, site_zone(site, city)) for one in site.blackouts]
    return sorted(((one, blackout_span(one, zone)) for one, zone in zoned), key=lambda pair: pair[1])


def _moments(value: date, zone: ZoneInfo) -> list[datetime]:
    """The moment in UTC that a day begins at or a clock shows; two where the clock shows it twice."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time.min)
    if moment.tzinfo is not None:
        return [moment.astimezone(UTC)]
    return [moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
