from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from sanso.city.model import City
from sanso.city.site import DAYS, Site, Window
from sanso.city.windows import is_open, next_opening, site_zone
from sanso.messages import text

TOKYO = ZoneInfo("Asia/Tokyo")


def city(windows: Any, timezone: str | None = None) -> tuple[Site, City]:
    """A site with these windows, and its city; what else a city has does not matter here."""
    site = {
        "id": "branch_x",
        "name": "X",
        "name_ja": "X",
        "kind": "library",
        "number": 0,
        "gateway": "x-1",
        "line": {"kind": "ipoe"},
        "windows": windows,
        "timezone": timezone,
        "segments": {"management": None},
    }
    settings = {
        "name": "C",
        "name_ja": "C",
        "model": "alpha",
        "timezone": "Asia/Tokyo",
        "prefixes": {"ipv4": ["10.0.0.0/8"]},
        "egress": {"site": "branch_x", "by": "security_cloud"},
        "management_segment": "management",
        "ap_segment": "management",
    }
    built = City.model_validate({"settings": settings, "segments": {}, "sites": {"branch_x": site}, "devices": {}})
    return built.sites["branch_x"], built


def at(text_: str, zone: ZoneInfo = TOKYO) -> datetime:
    return datetime.fromisoformat(text_).replace(tzinfo=zone)


EVENINGS = [{"days": ["mon", "tue", "wed", "thu", "fri"], "from": "19:00", "to": "22:00"}]
NIGHTS = [{"days": ["fri"], "from": "21:00", "to": "05:00"}]
WHOLE_DAY = [{"days": ["mon"], "from": "09:00", "to": "09:00"}]


@pytest.mark.parametrize(
    ("windows", "now", "opens"),
    [
        (EVENINGS, "2026-11-23T18:59:59", "2026-11-23T19:00"),  # a Monday
        (EVENINGS, "2026-11-23T19:00", "2026-11-23T19:00"),
        (EVENINGS, "2026-11-23T21:59:59", "2026-11-23T21:59:59"),
        (EVENINGS, "2026-11-23T22:00", "2026-11-24T19:00"),
        (EVENINGS, "2026-11-27T22:00", "2026-11-30T19:00"),
        (NIGHTS, "2026-11-28T04:59", "2026-11-28T04:59"),
        (NIGHTS, "2026-11-28T05:00", "2026-12-04T21:00"),
        (NIGHTS, "2026-11-27T20:00", "2026-11-27T21:00"),
        (WHOLE_DAY, "2026-11-24T08:59", "2026-11-24T08:59"),
        (WHOLE_DAY, "2026-11-24T09:00", "2026-11-30T09:00"),
        ([*EVENINGS, *NIGHTS], "2026-11-27T22:30", "2026-11-27T22:30"),
        ("always", "2026-11-23T12:00", "2026-11-23T12:00"),
    ],
)
def test_a_window_opens_at_its_hour_and_closes_at_its_end(windows: Any, now: str, opens: str) -> None:
    site, whole = city(windows)
    assert next_opening(site, whole, at(now)) == at(opens)
    assert is_open(site, whole, at(now)) == (now == opens)


def test_a_site_without_a_window_never_opens() -> None:
    site, whole = city([])
    assert next_opening(site, whole, at("2026-11-23T12:00")) is None
    assert not is_open(site, whole, at("2026-11-23T12:00"))


def test_the_sites_own_time_zone_comes_first_and_the_answer_is_in_it() -> None:
    site, whole = city(EVENINGS, "America/New_York")
    opening = next_opening(site, whole, at("2026-11-23T12:00"))
    assert opening is not None
    assert opening.isoformat() == "2026-11-23T19:00:00-05:00"
    assert site_zone(city(EVENINGS)[0], whole) == TOKYO


def test_a_moment_without_a_time_zone_is_refused() -> None:
    site, whole = city("always")
    with pytest.raises(ValueError, match="time zone"):
        is_open(site, whole, datetime(2026, 11, 23, 12))


def test_a_window_that_a_clock_change_swallows_opens_a_week_later() -> None:
    site, whole = city([{"days": ["sun"], "from": "02:30", "to": "03:15"}], "Europe/Berlin")
    berlin = ZoneInfo("Europe/Berlin")
    # on 2026-03-29 there is no 02:30: the window would begin at 03:30, after its end
    assert next_opening(site, whole, at("2026-03-28T12:00", berlin)) == at("2026-04-05T02:30", berlin)


CLOCKS = st.times().map(lambda clock: clock.strftime("%H:%M"))
WINDOWS = st.lists(
    st.fixed_dictionaries(
        {"days": st.sets(st.sampled_from(DAYS), min_size=1).map(sorted), "from": CLOCKS, "to": CLOCKS}
    ),
    max_size=4,
)
ZONES = st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"])
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))


@given(WINDOWS, ZONES, MOMENTS)
@example(
    [{"days": ["sun"], "from": "02:30", "to": "02:45"}], "Europe/Berlin", datetime(2026, 10, 25, 0, 35, tzinfo=UTC)
)
def test_the_next_opening_is_open_and_nothing_before_it_is(windows: Any, zone: str, now: datetime) -> None:
    site, whole = city(windows, zone)
    opening = next_opening(site, whole, now)
    if opening is None:
        assert not windows
        assert not is_open(site, whole, now)
        return
    assert opening.astimezone(UTC) >= now
    assert is_open(site, whole, opening)
    assert is_open(site, whole, now) == (opening.astimezone(UTC) == now)
    waiting = opening.astimezone(UTC) - now
    assert waiting < timedelta(days=14, hours=2)
    for part in range(4):
        earlier = now + waiting * part / 4
        assert is_open(site, whole, earlier) == (waiting == timedelta(0))


@given(WINDOWS, MOMENTS)
def test_without_clock_changes_a_window_is_its_minutes_of_the_week(windows: Any, now: datetime) -> None:
    site, whole = city(windows)
    local = now.astimezone(TOKYO)
    week = 7 * 24 * 60
    minute = local.weekday() * 24 * 60 + local.hour * 60 + local.minute
    expected = False
    for window in windows:
        hours, minutes = map(int, window["from"].split(":"))
        start = hours * 60 + minutes
        hours, minutes = map(int, window["to"].split(":"))
        length = (hours * 60 + minutes - start) % (24 * 60) or 24 * 60
        expected |= any((minute - DAYS.index(day) * 24 * 60 - start) % week < length for day in window["days"])
    assert is_open(site, whole, now) == expected


@pytest.mark.parametrize("clock", [1140, "19:00"])
def test_an_unquoted_time_of_day_is_read_as_people_mean_it(clock: Any) -> None:
    window = Window.model_validate({"days": ["mon"], "from": clock, "to": "22:00"})
    assert window.start.isoformat() == "19:00:00"


@pytest.mark.parametrize("clock", [1440, "24:00", "7pm", "9:00", -60, True, None, "19:00Z"])
def test_what_is_no_time_of_day_is_refused(clock: Any) -> None:
    with pytest.raises(ValidationError, match="HH:MM"):
        Window.model_validate({"days": ["mon"], "from": "19:00", "to": clock})


@pytest.mark.parametrize("zone", ["Tokyo", "Asia", "", "../etc"])
def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValidationError, match="IANA"):
        city("always", zone)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_refusal_is_told_in_both_languages(language: Any) -> None:
    said = text("window.closed", language, site="North", now="Monday noon", opens="Monday evening")
    assert "North" in said
    assert "Monday noon" in said
    assert "Monday evening" in said
    assert "North" in text("window.never", language, site="North", now="Monday noon")
