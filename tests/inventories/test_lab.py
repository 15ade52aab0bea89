"""The embedded city is the product's face: of the promised shape, without a finding, and explained file by file."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from sanso.city import City, load_city
from sanso.city.device import ApPort
from sanso.city.element import Named
from sanso.city.inventory import read_inventory
from sanso.city.segment import Layer
from sanso.city.site import SiteKind
from sanso.placement import survives
from sanso.rules import check_city

LAB = Path(__file__).parents[2] / "inventories" / "lab"
FILES = sorted(LAB.rglob("*.yml"))
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(LAB)


def test_it_has_no_finding_until_its_flows_are_to_be_renewed(city: City) -> None:
    last = min(flow.expires for flow in city.flows.values())
    quiet = last - timedelta(days=city.settings.flow_warning_days + 1)
    assert check_city(city, date(2026, 4, 1)) == []
    assert check_city(city, quiet) == []
    assert {finding.rule for finding in check_city(city, last)} == {"FLOW-02"}


def test_the_city_hall_has_its_three_tiers_and_forty_access_points(city: City) -> None:
    hall = city.devices_at["city_hall"]
    assert {device.role for device in hall} == {"core", "distribution", "access"}
    ports = [port for device in hall for port in city.ports[device.hostname].values()]
    assert sum(isinstance(port, ApPort) for port in ports) == 40


def test_there_are_branches_of_many_kinds_and_all_layers(city: City) -> None:
    kinds = {site.kind for site in city.sites.values()}
    asked = {"NURSERY_SCHOOL", "SCHOOL", "LAND_READJUSTMENT_OFFICE", "LIBRARY", "FIRE_STATION"}
    assert {SiteKind[name] for name in asked} | {SiteKind.CITY_HALL} <= kinds
    used = {city.segments[name].layer for site in city.sites.values() for name in site.segments}
    assert used == set(Layer)
    assert {device.platform for device in city.devices.values()} == {"ios", "eos"}


def test_servers_of_two_layers_are_machines_on_shared_hosts_with_pairs_and_copies(city: City) -> None:
    hosts, machines = city.virtualization_hosts.values(), city.machines.values()
    assert all({*host.layers} == {Layer.LGWAN, Layer.INTERNET} for host in hosts)
    assert {city.segments[name].layer for one in machines for name in one.segments} == {Layer.LGWAN, Layer.INTERNET}
    assert all(len({uplink.switch for uplink in host.uplinks}) == 2 for host in hosts)
    assert any(machine.apart_from for machine in machines)
    assert any(machine.backup for machine in machines)
    assert all(survives(city, host.hostname).moves for host in hosts), "each host has machines that outlast it"


def named(city: City) -> list[Named]:
    parts = (
        city.segments,
        city.nodes,
        city.flows,
        city.breakouts,
        city.wlans,
        city.machines,
        city.sites,
        city.devices,
    )
    return [city.settings, *(item for part in parts for item in part.values())]


def test_every_name_is_there_in_both_languages(city: City) -> None:
    for item in named(city):
        assert item.name.isascii(), item.name
        assert JAPANESE.search(item.name_ja), item.name_ja


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(LAB)))
def test_every_file_says_what_it_is_about(file: Path) -> None:
    head = file.read_text(encoding="utf-8").partition("---\n")[0].splitlines()
    words = [line for line in head if line.startswith("# ") and "$schema" not in line]
    assert words, "a file begins with a comment that says what it is about"


def test_each_site_and_each_switch_has_a_file_of_its_own(city: City) -> None:
    assert {file.stem for file in (LAB / "host_vars").iterdir()} == set(city.devices)
    groups = {file.stem for file in (LAB / "group_vars").glob("*.yml")}
    assert {*city.sites, "ios", "eos"} <= groups <= set(read_inventory(LAB).groups)
