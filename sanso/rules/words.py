"""Help for hints: the name that was meant, and lists of names that stay short."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_MANY = 6


def nearest(name: str, known: Iterable[str]) -> str:
    """The known names closest in spelling, else the first few of all; ``-`` where nothing is known."""
    names = list(known)
    return ", ".join(get_close_matches(name, names, n=2)) or some(names)


def some(names: Iterable[object]) -> str:
    """Names joined by commas, the first few where there are many; ``-`` for none."""
    listed = [str(name) for name in names]
    shown = listed if len(listed) <= _MANY else [*listed[:_MANY], "…"]
    return ", ".join(shown) or "-"
