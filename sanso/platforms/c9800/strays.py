"""What the project made and nothing uses any more, such as an interrupted change leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import Line
from sanso.platforms.c9800.names import OWN

_MADE = re.compile(
    r"(?:aaa authentication dot1x|aaa group server radius|parameter-map type webauth|policy-map|wireless profile flex"
    rf"|wireless profile calender-profile name|ap dot11 \w+ rf-profile) (?P<name>{OWN}\S+)(?: .*)?"
)


def read_strays(config: Config) -> frozenset[str]:
    """Lines that make what no other line names; what only strays name is one, too."""
    made = {line.text: match["name"] for line in config.lines if (match := _MADE.fullmatch(line.text))}
    uses = {line.text: set(_names(line, made.get(line.text))) for line in config.lines}
    strays: set[str] = set()
    while True:
        found = {
            head for head, name in made.items() if not any(name in uses[other] for other in uses if other != head)
        }
        if found <= strays:
            return frozenset(strays)
        strays |= found
        uses = {head: names for head, names in uses.items() if head not in found}


def _names(line: Line, own: str | None) -> Iterator[str]:
    """The project's own names in a block, but the one that it makes."""
    words = line.text.split()
    if own is not None:
        words.remove(own)
    yield from (word for word in words if word.startswith(OWN))
    for child in line.children:
        yield from _names(child, None)


def remove_stray(head: str) -> list[Line]:
    """What deletes a stray."""
    return [Line(f"no {head}")]
