"""Access points of generated cities: as many as asked for, and no rule has anything to say of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sanso.city import City, load_city
from sanso.city.device import ApPort, PortProfile
from sanso.generate import Size, SizeError, generate, write_inventory
from sanso.render.wireless import intend_wireless
from sanso.rules import check_city

DAY = date(2026, 4, 1)


def made(size: Size, folder: Path) -> City:
    write_inventory(generate(size), folder)
    return load_city(folder)


def ap_ports(ports: Mapping[str, PortProfile]) -> list[str]:
    return [name for name, port in ports.items() if isinstance(port, ApPort)]


@pytest.mark.parametrize("count", [1, 40, 400])
def test_the_city_has_so_many_access_points_and_no_finding(count: int, tmp_path: Path) -> None:
    city = made(Size(50, 200, 600, access_points=count), tmp_path)
    assert len(city.access_points) == count
    assert check_city(city, DAY) == []
    facts = intend_wireless(city)
    assert {name: len(one.aps) for name, one in facts.items()} == {"hall-wlc-1": count}


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # small as they are
@given(st.integers(1, 6), st.integers(0, 25), st.integers(0, 60), st.integers(1, 60), st.integers(0, 999))
def test_a_small_city_is_valid_or_too_small(sites: int, more: int, segments: int, count: int, seed: int) -> None:
    counts = (sites, sites + more, 16 + 2 * (sites - 1) + segments)
    size = Size(*counts, "mix", seed, access_points=count)
    with TemporaryDirectory() as folder:
        bare = made(Size(*counts, "mix", seed), Path(folder))
        room = sum(len(ap_ports(ports)) for ports in bare.ports.values()) - 1  # one is the controller's
        if count > room:
            with pytest.raises(SizeError, match=f"for {room} access points, not {count}"):
                generate(size)
        else:
            city = made(size, Path(folder))
            assert len(city.access_points) == count
            assert check_city(city, DAY) == []


def test_they_are_dealt_out_to_the_sites_in_turn(tmp_path: Path) -> None:
    bare = made(Size(20, 70, 250), tmp_path)
    room = Counter(bare.devices[name].site for name, ports in bare.ports.items() for _ in ap_ports(ports))
    room["city_hall"] -= 1  # the controller's
    city = made(Size(20, 70, 250, access_points=60), tmp_path)
    shares = Counter(point.site for point in city.access_points.values())
    assert sum(shares.values()) == 60
    most = max(shares.values())
    assert all(shares[site] >= min(free, most - 1) for site, free in room.items())


def test_no_port_for_an_access_point_is_left_empty_where_there_are_some(tmp_path: Path) -> None:
    city = made(Size(20, 70, 250, access_points=60), tmp_path)
    hung = {(point.switch, point.port) for point in city.access_points.values()}
    sites = {point.site for point in city.access_points.values()}
    there = {(name, port) for name, ports in city.ports.items() for port in ap_ports(ports)}
    assert hung == {place for place in there if city.devices[place[0]].site in sites}


def test_the_switches_are_those_of_the_city_without_access_points(tmp_path: Path) -> None:
    with_points = generate(Size(5, 12, 60, access_points=10))
    without = generate(Size(5, 12, 60))
    assert with_points.devices.keys() == without.devices.keys()
    assert {name: with_points.addresses["city_hall"][name] for name in without.addresses["city_hall"]} == (
        without.addresses["city_hall"]
    )
    write_inventory(with_points, tmp_path)
    write_inventory(without, tmp_path)
    assert not (tmp_path / "wireless.yml").exists()


@pytest.mark.parametrize(("count", "words"), [(-1, "not -1"), (100_000, "not 100000; raise --switches")])
def test_a_number_that_cannot_be_is_refused(count: int, words: str) -> None:
    with pytest.raises(SizeError, match=words):
        generate(Size(3, 5, 40, access_points=count))
