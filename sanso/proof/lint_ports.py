"""VLANs that ports name and the device has not, and gateways of VLANs that no port carries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sanso.messages import Finding
from sanso.network.facts import Mode
from sanso.network.snapshot import Interface, Kind, Snapshot, Switching
from sanso.proof.findings import port_line, ranges, warning
from sanso.proof.intended import Intended

RESERVED = frozenset(range(1002, 1006))
"""VLANs of token ring and FDDI: a trunk's list may name them, and nothing comes of it."""
WIDE = 100
"""A range of so many VLANs means whatever there may be some day."""


class PortLint:
    """Ports and SVIs of one device; silent where its text does not tell which VLANs it has."""

    def __init__(self, name: str, snapshot: Snapshot, intended: Intended) -> None:
        self.name = name
        self.snapshot = snapshot
        self.intended = intended
        self.ports = [
            one
            for one in snapshot.interfaces.values()
            if one.switching is not None and not one.channel and not one.shutdown
        ]

    def findings(self) -> Iterator[Finding]:
        """VLANs that are not there, then SVIs that nobody reaches."""
        if self.snapshot.vlans is not None:
            yield from self._undefined(frozenset(self.snapshot.vlans))
            yield from self._unreached()

    def _undefined(self, known: frozenset[int]) -> Iterator[Finding]:
        """One finding for the ports that lack the same VLANs in the same way."""
        by_lack: dict[tuple[str, tuple[int, ...]], list[Interface]] = {}
        for port in self.ports:
            if port.switching is not None:
                for way, vlans in _named(port.switching, known):
                    if lacking := tuple(sorted(vlans - known - RESERVED)):
                        by_lack.setdefault((way, lacking), []).append(port)
        for (way, lacking), ports in by_lack.items():
            args = {
                "device": self.name,
                "vlans": ranges(lacking),
                "ports": ", ".join(port.name for port in ports),
            }
            words = {"access": "access vlan", "trunk": "allowed", "voice": "voice"}[way]
            yield warning("LINT-07", port_line(ports[0], words), args, way)

    def _unreached(self) -> Iterator[Finding]:
        """Gateways without a port, unless the city wants them for ports to come.

        Silent where the text has no port at all, frames may come another way, or SVIs are told to stay up.
        """
        another_way = any(one.why == "vxlan" for one in self.snapshot.unread)
        if another_way or "autostate" in self.snapshot.mentions or not self.ports:
            return
        carried = frozenset[int]().union(
            *(_carried(one.switching) for one in self.ports if one.switching is not None)
        )
        for svi in self.snapshot.interfaces.values():
            if svi.kind is not Kind.SVI or not svi.addresses or svi.shutdown or svi.vlan in carried:
                continue
            if not self.intended.wants_svi(self.name, svi.vlan):
                args = {"device": self.name, "interface": svi.name, "vlan": svi.vlan}
                yield warning("LINT-08", svi.line, args)


def _named(switching: Switching, known: frozenset[int]) -> Iterator[tuple[str, frozenset[int]]]:
    """VLANs that a port names, and as what.

    A range of an allowed list counts only where the device has no VLAN of it: ranges are often written wider than
    what is there.  An unused native VLAN is good practice, and never counts.
    """
    if switching.mode is Mode.ACCESS:
        yield "access", frozenset({switching.access_vlan})
    if switching.voice_vlan is not None and switching.mode is not Mode.TRUNK:
        yield "voice", frozenset({switching.voice_vlan})
    if switching.mode is Mode.TRUNK:
        runs = (frozenset(run) for run in _runs(switching.allowed - {switching.native_vlan}))
        yield "trunk", frozenset[int]().union(*(run for run in runs if not run & known and len(run) < WIDE))


def _runs(vlans: frozenset[int]) -> Iterator[list[int]]:
    """Ids in a row."""
    for _, run in groupby(enumerate(sorted(vlans)), key=lambda pair: pair[1] - pair[0]):
        yield [vlan for _, vlan in run]


def _carried(switching: Switching) -> frozenset[int]:
    """VLANs whose frames pass a port, or may."""
    own = (
        frozenset({switching.access_vlan, switching.voice_vlan or 0})
        if switching.mode is not Mode.TRUNK
        else frozenset()
    )
    return own | (switching.allowed if switching.mode is not Mode.ACCESS else frozenset())
