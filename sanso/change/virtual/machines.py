"""What differs of a machine on the host that it is on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanso.change.compare import Difference, Said
from sanso.change.virtual.words import Words
from sanso.network.virtual import DiskFacts, MachineFacts, NicFacts, Passing
from sanso.proof.virtual import vlans_of


class MachineComparer:
    """Compares machines of one host.

    Args:
        segments: port groups of the host as it was found.
        wanted: those that it should have.
        words: of its city.
    """

    def __init__(self, segments: Mapping[str, int], wanted: Mapping[str, int], words: Words) -> None:
        self._segments = segments
        self._wanted = wanted
        self._words = words

    def layers(self, machine: MachineFacts) -> tuple[str, ...]:
        """Layers that a machine is in."""
        return self._words.layers(*(self._vlans(nic) for nic in machine.nics.values()))

    def differences(self, found: MachineFacts, wanted: MachineFacts) -> Iterator[Difference]:
        """Differences of a machine that is where it may be."""
        layers = self._words.layers(*(vlans_of(nic.passing) for nic in wanted.nics.values() if nic.passing))
        before, after = _view(found), _view(wanted)
        for attribute, expected in after.items():
            if before[attribute] != expected:
                yield Difference("machine", wanted.name, attribute, expected, before[attribute], layers)
        for name in dict.fromkeys((*wanted.nics, *found.nics)):
            yield from self._nic(f"{wanted.name} {name}", found.nics.get(name), wanted.nics.get(name), layers)
        for name in dict.fromkeys((*wanted.disks, *found.disks)):
            yield from _disk(f"{wanted.name} {name}", found.disks.get(name), wanted.disks.get(name))
        for other in found.other:
            yield Difference("machine", wanted.name, "attached", "", other, layers)

    def _nic(
        self, where: str, found: NicFacts | None, wanted: NicFacts | None, layers: tuple[str, ...]
    ) -> Iterator[Difference]:
        if found is None and wanted is not None:
            expected = self._words.group(wanted.segment, self._wanted.get(wanted.segment))
            yield Difference("nic", where, "nic", expected, "", layers)
        elif found is not None and wanted is None:
            vlans = self._vlans(found)
            said = self._words.passing(found.passing) if found.passing else self._group(found)
            crossed = self._words.crosses(vlans, layers)
            yield Difference("nic", where, "nic", "", said, self._words.layers(vlans), crossed)
        elif found is not None and wanted is not None:
            yield from self._plugged(where, found, wanted)
        for other in found.other if found is not None else ():
            yield Difference("nic", where, "attached", "", other, layers)

    def _plugged(self, where: str, found: NicFacts, wanted: NicFacts) -> Iterator[Difference]:
        """A NIC that is in another VLAN than it should, or will be when its machine is started next."""
        words = self._words
        own = words.layers(vlans_of(wanted.passing)) if wanted.passing else ()
        if found.passing is not None and wanted.passing is not None and found.passing != wanted.passing:
            vlans = vlans_of(found.passing)
            texts = (words.passing(wanted.passing), words.passing(found.passing))
            yield Difference("nic", where, "vlan", *texts, _both(own, words.layers(vlans)), words.crosses(vlans, own))
        vlan = self._segments.get(found.segment)
        told = found.passing is not None and found.passing != wanted.passing and found.passing == Passing(vlan)
        if found.segment != wanted.segment and not told:
            vlans = frozenset() if vlan is None else frozenset({vlan})
            meant = words.group(wanted.segment, self._wanted.get(wanted.segment))
            layers, crossed = _both(own, words.layers(vlans)), words.crosses(vlans, own)
            yield Difference("nic", where, "port_group", meant, self._group(found), layers, crossed)
        if found.connected != wanted.connected:
            expected, was = ("up" if one.connected else "down" for one in (wanted, found))
            yield Difference("nic", where, "link", expected, was, own)

    def _vlans(self, nic: NicFacts) -> frozenset[int]:
        if nic.passing is not None:
            return vlans_of(nic.passing)
        return frozenset({self._segments[nic.segment]} if nic.segment in self._segments else ())

    def _group(self, nic: NicFacts) -> Said:
        return self._words.group(nic.segment, self._segments.get(nic.segment))


def _view(machine: MachineFacts) -> dict[str, str]:
    """Settings of a machine, by catalogue key below ``drift``."""
    return {
        "cpus": str(machine.cpus),
        "memory": f"{machine.memory} MiB",
        "auto": "yes" if machine.auto else "no",
        "boot_order": str(machine.order),
    }


def _disk(where: str, found: DiskFacts | None, wanted: DiskFacts | None) -> Iterator[Difference]:
    if found is None or wanted is None:
        expected, was = ("" if one is None else f"{one.pool or '-'}, {one.size} GiB" for one in (wanted, found))
        yield Difference("disk", where, "disk", expected, was)
        return
    if found.pool != wanted.pool:
        yield Difference("disk", where, "pool", wanted.pool, found.pool or "-")
    if found.size != wanted.size:
        yield Difference("disk", where, "disk_size", f"{wanted.size} GiB", f"{found.size} GiB")


def _both(own: tuple[str, ...], found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *found)))
