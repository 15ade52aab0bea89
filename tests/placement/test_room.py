"""What hosts have left, and the first reason why a machine cannot be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.placement import Lack, Room, Rooms, fits, free, homes
from tests.placement.cities import city_of, disks, pools

HOSTS = {name: {"cpus": 8, "memory": 8192, "pools": pools(fast=100, slow=500)} for name in ("a", "b", "c")}
PLAIN = {"cpus": 2, "memory": 2048, "disks": disks(fast=40), "hosts": ["a", "b"]}


def test_what_a_host_has_left() -> None:
    city = city_of(HOSTS, {"m": PLAIN, "n": {**PLAIN, "disks": {}}})
    assert free(city, "a", homes(city)) == Room(4, 4096, {"fast": 60, "slow": 500})
    assert free(city, "b", homes(city)) == Room(8, 8192, {"fast": 100, "slow": 500})


@pytest.mark.parametrize(
    ("host", "machine", "placed", "expected"),
    [
        ("b", {}, {}, None),
        ("c", {}, {}, Lack.HOST),
        ("nowhere", {"hosts": ["a", "nowhere"]}, {}, Lack.HOST),
        ("b", {"nics": {"lan0": {"segment": "guests"}}}, {}, Lack.LAYER),
        ("b", {"apart_from": ["other"]}, {"other": "b"}, Lack.APART),
        ("b", {"apart_from": ["other"]}, {"other": "a"}, None),
        ("b", {"apart_from": ["nobody", "m"]}, {"other": "b"}, None),
        ("b", {"cpus": 6}, {"other": "b"}, None),
        ("b", {"cpus": 7}, {"other": "b"}, Lack.CPUS),
        ("b", {"memory": 8192 - 2048}, {"other": "b"}, None),
        ("b", {"memory": 8192 - 2047}, {"other": "b"}, Lack.MEMORY),
        ("b", {"disks": disks(fast=60)}, {"other": "b"}, None),
        ("b", {"disks": disks(fast=61)}, {"other": "b"}, Lack.DISK),
        ("b", {"disks": disks(elsewhere=1)}, {}, Lack.DISK),
        ("b", {"cpus": 7}, {"m": "b"}, None),  # that it is there already takes nothing from it
    ],
)
def test_why_a_machine_cannot_be_there(
    host: str, machine: dict[str, object], placed: dict[str, str], expected: Lack | None
) -> None:
    city = city_of(HOSTS, {"m": PLAIN | machine, "other": PLAIN})
    assert fits(city, "m", host, placed) is expected


def test_a_pair_is_apart_whichever_of_the_two_says_so() -> None:
    city = city_of(HOSTS, {"m": PLAIN, "other": {**PLAIN, "apart_from": ["m"]}})
    assert fits(city, "m", "b", {"other": "b"}) is Lack.APART


def test_hosts_that_share_a_pool_share_its_room() -> None:
    shared = {"fast": {"path": "/srv/fast", "size": 100, "shared": True}}
    city = city_of({name: {**HOSTS[name], "pools": shared} for name in HOSTS}, {"m": PLAIN, "other": PLAIN})
    assert [free(city, host, {"m": "a"}).pools["fast"] for host in HOSTS] == [60, 60, 60]
    assert fits(city, "other", "b", {"m": "a"}) is None
    assert fits(city, "other", "b", {"m": "a"} | {"n": "a"}) is None, "nobody knows n"


@given(st.lists(st.tuples(st.sampled_from(["m", "n", "o"]), st.sampled_from(["a", "b"])), max_size=12))
def test_room_is_the_same_however_a_placement_came_about(moves: list[tuple[str, str]]) -> None:
    city = city_of(HOSTS, dict.fromkeys("mno", PLAIN))
    rooms, placed = Rooms(city, {}), dict[str, str]()
    for machine, host in moves:
        if machine in placed:
            rooms.take(machine, placed[machine])
        rooms.put(machine, host)
        placed[machine] = host
    assert [rooms.free(host) for host in HOSTS] == [free(city, host, placed) for host in HOSTS]
