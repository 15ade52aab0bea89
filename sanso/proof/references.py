"""Names of access lists that lead nowhere, and lists that nothing names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sanso.network.snapshot import AccessList, Binding, Snapshot


class Reference(StrEnum):
    """What is wrong between a list and its name."""

    UNDEFINED = "undefined"
    """An interface names a list that does not exist, and so lets everything through."""
    EMPTY = "empty"
    """An interface names a list without rules, and so lets everything through."""
    UNUSED = "unused"
    """No interface names the list, and no line that was left unread does."""


@dataclass(frozen=True)
class LooseReference:
    """A binding without rules behind it, or a list without a binding."""

    kind: Reference
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
            if acl is None:
                yield LooseReference(Reference.UNDEFINED, interface.name, binding)
            elif not acl.rules:
                yield LooseReference(Reference.EMPTY, interface.name, binding, acl)


def _unused(snapshot: Snapshot) -> Iterator[LooseReference]:
    """Lists that serve something else, such as NAT or a terminal line, stand in lines that readers leave unread."""
    bound = {(one.family, one.name) for interface in snapshot.interfaces.values() for one in interface.bindings}
    words = {word for unread in snapshot.unread for word in unread.line.text.split()}
    for key, acl in snapshot.acls.items():
        if key not in bound and acl.name not in words:
            yield LooseReference(Reference.UNUSED, acl=acl)
