"""Names of access lists that lead nowhere, and lists that nothing names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sanso.network.facts import Family
from sanso.network.snapshot import AccessList, Binding, Line, Snapshot


class Reference(StrEnum):
    """What is wrong between a list and its name."""

    UNDEFINED = "undefined"
    """An interface names a list that does not exist, and so lets everything through."""
    EMPTY = "empty"
    """An interface names a list without rules, and so lets everything through."""
    UNUSED = "unused"
    """No interface names the list, and no line that is not modelled does."""


@dataclass(frozen=True)
class LooseReference:
    """A binding without rules behind it, or a list without a binding."""

    kind: Reference
    family: Family
    name: str
    line: Line
    """That binds, or where the list begins that nothing binds."""
    interface: str = ""
    binding: Binding | None = None
    acl: AccessList | None = None


def loose_references(snapshot: Snapshot) -> list[LooseReference]:
    """Bindings that bind nothing, in the order of the interfaces, then lists that nothing names."""
    return [*_bindings(snapshot), *_unused(snapshot)]


def _bindings(snapshot: Snapshot) -> Iterator[LooseReference]:
    for interface in snapshot.interfaces.values():
        for binding in interface.bindings:
            acl = snapshot.acls.get((binding.family, binding.name))
            if acl is None or not acl.rules:
                kind = Reference.UNDEFINED if acl is None else Reference.EMPTY
                yield LooseReference(kind, binding.family, binding.name, binding.line, interface.name, binding, acl)


def _unused(snapshot: Snapshot) -> Iterator[LooseReference]:
    """Lists that serve something else, such as NAT or a terminal line, stand in lines that are not modelled."""
    bound = {(one.family, one.name) for interface in snapshot.interfaces.values() for one in interface.bindings}
    for key, acl in snapshot.acls.items():
        if key not in bound and acl.name not in snapshot.mentions:
            yield LooseReference(Reference.UNUSED, acl.family, acl.name, acl.line, acl=acl)
