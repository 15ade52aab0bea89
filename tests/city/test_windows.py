from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from sanso.city.hours import DAYS, MaintenanceWindow
from sanso.city.model import City
from sanso.city.moments import site_zone
from sanso.city.site import Site
from sanso.city.windows import (
    LOOK_AHEAD,
    blackouts_in_the_way,
    closes_at,
    is_open,
    next_opening,
    openings,
    room_left,
    sites_of_host,
)
from tests.rules.conftest import wireless_city

TOKYO = ZoneInfo("Asia/Tokyo")


def city(windows: Any, timezone: str | None = None, blackouts: Any = (), calendar: Any = None) -> tuple[Site, City]:
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
        "blackouts": list(blackouts),
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
    document = {
        "settings": settings,
        "segments": {},
        "sites": {"branch_x": site},
        "devices": {},
        "calendar": calendar or {},
    }
    built = City.model_validate(document)
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
    window = MaintenanceWindow.model_validate({"days": ["mon"], "from": clock, "to": "22:00"})
    assert window.start.isoformat() == "19:00:00"


@pytest.mark.parametrize("clock", [1440, "24:00", "7pm", "9:00", -60, True, None, "19:00Z"])
def test_what_is_no_time_of_day_is_refused(clock: Any) -> None:
    with pytest.raises(ValidationError, match="HH:MM"):
        MaintenanceWindow.model_validate({"days": ["mon"], "from": "19:00", "to": clock})


@pytest.mark.parametrize("zone", ["Tokyo", "Asia", "", "../etc"])
def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValidationError, match="IANA"):
        city("always", zone)


WORKING_NIGHTS = [{"days": ["working_day"], "from": "22:00", "to": "05:00"}]
CLOSED_DAYS = [{"days": ["closed_day"], "from": "00:00", "to": "00:00"}]
HOLIDAYS = [{"days": ["holiday"], "from": "09:00", "to": "17:00"}]
ONCE = [{"dates": ["2027-08-02"], "from": "08:00", "to": "12:00"}]
TAX = {"from": "2027-02-16", "to": "2027-03-15", "reason": "確定申告"}


@pytest.mark.parametrize(
    ("windows", "now", "opens", "closes"),
    [
        # a Friday's night ends on Saturday, and the next is that of Tuesday, for Monday is a holiday
        (WORKING_NIGHTS, "2026-11-21T04:59", "2026-11-21T04:59", "2026-11-21T05:00"),
        (WORKING_NIGHTS, "2026-11-21T05:00", "2026-11-24T22:00", None),
        # Saturday to Monday, a holiday, in one piece
        (CLOSED_DAYS, "2026-11-20T12:00", "2026-11-21T00:00", None),
        (CLOSED_DAYS, "2026-11-22T12:00", "2026-11-22T12:00", "2026-11-24T00:00"),
        # 29 December to 3 January: Tuesday to Sunday
        (CLOSED_DAYS, "2026-12-31T12:00", "2026-12-31T12:00", "2027-01-04T00:00"),
        # no holiday between 6 May and 20 July
        (HOLIDAYS, "2026-05-06T17:00", "2026-07-20T09:00", None),
        (ONCE, "2026-11-23T12:00", "2027-08-02T08:00", None),
        (ONCE, "2027-08-02T12:00", None, None),
        ([*CLOSED_DAYS, *WORKING_NIGHTS], "2026-11-20T23:00", "2026-11-20T23:00", "2026-11-24T00:00"),
    ],
)
def test_windows_open_by_kind_of_day_and_date(windows: Any, now: str, opens: str | None, closes: str | None) -> None:
    site, whole = city(windows)
    assert next_opening(site, whole, at(now)) == (opens and at(opens))
    assert closes_at(site, whole, at(now)) == (closes and at(closes))
    assert is_open(site, whole, at(now)) == (opens == now)


