"""A backup of a Linux host: outputs of commands one after the other, each under a line ``# command``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sanso.network.snapshot import Line

HEADER = re.compile(r"# (nft|ip|sysctl|bridge) .*\S")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Section:
    """What one command said; ``first`` is the number of the line after its header."""

    command: str
    lines: tuple[str, ...]
    first: int
    file: str

    @property
    def head(self) -> Line:
        """The command's own line."""
        return Line(self.file, self.first - 1, f"# {self.command}")

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    def line(self, number: int) -> Line:
        """A line by its number in the file."""
        return Line(self.file, number, self.lines[number - self.first].strip())

    def objects(self, after: str = "[") -> Iterator[tuple[int, Any]]:
        """The members of a JSON array, each with the number of the line where it begins.

        Raises:
            ValueError: it is no JSON.
        """
        text = self.text
        place = text.index(after) + len(after)
        while True:
            place = _skipped(text, place)
            if text[place : place + 1] == "]":
                return
            found, end = _DECODER.raw_decode(text, place)
            yield self.first + text.count("\n", 0, place), found
            place = end


def _skipped(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n,":
        place += 1
    if place == len(text):
        raise ValueError("an array that never ends")
    return place


def sections(text: str, file: str) -> list[Section]:
    """The parts of a backup; text without any header is taken for rules."""
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    heads = [number for number, line in enumerate(lines) if HEADER.match(line)]
    if not heads:
        return [Section("nft list ruleset", tuple(lines), 1, file)] if lines else []
    return [
        Section(lines[head][2:].strip(), tuple(lines[head + 1 : end]), head + 2, file)
        for head, end in zip(heads, [*heads[1:], len(lines)], strict=True)
    ]
