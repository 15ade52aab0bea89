"""Hours of a week: the same hours can be written in many ways, and devices say them in their own."""

from __future__ import annotations

from collections.abc import Iterable

from sanso.network.wireless import Hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = 24 * 60
_WEEK = 7 * _DAY
NEVER = (Hours((), "00:00", "00:00"),)
"""No hours at all; without any entry hours mean always."""
Span = tuple[int, int]
"""Minutes of a week that begins on Monday, the end not included."""


def canonical(hours: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """The one way to write some hours: none past midnight, days with the same hours together; always is empty."""
    return _written(_merged(_spans(hours))) if hours else ()


def complement(hours: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """All other hours of the week, in the same way; empty where there are none."""
    last, gaps = 0, []
    for start, end in _merged(_spans(hours)) if hours else [(0, _WEEK)]:
        gaps.append((last, start))
        last = end
    left = [gap for gap in (*gaps, (last, _WEEK)) if gap[0] < gap[1]]
    return tuple(_by_day(left))


def without(closed: Iterable[Hours]) -> tuple[Hours, ...]:
    """What is left of the week when some hours are closed."""
    shut = tuple(closed)
    return _written(_merged(_spans(complement(shut)))) if shut else ()


def _spans(hours: Iterable[Hours]) -> Iterable[Span]:
    for one in hours:
        start, end = _minute(one.start), _minute(one.end)
        for day in one.days:
            begin = DAYS.index(day) * _DAY + start
            stop = begin - start + end + (_DAY if end <= start else 0)
            yield begin, min(stop, _WEEK)
            if stop > _WEEK:
                yield 0, stop - _WEEK


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _written(spans: list[Span]) -> tuple[Hours, ...]:
    if spans == [(0, _WEEK)]:
        return ()
    return tuple(_by_day(spans)) or NEVER


def _by_day(spans: Iterable[Span]) -> Iterable[Hours]:
    days: dict[Span, list[str]] = {}
    for start, end in spans:
        for number, day in enumerate(DAYS):
            low, high = max(start - number * _DAY, 0), min(end - number * _DAY, _DAY)
            if low < high:
                days.setdefault((low, high), []).append(day)
    for (low, high), of in sorted(days.items(), key=lambda one: (DAYS.index(one[1][0]), one[0])):
        yield Hours(tuple(of), _clock(low), _clock(high % _DAY))


def _minute(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
