"""How to turn one ACL into another without a moment in which it lets more through than both.

Two ways are safe, whatever the lines say:

- *In place*, when the edit only closes (permits go, denies come) or only opens (permits come, denies go): a
  first-match list then changes in one direction only, so every state lies between the old and the new.
- *Make before break* for every other edit: the new list is written under a temporary name, bound in the place of
  the old one (the device swaps a binding in one step), and only then is the old list rewritten and bound again.

Removing an ACL that is still bound, or binding one that does not exist yet, leaves an interface open on IOS; the
plan never does either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from sanso.network.facts import Acl, Entry

STEP = 10
HIGHEST = 2_147_483_647
"""Highest sequence number that IOS accepts."""


@dataclass(frozen=True)
class AclEdit:
    """Entries to remove by sequence number, and entries to add at free sequence numbers."""

    remove: tuple[int, ...]
    add: tuple[tuple[int, Entry], ...]
    removed: tuple[Entry, ...]

    @property
    def in_place(self) -> bool:
        """Whether the edit only closes or only opens."""
        effects = {_opens(entry, removed=True) for entry in self.removed}
        effects |= {_opens(entry, removed=False) for _, entry in self.add}
        return len(effects - {None}) <= 1 and "unknown" not in effects


def same_entries(one: Acl, other: Acl) -> bool:
    """Whether two ACLs hold the same entries in the same order; sequence numbers may differ."""
    return list(one.entries.values()) == list(other.entries.values())


def edit(old: Acl, new: Acl) -> AclEdit | None:
    """Smallest edit in place of ``old`` towards ``new``; None where make-before-break is needed.

    Make-before-break is needed where the edit both opens and closes, where nothing of the old list would stay (an
    empty list permits everything on IOS), where no sequence number is free at the place of a new entry, and where
    the device does not tell the numbers (they are then below 1).
    """
    if any(number < 1 for number in old.entries):
        return None
    before, after = list(old.entries.items()), list(new.entries.values())
    matcher = SequenceMatcher(None, [entry for _, entry in before], after, autojunk=False)
    remove: list[tuple[int, Entry]] = []
    add: list[tuple[int, Entry]] = []
    kept = 0
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            kept += sum(entry.action != "remark" for _, entry in before[i1:i2])
            continue
        remove += before[i1:i2]
        low = before[i1 - 1][0] if i1 else 0
        high = before[i2][0] if i2 < len(before) else min(low + STEP * (j2 - j1 + 1), HIGHEST)
        numbers = _between(low, high, j2 - j1)
        if numbers is None:
            return None
        add += zip(numbers, after[j1:j2], strict=True)
    found = AclEdit(tuple(n for n, _ in remove), tuple(add), tuple(entry for _, entry in remove))
    return found if found.in_place and kept and not _reused(found) else None


def renumbered(acl: Acl, name: str) -> Acl:
    """The same entries under another name, numbered in tens."""
    entries: Mapping[int, Entry] = {STEP * (i + 1): entry for i, entry in enumerate(acl.entries.values())}
    return Acl(acl.family, name, entries)


def _opens(entry: Entry, *, removed: bool) -> str | None:
    """Whether adding (or removing) an entry opens or closes the list; None for a remark."""
    if entry.action == "remark":
        return None
    if entry.action == "unknown":
        return "unknown"
    return "opens" if (entry.action == "permit") != removed else "closes"


def _between(low: int, high: int, count: int) -> list[int] | None:
    """``count`` sequence numbers evenly between two, both excluded; None if there is no room."""
    gap = (high - low) // (count + 1)
    return [low + gap * (index + 1) for index in range(count)] if gap >= 1 else None


def _reused(found: AclEdit) -> bool:
    """Whether a number would be freed and taken again in one edit: order would then decide what it means."""
    return bool(set(found.remove) & {number for number, _ in found.add})
