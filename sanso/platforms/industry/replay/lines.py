"""The lines below one line at the top."""

from __future__ import annotations

from collections.abc import Iterable

from sanso.platforms.industry.tree import Line


def under(block: Line, *starts: str) -> list[Line]:
    """Lines that begin with any of some words."""
    return [one for one in block.children if any(begins(one.text, start) for start in starts)]


def begins(text: str, start: str) -> bool:
    """Whether a line begins with some words, the last one whole."""
    return text == start or text.startswith(f"{start} ")


def drop(block: Line, gone: Iterable[Line]) -> None:
    """Take lines away."""
    ids = {id(line) for line in gone}
    block.children[:] = [line for line in block.children if id(line) not in ids]


def put(block: Line, start: str, text: str | None) -> None:
    """Put a line in the place of those that begin with some words; None takes them away."""
    drop(block, under(block, start))
    if text is not None:
        block.children.append(Line(text))
