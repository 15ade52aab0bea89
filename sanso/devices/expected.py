"""What a device should hold after a change: in scope what is intended, and all else as it was before."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from sanso.network.facts import Facts, Mode
from sanso.network.snapshot import Interface, Kind, Line, Snapshot, Switching, Unread


def expected(before: Snapshot, running: Facts, wanted: Snapshot, target: Facts) -> Snapshot:
    """The snapshot that a change should leave.

    Args:
        before: what the device held.
        running: the same, what of it is in scope.
        wanted: the facts that the change leads to, as a snapshot.
        target: the same facts.
    """
    gone_svis, gone_acls = running.svis.keys() - target.svis.keys(), running.acls.keys() - target.acls.keys()
    kept = {
        name: one for name, one in before.interfaces.items() if not (one.kind is Kind.SVI and one.vlan in gone_svis)
    }
    changed = {name: _interface(kept.get(name), one) for name, one in wanted.interfaces.items()}
    return replace(
        before,
        interfaces={**kept, **changed},
        vlans=before.vlans if before.vlans is None else wanted.vlans,
        acls={**{key: acl for key, acl in before.acls.items() if key not in gone_acls}, **wanted.acls},
    )


def _interface(found: Interface | None, wanted: Interface) -> Interface:
    """An interface as intended; what is out of scope (VRF, port channel) stays."""
    return wanted if found is None else replace(wanted, vrf=found.vrf, channel=found.channel)


def surprises(after: Snapshot, wanted: Snapshot) -> bool:
    """Whether a device holds anything that decides where packets go and is not as expected."""
    known = {_unread(one) for one in wanted.unread}
    if any(_unread(one) not in known for one in after.unread):
        return True
    parts = ("interfaces", "vlans", "acls", "routes", "routing", "neighbours")
    return any(_essence(getattr(after, part)) != _essence(getattr(wanted, part)) for part in parts)


def _unread(one: Unread) -> Hashable:
    return one.line.text, one.why, one.interface


def _essence(value: Any) -> Any:
    """A value without the lines that say so, which have other numbers in another text."""
    if isinstance(value, Mapping):
        return {key: _essence(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_essence(item) for item in value if not isinstance(item, Line))
    if isinstance(value, Switching):
        value = _effective(value)
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: _essence(item) for name, item in named.items() if not isinstance(item, Line)}
    return value


def _effective(switching: Switching) -> Switching:
    """How a port switches, without what its mode leaves without effect."""
    match switching.mode:
        case Mode.ACCESS:
            return replace(switching, native_vlan=0, allowed=frozenset())
        case Mode.TRUNK:
            return replace(switching, access_vlan=0, voice_vlan=None)
        case _:
            return switching
