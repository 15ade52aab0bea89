"""Storage pools, folders of a host, and the volumes in them.

Source: libvirt's formatstorage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from sanso.hypervisors.libvirt.xml import text_of
from sanso.network.virtual import PoolFacts

VOLUME = re.compile(r"^\s*(?P<name>.+?)\s{2,}(?P<path>/.*?)\s*$")
"""A line of ``virsh vol-list``."""


@dataclass(frozen=True)
class Pool:
    """A storage pool."""

    element: Element
    active: bool = True
    autostart: bool = True
    volumes: frozenset[str] = field(default=frozenset())
    """Names of the volumes in it; none while it is not active."""

    @property
    def path(self) -> str:
        """Its folder."""
        return text_of(self.element, "target/path")


def read_volumes(text: str) -> frozenset[str]:
    """Names of volumes, from ``virsh vol-list``."""
    return frozenset(match["name"] for line in text.splitlines() if (match := VOLUME.match(line)))


def read_pools(pools: Mapping[str, Pool]) -> dict[str, PoolFacts]:
    """Pools that are folders, by name."""
    return {name: PoolFacts(pool.path, pool.active, pool.autostart) for name, pool in pools.items() if _is_folder(pool)}


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
