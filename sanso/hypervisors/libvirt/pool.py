"""Storage pools, folders of a host, and the volumes in them.

Source: libvirt's formatstorage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from xml.etree.ElementTree import Element, SubElement

from sanso.hypervisors.libvirt.xml import text_of
from sanso.network.virtual import PoolFacts

VOLUME = re.compile(r"^\s*(?P<name>.+?)\s{2,}/.*?\s{2,}\w+\s+(?P<size>[0-9.]+) (?P<unit>\w+)\s{2,}")
"""A line of ``virsh vol-list --details``."""
GIB = {"bytes": 2**-30, "B": 2**-30, "KiB": 2**-20, "MiB": 2**-10, "GiB": 1, "TiB": 2**10}
"""GiB in a unit."""


@dataclass(frozen=True)
class Pool:
    """A storage pool."""

    element: Element
    active: bool = True
    autostart: bool = True
    volumes: Mapping[str, int] = field(default_factory=dict)
    """Volumes in it and their sizes in GiB, rounded up; none while it is not active."""

    @property
    def path(self) -> str:
        """Its folder."""
        return text_of(self.element, "target/path")


def read_volumes(text: str) -> dict[str, int]:
    """Volumes and their sizes in GiB, rounded up, from ``virsh vol-list --details``."""
    found = (match for line in text.splitlines() if (match := VOLUME.match(line)))
    return {match["name"]: ceil(float(match["size"]) * GIB[match["unit"]]) for match in found}


def read_pools(pools: Mapping[str, Pool]) -> dict[str, PoolFacts]:
    """Pools that are folders, by name."""
    return {
        name: PoolFacts(pool.path, pool.active, pool.autostart) for name, pool in pools.items() if _is_folder(pool)
    }


def pool_doubts(pools: Mapping[str, Pool]) -> Iterator[str]:
    """Pools that are not folders of this host."""
    yield from (f"pool {name}: {pool.element.get('type')}" for name, pool in pools.items() if not _is_folder(pool))


def _is_folder(pool: Pool) -> bool:
    return pool.element.get("type") == "dir"


def render_pool(name: str, path: str) -> Element:
    """Definition of a pool."""
    pool = Element("pool", type="dir")
    SubElement(pool, "name").text = name
    SubElement(SubElement(pool, "target"), "path").text = path
    return pool


def render_volume(name: str, size: int) -> Element:
    """Definition of a volume of a size in GiB; it takes room as it fills."""
    volume = Element("volume")
    SubElement(volume, "name").text = name
    SubElement(volume, "capacity", unit="GiB").text = str(size)
    SubElement(volume, "allocation").text = "0"
    SubElement(SubElement(volume, "target"), "format", type="qcow2")
    return volume
