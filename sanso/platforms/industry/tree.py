"""Configuration text as a tree by indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sanso.platforms.platform import ParseError

_BANNER = re.compile(r"banner\s+[\w-]+\s*(?P<rest>.*)")


@dataclass
class Line:
    """One line, without its indentation, and the lines indented below it."""

    text: str
    children: list[Line] = field(default_factory=list)


def read_tree(text: str) -> list[Line]:
    """Lines at the top, each with its children; comments, blank lines and banners are left out.

    Raises:
        ParseError: a banner never ends, so that what is text and what is configuration cannot be told.
    """
    top = Line("")
    stack: list[tuple[int, Line]] = [(-1, top)]
    for raw in _configuration(text.splitlines()):
        stripped = raw.strip()
        if not stripped or stripped.startswith("!"):
            continue
        indent = len(raw) - len(raw.lstrip())
        while stack[-1][0] >= indent:
            stack.pop()
        line = Line(stripped)
        stack[-1][1].children.append(line)
        stack.append((indent, line))
    return top.children


def _configuration(lines: list[str]) -> Iterator[str]:
    """Lines outside banners, whose text may look like anything."""
    numbered = iter(enumerate(lines, 1))
    for number, line in numbered:
        match = _BANNER.match(line)
        if match is None:
            yield line
        elif not _closed(match["rest"]):
            mark = _mark(match["rest"])
            for _, inside in numbered:
                if (inside.strip() == mark) if mark == "EOF" else (mark in inside):
                    break
            else:
                raise ParseError(f"the banner of line {number} never ends")


def _mark(rest: str) -> str:
    """What ends a banner: the character it begins with, printed as ``^C`` if it is a control character."""
    return "EOF" if not rest else "^C" if rest.startswith("^C") else rest[0]


def _closed(rest: str) -> bool:
    mark = _mark(rest)
    return mark in rest[len(mark) :]