def test_a_blackout_wins_over_every_window_and_says_why() -> None:
    site, whole = city(WORKING_NIGHTS, blackouts=[TAX])
    assert room_left(site, whole, at("2027-02-15T23:00")) == timedelta(hours=1)
    assert not is_open(site, whole, at("2027-02-16T00:00"))
    # the night before its last day is over; the night that begins on it is cut
    assert next_opening(site, whole, at("2027-02-16T00:00")) == at("2027-03-16T00:00")
    for now in ("2027-02-16T00:00", "2027-02-20T12:00", "2027-03-15T12:00"):
        assert [one.blackout.reason for one in blackouts_in_the_way(site, whole, at(now))] == ["確定申告"]
    assert blackouts_in_the_way(site, whole, at("2027-02-15T12:00")) == []
    assert blackouts_in_the_way(site, whole, at("2027-03-16T12:00")) == []


def test_a_blackout_that_no_window_meets_is_in_nobodys_way() -> None:
    site, whole = city(EVENINGS, blackouts=[{"from": "2026-11-23T08:30", "to": "2026-11-23T17:15", "reason": "x"}])
    assert blackouts_in_the_way(site, whole, at("2026-11-23T12:00")) == []
    assert next_opening(site, whole, at("2026-11-23T12:00")) == at("2026-11-23T19:00")


def test_blackouts_of_the_city_and_of_the_site_stand_on_their_own_clocks() -> None:
    day = {"from": "2026-11-23", "to": "2026-11-23", "reason": "x"}
    zone = ZoneInfo("America/New_York")
    noon = at("2026-11-22T07:00", zone)  # 21:00 in Tokyo
    own = city("always", "America/New_York", blackouts=[day])
    assert closes_at(*own, noon) == at("2026-11-23T00:00", zone)
    all_sites = city("always", "America/New_York", calendar={"blackouts": [day]})
    assert closes_at(*all_sites, noon) == at("2026-11-23T00:00")
    by_offset = [{"from": "2026-11-23T00:00Z", "to": "2026-11-23T01:00Z", "reason": "x"}]
    assert closes_at(*city("always", blackouts=by_offset), noon) == datetime(2026, 11, 23, tzinfo=UTC)


def test_a_blackout_lasts_longer_where_a_clock_is_put_back() -> None:
    zone = ZoneInfo("Europe/Berlin")
    twice = {"from": "2026-10-25T02:15", "to": "2026-10-25T02:45", "reason": "x"}
    site, whole = city("always", "Europe/Berlin", blackouts=[twice])
    now = at("2026-10-25T01:15", zone)
    end = closes_at(site, whole, now)
    assert end is not None
    assert end.astimezone(UTC) == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    opens = next_opening(site, whole, end)
    assert opens is not None
    assert opens.astimezone(UTC) == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)


def test_room_is_what_the_clock_measures_and_not_what_it_shows() -> None:
    zone = ZoneInfo("Europe/Berlin")
    site, whole = city([{"days": ["sun"], "from": "01:00", "to": "05:00"}], "Europe/Berlin")
    assert room_left(site, whole, at("2026-10-25T01:00", zone)) == timedelta(hours=5)
    assert room_left(site, whole, at("2026-03-29T01:00", zone)) == timedelta(hours=3)


def test_room_without_an_end_and_no_room_are_told_apart() -> None:
    now = at("2026-11-23T12:00")
    assert room_left(*city("always"), now) is None
    assert closes_at(*city("always"), now) is None
    assert room_left(*city(EVENINGS), now) == timedelta(0)
    assert room_left(*city([{"days": [*DAYS], "from": "00:00", "to": "00:00"}]), now) is None
    assert room_left(*city("always", blackouts=[TAX]), now) == at("2027-02-16T00:00") - now


def test_openings_are_the_same_whenever_one_asks() -> None:
    site, whole = city([*EVENINGS, *CLOSED_DAYS], blackouts=[TAX])
    since, until = at("2027-01-01T12:00"), at("2027-04-01T00:00")
    found = openings(site, whole, since, until)
    assert found[0] == (at("2026-12-29T00:00"), at("2027-01-04T00:00"))
    for opening in found:
        inside = opening.start + (opening.end - opening.start) / 2
        assert openings(site, whole, inside, inside + timedelta(seconds=1)) == [opening]


