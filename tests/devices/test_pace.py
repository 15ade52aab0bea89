"""Stages and the end of windows: whom a fleet leaves, and that nothing is sent to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sanso.change.stages import RolloutStage, rollout_stages
from sanso.city import City, load_city
from sanso.devices import Job, Options, Outcome, Pace, Room, Status, fleet, run_fleet
from sanso.devices.left import StageFailed, WindowEnds
from sanso.devices.observer import Nobody
from sanso.lab.spec import DeviceSpec, Timing
from sanso.lab.trouble import Moment
from sanso.messages import LANGUAGES
from tests.devices.test_job import ARCHIVE, PORTS, intent
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port
from tests.errors.cases import BASE
from tests.journal.controller import Open

CITY = load_city(BASE)
APPLY = Options(check=False, timer=5)
SATURDAY = datetime(2026, 10, 3, 16, 40, tzinfo=ZoneInfo("Asia/Tokyo"))
"""In the hall's window, which ends at 17:00; the annex is always open."""
MINUTE = timedelta(minutes=1)


@dataclass
class Told(Nobody):
    """Who was told of what, in order."""

    stages: list[RolloutStage] = field(default_factory=list)
    ended: dict[str, Status] = field(default_factory=dict)

    def staged(self, stages: Sequence[RolloutStage]) -> None:
        self.stages = list(stages)

    def done(self, outcome: Outcome) -> None:
        self.ended[outcome.hostname] = outcome.status


# ----- on emulated devices ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def devices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatedDevices]:
    specs = [
        DeviceSpec(name, "ios", ADDRESS, free_port(), PORTS["ios"], startup=ARCHIVE["ios"])
        for name in ("ahead", "beside", "behind")
    ]
    with emulated(specs, tmp_path_factory.mktemp("fleet"), Timing(timer_scale=60)) as running:
        yield running


def test_a_canary_that_fails_keeps_the_others_as_they_are(devices: EmulatedDevices) -> None:
    devices.call(lambda: devices["ahead"].troubles.strike("refuse", Moment(commands=14)))
    before = devices.call(devices["behind"].running_config)
    jobs = [Job(devices.target(name), intent("ios", 10)) for name in ("behind", "ahead", "beside")]
    first, second = RolloutStage(1, "canary", ("ahead", "beside")), RolloutStage(1, "linked", ("behind",))
    observer, pace = Told(), Pace(lambda _: [first, second])
    behind, ahead, beside = run_fleet(jobs, APPLY, Open(), observer=observer, pace=pace)
    assert (ahead.status, beside.status, behind.status) == (Status.FAILED, Status.CHANGED, Status.LEFT)
    assert ahead.error is not None
    assert ahead.error.fault == "command"
    assert behind.left == pace.failed == StageFailed(first, ("ahead",))
    assert devices.call(devices["behind"].running_config) == before
    assert observer.stages == [first, second]
    assert observer.ended == {"ahead": Status.FAILED, "beside": Status.CHANGED, "behind": Status.LEFT}
    devices.call(devices["ahead"].troubles.mend)
    again = run_fleet(jobs, APPLY, Open(), pace=Pace(one_after_the_other))
    assert [one.status for one in again] == [Status.CHANGED, Status.CHANGED, Status.IN_SYNC]


# ----- with the work on devices left out ------------------------------------------------------------------------


