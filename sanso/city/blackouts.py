"""Blackouts: when nothing may be changed, whatever the windows say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sanso.city.calendar import Blackout
from sanso.city.model import City
from sanso.city.moments import Span, city_zone, moments, site_zone
from sanso.city.site import Site


class Shut(NamedTuple):
    """When a blackout holds, in UTC, and where: at a site, or, without one, in the whole city."""

    span: Span
    blackout: Blackout
    zone: ZoneInfo
    site: Site | None = None

    @property
    def local(self) -> Span:
        """When it holds, on the clock of where it holds."""
        return self.span.on(self.zone)

    def touches(self, other: Span) -> bool:
        """Whether it holds at any moment of a span."""
        return self.span.start < other.end and other.start < self.span.end


def blackouts_of(city: City, sites: Iterable[Site]) -> list[Shut]:
    """Blackouts of the whole city and of some sites, the earlier first."""
    zone = city_zone(city)
    found = [Shut(blackout_span(one, zone), one, zone) for one in city.calendar.blackouts]
    for site in sites:
        zone = site_zone(site, city)
        found += [Shut(blackout_span(one, zone), one, zone, site) for one in site.blackouts]
    return sorted(found, key=lambda shut: shut.span)


def blackout_span(blackout: Blackout, zone: ZoneInfo) -> Span:
    """When a blackout holds, in UTC; the longer where a clock shows one of its ends twice."""
    whole_day = not isinstance(blackout.end, datetime)
    end = blackout.end + timedelta(days=1) if whole_day else blackout.end
    return Span(min(moments(blackout.start, zone)), max(moments(end, zone)))
