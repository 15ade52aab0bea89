"""The small city as it is and as it is to be, and all that is made of it once."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from sanso.city import City, load_city
from sanso.lab.inventory import inventory_specs
from sanso.lab.spec import DeviceSpec
from sanso.network.snapshot import Snapshot
from sanso.render import Intent, intend_city, intended_snapshots
from tests.errors.cases import apply

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Aim:
    """A city that devices are brought to."""

    city: City

    @cached_property
    def intents(self) -> dict[str, Intent]:
        return intend_city(self.city)

    @cached_property
    def snapshots(self) -> Mapping[str, Snapshot]:
        return intended_snapshots(self.intents)


@dataclass(frozen=True)
class Cities:
    """The small city before the change and after it, and what its devices are held to on the way."""

    old: Aim
    new: Aim
    between: City
    specs: list[DeviceSpec]
    """The devices as they were installed."""


def small_cities() -> Cities:
    """Read the city, and what it becomes."""
    with TemporaryDirectory() as name:
        folder = _copied(name)
        old, specs = load_city(folder), inventory_specs(folder)
        new, between = (_changed(folder, description) for description in ("new.yml", "between.yml"))
        return Cities(Aim(old), Aim(new), between, specs)


def renumbered() -> Aim:
    """The city before the change, but with another VLAN to manage its switches by."""
    with TemporaryDirectory() as name:
        return Aim(_changed(_copied(name), "renumbered.yml"))


def _copied(name: str) -> Path:
    folder = Path(name) / "city"
    shutil.copytree(HERE / "city", folder)
    return folder


def _changed(folder: Path, description: str) -> City:
    """A city with the changes of a file."""
    changes = yaml.safe_load((HERE / description).read_text(encoding="utf-8"))
    for file, change in changes["files"].items():
        apply(folder / file, change)
    return load_city(folder)
