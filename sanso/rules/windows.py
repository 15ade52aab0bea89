"""WIN: maintenance windows that never open or overlap, and blackouts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sanso.city.blackouts import blackout_span
from sanso.city.calendar import Blackout
from sanso.city.hours import MaintenanceWindow
from sanso.city.moments import city_zone, site_zone
from sanso.city.site import Site
from sanso.city.windows import next_opening
from sanso.messages import Finding, Severity
from sanso.rules.hours import window_faults, window_text
from sanso.rules.rule import Rule
from sanso.rules.words import some


class Opens(Rule):
    """Each site, and each of its maintenance windows, opens some day."""

    id = "WIN-01"

    def check(self) -> Iterator[Finding]:
        for site in self.city.sites.values():
            found = list(self._windows(site))
            yield from found
            midnight = datetime.combine(self.today, time.min, site_zone(site, self.city))
            if not found and next_opening(site, self.city, midnight) is None:
                yield self.warning(site.at("windows"), "shut", site=site.id)

    def _windows(self, site: Site) -> Iterator[Finding]:
        if site.windows == "always":
            return
        if not site.windows:
            yield self.finding(site.at("windows"), "never", site=site.id)
        for window in site.windows:
            args = {"site": site.id, "window": window_text(window), "today": self.today}
            if not window.names:
                yield self.finding(window.at(), "no_day", **args)
            elif not window.days and max(window.dates) < self.today:
                yield self.warning(window.at("dates"), "over", **args, last=max(window.dates))


class ToldApart(Rule):
    """Maintenance windows do not overlap, do not end when they start, and do not name a day twice."""

    id = "WIN-02"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        names = cache(self.city.calendar.names)
        for site in self.city.sites.values():
            if site.windows != "always":
                for path, variant, args in window_faults(site.windows, self._days(site.windows), names):
                    yield self.finding(path, variant, **args, site=site.id)

    def _days(self, windows: list[MaintenanceWindow]) -> list[date]:
        """A year, and the dates that windows name."""
        year = (self.today + timedelta(days=number) for number in range(366))
        return list(dict.fromkeys((*year, *(day for window in windows for day in window.dates))))


class Blackouts(Rule):
    """A blackout ends after it begins, and is not over."""

    id = "WIN-03"

    def check(self) -> Iterator[Finding]:
        for blackout in self.city.calendar.blackouts:
            yield from self._blackout(blackout, city_zone(self.city))
        for site in self.city.sites.values():
            for blackout in site.blackouts:
                yield from self._blackout(blackout, site_zone(site, self.city))

    def _blackout(self, blackout: Blackout, zone: ZoneInfo) -> Iterator[Finding]:
        span = blackout_span(blackout, zone)
        midnight = datetime.combine(self.today, time.min, zone).astimezone(UTC)
        args = {"start": blackout.start, "end": blackout.end, "reason": blackout.reason, "today": self.today}
        if span.end <= span.start:
            yield self.finding(blackout.at("to"), "backwards", **args)
        elif span.end <= midnight:
            yield self.warning(blackout.at("to"), "past", **args)


class ClosedDates(Rule):
    """A closed date is a day on which offices would else be open, and stands once."""

    id = "WIN-04"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        calendar = self.city.calendar
        without = calendar.model_copy(update={"closed_dates": []})
        for index, day in enumerate(calendar.closed_dates):
            path = calendar.at("closed_dates", index)
            if day in calendar.closed_dates[:index]:
                yield self.finding(path, "twice", day=day)
            elif "closed_day" in (names := without.names(day)):
                yield self.finding(path, "closed", day=day, names=some(sorted(str(name) for name in names - {day})))
