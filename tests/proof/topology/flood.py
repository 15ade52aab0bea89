"""Frames followed one by one through switches: slow, plain, and apart from the code that it judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from sanso.network.facts import Mode
from sanso.network.snapshot import Interface, Snapshot

Place = tuple[str, int]
"""Device, VLAN."""
Cable = tuple[str, str, str, str]


def switching_port(snapshot: Snapshot, name: str) -> Interface | None:
    """What a port switches by: itself or its channel; None where it is down."""
    port = snapshot.interfaces[name]
    carrier = snapshot.interfaces[port.channel] if port.channel else port
    return None if port.shutdown or carrier.shutdown else carrier


def leaves(port: Interface, mode: Mode, vlan: int) -> int | None:
    """Tag with which a frame of a VLAN leaves a port; None: it does not."""
    assert port.switching is not None
    if mode is Mode.ACCESS:
        if vlan == port.switching.access_vlan:
            return 0
        return vlan if vlan == port.switching.voice_vlan else None
    if vlan not in port.switching.allowed:
        return None
    return 0 if vlan == port.switching.native_vlan else vlan


def enters(port: Interface, mode: Mode, tag: int) -> int | None:
    """VLAN that a frame falls into; None: it is dropped."""
    assert port.switching is not None
    if mode is Mode.ACCESS:
        if tag in {0, port.switching.access_vlan}:
            return port.switching.access_vlan
        return tag if tag == port.switching.voice_vlan else None
    vlan = port.switching.native_vlan if tag == 0 else tag
    return vlan if vlan in port.switching.allowed else None


def worlds(snapshots: Mapping[str, Snapshot], cables: list[Cable]) -> Iterator[dict[Cable, tuple[Mode, Mode]]]:
    """Every outcome of what dynamic ports may become."""
    choices = []
    for one, one_port, other, other_port in cables:
        modes = []
        for device, name in ((one, one_port), (other, other_port)):
            port = switching_port(snapshots[device], name)
            modes.append(port.switching.mode if port is not None and port.switching is not None else Mode.ACCESS)
        dynamic = [mode is Mode.DYNAMIC for mode in modes]
        if all(dynamic):
            choices.append([(Mode.ACCESS, Mode.ACCESS), (Mode.TRUNK, Mode.TRUNK)])
        elif any(dynamic):
            fixed = modes[dynamic.index(False)]
            becomes = [Mode.ACCESS] if fixed is Mode.ACCESS else [Mode.ACCESS, Mode.TRUNK]
            choices.append([(one, fixed) if dynamic[0] else (fixed, one) for one in becomes])
        else:
            choices.append([(modes[0], modes[1])])
    for chosen in product(*choices):
        yield dict(zip(cables, chosen, strict=True))


def flood(
    snapshots: Mapping[str, Snapshot], cables: list[Cable], modes: Mapping[Cable, tuple[Mode, Mode]], start: Place
) -> set[Place]:
    """Where a broadcast that starts in a VLAN of a device gets to."""
    if start[1] not in vlans(snapshots[start[0]]):
        return set()
    seen, queue = {start}, [start]
    while queue:
        device, vlan = queue.pop()
        for cable in cables:
            for (one, one_port, other, other_port), (mode, other_mode) in (
                (cable, modes[cable]),
                (cable[2:] + cable[:2], modes[cable][::-1]),
            ):
                if one != device:
                    continue
                sender, taker = (
                    switching_port(snapshots[host], name) for host, name in ((one, one_port), (other, other_port))
                )
                if sender is None or taker is None or (tag := leaves(sender, mode, vlan)) is None:
                    continue
                into = enters(taker, other_mode, tag)
                if into is not None and into in vlans(snapshots[other]) and (other, into) not in seen:
                    seen.add((other, into))
                    queue.append((other, into))
    return seen


def vlans(snapshot: Snapshot) -> set[int]:
    return {1, *(snapshot.vlans or ())}
