"""Interface names: full, short, typed any way a user types them, and in the order EOS prints them."""

import re
from dataclasses import dataclass

from sanso.lab.words import Kind, Line, Taken

#: kinds of interface in the order of a configuration: what EOS prints in short
_SHORT = {
    "Port-Channel": "Po",
    "Ethernet": "Et",
    "Loopback": "Lo",
    "Management": "Ma",
    "Tunnel": "Tu",
    "Vlan": "Vl",
    "Vxlan": "Vx",
}

_ALSO = {"portchannel": "Port-Channel"}

#: kinds that users make and remove
VIRTUAL = ("Port-Channel", "Loopback", "Tunnel", "Vlan", "Vxlan")

#: more than any number in a name
_BASE = 100_000

_NUMBER = r"\d+(?:/\d+){0,3}(?:\.\d+)?"
_TYPED = re.compile(rf"([A-Za-z-]+?)\s*({_NUMBER})")


@dataclass(frozen=True)
class InterfaceName:
    """A name in its parts: ``Ethernet`` and ``49/1``."""

    kind: str
    number: str

    def __str__(self) -> str:
        return f"{self.kind}{self.number}"

    @property
    def short(self) -> str:
        """The name as prompts and tables print it."""
        return f"{_SHORT[self.kind]}{self.number}"

    @property
    def order(self) -> int:
        """A number that sorts names as EOS prints them."""
        parts = [list(_SHORT).index(self.kind), *(int(part) for part in re.split(r"[/.]", self.number))]
        return sum(part * _BASE ** (4 - place) for place, part in enumerate(parts[:5]))


def find_kind(typed: str) -> str | None:
    """Give the kind of interface a typed word stands for."""
    low = typed.lower()
    if low in _ALSO:
        return _ALSO[low]
    found = [kind for kind in _SHORT if kind.lower().startswith(low)]
    exact = [kind for kind in _SHORT if low in (kind.lower(), _SHORT[kind].lower())]
    return exact[0] if exact else found[0] if len(found) == 1 else None


def parse_name(typed: str) -> InterfaceName | None:
    """Read a name however it was typed (``et1``, ``Ethernet 49/1``)."""
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


def parse_range(typed: str) -> list[str] | None:
    """Read one name or several: ``Ethernet1``, ``et1-4,7``, ``Ethernet49/1-2,Vlan10``; ``None`` if it is neither."""
    names: list[str] = []
    kind = None
    for part in typed.replace(" ", "").split(","):
        found = re.fullmatch(r"([A-Za-z-]*?)((?:\d+/)*)(\d+)(?:-(\d+))?(\.\d+)?", part)
        kind = found and (find_kind(found[1]) if found[1] else kind)
        if not found or not kind:
            return None
        first, last = int(found[3]), int(found[4] or found[3])
        if last < first:
            return None
        names.extend(f"{kind}{found[2]}{number}{found[5] or ''}" for number in range(first, last + 1))
    return names


def _take(line: Line, index: int) -> Taken:
    """Take a name or a range, given in one word or with a blank before the number."""
    for count in (1, 2):
        words = line.words[index : index + count]
        names = parse_range("".join(word.text for word in words)) if len(words) == count else None
        if names:
            return count, ",".join(names)
    return None


#: one interface or several; handlers split what it gives at the commas
INTERFACES = Kind(_take, "Interface name or range")
