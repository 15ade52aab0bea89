"""Two states of a device as one, which lets through all that any state between them does.

A state lies *between* two others when each of its ports takes no frame, and each of its layer-3 interfaces has no
address and lets no packet pass, that it does not in one of the two: :mod:`sanso.proof.transition.steps` proves that
of every state of a change.  What a network lets through only grows with what its ports and lists let through, so
that all its states, whichever devices have come how far, let through no more than the one in which every device that
changes is its envelope.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sanso.network.facts import AclKey, Direction, Family
from sanso.network.packets import Match
from sanso.network.snapshot import AccessList, Binding, Interface, Kind, Route, Rule, Snapshot
from sanso.proof.compare import compare
from sanso.proof.filters import bound_list
from sanso.proof.services import Services
from sanso.proof.space import Space
from sanso.proof.transition.essence import of_interface, of_list

WAYS: tuple[tuple[Family, Direction], ...] = (("ipv4", "in"), ("ipv4", "out"), ("ipv6", "in"), ("ipv6", "out"))


class NotUnited(Exception):  # noqa: N818 - no fault: what changes is not modelled as a change
    """Two states of an interface cannot be taken together; the message names it and what changes."""


def envelope(before: Snapshot, after: Snapshot, services: Services) -> Snapshot:
    """Both states of a device at once.

    Args:
        before: the one.
        after: the other.
        services: atoms fine enough for the lists of both.

    Raises:
        NotUnited: an interface moves to another VRF, channel or parent while it is up.
    """
    return _Union(before, after, services).snapshot()


def live(interface: Interface, family: Family, *, told: bool) -> bool:
    """Whether packets of a family pass an interface; where its addresses are not ``told`` it may be any."""
    version = 4 if family == "ipv4" else 6
    up = interface.kind is not Kind.SWITCHED and not interface.shutdown
    return up and (not told or any(one.interface.version == version for one in interface.addresses))


def told(*interfaces: Interface | None) -> bool:
    """Whether any state of an interface has an address; if none has, a line's may be configured by others."""
    return any(one is not None and one.addresses for one in interfaces)


def bound(snapshot: Snapshot, interface: Interface, way: tuple[Family, Direction]) -> AccessList | None:
    """The list that packets meet; of several bindings the last counts."""
    found = [one for one in interface.bindings if (one.family, one.direction) == way]
    return bound_list(snapshot, found[-1]) if found else None


class _Union:
    def __init__(self, before: Snapshot, after: Snapshot, services: Services) -> None:
        self.before = before
        self.after = after
        self.services = services
        self.acls: dict[AclKey, AccessList] = {}

    def snapshot(self) -> Snapshot:
        before, after = self.before, self.after
        interfaces = {
            name: self._interface(before.interfaces.get(name), after.interfaces.get(name))
            for name in dict.fromkeys((*before.interfaces, *after.interfaces))
        }
        vlans = None if before.vlans is None or after.vlans is None else {**before.vlans, **after.vlans}
        routing = {family: before.routing[family] or after.routing[family] for family in before.routing}
        return replace(
            after,
            interfaces=interfaces,
            vlans=vlans,
            acls=self.acls,
            routes=tuple(_routes(before, after)),
            routing=routing,
            unread=(*before.unread, *(one for one in after.unread if one not in before.unread)),
        )

    def _interface(self, before: Interface | None, after: Interface | None) -> Interface:
        states = [one for one in (after, before) if one is not None]
        up = [one for one in states if not one.shutdown]
        found = _both(before=up[1], after=up[0]) if len(up) == 2 else (up or states)[0]
        known = told(before, after)
        return replace(found, bindings=tuple(self._bindings(before, after, known=known)))

    def _bindings(self, before: Interface | None, after: Interface | None, *, known: bool) -> Iterator[Binding]:
        for way in WAYS:
            ends = [
                (bound(snapshot, one, way), one)
                for snapshot, one in ((self.before, before), (self.after, after))
                if one is not None and live(one, way[0], told=known)
            ]
            lists = [acl for acl, _ in ends if acl is not None]
            if lists and len(lists) == len(ends):
                acl = lists[0] if len(lists) == 1 else self._list(*lists)
                acl = self._kept(acl)
                line = next(
                    one.line for _, face in ends for one in face.bindings if (one.family, one.direction) == way
                )
                yield Binding(way[0], way[1], acl.name, line)

    def _kept(self, acl: AccessList) -> AccessList:
        """The list under a name that no other list has: the same name may stand for another one in each state."""
        while of_list(self.acls.setdefault((acl.family, acl.name), acl)) != of_list(acl):
            acl = replace(acl, name=f"{acl.name} +")
        return acl

    def _list(self, before: AccessList, after: AccessList) -> AccessList:
        """What either list permits: the later one, below what the earlier one alone permits."""
        if not before.rules or not after.rules:
            return before if not before.rules else after  # absent, and so open
        if of_list(before) == of_list(after):
            return after
        alone = compare(before, after, self.services).closes
        rules = tuple(
            Rule("permit", _matches(one.space, after.family, self.services), one.permitted_by.line) for one in alone
        )
        return AccessList(after.family, f"{before.name} + {after.name}", (*rules, *after.rules), after.line)


def _both(*, before: Interface, after: Interface) -> Interface:
    """An interface that is up in both states."""
    if of_interface(before) == of_interface(after):
        return after
    kinds = {before.kind, after.kind}
    for part in ("vrf", "vlan", "parent", "channel"):
        if getattr(before, part) != getattr(after, part):
            raise NotUnited(f"{after.name}: {part} {getattr(before, part)} → {getattr(after, part)}")
    if len(kinds) > 1 and kinds != {Kind.SWITCHED, Kind.ROUTED}:
        raise NotUnited(f"{after.name}: {before.kind} → {after.kind}")
    ports = [one.switching for one in (after, before) if one.switching is not None]
    switching = replace(ports[0], also=tuple(ports[1:])) if ports else None
    addresses = (*after.addresses, *(one for one in before.addresses if one not in after.addresses))
    kind = Kind.ROUTED if Kind.ROUTED in kinds else after.kind
    return replace(after, kind=kind, switching=switching, addresses=addresses)


def _routes(before: Snapshot, after: Snapshot) -> Iterator[Route]:
    yield from after.routes
    known = {replace(one, line=after.routes[0].line) for one in after.routes}
    yield from (one for one in before.routes if not known or replace(one, line=after.routes[0].line) not in known)


def _matches(space: Space, family: Family, services: Services) -> tuple[Match, ...]:
    return tuple(
        Match(family, ((s0, s1),), ((t0, t1),), *service)
        for s0, s1, t0, t1, bits in space
        for service in services.described(bits)
    )