class Fleet:
    """A fleet whose devices differ, fail and take their time as a test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = SATURDAY
        self.found: dict[str, Status] = {}
        """By looking at a device, where it is not drift."""
        self.fails: set[str] = set()
        self.takes = timedelta(0)
        self.worked: list[str] = []
        monkeypatch.setattr(fleet, "look", self._look)
        monkeypatch.setattr(fleet, "change", self._change)

    def run(self, pace: Pace, *hosts: str, pending: Sequence[str] = ()) -> dict[str, Outcome]:
        jobs: list[Any] = [
            SimpleNamespace(target=SimpleNamespace(hostname=host), pending="" if host in pending else None)
            for host in hosts
        ]
        return {one.hostname: one for one in run_fleet(jobs, APPLY, Open(), workers=1, pace=pace)}

    def room(self, city: City, lasted: dict[str, timedelta] | None = None) -> Room:
        sites = {host: (device.site,) for host, device in city.devices.items()}
        return Room(city, sites, APPLY.timer, lasted or {}, lambda: self.now)

    def _look(self, job: Job, *_: Any) -> Outcome:
        host = job.target.hostname
        return Outcome(host, "", self.found.get(host, Status.DRIFT))

    def _change(self, job: Job, outcome: Outcome, *_: Any) -> Outcome:
        self.worked.append(job.target.hostname)
        self.now += self.takes
        outcome.status = Status.FAILED if outcome.hostname in self.fails else Status.CHANGED
        return outcome


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Fleet:
    return Fleet(monkeypatch)


def one_after_the_other(hosts: Sequence[str]) -> list[RolloutStage]:
    return [RolloutStage(number, "linked", (host,)) for number, host in enumerate(hosts, 1)]


def statuses(outcomes: dict[str, Outcome]) -> dict[str, str]:
    return {host: str(one.status) for host, one in outcomes.items()}


def test_a_later_stage_that_fails_leaves_those_after_it_alone(world: Fleet) -> None:
    world.fails = {"b"}
    found = world.run(Pace(one_after_the_other), "a", "b", "c", "d")
    assert statuses(found) == {"a": "changed", "b": "failed", "c": "left", "d": "left"}
    assert world.worked == ["a", "b"]
    assert found["d"].left == StageFailed(RolloutStage(2, "linked", ("b",)), ("b",))


def test_a_device_that_could_not_be_read_is_in_no_stage_and_stops_none(world: Fleet) -> None:
    world.found = {"a": Status.UNREACHABLE, "b": Status.REFUSED, "c": Status.IN_SYNC}
    assert statuses(world.run(Pace(one_after_the_other), "a", "b", "c", "d")) == {
        "a": "unreachable",
        "b": "refused",
        "c": "in_sync",
        "d": "changed",
    }


def test_what_failed_earlier_in_the_run_leaves_all_but_what_is_only_to_be_saved(world: Fleet) -> None:
    world.found = {"saved": Status.IN_SYNC}
    failed = StageFailed(RolloutStage(1, "canary", ("gone",)), ("gone",))
    found = world.run(Pace(one_after_the_other, failed=failed), "a", "saved", pending=["saved"])
    assert (found["a"].status, found["a"].left) == (Status.LEFT, failed)
    assert world.worked == ["saved"]


def test_saving_what_an_earlier_run_confirmed_stops_nothing(world: Fleet) -> None:
    world.found, world.fails = {"saved": Status.IN_SYNC}, {"saved"}
    found = world.run(Pace(one_after_the_other), "a", "saved", pending=["saved"])
    assert statuses(found) == {"a": "changed", "saved": "failed"}


def test_a_window_that_ends_in_the_middle_leaves_the_rest_of_its_site(world: Fleet) -> None:
    world.takes = 10 * MINUTE
    pace = Pace(one_after_the_other, world.room(CITY))
    found = world.run(pace, "hall-2", "hall-1", "annex-1")
    assert statuses(found) == {"hall-2": "changed", "hall-1": "left", "annex-1": "changed"}
    left = found["hall-1"].left
    assert isinstance(left, WindowEnds)
    assert (left.site.id, left.lasting, left.timer) == ("hall", 10 * MINUTE, 5)
    assert left.ends == SATURDAY.replace(hour=17, minute=0)
    assert left.opens == SATURDAY.replace(day=4, hour=9, minute=0)
    assert pace.failed is None


def test_a_change_fits_if_it_and_the_devices_own_timer_do(world: Fleet) -> None:
    room = world.room(CITY, {"hall-2": 3 * MINUTE, "elsewhere": 99 * MINUTE})
    world.now = SATURDAY.replace(minute=52)
    assert room.lacks("hall-2") is None
    world.now += timedelta(seconds=1)
    assert room.lacks("hall-2") is not None
    assert room.lacks("annex-1") is None, "it is always open"


def test_a_change_is_taken_to_last_as_the_slowest_of_the_device_else_of_its_platform(world: Fleet) -> None:
    room = world.room(CITY)
    assert room.lasting("hall-1") is None
    room.learn("hall-2", 2 * MINUTE)
    room.learn("annex-1", MINUTE)
    assert (room.lasting("hall-1"), room.lasting("annex-1")) == (2 * MINUTE, MINUTE)
    room.learn("annex-1", timedelta(seconds=1))
    assert room.lasting("annex-1") == MINUTE


def test_a_window_that_is_over_has_no_room_either(world: Fleet) -> None:
    world.now = SATURDAY.replace(hour=17, minute=1)
    left = world.room(CITY).lacks("hall-1")
    assert left is not None
    assert left.ends is None
    assert "is over" in left.why("en")


def test_what_keeps_a_device_is_told_in_both_languages(world: Fleet) -> None:
    world.now = SATURDAY.replace(minute=57)
    left = world.room(CITY).lacks("hall-1")
    assert left is not None
    assert left.why("en") == (
        "the maintenance window of Hall ends at 2026-10-03 17:00 (JST). A change is taken to last an unknown time "
        "(none was measured yet), and the device needs 5 min more to go back by itself. The next window opens at "
        "2026-10-04 09:00 (JST)"
    )
    measured = world.room(CITY, {"hall-1": timedelta(seconds=2.2)}).lacks("hall-1")
    assert measured is not None
    assert "変更の所要時間の見込みは 3 秒" in measured.why("ja")
    failed = StageFailed(RolloutStage(2, "linked", ("hall-2",), 1), ("hall-2",))
    assert len({failed.why(lang) for lang in LANGUAGES}) == 2
    assert "hall-2" in failed.why("ja")


def test_the_order_of_a_city_holds_in_a_fleet(world: Fleet) -> None:
    order: Callable[[Sequence[str]], list[RolloutStage]] = partial(rollout_stages, CITY)
    found = world.run(Pace(order), *CITY.devices)
    assert set(statuses(found).values()) == {"changed"}
    assert world.worked[-1] == CITY.sites["hall"].gateway
