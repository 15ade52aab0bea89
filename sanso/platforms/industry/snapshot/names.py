"""Names of interfaces, as devices print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sanso.network.snapshot import Kind

_NAME = re.compile(r"(?P<kind>[A-Za-z]+(?:-[A-Za-z]+)*)[ -]?(?P<number>\d[\d/.:]*)?")
_RANGE = re.compile(r"(?P<first>.*?\d+)\s*-\s*(?P<last>\d+)")
_LAST_NUMBER = re.compile(r"\d+$")

_LAYER3 = {
    Kind.SVI: ("Vlan",),
    Kind.LOOPBACK: ("Loopback", "Null"),
    Kind.TUNNEL: (
        "Tunnel", "Vxlan", "nve", "Dialer", "Virtual-Template", "Virtual-PPP", "LISP", "overlay", "pseudowire",
    ),
    Kind.ROUTED: (
        "Serial", "ATM", "POS", "Multilink", "Cellular", "Async", "BRI", "BDI", "BVI", "Management", "vasileft",
        "vasiright", "Embedded-Service-Engine", "Service-Engine", "ucse", "GMPLS", "Group-Async", "MFR",
    ),
}  # fmt: skip
_KIND = {name.lower(): kind for kind, names in _LAYER3.items() for name in names}
_FIRST = ("Ethernet", "FastEthernet", "GigabitEthernet", "TenGigabitEthernet")
"""Of several kinds that an abbreviation fits, these come first."""

RISKY = {
    "tunnel": ("Tunnel", "Dialer", "Virtual-Template", "Virtual-PPP", "LISP"),
    "vxlan": ("Vxlan", "nve"),
    "bridging": ("BDI", "BVI", "pseudowire"),
    "vrf_leak": ("vasileft", "vasiright"),
}
"""Kinds that carry packets in ways that snapshots do not model, by catalogue key."""


class InterfaceNames:
    """Names of one network OS.

    Args:
        switching: kinds of port that can switch, such as ``GigabitEthernet``.
    """

    def __init__(self, switching: tuple[str, ...]) -> None:
        others = (name for names in _LAYER3.values() for name in names)
        self._kinds = sorted((*switching, "AppGigabitEthernet", *others), key=lambda kind: kind not in _FIRST)
        self.full = lru_cache(maxsize=2**14)(self._full)
        self.each = lru_cache(maxsize=2**14)(self._each)
        self._spelled = lru_cache(maxsize=1024)(self._spell)

    def _full(self, text: str) -> str:
        """The name in full, without blanks; unknown kinds stay as they are."""
        match = _NAME.match(text)
        if match is None:
            return text.split(" ", 1)[0]
        return self._spelled(match["kind"]) + (match["number"] or "")

    def _each(self, text: str) -> tuple[str, ...]:
        """Names of ``range Gi1/0/1 - 4, Gi1/0/9``, of ``Ethernet1-4,7``, or of a single interface."""
        return tuple(self._parts(text))

    def _parts(self, text: str) -> Iterator[str]:
        kind = ""
        for part in text.removeprefix("range ").split(","):
            piece = part.strip()
            if piece[:1].isdecimal():
                piece = kind + piece
            match = _RANGE.fullmatch(piece)
            first = self.full(match["first"] if match else piece)
            kind = first.rstrip("0123456789/.:")
            yield first
            if match is not None and (start := _LAST_NUMBER.search(first)) is not None:
                for number in range(int(start[0]) + 1, min(int(match["last"]), int(start[0]) + 4096) + 1):
                    yield first[: start.start()] + str(number)

    def _spell(self, word: str) -> str:
        low = word.lower()
        fitting = [kind for kind in self._kinds if kind.lower().startswith(low)]
        return next((kind for kind in fitting if kind.lower() == low), fitting[0] if fitting else word)


@lru_cache(maxsize=2**14)
def layer3_kind(name: str) -> Kind | None:
    """Kind of an interface that never switches; None of one that may."""
    if "." in name:
        return Kind.SUBINTERFACE
    return _KIND.get(name.rstrip("0123456789/:").lower())


@lru_cache(maxsize=2**14)
def risk(name: str) -> str:
    """Catalogue key of what is not modelled about an interface's kind; empty if there is nothing."""
    kind = name.partition(".")[0].rstrip("0123456789/:")
    return next((why for why, kinds in RISKY.items() if kind in kinds), "")
