"""Wireless rules where the golden cases do not reach: what they let pass, and days around an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.city import City
from sanso.messages import Severity
from sanso.rules import check_city
from sanso.rules.index import Index
from sanso.rules.reach import reaches
from tests.rules.conftest import disaster_city, wireless_city

TODAY = date(2026, 10, 1)
JST = timezone(timedelta(hours=9))


def told(city: City, today: date = TODAY) -> set[str]:
    """Rules and variants of what is found."""
    return {f"{finding.rule}.{finding.variant}".rstrip(".") for finding in check_city(city, today)}


def changed(city: City, part: str, name: str, /, **fields: Any) -> City:
    """The city with some fields of a WLAN, an access point or a flow set anew; ``name`` may be a new one."""
    parts: Mapping[str, Any] = getattr(city, part)
    model = type(next(iter(parts.values())))
    old = parts.get(name, next(iter(parts.values())))
    new = model.model_validate(old.model_dump(by_alias=True) | fields)
    other = city.model_copy(update={part: {**parts, name: new}})
    other.place(())
    return other


def in_situation(**fields: Any) -> City:
    city = disaster_city()
    return city.model_copy(update={"situation": city.situation.model_copy(update=fields)})


@pytest.mark.parametrize("auth", ["wpa2_enterprise", "wpa2_wpa3_enterprise", "wpa3_enterprise"])
def test_each_kind_of_802_1x_may_lead_to_the_lgwan_layer(auth: str) -> None:
    assert told(changed(wireless_city(), "wlans", "staff", auth=auth)) == set()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"states": ["disaster"]}, set()),
        ({"bands": ["6ghz"]}, set()),
        ({"sites": ["annex"]}, set()),
        ({}, {"WLAN-04.twice"}),
        ({"segment": "web"}, {"WLAN-04.ssid"}),
        ({"segment": "web", "states": ["disaster"]}, {"WLAN-04.ssid"}),
    ],
)
def test_one_ssid_stands_for_two_wlans_of_one_segment_that_never_meet(
    fields: dict[str, Any], expected: set[str]
) -> None:
    city = changed(wireless_city(), "wlans", "free", states=["normal"], bands=["5ghz"])
    twin = changed(city, "wlans", "twin", **city.wlans["free"].model_dump() | fields)
    assert {one for one in told(twin) if one.startswith("WLAN-04")} == expected


def test_a_city_without_access_points_hears_nothing_of_what_they_would_do() -> None:
    city = changed(wireless_city(), "wlans", "free", rate_limit=None, auth="open", bands=["6ghz", "5ghz"])
    assert {"WLAN-05.rate", "WLAN-05.owe", "WLAN-23"} <= told(city)
    assert told(city.model_copy(update={"access_points": {}, "controllers": {}})) == {"WLAN-22"}


@pytest.mark.parametrize(
    ("anchors", "service", "expected"),
    [
        ({"from": {"segment": "access_points"}, "to": {"node": "radius"}}, ["radius"], True),
        ({"from": {"segment": "access_points", "site": "hall"}, "to": {"segment": "staff"}}, ["udp/1812"], True),
        ({"from": {"segment": "access_points", "site": "annex"}, "to": {"node": "radius"}}, ["radius"], False),
        ({"from": {"segment": "access_points"}, "to": {"segment": "staff", "site": "annex"}}, ["radius"], False),
        ({"from": {"segment": "switches"}, "to": {"node": "radius"}}, ["radius"], False),
        ({"from": {"segment": "access_points"}, "to": {"node": "link"}}, ["radius"], False),
        ({"from": {"segment": "access_points"}, "to": {"node": "radius"}}, ["tcp/1812", "udp/1813"], False),
        ({"from": {"segment": "access_points"}, "to": {"node": "radius"}}, ["nothing", "udp/1800-1900"], True),
        ({"from": {"segment": "access_points"}, "to": {"node": "radius"}}, ["any"], True),
    ],
)
def test_a_flow_leads_from_a_segment_to_a_node(anchors: dict[str, Any], service: list[str], expected: bool) -> None:
    city = changed(wireless_city(), "flows", "authentication", **anchors, service=service)
    assert reaches(Index(city), ("hall", "access_points"), "radius", ("udp", 1812)) is expected


def test_a_flow_by_way_of_another_node_is_no_way_for_packets() -> None:
    city = changed(wireless_city(), "flows", "authentication", via="exchange")
    assert not reaches(Index(city), ("hall", "access_points"), "radius", ("udp", 1812))


def test_within_a_layer_no_flow_is_needed() -> None:
    assert reaches(Index(wireless_city()), ("hall", "staff_wifi"), "radius", ("udp", 1812))


@pytest.mark.parametrize(
    ("indoor", "radio", "expected"),
    [
        (True, {"channel": 36, "width": 80}, set()),
        (True, {"channel": 36, "width": 160}, {"RADIO-04.none"}),  # reaches into W53
        (True, {"channel": 36, "width": 160, "fallback": 44}, set()),
        (True, {"channel": 100, "fallback": 64}, {"RADIO-04.radar"}),
        (False, {"channel": 100}, set()),
        (False, {"channel": 100, "fallback": 116}, set()),
        (False, {"channel": 100, "fallback": 36}, {"RADIO-03"}),
        (False, {"channel": 36, "width": 160}, {"RADIO-03"}),
    ],
)
def test_where_a_radio_goes_when_radar_is_heard(indoor: bool, radio: dict[str, Any], expected: set[str]) -> None:
    radios = {"5ghz": radio}
    city = changed(wireless_city(), "access_points", "ap-2", indoor=indoor, radios=radios)
    assert {one for one in told(city) if one[:8] in {"RADIO-03", "RADIO-04"}} == expected


@pytest.mark.parametrize(
    ("approvers", "enough"),
    [
        ([], False),
        (["山田 太郎"], False),
        (["山田 太郎", "山田　太郎", "山田太郎"], False),
        (["Yamada", "YAMADA "], False),
        (["Yamada", "Suzuki"], True),
    ],
)
def test_two_persons_are_two_names_however_they_are_spaced(approvers: list[str], enough: bool) -> None:
    assert ("STATE-01" not in told(in_situation(approvers=approvers))) is enough


@given(st.integers(-40, 60), st.integers(0, 24 * 60 - 1), st.sampled_from([JST, UTC]))
def test_an_end_is_past_on_the_day_after_it_and_far_after_thirty(days: int, minutes: int, zone: tzinfo) -> None:
    midnight = datetime(2026, 10, 1, tzinfo=JST)
    until = (midnight + timedelta(days=days, minutes=minutes)).astimezone(zone)
    since = until - timedelta(hours=1)
    found = told(in_situation(since=since, until=until))
    assert ("STATE-04.past" in found) == (days < 0)
    assert ("STATE-04.far" in found) == (days > 30)


def test_an_end_at_the_end_of_time_is_far() -> None:
    until = datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-12)))
    assert "STATE-04.far" in told(in_situation(until=until))


def test_on_an_ordinary_day_nobody_asks_for_approvers() -> None:
    assert told(in_situation(state="normal", approvers=[], reason=None, since=None, until=None)) == set()


def test_two_persons_decide_on_the_end_of_a_disaster_too() -> None:
    assert told(in_situation(state="normal", approvers=["Sato"], reason=None, until=None)) == {"STATE-01"}


@pytest.mark.parametrize("platform", ["c9801", "ios"])
def test_a_controller_runs_what_controllers_run(platform: str) -> None:
    assert told(changed(wireless_city(), "controllers", "hall-wlc", platform=platform)) == {"DEV-01"}


@pytest.mark.parametrize("part", ["access_points", "controllers"])
def test_a_host_of_the_wireless_network_stands_in_the_group_of_its_site(part: str) -> None:
    city = wireless_city()
    name = next(iter(getattr(city, part)))
    assert "SITE-01" in told(changed(city, part, name, groups=["main_building"]))


def test_an_access_point_on_its_own_needs_no_controller() -> None:
    alone = changed(wireless_city(), "access_points", "ap-2", controller=None, platform="hostapd")
    assert told(alone) == set()


def test_the_controller_may_hang_on_a_trunk_that_carries_the_segment() -> None:
    trunk = changed(wireless_city(), "controllers", "hall-wlc", switch="hall-2", port="GigabitEthernet1/0/1")
    assert "AP-02.segment" not in told(trunk)


def test_radar_at_the_fallback_is_an_error_and_none_at_all_a_warning() -> None:
    for fallback, severity in ((52, Severity.ERROR), (None, Severity.WARNING)):
        radios = {"5ghz": {"channel": 100, "fallback": fallback}}
        city = changed(wireless_city(), "access_points", "ap-1", radios=radios)
        assert [one.severity for one in check_city(city, TODAY) if one.rule == "RADIO-04"] == [severity]
