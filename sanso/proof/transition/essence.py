"""What of a snapshot decides where packets go, without the lines that say it: for comparing states."""

from __future__ import annotations

from typing import Any

from sanso.network.snapshot import AccessList, Interface, Snapshot

Essence = tuple[Any, ...]


def of_snapshot(snapshot: Snapshot) -> Essence:
    """All of a device."""
    return (*without_lists(snapshot), {key: of_list(one) for key, one in snapshot.acls.items()})


def without_lists(snapshot: Snapshot) -> Essence:
    """All but what its access lists say."""
    return (
        {name: of_interface(one) for name, one in snapshot.interfaces.items()},
        None if snapshot.vlans is None else frozenset(snapshot.vlans),
        frozenset((r.prefix, r.vrf, r.next_hop, r.next_vrf, r.interface) for r in snapshot.routes),
        dict(snapshot.routing),
        sorted((one.line.text, one.why, one.interface) for one in snapshot.unread),
        snapshot.neighbours,
        snapshot.firewall,
        dict(snapshot.through),
    )


def of_interface(one: Interface) -> Essence:
    """An interface."""
    port = one.switching
    switching = port and (port.mode, port.access_vlan, port.native_vlan, port.allowed, port.voice_vlan)
    addresses = frozenset(address.interface for address in one.addresses)
    bindings = frozenset((bound.family, bound.direction, bound.name) for bound in one.bindings)
    place = (one.kind, one.shutdown, one.vrf, one.vlan, one.parent, one.channel)
    return (*place, switching, addresses, bindings)


def of_list(acl: AccessList) -> Essence:
    """An access list; a rule that was not understood is told by its words."""
    return tuple((r.action, r.matches, r.sequence, "" if r.understood else r.line.text) for r in acl.rules)
