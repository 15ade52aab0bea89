"""Lines of configuration text, as they are shown and as they are typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanso.platforms.industry.replay.lines import begins
from sanso.platforms.industry.tree import Line

WORD = r'(?:"[^"]+"|\S+)'
"""A name as a configuration shows it: in quotation marks where there are blanks in it."""
__all__ = ["WORD", "Line", "begins", "block", "rest", "shown", "typed", "undo"]


def block(head: str, *below: Line | str) -> Line:
    """A line and those below it."""
    return Line(head, [one if isinstance(one, Line) else Line(one) for one in below])


def shown(lines: Iterable[Line], indent: str = "") -> Iterator[str]:
    """As a running configuration shows them."""
    for line in lines:
        yield indent + line.text
        yield from shown(line.children, f"{indent} ")


def typed(lines: Iterable[Line], indent: str = "") -> Iterator[str]:
    """As commands: each block is left again, so that the next line means what it says."""
    for line in lines:
        yield indent + line.text
        if line.children:
            yield from typed(line.children, f"{indent} ")
            yield f"{indent} exit"


def undo(text: str) -> str:
    """The command that takes a line back."""
    return text.removeprefix("no ") if text.startswith("no ") else f"no {text}"


def rest(lines: Iterable[Line], start: str) -> list[str]:
    """What stands behind some words in the lines that begin with them."""
    return [line.text[len(start) :].strip() for line in lines if begins(line.text, start)]
