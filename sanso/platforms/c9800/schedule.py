"""When a policy profile lets nobody in: calendar profiles with ``action deny-client``.

A controller says when terminals are denied, the city when a WLAN is on the air, so one is read as what the other
leaves. The words are spelled as the device prints them. Source: configuration guide, IOS XE 17.9, "Deny Wireless
Client Session Establishment Using Calendar Profiles"; at most five for each policy profile.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanso.network.hours import DAYS, complement, without
from sanso.network.wireless import AirPolicy, Hours
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import Line, block
from sanso.platforms.c9800.names import calendar_name

HEAD = "wireless profile calender-profile name"
REFERENCE = "calender-profile name"
ACTION = "action deny-client"
_FULL = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday"} | {
    "sat": "saturday",
    "sun": "sunday",
}
_MIDNIGHT = "23:59:59"


def read_hours(config: Config, policy: str, lines: list[Line]) -> tuple[tuple[Hours, ...], tuple[str, ...]]:
    """Hours of a policy profile, and the lines that name a calendar which is not read, or not as the project's."""
    closed: list[Hours] = []
    other: list[str] = []
    for line in lines:
        if not line.text.startswith(("calender-profile ", "calendar-profile ")):
            continue
        name = line.text.split()[-1]
        found = _closed(config.below(f"{HEAD} {name}") or [])
        ours = name == calendar_name(policy, len(closed) + 1)
        if ours and found is not None and [child.text for child in line.children] == [ACTION]:
            closed.append(found)
        else:
            other.append(line.text)
    return without(closed), tuple(other)


def _closed(lines: list[Line]) -> Hours | None:
    """Hours of a weekly calendar profile; None where it is not one, or not only that."""
    days: list[str] = []
    times: tuple[str, str] | None = None
    weekly = False
    for line in lines:
        match line.text.split():
            case ["day", day] if day in _FULL.values():
                days.append(next(short for short in DAYS if _FULL[short] == day))
            case ["recurrance", "weekly"]:
                weekly = True
            case ["start", start, "end", end] if start.endswith(":00"):
                times = start[:5], "00:00" if end == _MIDNIGHT else end[:5]
            case _:
                return None
    return Hours(tuple(sorted(days, key=DAYS.index)), *times) if weekly and times is not None else None


def calendars(policy: AirPolicy) -> list[str]:
    """Names of the calendar profiles that a policy profile refers to."""
    return [calendar_name(policy.name, index + 1) for index in range(len(_denied(policy)))]


def calendar_lines(policy: AirPolicy) -> Iterator[Line]:
    """The calendar profiles of a policy profile."""
    for name, hours in zip(calendars(policy), _denied(policy), strict=True):
        end = _MIDNIGHT if hours.end == "00:00" else f"{hours.end}:00"
        days = (f"day {_FULL[day]}" for day in hours.days)
        yield block(f"{HEAD} {name}", *days, "recurrance weekly", f"start {hours.start}:00 end {end}")


def references(policy: AirPolicy) -> list[Line]:
    """The lines of a policy profile that bind them."""
    return [block(f"{REFERENCE} {name}", ACTION) for name in calendars(policy)]


def _denied(policy: AirPolicy) -> tuple[Hours, ...]:
    return complement(policy.hours) if policy.hours else ()
