"""Configuration text as blocks of numbered lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sanso.network.snapshot import Line
from sanso.platforms.industry.banner import open_banner

_MACRO_END = "@"
_GARBLED = re.compile(r"-- ?[Mm]ore ?--|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f]|\x1b\[")
"""Marks of a pager, control characters, and line ends of other systems: several lines may stand in one."""


@dataclass(slots=True)
class Block:
    """A line at the top, and those indented below it; lines are without their indentation."""

    line: Line
    rows: list[Line] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    """Of each row."""
    endless: bool = False
    """A banner without end: all that follows may be its text."""
    garbled: bool = False
    """No line of a configuration, but what a terminal printed."""

    @property
    def text(self) -> str:
        """The line at the top."""
        return self.line.text

    def add(self, row: Line, indent: int) -> None:
        """Put a row below all others."""
        self.rows.append(row)
        self.indents.append(indent)


def read_blocks(text: str, file: str) -> Iterator[Block]:
    """Blocks in order; comments, blank lines and the text of banners and macros are left out.

    Lines end with line feeds alone, so that their numbers are those that an editor shows.
    """
    block: Block | None = None
    base = 0
    lines = iter(enumerate(text.split("\n"), 1))
    for number, raw in lines:
        told = raw.lstrip()
        if not told or told[0] == "!":
            continue
        indent = len(raw) - len(told)
        line = Line(file, number, told.rstrip())
        if _GARBLED.search(line.text):
            yield Block(line, garbled=True)
            continue
        if indent > base and block is not None:
            block.rows.append(line)
            block.indents.append(indent)
            continue
        if block is not None:
            yield block
        block, base = Block(line), indent
        block.endless = not _pass_by(line.text, lines)
    if block is not None:
        yield block


def regroup(block: Block) -> Iterator[Block]:
    """Rows of a block as blocks of their own, where the line above them is none that other lines belong to."""
    inner: Block | None = None
    base = 0
    for row, indent in zip(block.rows, block.indents, strict=True):
        if inner is not None and indent > base:
            inner.add(row, indent)
            continue
        if inner is not None:
            yield inner
        inner, base = Block(row), indent
    if inner is not None:
        yield inner


def _pass_by(line: str, lines: Iterator[tuple[int, str]]) -> bool:
    """Pass by the free text that a line begins; False if that never ends."""
    if line.startswith("macro name "):
        return any(inside.strip() == _MACRO_END for _, inside in lines)
    banner = open_banner(line) if line.startswith("banner ") else None
    return banner is None or any(banner.ends(inside) for _, inside in lines)
