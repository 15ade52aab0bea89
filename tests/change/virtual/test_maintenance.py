"""Emptying a host and filling it again, from where machines are found to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.change.virtual.hosts_read import HostsRead
from sanso.change.virtual.maintenance import Course, Move, arrived, come_home, leave
from sanso.city import City, load_city
from sanso.hypervisors.base import Unread
from sanso.messages import Remark
from sanso.network.virtual import HostFacts, Passing
from sanso.placement import fits, homes
from sanso.render import intend_hosts

CITY = load_city(Path(__file__).resolve().parents[3] / "inventories" / "lab")
ONE, TWO, THREE = CITY.virtualization_hosts
HOME = homes(CITY)


@dataclass(frozen=True)
class Read:
    facts: HostFacts
    unread: tuple[Unread, ...] = ()


def city(**hosts: Mapping[str, Any]) -> City:
    """The lab's city, some of its hosts otherwise."""
    changed = {name.replace("_", "-"): one for name, one in hosts.items()}
    return CITY.model_copy(
        update={
            "virtualization_hosts": {
                name: host.model_copy(update=changed.get(name, {}))
                for name, host in CITY.virtualization_hosts.items()
            }
        }
    )


def read(
    placed: Mapping[str, str] = HOME, *, of: City = CITY, off: Iterable[str] = (), silent: Iterable[str] = ()
) -> HostsRead:
    """Hosts that are as they should be, with machines where they are placed."""
    intents = intend_hosts(of)
    found = {
        host: Read(
            replace(
                intent.facts,
                machines={
                    name: replace(intents[CITY.machines[name].home].facts.machines[name], running=name not in off)
                    for name, at in placed.items()
                    if at == host
                },
            )
        )
        for host, intent in intents.items()
        if host not in silent
    }
    return HostsRead(of, intents, found)


def other(hosts: HostsRead, host: str, **facts: Any) -> HostsRead:
    """The same with a host on which something else is."""
    return replace(hosts, read={**hosts.read, host: Read(replace(hosts.read[host].facts, **facts))})


def keys(remarks: Iterable[Remark]) -> list[str]:
    return [one.key.removeprefix("maintenance.") for one in remarks]


def after(course: Course, placed: Mapping[str, str]) -> dict[str, str]:
    return {**placed, **{move.machine: move.target for move in course.moves}}


def test_every_machine_leaves_for_a_host_that_it_fits_on() -> None:
    course = leave(read(), ONE)
    assert {move.machine for move in course.moves} == {name for name, home in HOME.items() if home == ONE}
    assert not course.refused
    placed = after(course, HOME)
    assert {name: fits(CITY, name, host, placed) for name, host in placed.items()} == dict.fromkeys(placed)


def test_a_second_run_goes_on_from_where_the_first_broke_off() -> None:
    first = leave(read(), ONE)
    broken = {**HOME, first.moves[0].machine: first.moves[0].target}
    assert [move.machine for move in leave(read(broken), ONE).moves] == [move.machine for move in first.moves[1:]]


@given(st.sets(st.sampled_from([name for name, home in HOME.items() if home == ONE])))
def test_machines_that_went_come_home_and_no_others(left: set[str]) -> None:
    course = leave(read(), ONE)
    moved = {move.machine: move.target for move in course.moves if move.machine in left}
    back = come_home(read({**HOME, **moved}), ONE)
    assert after(back, {**HOME, **moved}) == HOME
    assert {move.machine for move in back.moves} == left


def test_a_machine_whose_other_of_the_pair_is_on_the_last_host_is_refused_by_name() -> None:
    course = leave(read({**HOME, "lg-radius-2": THREE}), ONE)
    assert keys(course.refused) == ["stuck"]
    assert course.refused[0].text("en").startswith("lg-radius-1 finds no place: hall-kvm-3 (")
    assert not course.moves


def test_a_host_that_did_not_answer_takes_no_machine_and_is_told() -> None:
    course = leave(read(silent=[TWO]), ONE)
    assert {move.target for move in course.moves} == {THREE}
    assert "unread" in keys(course.warned)


