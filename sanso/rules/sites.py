"""SITE: sites, their numbers, lines and maintenance windows."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.site import DAYS, Line, Site, Window
from sanso.messages import Finding, Severity
from sanso.rules.rule import Rule
from sanso.rules.words import some

WEEK = 7 * 24 * 60
"""Minutes."""


class ForeignSite(Rule):
    """A device's site is one of the groups that it is in; a copied file with the old id is not."""

    id = "SITE-01"

    def check(self) -> Iterator[Finding]:
        for name, device in self.city.devices.items():
            if device.groups and device.site not in device.groups:
                yield self.finding(device.at("site"), device=name, site=device.site, groups=some(device.groups))


class DuplicateNumber(Rule):
    """Site numbers differ: each picks a site's share of every pool."""

    id = "SITE-02"

    def check(self) -> Iterator[Finding]:
        numbers = {site.number for site in self.city.sites.values()}
        free = next(number for number in range(len(numbers) + 1) if number not in numbers)
        first: dict[int, str] = {}
        for name, site in self.city.sites.items():
            other = first.setdefault(site.number, name)
            if other != name:
                yield self.finding(site.at("number"), site=name, number=site.number, other=other, free=free)


class Windows(Rule):
    """Maintenance windows open, are told apart, and do not name a day twice."""

    id = "SITE-03"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for site in self.city.sites.values():
            if site.windows == "always":
                continue
            if not site.windows:
                yield self.error(site.at("windows"), "never", site=site.id)
            for window in site.windows:
                yield from self._window(window)
            yield from self._overlaps(site, site.windows)

    def _window(self, window: Window) -> Iterator[Finding]:
        if window.start == window.end:
            yield self.finding(window.at("to"), "whole_day", time=f"{window.start:%H:%M}")
        for index, day in enumerate(window.days):
            if day in window.days[:index]:
                yield self.finding(window.at("days", index), "twice", day=day)

    def _overlaps(self, site: Site, windows: list[Window]) -> Iterator[Finding]:
        for index, window in enumerate(windows):
            other = next((other for other in windows[:index] if windows_meet(window, other)), None)
            if other is not None:
                yield self.finding(window.at(), "overlap", site=site.id, window=_text(window), other=_text(other))


def _text(window: Window) -> str:
    return f"{','.join(window.days)} {window.start:%H:%M}-{window.end:%H:%M}"


def windows_meet(one: Window, two: Window) -> bool:
    """Whether two windows are ever open together; spans of minutes in a week that wraps."""
    return any(
        start < other_end + shift and other_start + shift < end
        for start, end in _spans(one)
        for other_start, other_end in _spans(two)
        for shift in (-WEEK, 0, WEEK)
    )


def _spans(window: Window) -> Iterator[tuple[int, int]]:
    start, end = (time.hour * 60 + time.minute for time in (window.start, window.end))
    length = end - start if end > start else end - start + 24 * 60
    for day in window.days:
        opening = DAYS.index(day) * 24 * 60 + start
        yield opening, opening + length


class LineFields(Rule):
    """The fields of an IPoE line stand on IPoE lines, and all of them do."""

    id = "SITE-04"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for site in self.city.sites.values():
            for key in ("delegation", "ipv4"):
                yield from self._field(site, site.line, key)

    def _field(self, site: Site, line: Line, key: str) -> Iterator[Finding]:
        value = getattr(line, key)
        if line.kind == "ipoe" and value is None:
            yield self.finding(line.at(), "lacking", site=site.id, key=key, choices=CHOICES[key])
        elif line.kind != "ipoe" and value is not None:
            yield self.finding(line.at(key), "idle", site=site.id, key=key, value=value, kind=line.kind)


CHOICES = {"delegation": "ra, dhcpv6_pd", "ipv4": "map_e, ds_lite, ipip_fixed"}
