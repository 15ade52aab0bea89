"""Rules on virtualization hosts and machines where the golden cases do not reach: edges, and what they let pass."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sanso.city import City
from sanso.messages import LANGUAGES, Severity
from sanso.messages.catalogue import keys, text
from sanso.placement import Lack
from sanso.rules import check_city
from tests.placement.cities import virtual_city
from tests.rules.test_wireless import changed, told

TODAY = date(2026, 10, 1)
HOST, MACHINE = "virtualization_hosts", "machines"


def machine(name: str, **fields: Any) -> set[str]:
    """What is found when a machine is other than it was, or a new one like the first."""
    return told(changed(virtual_city(), MACHINE, name, **fields))


def host(name: str, **fields: Any) -> set[str]:
    return told(changed(virtual_city(), HOST, name, **fields))


def with_shared(*entries: list[str]) -> City:
    city = virtual_city()
    settings = type(city.settings).model_validate(city.settings.model_dump() | {"shared_hosts": list(entries)})
    settings.place(("settings",))
    return city.model_copy(update={"settings": settings})


def nics(*segments: str) -> dict[str, Any]:
    return {f"lan{number}": {"segment": segment} for number, segment in enumerate(segments)}


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        (("staff",), set()),
        (("staff", "staff"), set()),
        (("web", "staff"), {"VIRT-01"}),
        (("staff", "web"), {"VIRT-01"}),
        (("staff", "hosts"), {"VIRT-01", "VIRT-02", "VIRT-13"}),
        (("staff", "nowhere"), {"REF-01.segment"}),
    ],
)
def test_a_machine_is_in_one_layer_whatever_it_is_in(segments: tuple[str, ...], expected: set[str]) -> None:
    assert machine("auth-2", nics=nics(*segments)) == expected


def test_each_nic_in_another_layer_than_the_first_is_told() -> None:
    city = changed(virtual_city(), MACHINE, "auth-2", nics=nics("staff", "web", "staff", "web"))
    found = {one.args["nic"] for one in check_city(city, TODAY) if one.rule == "VIRT-01"}
    assert found == {"lan1", "lan3"}
    assert {one.severity for one in check_city(city, TODAY)} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([["lgwan", "internet"]], set()),
        ([["internet", "lgwan"]], set()),
        ([["internet", "lgwan", "management"]], set()),
        ([["lgwan", "school"], ["internet", "school"]], {"VIRT-03"}),
        ([], {"VIRT-03"}),
        ([[]], {"VIRT-03", "VIRT-04.alone"}),
        ([["lgwan", "internet"], ["lgwan", "lgwan"]], {"VIRT-04.alone"}),
        ([["lgwan", "internet"], ["mynumber"]], {"VIRT-04.alone"}),
        ([["lgwan", "internet"], ["mynumber", "lgwan"]], {"VIRT-04.mynumber"}),
    ],
)
def test_layers_share_a_host_where_one_entry_has_them_all(entries: list[list[str]], expected: set[str]) -> None:
    assert told(with_shared(*entries)) == expected


def test_a_dedicated_host_asks_no_policy() -> None:
    city = with_shared()
    for name in ("kvm-1", "kvm-2", "kvm-3"):
        city = changed(city, HOST, name, layers=["lgwan", "lgwan"])
    assert told(city) == {"VIRT-02", "VIRT-19.room"}, "the proxy of the Internet layer has nowhere to be"


def uplinks(*places: tuple[str, int]) -> list[dict[str, str]]:
    ports = [(switch, f"GigabitEthernet1/0/{port}") for switch, port in places]
    return [{"interface": f"eno{i}", "switch": switch, "port": port} for i, (switch, port) in enumerate(ports)]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([("hall-1", 10), ("hall-2", 10)], set()),
        ([("hall-2", 10), ("hall-1", 10)], set()),
        ([("hall-1", 10)], {"VIRT-09", "VIRT-10"}),
        ([("hall-1", 1), ("hall-2", 10)], {"VIRT-05.profile", "VIRT-10"}),
        ([("annex-1", 1), ("hall-2", 10)], {"VIRT-05.site", "VIRT-10"}),
        ([("hall-1", 10), ("hall-1", 10), ("hall-2", 10)], {"VIRT-07.port"}),
    ],
)
def test_the_cables_of_a_host(places: list[tuple[str, int]], expected: set[str]) -> None:
    assert host("kvm-1", uplinks=uplinks(*places)) == expected


def test_a_site_without_hosts_has_ports_for_them_all_the_same() -> None:
    city = virtual_city().model_copy(update={HOST: {}, MACHINE: {}})
    assert told(city) == {"GATE-02.unrouted"}, "nobody moves in the segment for moves then"


@pytest.mark.parametrize(("number", "expected"), [(2, set()), (254, set()), (255, {"VIRT-15.outside"})])
def test_a_hosts_number_lies_in_the_share(number: int, expected: set[str]) -> None:
    assert host("kvm-2", management_host=number) == expected
    assert host("kvm-2", migration={"segment": "moves", "host": number}) == expected


def test_a_host_that_is_managed_among_the_switches_takes_no_number_of_theirs() -> None:
    city = virtual_city()
    ports = {name: dict(city.devices[name].ports) for name in ("hall-1", "hall-2")}
    for name, one in ports.items():
        for entry, port in one.items():
            if port.profile == "hypervisor":
                one[entry] = port.model_copy(update={"native": "switches"})
        city = changed(city, "devices", name, ports={e: p.model_dump(by_alias=True) for e, p in one.items()})
    assert told(city) == set()
    assert told(changed(city, HOST, "kvm-2", management_host=2)) == {"VIRT-15.twice"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"apart_from": ["auth-1"]}, set()),  # the other says so already
        ({"apart_from": ["link-1"]}, set()),
        ({"hosts": ["kvm-1"]}, {"VIRT-17.home"}),
        ({"hosts": ["kvm-2"]}, set()),  # of a pair, one may be lost
        ({"hosts": ["kvm-1", "kvm-2"]}, {"VIRT-17.home"}),
    ],
)
def test_a_pair_is_told_of_once_whichever_of_the_two_says_it(fields: dict[str, Any], expected: set[str]) -> None:
    city = changed(virtual_city(), MACHINE, "auth-2", **fields)
    found = [one for one in check_city(city, TODAY) if one.rule == "VIRT-17"]
    assert {f"{one.rule}.{one.variant}" for one in found} == {one for one in expected if one.startswith("VIRT-17")}
    assert len(found) <= 1
    assert expected <= told(city)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"cpus": 6}, set()),
        ({"cpus": 5}, {"VIRT-18.cpus"}),
        ({"memory": 12288}, set()),
        ({"memory": 12287}, {"VIRT-18.memory"}),
        ({"cpus": 5, "memory": 12287}, {"VIRT-18.cpus", "VIRT-18.memory"}),
    ],
)
def test_a_host_has_room_to_the_last_cpu_and_mebibyte(fields: dict[str, Any], expected: set[str]) -> None:
    assert host("kvm-1", **fields) == expected


@pytest.mark.parametrize(("size", "expected"), [(120, set()), (119, {"VIRT-18.pool"})])
def test_a_pool_has_room_to_the_last_gibibyte(size: int, expected: set[str]) -> None:
    pools = {name: pool.model_dump() for name, pool in virtual_city().virtualization_hosts["kvm-1"].pools.items()}
    assert host("kvm-1", pools={**pools, "machines": {"path": "/srv/machines", "size": size}}) == expected


def test_a_shared_pool_that_is_too_small_is_told_once() -> None:
    city = virtual_city()
    for name, one in city.virtualization_hosts.items():
        small = {"machines": {"path": "/srv/machines", "size": 139, "shared": True}}
        pools = {pool: told_of.model_dump() for pool, told_of in one.pools.items()} | small
        city = changed(city, HOST, name, pools=pools)
    found = [one for one in check_city(city, TODAY) if one.rule == "VIRT-18"]
    assert [(one.args["host"], one.args["needed"]) for one in found] == [("kvm-1", 140)]


@pytest.mark.parametrize(
    ("mac", "expected"),
    [
        ("52:54:00:00:00:02", set()),
        ("52:54:00:00:00:01", {"VIRT-23.twice"}),
        ("01:00:5e:00:00:01", {"VIRT-23.group"}),
        ("ff:ff:ff:ff:ff:ff", {"VIRT-23.group"}),
        ("fe:ff:ff:ff:ff:ff", set()),
    ],
)
def test_a_mac_address_is_one_nics(mac: str, expected: set[str]) -> None:
    assert machine("auth-2", nics={"lan0": {"segment": "staff", "mac": mac}}) == expected


def test_a_machine_without_a_node_or_with_more_nics_than_it_is_no_fault() -> None:
    assert machine("link-1", node=None) == set()
    assert machine("link-1", nics=nics("staff", "staff")) == set()


def test_a_node_of_two_layers_is_no_machine() -> None:
    assert machine("auth-2", node="exchange") == {"VIRT-24.segment"}
    assert machine("auth-2", node="exchange", nics=nics("staff", "web")) == {"VIRT-01"}


def test_a_host_is_in_the_group_of_its_site_and_runs_what_is_known() -> None:
    assert host("kvm-1", groups=["libvirt"]) == {"SITE-01"}
    assert host("kvm-1", platform="eos") == {"VIRT-25"}


def test_every_lack_has_words_in_both_languages() -> None:
    assert {f"placement.{lack}" for lack in Lack} == {key for key in keys() if key.startswith("placement.")}
    for lack in Lack:
        assert len({text(f"placement.{lack}", language) for language in LANGUAGES}) == 2
