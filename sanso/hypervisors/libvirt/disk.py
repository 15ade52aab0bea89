"""A disk of a machine: which volume of which pool it is.

Source: libvirt's formatdomain, "Hard drives, floppy disks, CDROMs".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from sanso.hypervisors.libvirt.names import DISK_ALIAS, volume_name
from sanso.hypervisors.libvirt.pool import Pool
from sanso.hypervisors.libvirt.xml import Judge, anything, attribute, strange, written

KNOWN: Mapping[str, Judge | None] = {
    "source": None,
    "source@*": None,
    "driver": anything,
    "target": anything,
    "alias": anything,
    "address": anything,
    "boot": anything,
    "serial": anything,
    "wwn": anything,
    "vendor": anything,
    "product": anything,
    "geometry": anything,
    "blockio": anything,
    "iotune": anything,
    "backingStore": lambda element: not len(element),
}
REMOVABLE = ("cdrom", "floppy")


@dataclass(frozen=True)
class PluggedDisk:
    """A disk as one definition has it."""

    name: str
    """The inventory's where the project made it, else what the guest's bus calls it."""
    target: str
    pool: str
    volume: str
    other: tuple[str, ...]


def read_disk(element: Element, machine: str, pools: Mapping[str, Pool]) -> PluggedDisk | None:
    """Read a disk; None for an empty drive."""
    source = element.find("source")
    if source is None and element.get("device") in REMOVABLE:
        return None
    said = {} if source is None else dict(source.attrib)
    target = attribute(element, "target", "dev")
    pool, volume = said.get("pool", ""), said.get("volume", "")
    if element.get("type") == "file":
        folder, _, volume = said.get("file", "").rpartition("/")
        pool = next((name for name, one in pools.items() if one.path.rstrip("/") == folder), "")
    name = _name(attribute(element, "alias", "name"), machine, volume, target)
    other = [one.text for one in strange(element, KNOWN)]
    if (device := element.get("device", "disk")) != "disk":
        other.append(device)
    if not pool:
        other.append("no source" if source is None else written(source))
    elif name != target and volume != volume_name(machine, name):
        other.append(f"{volume}: a snapshot that is left over")
    where = f"disk {name}: "
    return PluggedDisk(name, target, pool, volume, tuple(f"{where}{one}" for one in other))


def _name(alias: str, machine: str, volume: str, target: str) -> str:
    if alias.startswith(DISK_ALIAS):
        return alias.removeprefix(DISK_ALIAS)
    start, end = volume_name(machine, "\0").split("\0")
    name = volume.removeprefix(start).removesuffix(end)
    return name if name and volume == volume_name(machine, name) else target


def read_sizes(text: str) -> dict[str, int]:
    """Disk on the guest's bus → size in GiB, rounded up, from ``virsh domblkinfo --all``."""
    lines = (line.split() for line in text.splitlines())
    return {words[0]: -(-int(words[1]) // 2**30) for words in lines if len(words) > 1 and words[1].isdigit()}


def render_disk(machine: str, name: str, pool: str, target: str) -> Element:
    """A disk: the volume of its name in a pool."""
    disk = Element("disk", type="volume", device="disk")
    SubElement(disk, "driver", name="qemu", type="qcow2", discard="unmap")
    SubElement(disk, "source", pool=pool, volume=volume_name(machine, name))
    SubElement(disk, "target", dev=target, bus="virtio")
    SubElement(disk, "alias", name=f"{DISK_ALIAS}{name}")
    return disk
