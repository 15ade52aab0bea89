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
    """A blackout, when it holds in UTC, and its site; none where it holds for the whole city."""

    span: Span
    blackout: Blackout
    site: Site | None


def blackouts_of(city: City, sites: Iterable[Site]) -> list[Shut]:
    """Blackouts of the whole city and of some sites, the earlier first."""
    found = [Shut(blackout_span(one, city_zone(city)), one, None) for one in city.calendar.blackouts]
    for site in sites:
        found += [Shut(blackout_span(one, site_zone(site, city)), one, site) for one in site.blackouts]
    return sorted(found, key=lambda shut: shut.span)


def blackout_span(blackout: Blackout, zone: ZoneInfo) -> Span:
    """When a blackout holds, in UTC; the longer where a clock shows one of its ends twice."""
    whole_day = not isinstance(blackout.end, datetime)
    end = blackout.end + timedelta(days=1) if whole_day else blackout.end
    return Span(min(moments(blackout.start, zone)), max(moments(end, zone)))