def test_a_host_that_joins_layers_takes_no_machine() -> None:
    hosts = other(read(), TWO, ports={"eth9": Passing(tagged=frozenset({210, 310}))})
    course = leave(hosts, ONE)
    assert {move.target for move in course.moves} == {THREE}
    assert "unsound" in keys(course.warned)


@pytest.mark.parametrize("why", ["unread", "no_network", "unknown", "twice", "bound"])
def test_a_host_is_not_emptied_where_a_machine_cannot_be_moved(why: str) -> None:
    hosts = read()
    dns = hosts.read[ONE].facts.machines["lg-dns-1"]
    machines = hosts.read[ONE].facts.machines
    cases = {
        "unread": lambda: read(silent=[ONE]),
        "no_network": lambda: read(of=city(hall_kvm_1={"migration": None})),
        "unknown": lambda: other(hosts, ONE, machines={**machines, "visitor": replace(dns, name="visitor", nics={})}),
        "twice": lambda: other(hosts, TWO, machines={**hosts.read[TWO].facts.machines, "lg-dns-1": dns}),
        "bound": lambda: other(hosts, ONE, machines={**machines, "lg-dns-1": replace(dns, other=("hostdev",))}),
    }
    course = leave(cases[why](), ONE)
    assert keys(course.refused) == [why]
    assert not course.moves


def test_what_may_be_shut_down_is_and_what_is_off_stays() -> None:
    course = leave(read(off=["in-proxy-1"]), ONE, frozenset({"lg-link-1", "lg-kms-1"}))
    assert (course.stops, course.stays) == (("lg-link-1",), ("in-proxy-1",))
    assert {"lg-link-1", "in-proxy-1"}.isdisjoint(move.machine for move in course.moves)


def test_it_is_told_where_one_more_loss_would_not_be_survived() -> None:
    tight = city(hall_kvm_2={"memory": 30_000}, hall_kvm_3={"memory": 40_000})
    assert "not_spared" in keys(leave(read(of=tight), ONE).warned)
    assert "not_spared" not in keys(leave(read(), ONE).warned)


def test_disks_that_lie_in_shared_storage_in_part_are_refused() -> None:
    shared = CITY.virtualization_hosts[ONE].pools["machines"].model_copy(update={"shared": True})
    pools = {host: {**one.pools, "fast": shared} for host, one in CITY.virtualization_hosts.items()}
    link = CITY.machines["lg-link-1"]
    disks = {**link.disks, "data": link.disks["data"].model_copy(update={"pool": "fast"})}
    mixed = city(**{host.replace("-", "_"): {"pools": one} for host, one in pools.items()})
    mixed = mixed.model_copy(
        update={"machines": {**mixed.machines, "lg-link-1": link.model_copy(update={"disks": disks})}}
    )
    assert "mixed" in keys(leave(read(of=mixed), ONE).refused)


def moved(target: str = TWO, **facts: Any) -> HostsRead:
    hosts = read({**HOME, "lg-dns-1": target})
    if not facts:
        return hosts
    machines = hosts.read[target].facts.machines
    return other(hosts, target, machines={**machines, "lg-dns-1": replace(machines["lg-dns-1"], **facts)})


def test_a_machine_that_arrived_as_it_was_is_accepted() -> None:
    assert arrived(Move("lg-dns-1", ONE, TWO, shared=False), read(), moved()) == []


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (read(), "not_arrived"),
        (moved(running=False), "not_arrived"),
        (moved(THREE), "not_arrived"),
        (moved(memory=1), "other"),
        (moved(nics={}), "other"),
        (read(silent=[TWO]), "unread"),
    ],
)
def test_a_machine_that_arrived_otherwise_is_told(now: HostsRead, why: str) -> None:
    assert keys(arrived(Move("lg-dns-1", ONE, TWO, shared=False), read(), now)) == [why]


def test_all_is_said_in_both_languages() -> None:
    course = leave(read({**HOME, "lg-radius-2": THREE}, silent=[TWO]), ONE)
    for remark in (*course.refused, *course.warned):
        assert remark.text("en") != remark.text("ja")


def test_a_machine_that_lacks_room_at_home_stays_where_it_is() -> None:
    course = come_home(read({**HOME, "lg-link-1": TWO}, of=city(hall_kvm_1={"memory": 15_000})), ONE)
    assert not course.moves
    assert keys(course.warned) == ["stuck"]
