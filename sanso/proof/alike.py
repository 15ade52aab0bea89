"""What differs between two snapshots of a device, but for where in their texts the lines stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import takewhile
from operator import attrgetter
from typing import Any

from sanso.network.facts import AclKey
from sanso.network.snapshot import AccessList, Line, Rule, Snapshot

_OF_LISTS = frozenset({"acls", "firewall", "groups", "mentions", "lines", "understood", "unread"})
"""What of a snapshot an edit of a list changes; of what was not read, only lines of lists.

A firewall is looked at as the lists that :func:`~sanso.proof.passages.passable` makes of it.
"""
_IN_LISTS = frozenset({"acl_entry"})
Pair = tuple[AccessList | None, AccessList | None]


def alike_but_lists(old: Snapshot, new: Snapshot) -> bool:
    """Whether nothing differs that decides how a network is put together: all but access lists and line numbers."""
    names = (one.name for one in fields(Snapshot) if one.name not in _OF_LISTS)
    if (old.firewall is None) != (new.firewall is None):
        return False
    aside = ([one for one in snapshot.unread if one.why not in _IN_LISTS] for snapshot in (old, new))
    return all(_alike(getattr(old, name), getattr(new, name)) for name in names) and _alike(*map(tuple, aside))


def changed_lists(old: Snapshot, new: Snapshot) -> dict[AclKey, Pair]:
    """Lists that are new, gone, or decide otherwise, each as it was and as it is."""
    pairs = {key: (old.acls.get(key), new.acls.get(key)) for key in {**old.acls, **new.acls}}
    return {key: pair for key, pair in pairs.items() if not _same_list(*pair)}


def part_changed(old: AccessList | None, new: AccessList | None) -> Sequence[Rule] | None:
    """The lines of both lists from the first that differs to the last; packets that none matches are decided alike.

    None stands for: any packet may be decided otherwise.  A list that is gone, or has no lines, permits everything,
    and what a line that was not understood matches nobody knows.
    """
    if old is None or new is None or not old.rules or not new.rules:
        return None
    first = _alike_from(old.rules, new.rules)
    least = min(len(old.rules), len(new.rules)) - first
    last = min(least, _alike_from(old.rules[::-1], new.rules[::-1]))
    rules = [*old.rules[first : len(old.rules) - last], *new.rules[first : len(new.rules) - last]]
    return rules if all(rule.understood for rule in rules) else None


def _alike_from(one: Sequence[Rule], other: Sequence[Rule]) -> int:
    """How many rules are alike from the start."""
    return sum(1 for _ in takewhile(bool, map(_same_rule, one, other)))


def _same_list(old: AccessList | None, new: AccessList | None) -> bool:
    if old is None or new is None:
        return old is new
    return len(old.rules) == len(new.rules) and all(map(_same_rule, old.rules, new.rules))


def _same_rule(one: Rule, other: Rule) -> bool:
    return one.action == other.action and one.matches == other.matches and one.understood == other.understood


def _alike(one: Any, other: Any) -> bool:
    """Whether two values are equal but for the numbers of lines."""
    if one is other:
        return True
    kind: Any = type(one)
    if kind is not type(other):
        return False
    if isinstance(one, Line):
        return (one.file, one.text) == (other.file, other.text)
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(_alike(value, other[key]) for key, value in one.items())
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if is_dataclass(kind):
        parts = _parts(kind)
        return bool(one == other) or all(map(_alike, parts(one), parts(other)))
    return bool(one == other)


@cache
def _parts(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    """Takes the values of a dataclass apart."""
    return attrgetter(*(one.name for one in fields(kind)))
