"""Coming maintenance windows and blackouts as a calendar that people subscribe to or import (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from sanso.city.blackouts import Shut, blackouts_of
from sanso.city.model import City
from sanso.city.moments import Span
from sanso.messages import Language, text
from sanso.report.windows import coming, name_of


def windows_calendar(city: City, sites: list[str], now: datetime, days: int, lang: Language) -> bytes:
    """A calendar of the coming days: an event for each opening and each blackout, times in the zone of the place.

    Sites that are always open have no openings in it. The same opening has the same UID whenever it is written.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//sanso//windows//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", text("window.event.title", lang, city=name_of(city.settings, lang)))
    until = now + timedelta(days=days)
    for event in (*_openings(city, sites, now, until, lang), *_blackouts(city, sites, Span(now, until), lang)):
        event.add("dtstamp", now)
        event.add("transp", "TRANSPARENT")  # it says what may be done, and is nobody's appointment
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _openings(city: City, sites: list[str], since: datetime, until: datetime, lang: Language) -> Iterator[Event]:
    with_windows = [name for name in sites if city.sites[name].windows != "always"]
    for site, span in coming(city, with_windows, since, until):
        event = _event("opening", site.id, span.start, span.end)
        event.add("summary", text("window.event.opening", lang, site=name_of(site, lang)))
        event.add("location", name_of(site, lang))
        yield event


def _blackouts(city: City, sites: list[str], during: Span, lang: Language) -> Iterator[Event]:
    for shut in blackouts_of(city, [city.sites[name] for name in sites]):
        if shut.touches(during):
            where = name_of(shut.site or city.settings, lang)
            event = _event("blackout", shut.site.id if shut.site else "", *_ends(shut))
            event.add("summary", text("window.event.blackout", lang, where=where, reason=shut.blackout.reason))
            event.add("location", where)
            yield event


def _ends(shut: Shut) -> tuple[date, date]:
    """Beginning and end; of whole days the days, the end being the day after the last."""
    start, end = shut.blackout.start, shut.blackout.end
    if isinstance(start, datetime) or isinstance(end, datetime):
        return shut.local
    return start, end + timedelta(days=1)


def _event(kind: str, site: str, start: date, end: date) -> Event:
    """An event whose UID says nothing of when or where it was written (RFC 7986, 5.3)."""
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"sanso:{kind}:{site}:{start.isoformat()}")))
    event.add("dtstart", start)
    event.add("dtend", end)
    return event
