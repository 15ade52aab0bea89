"""Hours of a week, against every minute of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.network.hours import DAYS, NEVER, canonical, complement, without
from sanso.network.wireless import Hours

WEEK = 7 * 24 * 60
clocks = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 59]))
days = st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(tuple)
hours = st.lists(st.builds(Hours, days, clocks, clocks), max_size=3).map(tuple)


def minutes(some: tuple[Hours, ...]) -> set[int]:
    """Minutes of the week, counted one by one."""
    found = set()
    for one in some:
        start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (one.start, one.end))
        length = end - start if end > start else end + 24 * 60 - start
        for day in one.days:
            found |= {(DAYS.index(day) * 24 * 60 + start + minute) % WEEK for minute in range(length)}
    return found


@given(hours)
def test_the_one_form_means_the_same(some: tuple[Hours, ...]) -> None:
    whole = set(range(WEEK))
    assert (minutes(canonical(some)) if canonical(some) else whole) == (minutes(some) if some else whole)
    assert canonical(canonical(some)) == canonical(some)


@given(hours.filter(bool), hours.filter(bool))
def test_only_the_same_hours_have_the_same_form(one: tuple[Hours, ...], other: tuple[Hours, ...]) -> None:
    assert (canonical(one) == canonical(other)) == (minutes(one) == minutes(other))


@given(hours.filter(bool))
def test_the_rest_of_the_week_is_all_that_is_left(some: tuple[Hours, ...]) -> None:
    assert minutes(complement(some)) == set(range(WEEK)) - minutes(some)
    assert without(complement(some)) == canonical(some)


@pytest.mark.parametrize(
    ("some", "form"),
    [
        ((), ()),
        ((Hours(DAYS, "00:00", "00:00"),), ()),
        ((Hours((), "08:00", "18:00"),), NEVER),
        (
            (Hours(("sun",), "22:00", "06:00"),),
            (Hours(("mon",), "00:00", "06:00"), Hours(("sun",), "22:00", "00:00")),
        ),
    ],
    ids=["nothing said", "always", "never", "over the end of the week"],
)
def test_forms(some: tuple[Hours, ...], form: tuple[Hours, ...]) -> None:
    assert canonical(some) == form
