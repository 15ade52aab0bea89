from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar as ICalendar

from sanso.city import City
from sanso.messages import Language
from sanso.report.icalendar import windows_calendar
from sanso.report.windows import closed_text, override_text, windows_text

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = datetime(2026, 9, 18, 12, tzinfo=TOKYO)  # a Friday
HALL = [
    {"days": ["working_day"], "from": "21:00", "to": "05:00"},
    {"days": ["closed_day"], "from": "08:00", "to": "20:00"},
]


def city(**sites: dict[str, Any]) -> City:
    """A city of these sites, with an election."""
    common = {"kind": "library", "gateway": "x-1", "line": {"kind": "ipoe"}, "segments": {"management": None}}
    settings = {
        "name": "Tiny City",
        "name_ja": "小市",
        "model": "alpha",
        "prefixes": {"ipv4": ["10.0.0.0/8"]},
        "egress": {"site": "hall", "by": "security_cloud"},
        "management_segment": "management",
        "ap_segment": "management",
    }
    given = {
        name: {**common, "id": name, "name": name.capitalize(), "name_ja": f"{name}館", "number": number, **site}
        for number, (name, site) in enumerate(sites.items())
    }
    election = {"from": "2026-09-20", "to": "2026-09-20", "reason": "市議会議員選挙, 開票"}
    return City.model_validate(
        {"settings": settings, "segments": {}, "sites": given, "devices": {}, "calendar": {"blackouts": [election]}}
    )


TINY = city(
    hall={"windows": HALL},
    annex={
        "windows": "always",
        "blackouts": [{"from": "2026-09-19T09:00", "to": "2026-09-19T12:00", "reason": "停電"}],
    },
    school={"windows": [{"dates": ["2027-08-02"], "from": "09:00", "to": "17:00"}]},
)

TABLE: dict[Language, str] = {
    "en": """\
Maintenance windows of the 4 days from 2026-09-18 (Fri) 12:00, in the time of each site
site                    opens                  closes  hours               day
Annex  2026-09-18 (Fri) 12:00  2026-09-19 (Sat) 09:00  21:00       working day
Hall   2026-09-18 (Fri) 21:00  2026-09-19 (Sat) 05:00   8:00       working day
Hall   2026-09-19 (Sat) 08:00                   20:00  12:00        closed day
Annex  2026-09-19 (Sat) 12:00  2026-09-20 (Sun) 00:00  12:00        closed day
Annex  2026-09-21 (Mon) 00:00  2026-09-22 (Tue) 12:00  36:00  national holiday
Hall   2026-09-21 (Mon) 08:00                   20:00  12:00  national holiday
Hall   2026-09-22 (Tue) 08:00                   20:00  12:00  national holiday
School: no window opens in these days
blackout, Annex: 2026-09-19 (Sat) 09:00 to 2026-09-19 (Sat) 12:00: 停電
blackout, Tiny City: 2026-09-20 (Sun) 00:00 to 2026-09-21 (Mon) 00:00: 市議会議員選挙, 開票""",
    "ja": """\
2026-09-18 (金) 12:00 から 4 日間の作業時間帯 (各拠点の現地時刻)
拠点                      開始                   終了   時間  日の区分
annex館  2026-09-18 (金) 12:00  2026-09-19 (土) 09:00  21:00    開庁日
hall館   2026-09-18 (金) 21:00  2026-09-19 (土) 05:00   8:00    開庁日
hall館   2026-09-19 (土) 08:00                  20:00  12:00    閉庁日
annex館  2026-09-19 (土) 12:00  2026-09-20 (日) 00:00  12:00    閉庁日
annex館  2026-09-21 (月) 00:00  2026-09-22 (火) 12:00  36:00      祝日
hall館   2026-09-21 (月) 08:00                  20:00  12:00      祝日
hall館   2026-09-22 (火) 08:00                  20:00  12:00      祝日
school館: この期間に作業時間帯はありません
作業禁止 (annex館): 2026-09-19 (土) 09:00 から 2026-09-19 (土) 12:00 まで: 停電
作業禁止 (小市): 2026-09-20 (日) 00:00 から 2026-09-21 (月) 00:00 まで: 市議会議員選挙, 開票""",
}


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_table_tells_openings_and_blackouts(lang: Language) -> None:
    assert windows_text(TINY, list(TINY.sites), NOON, 4, lang) == TABLE[lang]


def test_a_site_that_is_always_open_takes_a_line() -> None:
    table = windows_text(city(hall={"windows": "always"}), ["hall"], datetime(2026, 10, 1, tzinfo=TOKYO), 30, "en")
    assert "\nHall  always\n" in f"{table}\n"
    assert len(table.splitlines()) == 3, table


def test_times_of_another_zone_say_so() -> None:
    far = city(hall={"windows": "always"}, far={"windows": HALL, "timezone": "America/New_York"})
    assert "2026-09-18 (Fri) 21:00 (EDT)  2026-09-19 (Sat) 05:00" in windows_text(far, ["far"], NOON, 1, "en")