KINDS = [*DAYS, "working_day", "closed_day", "holiday"]
DATES = st.dates(datetime(2026, 1, 1).date(), datetime(2026, 3, 1).date())
MAINTENANCE = st.lists(
    st.fixed_dictionaries(
        {
            "days": st.sets(st.sampled_from(KINDS), max_size=2).map(sorted),
            "dates": st.sets(DATES, max_size=2).map(sorted),
            "from": CLOCKS,
            "to": CLOCKS,
        }
    ),
    max_size=3,
)
BLACKOUTS = st.lists(
    st.fixed_dictionaries(
        {"from": st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1)), "length": st.integers(1, 9999)}
    ).map(lambda one: {"from": one["from"], "to": one["from"] + timedelta(minutes=one["length"]), "reason": "x"}),
    max_size=3,
)
WINTER = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1), timezones=st.just(UTC))


@given(MAINTENANCE, BLACKOUTS, ZONES, WINTER)
def test_a_site_is_open_in_its_openings_and_never_else(
    windows: Any, blackouts: Any, zone: str, now: datetime
) -> None:
    site, whole = city(windows, zone, blackouts)
    found = openings(site, whole, now, now + timedelta(days=9))
    spans = [(span.start.astimezone(UTC), span.end.astimezone(UTC)) for span in found]
    assert all(start < end for start, end in spans)
    assert all(end < start for (_, end), (start, _) in pairwise(spans)), "adjacent ones are joined"
    shut = [
        (one["from"].replace(tzinfo=ZoneInfo(zone)), one["to"].replace(tzinfo=ZoneInfo(zone))) for one in blackouts
    ]
    edges = [moment for span in (*spans, *shut) for moment in span]
    for edge in (now, *edges):
        for moment in (edge - timedelta(seconds=1), edge, edge + timedelta(seconds=1)):
            moment = moment.astimezone(UTC)
            if not now <= moment < now + timedelta(days=9):
                continue
            within = [(start, end) for start, end in spans if start <= moment < end]
            assert is_open(site, whole, moment) == bool(within)
            room = room_left(site, whole, moment)
            if room is None:  # windows without any gap: openings() tells of a month, and not of years
                assert within[0][1] >= now + timedelta(days=30)
            else:
                assert room == (within[0][1] - moment if within else timedelta(0))
            upcoming = [max(start, moment) for start, end in spans if end > moment]
            if upcoming:
                assert next_opening(site, whole, moment) == upcoming[0]
            if any(start <= moment < end for start, end in shut):
                assert not within


@given(MAINTENANCE, BLACKOUTS, WINTER)
def test_without_clock_changes_it_is_open_in_a_window_of_the_day_or_of_yesterday(
    windows: Any, blackouts: Any, now: datetime
) -> None:
    site, whole = city(windows, blackouts=blackouts)
    local = now.astimezone(TOKYO).replace(tzinfo=None)
    expected = False
    for window in windows:
        for day in (local.date(), local.date() - timedelta(days=1)):
            named = {*window["days"], *window["dates"]} & whole.calendar.names(day)
            start = datetime.combine(day, datetime.strptime(window["from"], "%H:%M").time())
            end = datetime.combine(day, datetime.strptime(window["to"], "%H:%M").time())
            end += timedelta(days=end <= start)
            expected |= bool(named) and start <= local < end
    shut = any(one["from"] <= local < one["to"] for one in blackouts)
    assert is_open(site, whole, now) == (expected and not shut)


def test_an_opening_in_the_far_future_is_none() -> None:
    far = at("2026-11-23T12:00") + LOOK_AHEAD
    site, whole = city([{"dates": [far.date() + timedelta(days=60)], "from": "09:00", "to": "17:00"}])
    assert next_opening(site, whole, at("2026-11-23T12:00")) is None
    assert next_opening(site, whole, at("2027-03-01T12:00")) is not None


def test_a_controller_is_at_the_sites_of_its_access_points() -> None:
    whole = wireless_city()
    assert sites_of_host(whole, "hall-1") == ("hall",)
    point = next(one for one in whole.access_points.values() if one.controller)
    assert sites_of_host(whole, point.hostname) == (point.site,)
    controller = whole.controllers[str(point.controller)]
    elsewhere = point.model_copy(update={"hostname": "ap-x", "site": "annex"})
    grown = whole.model_copy(update={"access_points": {**whole.access_points, "ap-x": elsewhere}})
    assert sites_of_host(grown, controller.hostname) == (controller.site, "annex")
    assert sites_of_host(whole, "nobody") == ()
