"""What each port puts on its cable and takes from it: pairs of a tag and the VLAN, or routed interface, behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from sanso.network.facts import Mode, VlanSet
from sanso.network.snapshot import Interface, Kind, Snapshot, Switching
from sanso.proof.edges import UNTAGGED

Node = int
"""A VLAN of a device, or an interface or a cloud without VLANs; see :class:`Nodes`."""
Pairs = frozenset[tuple[int, Node]]
"""Tag on the cable (0: none) → node behind it."""
_LAST_NODES = 1 << 12


class Nodes:
    """Numbers for VLANs of devices, and for whatever else frames may come to."""

    def __init__(self, devices: Iterable[str]) -> None:
        self.devices = tuple(devices)
        self._bases = {name: index << 12 for index, name in enumerate(self.devices)}
        self._others: dict[tuple[str, str], Node] = {}
        self._names: list[tuple[str, str]] = []

    def vlan(self, device: str, vlan: int) -> Node:
        """Number of a VLAN of a device."""
        return self._bases[device] + vlan

    def other(self, device: str, name: str) -> Node:
        """Number of a routed interface, or with an empty device of a cloud: below zero."""
        key = (device, name)
        if key not in self._others:
            self._names.append(key)
            self._others[key] = -len(self._names)
        return self._others[key]

    def name(self, node: Node) -> tuple[str, int | str]:
        """Device and VLAN id, or device and interface."""
        if node < 0:
            return self._names[-node - 1]
        return self.devices[node >> 12], node & (_LAST_NODES - 1)


@dataclass(frozen=True)
class Wire:
    """A port as its cable sees it; a dynamic one as everything that it may become."""

    sends: Pairs = frozenset()
    takes: Pairs = frozenset()
    mode: Mode | None = None
    """None: it does not switch."""
    modes: tuple[Wire, ...] = ()
    """Of a dynamic port: as an access port, as a trunk."""

    @cached_property
    def behind(self) -> Mapping[int, frozenset[Node]]:
        """Nodes by the tag that frames to or from them have on the cable."""
        found: dict[int, set[Node]] = {}
        for tag, node in self.sends | self.takes:
            found.setdefault(tag, set()).add(node)
        return {tag: frozenset(nodes) for tag, nodes in found.items()}

    @property
    def dynamic(self) -> bool:
        """Whether the port may become a trunk by itself."""
        return self.mode is Mode.DYNAMIC

    def facing(self, other: Wire) -> list[tuple[Wire, Wire]]:
        """What the two ends of a cable may become together.

        Two dynamic ends agree; one that faces an access port stays one; one that faces a trunk may become either,
        for a trunk need not negotiate.
        """
        if not self.dynamic:
            return [(one, two) for two, one in other.facing(self)] if other.dynamic else [(self, other)]
        if other.dynamic:
            return list(zip(self.modes, other.modes, strict=True))
        if other.mode is Mode.ACCESS:
            return [(self.modes[0], other)]
        return [(mode, other) for mode in self.modes]


class Wires:
    """Makes the wires of a network's ports, each once."""

    def __init__(self, snapshots: Mapping[str, Snapshot], nodes: Nodes, tags: Iterable[int] = ()) -> None:
        self._snapshots = snapshots
        self._nodes = nodes
        mentioned = frozenset(tags).union(*(_mentioned(snapshot) for snapshot in snapshots.values()))
        self.vlans: dict[str, VlanSet] = {
            name: mentioned if snapshot.vlans is None else frozenset(snapshot.vlans) | {1}
            for name, snapshot in snapshots.items()
        }
        """VLANs that each device has; where that is not known, every one that is spoken of anywhere."""
        self._made: dict[tuple[str, str], Wire] = {}
        self._alike: dict[tuple[str, Switching], Wire] = {}
        self._sub: dict[tuple[str, str], list[Interface]] = {}
        for name, snapshot in snapshots.items():
            for interface in snapshot.interfaces.values():
                if interface.kind is Kind.SUBINTERFACE and not interface.shutdown:
                    self._sub.setdefault((name, interface.parent), []).append(interface)

    def of(self, device: str, port: str) -> Wire:
        """The wire of a port; that of a member of a port channel is the channel's."""
        key = (device, port)
        if key not in self._made:
            self._made[key] = self._make(device, self._snapshots[device].interfaces[port])
        return self._made[key]

    def carrier(self, device: str, port: str) -> Interface:
        """The interface that decides how a port switches: its channel, if it has one, else itself."""
        interfaces = self._snapshots[device].interfaces
        interface = interfaces[port]
        return interfaces.get(interface.channel, interface) if interface.channel else interface

    def _make(self, device: str, port: Interface) -> Wire:
        carrier = self.carrier(device, port.name)
        if port.shutdown or carrier.shutdown:
            return Wire()
        if carrier.switching is not None and (carrier.switching.also or carrier.kind is Kind.ROUTED):
            return self._changing(device, carrier, carrier.switching)
        if carrier.kind in {Kind.ROUTED, Kind.TUNNEL, Kind.SUBINTERFACE}:
            return self._routed(device, carrier)
        switching = carrier.switching
        if switching is None:
            return Wire()
        return self._switched(device, switching)

    def _changing(self, device: str, carrier: Interface, switching: Switching) -> Wire:
        """All that a port may take at some time, whatever it then faces: what it takes it sends as well."""
        ways = [self._switched(device, one) for one in (switching, *switching.also)]
        ways += [self._routed(device, carrier)] if carrier.kind is Kind.ROUTED else []
        pairs = frozenset(pair for way in ways for pair in way.sends | way.takes)
        return Wire(pairs, pairs, Mode.TRUNK)

    def _routed(self, device: str, carrier: Interface) -> Wire:
        pairs = {(UNTAGGED, self._nodes.other(device, carrier.name))}
        for sub in self._sub.get((device, carrier.name), []):
            pairs.add((UNTAGGED if sub.vlan is None else sub.vlan, self._nodes.other(device, sub.name)))
        return Wire(frozenset(pairs), frozenset(pairs))

    def _switched(self, device: str, switching: Switching) -> Wire:
        """The wire of a port by itself; many of a device are alike."""
        key = (device, replace(switching, lines=(), also=()))
        if key not in self._alike:
            self._alike[key] = self._by_mode(device, switching)
        return self._alike[key]

    def _by_mode(self, device: str, switching: Switching) -> Wire:
        match switching.mode:
            case Mode.ACCESS:
                return self._as_access(device, switching)
            case Mode.TRUNK:
                return self._as_trunk(device, switching)
            case Mode.DYNAMIC:
                modes = self._as_access(device, switching), self._as_trunk(device, switching)
                sends, takes = modes[0].sends | modes[1].sends, modes[0].takes | modes[1].takes
                return Wire(sends, takes, Mode.DYNAMIC, modes)
            case _:
                return Wire()

    def _as_access(self, device: str, switching: Switching) -> Wire:
        own, voice = switching.access_vlan, switching.voice_vlan
        sends = {(UNTAGGED, own)} if voice is None else {(UNTAGGED, own), (voice, voice)}
        # Many switches let in what is tagged with the access VLAN itself.
        return Wire(self._pairs(device, sends), self._pairs(device, sends | {(own, own)}), Mode.ACCESS)

    def _as_trunk(self, device: str, switching: Switching) -> Wire:
        tagged = self.vlans[device] & switching.allowed
        native = {switching.native_vlan} & tagged
        untagged = {(UNTAGGED, vlan) for vlan in native}
        sends = {(vlan, vlan) for vlan in tagged - native} | untagged
        takes = {(vlan, vlan) for vlan in tagged} | untagged
        return Wire(self._pairs(device, sends), self._pairs(device, takes), Mode.TRUNK)

    def _pairs(self, device: str, pairs: set[tuple[int, int]]) -> Pairs:
        there = self.vlans[device]
        return frozenset((tag, self._nodes.vlan(device, vlan)) for tag, vlan in pairs if vlan in there)


def _mentioned(snapshot: Snapshot) -> VlanSet:
    """VLANs that a device speaks of by themselves, and not only in a range of what a trunk lets through."""
    found = set(snapshot.vlans or ())
    for interface in snapshot.interfaces.values():
        if interface.vlan is not None:
            found.add(interface.vlan)
        switching = interface.switching
        if switching is not None:
            found |= {switching.access_vlan, switching.native_vlan, switching.voice_vlan or switching.access_vlan}
    return frozenset(found)
