"""A running configuration by the lines at its top."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.platforms.c9800.lines import Line, begins, rest
from sanso.platforms.industry.tree import read_tree
from sanso.platforms.platform import ParseError


class Config:
    """The blocks of a whole running configuration.

    Raises:
        ParseError: the text is not whole.
    """

    def __init__(self, text: str) -> None:
        self.lines = read_tree(text)
        if not any(line.text == "end" for line in self.lines):
            raise ParseError("this is no whole running configuration: it has no 'end'")
        self._blocks: dict[str, Line] = {}
        for line in self.lines:
            if line.text in self._blocks:  # a device shows a block once; pieces of it add up
                self._blocks[line.text].children.extend(line.children)
            else:
                self._blocks[line.text] = line

    def below(self, head: str) -> list[Line] | None:
        """Lines of a block; None where there is none."""
        found = self._blocks.get(head)
        return None if found is None else found.children

    def named(self, start: str) -> Iterator[tuple[str, Line]]:
        """Blocks whose first line begins with some words, by what stands behind them."""
        for text, line in self._blocks.items():
            if begins(text, start) and text != start:
                yield text[len(start) + 1 :], line

    def vlan_ids(self) -> dict[str, int | None]:
        """VLANs by the names that policies may call them by; None where a name means several."""
        found: dict[str, set[int]] = {}
        for ids, line in self.named("vlan"):
            for name in rest(line.children, "name"):
                if ids.isdecimal():
                    found.setdefault(name, set()).add(int(ids))
        for text, _ in self.named("vlan group"):  # policies name these in the same place
            found.setdefault(text.split()[0], set()).update({0, 1})
        for _, profile in self.named("wireless profile flex"):
            for line in profile.children:
                if begins(line.text, "vlan-name"):
                    for number in rest(line.children, "vlan-id"):
                        found.setdefault(line.text.split()[1], set()).add(int(number))
        return {name: next(iter(ids)) if len(ids) == 1 else None for name, ids in found.items()}
