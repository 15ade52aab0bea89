"""Lists of VLAN ids as configurations write them."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.network.facts import ALL_VLANS, VlanSet
from sanso.platforms.platform import ParseError

_LAST = max(ALL_VLANS)


def read_vlans(text: str) -> VlanSet:
    """Read ``10,20-22``, ``all`` or ``none``.

    Raises:
        ParseError: the text is no list of VLANs.
    """
    if text == "all":
        return ALL_VLANS
    if text == "none":
        return frozenset()
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not first.isdecimal() or not (last or first).isdecimal():
            raise ParseError(f"{text!r} is no list of VLANs")
        found.update(range(int(first), min(int(last or first), _LAST) + 1))
    return ALL_VLANS & found


def pieces(text: str, length: int) -> Iterator[str]:
    """Cut a written list between its parts into pieces of at most ``length`` characters."""
    piece = ""
    for part in text.split(","):
        if piece and len(piece) + 1 + len(part) > length:
            yield piece
            piece = part
        else:
            piece = f"{piece},{part}" if piece else part
    yield piece
