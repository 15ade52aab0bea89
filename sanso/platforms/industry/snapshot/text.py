"""Configuration text as blocks of numbered lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sanso.platforms.industry.banner import open_banner

_MACRO_END = "@"


class Row(NamedTuple):
    """A line below another one."""

    number: int
    indent: int
    text: str
    """Without its indentation."""


@dataclass(slots=True)
class Block:
    """A line at the top, and those indented below it."""

    number: int
    text: str
    rows: list[Row] = field(default_factory=list)
    endless: bool = False
    """A banner without end: all that follows may be its text."""


def read_blocks(text: str) -> Iterator[Block]:
    """Blocks in order; comments, blank lines and the text of banners and macros are left out.

    Lines end with line feeds alone, so that their numbers are those that an editor shows.
    """
    block = Block(0, "")
    lines = iter(enumerate(text.split("\n"), 1))
    for number, raw in lines:
        line = raw.lstrip()
        if not line or line[0] == "!":
            continue
        indent = len(raw) - len(line)
        line = line.rstrip()
        if indent and block.text:
            block.rows.append(Row(number, indent, line))
            continue
        if block.text:
            yield block
        block = Block(number, line)
        block.endless = not _pass_by(line, lines)
    if block.text:
        yield block


def regroup(rows: Iterable[Row]) -> Iterator[Block]:
    """Rows as blocks of their own, where the line above them is none that other lines belong to."""
    block: Block | None = None
    base = 0
    for row in rows:
        if block is None or row.indent <= base:
            if block is not None:
                yield block
            block, base = Block(row.number, row.text), row.indent
        else:
            block.rows.append(row)
    if block is not None:
        yield block


def _pass_by(line: str, lines: Iterator[tuple[int, str]]) -> bool:
    """Pass by the free text that a line begins; False if that never ends."""
    if line.startswith("macro name "):
        return any(inside.strip() == _MACRO_END for _, inside in lines)
    banner = open_banner(line) if line.startswith("banner ") else None
    return banner is None or any(banner.ends(inside) for _, inside in lines)