def test_a_refusal_tells_when_it_opens_next_and_what_is_in_the_way() -> None:
    said = closed_text(TINY, "hall", NOON, "en")
    assert said.startswith(
        "Hall is outside its maintenance windows (now 2026-09-18 12:00 (JST)); the next one opens at 2026-09-18 21:00"
    )
    assert "Blackout" not in said
    assert 'sanso_override_reason="…" -e sanso_override_by="…"' in said
    sunday = datetime(2026, 9, 20, 12, tzinfo=TOKYO)
    assert (
        "2026-09-21 08:00 (JST). Blackout until 2026-09-21 00:00 (JST): 市議会議員選挙, 開票. Nothing was sent"
        in (closed_text(TINY, "hall", sunday, "en"))
    )
    assert "始まります。作業禁止期間 (2026-09-21 00:00 (JST) まで): 市議会議員選挙, 開票。何も送信していません。" in (
        closed_text(TINY, "hall", sunday, "ja")
    )
    never = city(hall={"windows": [{"dates": ["2020-01-01"], "from": "09:00", "to": "17:00"}]})
    assert "Hall has no maintenance window within the next two years" in closed_text(never, "hall", NOON, "en")


def test_an_override_names_the_person_the_reason_and_a_few_hosts() -> None:
    override = {"by": "佐藤", "reason": "line cut", "hosts": [f"sw-{number}" for number in range(9)]}
    said = override_text(override, "en")
    assert "by 佐藤: line cut. Hosts: sw-0" in said
    assert "…" in said
    assert override_text({**override, "hosts": []}, "en").endswith("Hosts: -")


def events(written: bytes) -> dict[str, Any]:
    """Events by what they say and when they begin."""
    read = ICalendar.from_ical(written)
    return {f"{event['summary']} {event.start.isoformat()}": event for event in read.walk("VEVENT")}


def test_the_calendar_holds_every_opening_and_blackout() -> None:
    found = events(windows_calendar(TINY, list(TINY.sites), NOON, 4, "en"))
    assert list(found) == [
        "Maintenance window: Hall 2026-09-18T21:00:00+09:00",
        "Maintenance window: Hall 2026-09-19T08:00:00+09:00",
        "Maintenance window: Hall 2026-09-21T08:00:00+09:00",
        "Maintenance window: Hall 2026-09-22T08:00:00+09:00",
        "Blackout, Annex: 停電 2026-09-19T09:00:00+09:00",
        "Blackout, Tiny City: 市議会議員選挙, 開票 2026-09-20",
    ]
    assert found["Maintenance window: Hall 2026-09-18T21:00:00+09:00"].end == datetime(2026, 9, 19, 5, tzinfo=TOKYO)
    whole_day = found["Blackout, Tiny City: 市議会議員選挙, 開票 2026-09-20"]
    assert (whole_day.start, whole_day.end) == (date(2026, 9, 20), date(2026, 9, 21))
    assert all(event["dtstamp"].dt == NOON for event in found.values())


def test_the_calendar_is_as_rfc_5545_has_it() -> None:
    written = windows_calendar(TINY, list(TINY.sites), NOON, 4, "ja")
    lines = written.split(b"\r\n")
    assert b"\n" not in b"".join(lines), "lines end with CRLF (3.1)"
    assert all(len(line) <= 75 for line in lines), "lines are folded (3.1)"
    assert b"\\, " in written, "a comma in a text is escaped (3.3.11)"
    assert b"BEGIN:VTIMEZONE" in written, "each TZID is told (3.2.19)"
    assert b"DTSTART;VALUE=DATE:20260920" in written


def test_an_opening_keeps_its_uid_whenever_it_is_written() -> None:
    def uids(now: datetime, lang: Language) -> dict[tuple[str, str], str]:
        found = events(windows_calendar(TINY, list(TINY.sites), now, 4, lang)).values()
        return {(str(event["uid"]), event.start.isoformat()): str(event["location"]) for event in found}

    first, later = uids(NOON, "en"), uids(datetime(2026, 9, 19, 10, tzinfo=TOKYO), "ja")
    assert len({uid for uid, _ in first}) == len(first)
    assert first.keys() & later.keys() == {one for one in first if one[1] > "2026-09-19T05"}


def test_moments_survive_a_clock_that_is_put_back() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    windows = [{"days": ["sun"], "from": "01:00", "to": "05:00"}]
    far = city(hall={"windows": windows, "timezone": "Europe/Berlin"})
    since = datetime(2026, 10, 24, tzinfo=berlin)
    (event,) = events(windows_calendar(far, ["hall"], since, 3, "en")).values()
    assert event.start.utcoffset() != event.end.utcoffset()
    assert event.end.timestamp() - event.start.timestamp() == 5 * 3600
