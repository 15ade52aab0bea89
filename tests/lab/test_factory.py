"""The embedded city's devices boot from what their installer left, and none of its lines is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.lab import DeviceSpec, make_device
from sanso.lab.inventory import inventory_specs

CITY = Path(__file__).parents[2] / "inventories" / "lab"
SPECS = inventory_specs(CITY)


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("!")]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_boots_with_every_line(spec: DeviceSpec) -> None:
    assert spec.startup
    running = lines(make_device(spec).running_config())
    assert [line for line in lines(spec.startup) if line not in running] == []


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_boots_the_same_from_what_it_shows(spec: DeviceSpec) -> None:
    first = make_device(spec)
    first.save()
    before = first.saved_text()
    first.reload()
    assert first.saved_text() == before
