"""Help for hints: the name that was meant, and lists of names that stay short."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MANY = 6


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name closest in spelling, else the first few of all; ``-`` where nothing is known."""
    names = sorted(known)
    return next(iter(get_close_matches(name, names, n=1)), some(names, " / "))


def some(names: Iterable[object], separator: str = ", ") -> str:
    """Names in one line, the first few where there are many; ``-`` for none."""
    listed = [str(name) for name in names]
    shown = listed if len(listed) <= _MANY else [*listed[:_MANY], "…"]
    return separator.join(shown) or "-"
