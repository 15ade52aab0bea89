from __future__ import annotations

from pathlib import Path

import pytest

from sanso.city import load_city
from sanso.generate import Size, generate, write_inventory
from sanso.lab.inventory import inventory_specs

LAB = Path(__file__).parents[2] / "inventories" / "lab"


@pytest.fixture(params=["lab", "generated"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "lab":
        return LAB
    write_inventory(generate(Size(9, 40, 120)), tmp_path)
    return tmp_path


def test_every_device_of_the_city_has_an_emulated_one_with_its_ports(folder: Path) -> None:
    city = load_city(folder)
    specs = {spec.name: spec for spec in inventory_specs(folder)}
    assert list(specs) == [*city.devices, *city.controllers]
    for name, spec in specs.items():
        assert spec.platform == {**city.devices, **city.controllers}[name].platform
        assert set(city.ports.get(name, ())) <= set(spec.interfaces)
        assert spec.startup is not None
        assert f"hostname {name}" in spec.startup
        assert spec.username in spec.startup
