"""Interface names: full, short, typed any way a user types them, and in the order IOS prints them."""

import re
from dataclasses import dataclass
from functools import cached_property

from sanso.lab.words import Kind, Line, Taken

#: kinds of interface by full name, in the order of a configuration: what IOS prints in short
_SHORT = {
    "Loopback": "Lo",
    "Tunnel": "Tu",
    "Port-channel": "Po",
    "FastEthernet": "Fa",
    "GigabitEthernet": "Gi",
    "TwoGigabitEthernet": "Tw",
    "FiveGigabitEthernet": "Fi",
    "TenGigabitEthernet": "Te",
    "TwentyFiveGigE": "Twe",
    "FortyGigabitEthernet": "Fo",
    "HundredGigE": "Hu",
    "AppGigabitEthernet": "Ap",
    "Vlan": "Vl",
    "Null": "Nu",
}

#: short forms that are no prefix of the one kind they mean, or of several
_ALSO = {"po": "Port-channel", "portchannel": "Port-channel", "te": "TenGigabitEthernet", "f": "FastEthernet"}

_ORDER = {kind: place for place, kind in enumerate(_SHORT)}

VIRTUAL = ("Port-channel", "Loopback", "Tunnel", "Vlan")

_TYPED = re.compile(r"([A-Za-z-]+)\s*(\d+(?:/\d+)*(?:\.\d+)?)")
_KIND = re.compile(r"[A-Za-z-]+")
_NUMBER = re.compile(r"\d+(?:/\d+)*(?:\.\d+)?")


@dataclass(frozen=True)
class InterfaceName:
    """A name in its parts: ``GigabitEthernet`` and ``1/0/1``."""

    kind: str
    number: str

    def __str__(self) -> str:
        return f"{self.kind}{self.number}"

    @property
    def short(self) -> str:
        """The name as tables print it."""
        return f"{_SHORT[self.kind]}{self.number}"

    @cached_property
    def order(self) -> tuple[int, ...]:
        """A key that sorts names as IOS prints them."""
        return (_ORDER[self.kind], *(int(part) for part in re.split(r"[/.]", self.number)))


def find_kind(typed: str) -> str | None:
    """Give the kind of interface a typed word stands for."""
    low = typed.lower()
    if low in _ALSO:
        return _ALSO[low]
    found = [kind for kind in _SHORT if kind.lower().startswith(low)]
    return found[0] if len(found) == 1 or any(kind.lower() == low for kind in found) else None


def parse_name(typed: str) -> InterfaceName | None:
    """Read a name however it was typed (``gi1/0/1``, ``Gigabit 1/0/1``)."""
    parts = _TYPED.fullmatch(typed.strip())
    kind = parts and find_kind(parts[1])
    return InterfaceName(kind, parts[2]) if parts and kind else None


def full_name(name: str) -> InterfaceName:
    """Read a name that is known to be one.

    Raises:
        ValueError: when it is not.
    """
    parsed = parse_name(name)
    if parsed is None:
        raise ValueError(f"not an interface name: {name!r}")
    return parsed


def _take(line: Line, index: int) -> Taken:
    word = line.words[index].text
    if name := parse_name(word):
        return 1, str(name)
    following = line.words[index + 1].text if index + 1 < len(line.words) else ""
    if _KIND.fullmatch(word) and _NUMBER.fullmatch(following) and (name := parse_name(word + following)):
        return 2, str(name)
    return None


INTERFACE = Kind(_take, "Interface name")


def parse_range(typed: str) -> list[str] | None:
    """Read what follows ``interface range``: ``gi1/0/1 - 4 , te1/1/1``, ``vlan 10-12``; ``None`` if it is none."""
    names: list[str] = []
    for part in re.sub(r"\s*-\s*(?=[\dA-Za-z])", "-", typed).split(","):
        found = re.fullmatch(r"\s*([A-Za-z]+(?:-channel)?)\s*([\d/]*?)(\d+)(?:-(?:\S*?)(\d+))?\s*", part)
        kind = found and find_kind(found[1])
        if not found or not kind:
            return None
        first, last = int(found[3]), int(found[4] or found[3])
        if last < first:
            return None
        names.extend(f"{kind}{found[2]}{number}" for number in range(first, last + 1))
    return names
