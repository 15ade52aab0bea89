"""When a backup is missing, and which copy is brought back on which host."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.change.backups import Held, Restore, begun, choose_copy, missed
from sanso.city.hours import DAYS
from sanso.messages import RefusedError
from sanso.render.backups import BackupIntent

TOKYO = ZoneInfo("Asia/Tokyo")
INTENT = BackupIntent(("mon", "tue", "wed", "thu", "fri"), time(1), "Asia/Tokyo", "/srv/copies", shared=True, keep=7)
ALLOWED = timedelta(hours=6)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
OLD, NEW = "20261126T160000Z", "20261127T160000Z"


def tokyo(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)  # the 23rd is a Monday


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (tokyo(27, 6, 59), tokyo(26, 1)),  # Friday's may still be in the making
        (tokyo(27, 7), tokyo(27, 1)),
        (tokyo(30, 0), tokyo(27, 1)),  # nothing was due on Saturday and Sunday
    ],
)
def test_the_latest_that_has_had_its_time_is_due(now: datetime, due: datetime) -> None:
    assert missed(INTENT, [], LONG_AGO, now, ALLOWED) == due
    assert missed(INTENT, [due - timedelta(seconds=1)], LONG_AGO, now, ALLOWED) == due
    assert missed(INTENT, [due], LONG_AGO, now, ALLOWED) is None


def test_what_was_due_before_there_was_a_timer_is_not_missed() -> None:
    assert missed(INTENT, [], tokyo(27, 1, 1), tokyo(27, 9), ALLOWED) is None
    assert missed(INTENT, [], tokyo(27, 1), tokyo(27, 9), ALLOWED) == tokyo(27, 1)


@given(st.sets(st.sampled_from(DAYS), min_size=1), st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)))
def test_the_latest_start_is_on_one_of_the_days_and_none_lies_between(days: set[str], now: datetime) -> None:
    intent = BackupIntent(tuple(one for one in DAYS if one in days), time(1), "Asia/Tokyo", "/c", shared=True, keep=1)
    moment = now.replace(tzinfo=UTC)
    start = intent.latest_start(moment)
    assert start <= moment < start + timedelta(days=7)
    assert DAYS[start.weekday()] in days
    assert (start.hour, start.minute) == (1, 0)


def test_the_name_of_a_copy_is_when_it_was_begun() -> None:
    assert begun(NEW) == tokyo(28, 1)


def chosen(held: dict[str, Held], copy: str = "latest", *, beside: bool = False, stop: bool = False) -> Restore:
    return choose_copy("dns", "one", held, copy, beside=beside, stop=stop)


@pytest.mark.parametrize(
    ("held", "options", "expected"),
    [
        ({"one": Held("off", (OLD, NEW)), "two": Held("absent")}, {}, Restore("one", NEW)),
        ({"one": Held("absent", (OLD,)), "two": Held("off", (OLD,))}, {}, Restore("two", OLD)),
        ({"one": Held("absent", (OLD,)), "two": Held("absent", (NEW,))}, {}, Restore("two", NEW)),
        ({"one": Held("absent", (OLD, NEW)), "two": Held("absent", (NEW,))}, {"copy": OLD}, Restore("one", OLD)),
        ({"one": Held("on", (NEW,))}, {"stop": True}, Restore("one", NEW, stop=True)),
        ({"one": Held("on", (NEW,))}, {"beside": True}, Restore("one", NEW)),
        ({"one": Held("on"), "two": Held("absent", (NEW,))}, {"beside": True}, Restore("two", NEW)),
    ],
)
def test_a_copy_is_brought_back_where_the_machine_is_else_at_home_else_where_the_copy_is(
    held: dict[str, Held], options: dict[str, object], expected: Restore
) -> None:
    assert chosen(held, **options) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "key"),
    [
        ({"one": Held("off")}, "no_copy"),
        ({"one": Held("on", (NEW,))}, "runs"),
        ({"one": Held("off", (NEW,)), "two": Held("on", (NEW,))}, "twice"),
        ({"one": Held("off"), "two": Held("absent", (NEW,))}, "elsewhere"),
    ],
)
def test_nothing_is_restored_where_it_would_harm(held: dict[str, Held], key: str) -> None:
    with pytest.raises(RefusedError) as refused:
        chosen(held)
    assert refused.value.key == f"backup.{key}"
