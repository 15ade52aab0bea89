"""Maintenance windows in words: why a site is closed, and a table of when sites open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sanso.city.blackouts import blackouts_of
from sanso.city.element import Named
from sanso.city.hours import DAYS
from sanso.city.model import City
from sanso.city.moments import Span, city_zone, site_zone
from sanso.city.site import Site
from sanso.city.windows import blackouts_in_the_way, next_opening, openings
from sanso.messages import Language, text
from sanso.report.run import lined_up
from sanso.rules.words import some

Coming = tuple[Site, Span]
"""A site and one of its openings."""


def closed_text(city: City, site_id: str, now: datetime, lang: Language) -> str:
    """Why a closed site may not be worked on, when it opens next, and what else can be done."""
    site = city.sites[site_id]
    opens = next_opening(site, city, now)
    local = _moment(now.astimezone(site_zone(site, city)))
    said = [
        text("window.never", lang, site=name_of(site, lang), now=local)
        if opens is None
        else text("window.closed", lang, site=name_of(site, lang), now=local, opens=_moment(opens))
    ]
    for shut in blackouts_in_the_way(site, city, now):
        until = _moment(shut.span.on(site_zone(site, city)).end)
        said.append(text("window.blackout", lang, until=until, reason=shut.blackout.reason))
    return _sentences([*said, text("window.instead", lang)], lang)


def override_text(override: Mapping[str, Any], lang: Language) -> str:
    """Who works outside maintenance windows, why, and at which hosts."""
    hosts = some(override["hosts"])
    return text("window.override", lang, by=override["by"], reason=override["reason"], hosts=hosts)


def coming(city: City, sites: Iterable[str], since: datetime, until: datetime) -> list[Coming]:
    """Openings of sites between two moments, the earlier first."""
    found = [(city.sites[name], span) for name in sites for span in openings(city.sites[name], city, since, until)]
    return sorted(found, key=lambda one: (one[1], one[0].id))


def windows_text(city: City, sites: list[str], since: datetime, days: int, lang: Language) -> str:
    """Table of the openings of sites in the coming days, those that are always open first, and blackouts."""
    until = since + timedelta(days=days)
    found = coming(city, sites, since, until)
    rows = [[text(f"window.table.{column}", lang) for column in ("site", "opens", "closes", "length", "day")]]
    for site, span in found:
        if site.windows == "always" and span == (since, until):
            rows.append([name_of(site, lang), text("window.table.always", lang), "", "", ""])
        else:
            rows.append([name_of(site, lang), *_cells(city, site, span, lang)])
    open_some_time = {site.id for site, _ in found}
    never = [city.sites[name] for name in sites if name not in open_some_time]
    return "\n".join(
        [
            text("window.table.title", lang, days=days, now=_day_and_time(since.astimezone(city_zone(city)), lang)),
            *(line.rstrip() for line in lined_up(rows)),
            *(text("window.table.none", lang, site=name_of(site, lang)) for site in never),
            *_blackout_lines(city, sites, Span(since, until), lang),
        ]
    )


def _blackout_lines(city: City, sites: list[str], during: Span, lang: Language) -> Iterator[str]:
    for shut in blackouts_of(city, [city.sites[name] for name in sites]):
        if shut.touches(during):
            start, end = shut.local
            yield text(
                "window.table.blackout",
                lang,
                start=_day_and_time(start, lang),
                end=_day_and_time(end, lang),
                where=name_of(shut.site or city.settings, lang),
                reason=shut.blackout.reason,
            )


def _cells(city: City, site: Site, span: Span, lang: Language) -> list[str]:
    """Opening, closing, length and kind of day."""
    names = city.calendar.names(span.start.date())
    kind = next(kind for kind in ("holiday", "closed_day", "working_day") if kind in names)
    zone = "" if site_zone(site, city) == city_zone(city) else f" ({span.start:%Z})"
    minutes = (span.end.astimezone(UTC) - span.start.astimezone(UTC)) // timedelta(minutes=1)
    same_day = span.start.date() == span.end.date()
    return [
        _day_and_time(span.start, lang) + zone,
        f"{span.end:%H:%M}" if same_day else _day_and_time(span.end, lang),
        f"{minutes // 60}:{minutes % 60:02}",
        text(f"window.day.{kind}", lang),
    ]


def name_of(named: Named, lang: Language) -> str:
    """The name of a site, or of the city."""
    return named.name_ja if lang == "ja" else named.name


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M (%Z)")


def _day_and_time(moment: datetime, lang: Language) -> str:
    day = text(f"window.day.{DAYS[moment.weekday()]}", lang)
    return f"{moment:%Y-%m-%d} ({day}) {moment:%H:%M}"


def _sentences(said: list[str], lang: Language) -> str:
    return ("" if lang == "ja" else " ").join(said)
