"""Maintenance windows: when the devices of a site may be changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from sanso.city.blackouts import Shut, blackouts_of
from sanso.city.hours import Window
from sanso.city.model import City
from sanso.city.moments import Span, site_zone, utc
from sanso.city.site import Site

LOOK_AHEAD = timedelta(days=731)
"""An opening that is further off is as good as none."""
_LONGEST = timedelta(days=31)
"""An opening of windows that follow each other without a gap is followed so far beyond the time that is asked for."""
_DAY = timedelta(days=1)


def is_open(site: Site, city: City, now: datetime) -> bool:
    """Whether the site may be worked on now.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    opening = _next(site, city, utc(now))
    return opening is not None and opening.start <= utc(now)


def next_opening(site: Site, city: City, now: datetime) -> datetime | None:
    """First moment from now on at which the site may be worked on, in its time zone; None where none is in sight.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    opening = _next(site, city, utc(now))
    return None if opening is None else max(opening.start, utc(now)).astimezone(site_zone(site, city))


def closes_at(site: Site, city: City, now: datetime) -> datetime | None:
    """When the site may no longer be worked on, in its time zone.

    None where it may not be worked on now, or where no end is in sight; :func:`room_left` tells these apart.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    opening = _next(site, city, utc(now))
    if opening is None or opening.start > utc(now) or opening.end >= utc(now) + LOOK_AHEAD:
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
    return None if end is None else utc(end) - utc(now)


def openings(site: Site, city: City, since: datetime, until: datetime) -> list[Span]:
    """When the site may be worked on, in its time zone: adjacent windows joined, blackouts cut out.

    Openings that lie partly in the time asked for are given whole, so that they are the same whenever one asks; but
    those of a site with the windows ``always`` begin and end with it, and those of windows without any gap a month
    before and after it.

    Raises:
        ValueError: a moment has no time zone.
    """
    first, last, zone = utc(since), utc(until), site_zone(site, city)
    found = takewhile(lambda span: span.start < last, _openings(site, city, first, last))
    return [span.on(zone) for span in found if span.end > first]


def blackouts_in_the_way(site: Site, city: City, now: datetime) -> list[Shut]:
    """Blackouts but for which the site could be worked on now, or before its next opening.

    Raises:
        ValueError: ``now`` has no time zone.
    """
    first = utc(now)
    free = next((span for span in _wanted(site, city, first, first + LOOK_AHEAD) if span.end > first), None)
    opening = _next(site, city, first)
    if free is None:
        return []
    waiting = Span(max(free.start, first), first + LOOK_AHEAD if opening is None else opening.start)
    return [shut for shut in blackouts_of(city, [site]) if shut.touches(waiting)]


def sites_of_host(city: City, host: str) -> tuple[str, ...]:
    """Sites that have to be open before a host is changed; none for a host that the city does not know.

    A wireless controller is at all sites of its access points.
    """
    if host in city.controllers:
        points = (point.site for point in city.access_points.values() if point.controller == host)
        return tuple(dict.fromkeys((city.controllers[host].site, *points)))
    one = city.devices.get(host) or city.access_points.get(host) or city.virtualization_hosts.get(host)
    return (one.site,) if one is not None else ()


def _next(site: Site, city: City, now: datetime) -> Span | None:
    """The opening that now is in, else the next."""
    return next((span for span in _openings(site, city, now, now + LOOK_AHEAD) if span.end > now), None)


def _openings(site: Site, city: City, since: datetime, until: datetime) -> Iterator[Span]:
    """Openings in order; the first may end before the time that is asked for, and the last begin after it."""
    shut = [one.span for one in blackouts_of(city, [site])]
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
