"""Port names and ranges of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")

_RANGE = re.compile(r"^(?P<stem>.*?)(?P<first>\d+)-(?P<last>\d+)$")


def port_range(text: str) -> Iterator[str]:
    """Full names of the ports that ``text`` stands for: itself, or each of ``GigabitEthernet1/0/2-20``.

    Raises:
        ValueError: the range runs backwards.
    """
    match = _RANGE.match(text)
    if match is None:
        yield text
        return
    first, last = int(match["first"]), int(match["last"])
    if last < first:
        raise ValueError(f"port range {text!r} runs backwards")
    for number in range(first, last + 1):
        yield f"{match['stem']}{number}"


def expand_ports(ports: Mapping[str, T]) -> dict[str, T]:
    """Map each single port to its profile; where ranges overlap the later wins (PORT-01 tells)."""
    return {name: profile for text, profile in ports.items() for name in port_range(text)}
