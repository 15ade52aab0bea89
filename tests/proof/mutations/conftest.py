"""The cities that faults are planted in."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.generate import Size, generate, write_inventory
from tests.proof.mutations.harness import World

LAB = Path(__file__).parents[3] / "inventories" / "lab"


@pytest.fixture(scope="session")
def lab() -> World:
    return World(LAB)


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A generated city: gateways of both network operating systems."""
    folder = tmp_path_factory.mktemp("city") / "generated"
    write_inventory(generate(Size(3, 6, 30, "mix", 1)), folder)
    return World(folder)


@pytest.fixture(scope="session")
def worlds(lab: World, generated: World) -> dict[str, World]:
    return {"lab": lab, "generated": generated}
