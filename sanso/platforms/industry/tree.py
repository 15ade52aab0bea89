"""Configuration text as a tree by indentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sanso.platforms.industry.banner import open_banner
from sanso.platforms.platform import ParseError


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
        banner = open_banner(line)
        if banner is not None:
            if not any(banner.ends(inside) for _, inside in numbered):
                raise ParseError(f"the banner of line {number} never ends")
        elif not line.startswith("banner "):
            yield line
