"""Where the machines of a host go, against a search of every way there is."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanso.city import City
from sanso.placement import Evacuation, Lack, Stuck, fits, free, homes, plan_evacuation, survives
from sanso.placement import evacuation as module
from tests.placement.cities import city_of, disks, pools, virtual_city

NAMES = [f"m{number}" for number in range(7)]
HOSTS = ["a", "b", "c", "d"]


@st.composite
def cities(draw: st.DrawFn) -> tuple[City, dict[str, str]]:
    """A small city, and a placement in which no host but the first is overfull and no pair is together elsewhere."""
    hosts = {
        name: {
            "cpus": draw(st.integers(2, 6)),
            "memory": draw(st.integers(2, 6)) * 1024,
            "pools": pools(disk=draw(st.integers(1, 8))),
            "layers": draw(st.sampled_from([["lgwan"], ["lgwan", "internet"]])),
        }
        for name in HOSTS
    }
    machines: dict[str, dict[str, Any]] = {
        name: {
            "cpus": draw(st.integers(1, 3)),
            "memory": draw(st.integers(1, 3)) * 1024,
            "disks": disks(disk=draw(st.integers(1, 3))),
            "nics": {"lan0": {"segment": draw(st.sampled_from(["staff", "staff", "web"]))}},
            "hosts": draw(st.lists(st.sampled_from(HOSTS), min_size=1, max_size=4, unique=True)),
            "apart_from": draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True)),
        }
        for name in NAMES
    }
    city = city_of(hosts, machines)
    placed: dict[str, str] = {}
    for name in NAMES:
        host = draw(st.sampled_from(["a", "a", *HOSTS]))
        if host == "a" or fits(city, name, host, placed) is None:
            placed[name] = host
    return city, placed


def is_way(city: City, placed: dict[str, str], moves: list[tuple[str, str]]) -> bool:
    """Whether each move, one after the other, leads to a host that may have the machine, with all that is there."""
    now = dict(placed)
    for machine, target in moves:
        one, host = city.machines[machine], city.virtualization_hosts[target]
        if target not in one.hosts or target == now[machine]:
            return False
        if city.segments[one.nics["lan0"].segment].layer not in host.layers:
            return False
        now[machine] = target
        here = {name: city.machines[name] for name, at in now.items() if at == target}
        if any(other in here and other != name for name, there in here.items() for other in there.apart_from):
            return False
        if sum(there.cpus for there in here.values()) > host.cpus:
            return False
        if sum(there.memory for there in here.values()) > host.memory:
            return False
        if sum(there.disks["disk"].size for there in here.values()) > host.pools["disk"].size:
            return False
    return True


@settings(max_examples=300, deadline=None)
@given(cities())
def test_a_way_is_found_where_there_is_one(given: tuple[City, dict[str, str]]) -> None:
    city, placed = given
    leaving = [name for name, host in placed.items() if host == "a"]
    found = plan_evacuation(city, "a", placed)
    ways = product(*([host for host in HOSTS if host != "a"] for _ in leaving))
    there_is_one = any(is_way(city, placed, list(zip(leaving, targets, strict=True))) for targets in ways)
    assert found.decided
    assert found.possible is there_is_one
    if found.possible:
        assert set(found.moves) == set(leaving)
        assert is_way(city, placed, list(found.moves.items()))
    else:
        assert not found.moves
        assert {one.machine for one in found.stuck} <= set(leaving)


@settings(max_examples=100, deadline=None)
@given(cities())
def test_whoever_cannot_go_even_alone_is_named_with_each_reason(given: tuple[City, dict[str, str]]) -> None:
    city, placed = given
    leaving = [name for name, host in placed.items() if host == "a"]
    others = {name: host for name, host in placed.items() if host != "a"}
    alone = [
        name
        for name in leaving
        if all(fits(city, name, host, others) is not None for host in city.machines[name].hosts if host != "a")
    ]
    stuck = plan_evacuation(city, "a", placed).stuck
    if alone:
        assert [one.machine for one in stuck] == alone
        for one in stuck:
            assert one.lacks == {
                host: fits(city, one.machine, host, others)
                for host in city.machines[one.machine].hosts
                if host != "a"
            }


def farm(count: int, room: int) -> City:
    """Machines all alike at home on one host, and two others with room for so many each."""
    size = {"cpus": 4 * count, "memory": 4096 * count}
    hosts = {"a": size, "b": {"cpus": 4 * room + 2, "memory": 10**6}, "c": {"cpus": 4 * room + 2, "memory": 10**6}}
    return city_of(
        hosts, {f"m{number}": {"cpus": 4, "memory": 4096, "hosts": ["a", "b", "c"]} for number in range(count)}
    )


def test_of_machines_alike_every_way_is_tried_but_once() -> None:
    assert survives(farm(40, 20), "a").possible
    found = survives(farm(41, 20), "a")
    assert found.decided
    assert [set(one.lacks.values()) for one in found.stuck] == [{Lack.CPUS}]


def test_where_the_search_gives_up_nothing_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRIES", 20)
    found = survives(farm(40, 20), "a")
    assert found == Evacuation("a", decided=False)
    assert not found.possible


def test_machines_go_where_their_inventory_would_rather_have_them() -> None:
    city = virtual_city()
    assert plan_evacuation(city, "kvm-1", homes(city)).moves == {"auth-1": "kvm-3", "link-1": "kvm-2"}


def test_a_machine_of_one_host_stays_and_says_so() -> None:
    city = city_of({"a": {}, "b": {}}, {"m": {"hosts": ["a"]}})
    assert plan_evacuation(city, "a", {"m": "a"}).stuck == (Stuck("m", {}),)


def test_an_empty_host_and_machines_that_nobody_knows_need_no_moves() -> None:
    city = city_of({"a": {}, "b": {}}, {"m": {"hosts": ["b"]}})
    assert plan_evacuation(city, "a", {"m": "b", "stranger": "a"}) == Evacuation("a")


def test_a_host_that_is_none_of_the_citys_is_refused() -> None:
    with pytest.raises(KeyError):
        plan_evacuation(virtual_city(), "kvm-9", {})


def test_one_of_a_pair_may_be_lost_and_both_may_not() -> None:
    pair = {"m": {"hosts": ["a"], "apart_from": ["n"]}, "n": {"hosts": ["b"]}}
    assert survives(city_of({"a": {}, "b": {}}, pair), "a").possible
    together = {**pair, "n": {"hosts": ["a"]}}
    assert [one.machine for one in survives(city_of({"a": {}, "b": {}}, together), "a").stuck] == ["m", "n"]


def test_disks_in_storage_that_hosts_share_go_nowhere() -> None:
    shared = {"pools": {"disk": {"path": "/srv", "size": 10, "shared": True}}}
    city = city_of({"a": shared, "b": shared}, {"m": {"hosts": ["a", "b"], "disks": disks(disk=10)}})
    assert plan_evacuation(city, "a", homes(city)).moves == {"m": "b"}
    assert free(city, "b", homes(city)).pools["disk"] == 0
