"""A configuration as blocks of lines that can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sanso.network.vlans import write_vlans
from sanso.platforms.industry.reader import RESERVED_VLANS
from sanso.platforms.industry.tree import Line, read_tree
from sanso.platforms.industry.vlans import read_vlans
from sanso.platforms.platform import ReplayError

_VLANS = re.compile(r"vlan (?P<ids>\d[\d,\- ]*)")
_TABLE_ROW = re.compile(r"(?P<vlan>\d{1,4}) +\S.*? +(?:active|suspended|(?:act|sus)/\S+)(?: |$)")


class Config:
    """The lines of a text; banners and comments are left out."""

    def __init__(self, text: str) -> None:
        self.lines = read_tree(text)
        self._blocks: dict[str, Line] = {}
        self._twice: set[str] = set()
        self._vlans: dict[int, Line] = {}
        for line in self.lines:
            if line.text in self._blocks:
                self._twice.add(line.text)
            self._blocks[line.text] = line
            if (found := _VLANS.fullmatch(line.text)) is not None:
                self._vlans.update(dict.fromkeys(read_vlans(found["ids"].replace(" ", "")), line))
            elif (row := _TABLE_ROW.match(line.text)) is not None:
                self._vlans.setdefault(int(row["vlan"]), line)

    @property
    def text(self) -> str:
        """The whole, indented by a blank for each level."""
        return "\n".join([*written(self.lines), ""])

    # ----- blocks ---------------------------------------------------------------------------------------------

    def find(self, head: str) -> Line | None:
        """The block of a line at the top.

        Raises:
            ReplayError: there are two of them.
        """
        if head in self._twice:
            raise ReplayError(f"{head!r} stands twice in the configuration")
        return self._blocks.get(head)

    def heads(self, start: str) -> list[str]:
        """Lines at the top that begin with some words."""
        return [head for head in self._blocks if head.startswith(start)]

    def add(self, head: str, *children: str) -> Line:
        """A new block, before the end."""
        line = Line(head, [Line(child) for child in children])
        at = next((n for n, one in enumerate(self.lines) if one.text == "end"), len(self.lines))
        self.lines.insert(at, line)
        self._blocks[head] = line
        return line

    def remove(self, head: str) -> None:
        """Take a block away, if it is there."""
        if (line := self.find(head)) is not None:
            del self._blocks[head]
            self.lines[:] = [one for one in self.lines if one is not line]

    # ----- VLANs ----------------------------------------------------------------------------------------------

    def has_vlan(self, vlan: int) -> bool:
        """Whether a line tells of a VLAN, or every device has it."""
        return vlan in self._vlans or vlan in RESERVED_VLANS

    def vlan(self, vlan: int) -> Line:
        """The block of one VLAN alone, made if it is missing; lines for several are parted."""
        found = self._vlans.get(vlan)
        if found is not None and found.text == f"vlan {vlan}":
            return found
        below = [child.text for child in found.children] if found is not None and _is_block(found) else []
        if found is not None and _is_block(found):
            self._drop(vlan, found)
        self._vlans[vlan] = self.add(f"vlan {vlan}", *below)
        return self._vlans[vlan]

    def remove_vlan(self, vlan: int) -> None:
        """Take a VLAN away, wherever it stands."""
        if (found := self._vlans.pop(vlan, None)) is not None:
            self._drop(vlan, found)
            rest = [one for one in self.lines if (row := _TABLE_ROW.match(one.text)) and int(row["vlan"]) == vlan]
            self.lines[:] = [one for one in self.lines if not any(one is other for other in rest)]

    def _drop(self, vlan: int, line: Line) -> None:
        """Take a VLAN out of the line that tells of it."""
        left = read_vlans(line.text.removeprefix("vlan ").replace(" ", "")) - {vlan} if _is_block(line) else ()
        self._blocks.pop(line.text, None)
        if left:
            line.text = f"vlan {write_vlans(left)}"
            self._blocks[line.text] = line
        else:
            self.lines[:] = [one for one in self.lines if one is not line]


def written(lines: Iterable[Line], indent: str = "") -> Iterator[str]:
    """Lines of a text, children indented."""
    for line in lines:
        yield indent + line.text
        yield from written(line.children, indent + " ")


def _is_block(line: Line) -> bool:
    return line.text.startswith("vlan ")
