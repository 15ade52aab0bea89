"""Virtualization hosts of generated cities: as many as asked for, and no rule has anything to say of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanso.city import City, load_city
from sanso.city.inventory import read_inventory
from sanso.generate import Size, SizeError, generate, write_inventory
from sanso.generate.__main__ import main
from sanso.lab.inventory import inventory_specs
from sanso.placement import survives
from sanso.render.virtual import intend_hosts
from sanso.rules import check_city

DAY = date(2026, 4, 1)


def made(size: Size, folder: Path) -> City:
    write_inventory(generate(size), folder)
    return load_city(folder)


@pytest.mark.parametrize(
    "size", [Size(1, 4, 17, virtualization_hosts=2), Size(50, 200, 600, virtualization_hosts=24)]
)
def test_the_city_has_so_many_hosts_and_no_finding(size: Size, tmp_path: Path) -> None:
    city = made(size, tmp_path)
    assert check_city(city, DAY) == []
    assert (len(city.devices), len(city.virtualization_hosts)) == (size.switches, size.virtualization_hosts)
    assert sum(len(site.segments) for site in city.sites.values()) == size.segments
    assert len(city.machines) == 8 * size.virtualization_hosts
    assert any(machine.apart_from for machine in city.machines.values())
    for name, intent in intend_hosts(city).items():
        assert len(intent.homes) == 8
        assert survives(city, name).moves


def test_they_are_of_the_network_and_nobody_emulates_them(tmp_path: Path) -> None:
    city = made(Size(9, 40, 120, virtualization_hosts=3), tmp_path)
    groups = read_inventory(tmp_path).groups
    assert groups["virtualization_hosts"] == set(city.virtualization_hosts) <= groups["network"] & groups["city_hall"]
    assert {spec.name for spec in inventory_specs(tmp_path)} == set(city.devices)


def test_a_city_with_access_points_and_hosts_is_valid_too(tmp_path: Path) -> None:
    city = made(Size(9, 40, 120, access_points=40, virtualization_hosts=4), tmp_path)
    assert check_city(city, DAY) == []


@pytest.mark.parametrize(
    ("counts", "hosts", "words"),
    [
        ((1, 4, 17), 1, "no virtualization hosts, or 2 to 24, not 1"),
        ((1, 4, 17), 25, "no virtualization hosts, or 2 to 24, not 25"),
        ((1, 4, 16), 2, "at least 17 site-segments, 17 at the city hall"),
        ((1, 3, 17), 2, "need 4 switches at the city hall, which has 3; raise --switches"),
    ],
)
def test_a_city_that_is_too_small_for_them_is_refused(counts: tuple[int, int, int], hosts: int, words: str) -> None:
    with pytest.raises(SizeError, match=words):
        generate(Size(*counts, virtualization_hosts=hosts))


def test_a_smaller_city_leaves_nothing_of_a_larger_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = ["--sites", "1", "--switches", "4", "--segments", "17", "--out", str(tmp_path)]
    assert main([*counts, "--virtualization-hosts", "2"]) == 0
    assert "4 switches, 17 site-segments, 2 virtualization hosts" in capsys.readouterr().out
    assert "--virtualization-hosts 2" in (tmp_path / ".generated").read_text(encoding="utf-8")
    assert main(counts) == 0
    assert load_city(tmp_path).virtualization_hosts == {}
