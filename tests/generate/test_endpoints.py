"""Terminals of generated cities: as many as asked for, each where its segment is, and such as can be emulated."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.city import city_of
from sanso.city.inventory import Inventory, read_inventory
from sanso.generate import Size, SizeError, generate, write_inventory
from sanso.lab.wsman.inventory import terminal_specs


def written(folder: Path, size: Size) -> Inventory:
    write_inventory(generate(size), folder)
    return read_inventory(folder)


@pytest.mark.parametrize("size", [Size(12, 20, 90, endpoints=300), Size(1, 1, 16, endpoints=5)])
def test_each_terminal_stands_in_a_segment_of_its_site(tmp_path: Path, size: Size) -> None:
    inventory = written(tmp_path, size)
    city = city_of(inventory)
    terminals = inventory.groups["endpoints"]
    assert len(terminals) == size.endpoints
    for name in terminals:
        values = inventory.values(name)
        site, segment = values["sanso_endpoint_site"], values["sanso_endpoint_segment"]
        assert name in inventory.groups[site]
        assert segment in city.sites[site].segments
        assert values["sanso_endpoint_layer"] == city.segments[segment].layer


def test_the_city_hall_has_about_a_quarter(tmp_path: Path) -> None:
    inventory = written(tmp_path, Size(40, 40, 200, endpoints=1000))
    assert 200 < len(inventory.groups["endpoints"] & inventory.groups["city_hall"]) < 350


def test_they_can_be_emulated(tmp_path: Path) -> None:
    inventory = written(tmp_path, Size(12, 20, 90, endpoints=300))
    specs = terminal_specs(inventory, city_of(inventory))
    assert len({(one.address, one.port) for one in specs.terminals}) == 300
    assert specs.accounts == {"CITY\\ops": "emulated-ops"}
    assert "kms" in specs.kms
    channels = {edition.channel for one in specs.terminals for edition in one.editions}
    assert channels == {"kms", "mak"}
    assert all(bool(edition.key) == (edition.channel == "mak") for one in specs.terminals for edition in one.editions)


def test_a_city_without_terminals_is_the_one_that_it_was(tmp_path: Path) -> None:
    inventory = written(tmp_path, Size(3, 5, 40))
    assert "endpoints" not in inventory.groups
    assert not list((tmp_path / "group_vars").glob("*endpoints*"))


def test_a_number_that_cannot_be_is_refused() -> None:
    with pytest.raises(SizeError, match="not -1"):
        Size(3, 5, 40, endpoints=-1)
