"""A machine, from its two definitions: what is in force, and what will be after its next start.

Source: libvirt's formatdomain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from sanso.hypervisors.libvirt.disk import PluggedDisk, read_disk
from sanso.hypervisors.libvirt.harmless import KNOWN
from sanso.hypervisors.libvirt.names import METADATA
from sanso.hypervisors.libvirt.nic import PluggedNic, read_nic
from sanso.hypervisors.libvirt.pool import Pool
from sanso.hypervisors.libvirt.xml import mebibytes, strange, text_of
from sanso.network.virtual import DiskFacts, MachineFacts, NicFacts, Passing

BOOT = f"metadata/{{{METADATA}}}machine"
"""Where a definition says whether and when the host starts the machine; it moves with it, as libvirt's own mark
would not, and has an order, which that has none."""
UNTIL = "until its next start: "
"""Before what is in force and no longer defined."""


@dataclass(frozen=True)
class Domain:
    """A machine as its host has it."""

    name: str
    defined: Element
    live: Element | None = None
    """None while it does not run."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Disk on the guest's bus → GiB."""
    autostart: bool = False
    """libvirt's own mark, by which the host starts it before all others."""
    transient: bool = False
    """Whether it is gone once it is shut down."""

    @property
    def running(self) -> bool:
        """Whether it runs, or is paused."""
        return self.live is not None

    def disks(self, pools: Mapping[str, Pool], *, live: bool = False) -> list[PluggedDisk]:
        """Its disks, empty drives left out."""
        found = (read_disk(one, self.name, pools) for one in self._devices("disk", live))
        return [disk for disk in found if disk is not None]

    def nics(self, *, live: bool = False) -> dict[tuple[str, int], PluggedNic]:
        """Its network interfaces by MAC address, and number among those that share one."""
        found: dict[tuple[str, int], PluggedNic] = {}
        for one in self._devices("interface", live):
            nic = read_nic(one, live=live)
            number = sum(mac == nic.mac for mac, _ in found)
            found[nic.mac, number] = nic
        return found

    def _devices(self, tag: str, live: bool) -> Iterable[Element]:
        element = self.live if live else self.defined
        return [] if element is None else element.findall(f"devices/{tag}")


def read_domain(
    domain: Domain, macs: Mapping[str, str], ports: Mapping[str, Passing], pools: Mapping[str, Pool]
) -> MachineFacts:
    """Facts of a machine.

    Args:
        domain: the machine.
        macs: MAC address → the inventory's name of the interface.
        ports: port of the virtual switch → what passes it.
        pools: the host's pools.
    """
    boot = domain.defined.find(BOOT)
    said = {} if boot is None else boot.attrib
    nics = dict(_nics(domain, ports))
    return MachineFacts(
        name=domain.name,
        cpus=int(text_of(domain.defined, "vcpu") or 1),
        memory=mebibytes(domain.defined.find("memory")),
        nics={_nic_name(key, macs): nic for key, nic in nics.items()},
        disks={disk.name: DiskFacts(disk.pool, size_of(domain, disk, pools)) for disk in domain.disks(pools)},
        auto=domain.autostart or said.get("auto") == "yes",
        order=int(said.get("order", "50")),
        running=domain.running,
        pending=tuple(_pending(domain, pools)),
        other=tuple(_other(domain, pools)),
    )


def size_of(domain: Domain, disk: PluggedDisk, pools: Mapping[str, Pool]) -> int:
    """Size in GiB, rounded up: what the machine says, or else its pool."""
    in_pool = pools[disk.pool].volumes.get(disk.volume, 0) if disk.pool in pools else 0
    return domain.sizes.get(disk.target, in_pool)


def _nic_name(key: tuple[str, int], macs: Mapping[str, str]) -> str:
    mac, number = key
    return macs.get(mac, mac) if not number else f"{mac} ({number + 1})"


def _nics(domain: Domain, ports: Mapping[str, Passing]) -> Iterator[tuple[tuple[str, int], NicFacts]]:
    defined, live = domain.nics(), domain.nics(live=True)
    for key in dict.fromkeys((*defined, *live)):
        nic = defined.get(key) or live[key]
        running = live.get(key)
        other = [*nic.other]
        if running is not None:
            other += [f"{UNTIL}{one}" for one in running.other if one not in other]
            if running.segment != nic.segment:
                other.append(f"{UNTIL}port group {running.segment or '?'}")
            if key not in defined:
                other.append("plugged in until its next start")
            if running.target not in ports:
                other.append(f"its port {running.target or '?'} is not at the virtual switch")
        yield (
            key,
            NicFacts(
                mac=nic.mac,
                segment=nic.segment,
                port=running.target if running else "",
                passing=ports.get(running.target) if running else None,
                connected=nic.connected and (running is None or running.connected),
                other=tuple(other),
            ),
        )


def _other(domain: Domain, pools: Mapping[str, Pool]) -> Iterator[str]:
    defined = list(_strange(domain, domain.defined, pools, live=False))
    yield from defined
    if domain.live is not None:
        yield from (f"{UNTIL}{one}" for one in _strange(domain, domain.live, pools, live=True) if one not in defined)
    if domain.transient:
        yield "not defined: gone once it is shut down"


def _strange(domain: Domain, element: Element, pools: Mapping[str, Pool], *, live: bool) -> Iterator[str]:
    yield from (one.text for one in strange(element, KNOWN))
    for disk in domain.disks(pools, live=live):
        yield from disk.other


def _pending(domain: Domain, pools: Mapping[str, Pool]) -> Iterator[str]:
    """What is other while it runs than it will be."""
    if domain.live is None:
        return
    defined, live = domain.defined, domain.live
    if text_of(defined, "vcpu") != text_of(live, "vcpu"):
        yield "cpus"
    if mebibytes(defined.find("memory")) != mebibytes(live.find("memory")):
        yield "memory"
    if domain.nics().keys() != domain.nics(live=True).keys():
        yield "nics"
    if {(disk.name, disk.pool, disk.volume) for disk in domain.disks(pools)} != {
        (disk.name, disk.pool, disk.volume) for disk in domain.disks(pools, live=True)
    }:
        yield "disks"
    if set(_strange(domain, live, pools, live=True)) - set(_strange(domain, defined, pools, live=False)):
        yield "other"
