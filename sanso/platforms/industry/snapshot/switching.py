"""How a port switches, from its ``switchport`` lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sanso.network.facts import ALL_VLANS, Mode, VlanSet
from sanso.network.snapshot import Line, Switching
from sanso.platforms.industry.vlans import read_vlans
from sanso.platforms.platform import ParseError

_MODES: Mapping[tuple[str, ...], Mode] = {
    ("access",): Mode.ACCESS,
    ("trunk",): Mode.TRUNK,
    ("trunk", "phone"): Mode.TRUNK,  # the list tells which VLANs it carries beside the native and the phone VLAN
    ("dot1q-tunnel",): Mode.ACCESS,  # and unread: tags inside of its VLAN are not modelled
    ("dynamic",): Mode.DYNAMIC,
    ("dynamic", "auto"): Mode.DYNAMIC,
    ("dynamic", "desirable"): Mode.DYNAMIC,
}
_MODE_TEXT = {Mode.DYNAMIC: "dynamic auto"}


@dataclass(slots=True)
class Switchport:
    """Settings of a port as its lines give them; what no line gives keeps the device's default."""

    told: bool | None = None
    """True after ``switchport``, False after ``no switchport``."""
    mode: Mode | None = None
    access: int = 1
    native: int = 1
    allowed: VlanSet = ALL_VLANS
    voice: int | None = None
    phone: bool = False
    """Whether it is a trunk for a telephone, which carries the native and the phone VLAN whatever the list says."""
    groups: set[str] = field(default_factory=set)
    """EOS trunk groups."""
    lines: dict[str, list[Line]] = field(default_factory=dict)
    """By part: ``mode``, ``access``, ``native``, ``allowed``, ``voice``."""

    def read(self, words: Sequence[str], line: Line, names: Mapping[str, int]) -> bool:
        """Take a line in; False if it is not understood.

        Args:
            words: words of the line, ``switchport`` first.
            line: the line.
            names: VLAN ids by name, for lines that give names.
        """
        match words:
            case ["switchport"]:
                self.told = True
            case ["no", "switchport"]:
                self.told = False
            case ["switchport", "mode", *mode] if tuple(mode) in _MODES:
                self.mode = _MODES[tuple(mode)]
                self.phone = mode == ["trunk", "phone"]
                self._said("mode", line)
                return mode != ["dot1q-tunnel"]
            case ["switchport", "access", "vlan", *vlan] if (number := _vlan(vlan, names)) is not None:
                self.access = number
                self._said("access", line)
            case ["switchport", "voice" | "phone", "vlan", *vlan]:
                return self._voice(vlan, line, names)
            case ["switchport", "trunk", "native", "vlan", *vlan] if (number := _vlan(vlan, names)) is not None:
                self.native = number
                self._said("native", line)
            case ["switchport", "trunk", "allowed", "vlan", *vlans]:
                return self._allow(vlans, line)
            case ["switchport", "trunk", "group", group]:
                self.groups.add(group)
                self.lines.setdefault("group", []).append(line)
            case ["no", "switchport", *rest]:
                return self._reset(rest)
            case _:
                return False
        return True

    def settle(self, default: Mode, unsaid: Callable[[str], Line]) -> Switching:
        """The settings with defaults filled in, and the lines that count in the port's mode."""
        mode = self.mode or default
        allowed = self.allowed  # taken as it is wherever it can be: a union copies 4,094 numbers
        if self.phone:
            allowed |= {self.native, self.voice or self.native}
        said = self.lines
        lines = [*(said.get("mode") or [unsaid(f"switchport mode {_MODE_TEXT.get(mode, mode)}")])]
        if mode is not Mode.TRUNK:
            lines += said.get("access") or [unsaid(f"switchport access vlan {self.access}")]
        if mode is not Mode.ACCESS:
            lines += said.get("native") or [unsaid(f"switchport trunk native vlan {self.native}")]
            lines += said.get("allowed") or [unsaid("switchport trunk allowed vlan all")]
            lines += said.get("group", ())
        lines += said.get("voice", ())
        return Switching(mode, self.access, self.native, allowed, self.voice, tuple(lines))

    def _said(self, part: str, line: Line) -> None:
        self.lines[part] = [line]

    def _voice(self, words: Sequence[str], line: Line, names: Mapping[str, int]) -> bool:
        """``dot1p``, ``none`` and ``untagged`` put phones into the access VLAN."""
        number = _vlan(words, names)
        if number is None and list(words) not in (["dot1p"], ["none"], ["untagged"]):
            return False
        self.voice = number
        self._said("voice", line)
        return True

    def _allow(self, words: Sequence[str], line: Line) -> bool:
        """A new list, or a change of the one that the lines above gave."""
        verb, vlans = (words[0], words[1:]) if words and words[0] in ("add", "remove", "except") else ("", words)
        try:
            named = _vlans("".join(vlans))
        except ParseError:
            return False
        match verb:
            case "add":
                self.allowed |= named
            case "remove":
                self.allowed -= named
            case "except":
                self.allowed = ALL_VLANS - named
            case _:
                self.allowed = named
        if verb in ("add", "remove"):
            self.lines.setdefault("allowed", []).append(line)
        else:
            self._said("allowed", line)
        return True

    def _reset(self, words: Sequence[str]) -> bool:
        """``no switchport …`` takes a setting back to its default."""
        match words:
            case ["mode", *_]:
                self.mode, self.phone = None, False
            case ["access", *_]:
                self.access = 1
            case ["voice" | "phone", *_]:
                self.voice = None
            case ["trunk", "native", *_]:
                self.native = 1
            case ["trunk", "allowed", *_]:
                self.allowed = ALL_VLANS
            case _:
                return False
        part = words[1] if words[0] == "trunk" else words[0]
        self.lines.pop("voice" if part == "phone" else part, None)
        return True


@lru_cache(maxsize=4096)
def _vlans(text: str) -> VlanSet:
    return read_vlans(text)


def _vlan(words: Sequence[str], names: Mapping[str, int]) -> int | None:
    """A VLAN by its id or by ``name N``; None where the words give none."""
    match words:
        case [number] if number.isdecimal() and 1 <= int(number) <= 4094:
            return int(number)
        case ["name", name]:
            return names.get(name)
        case _:
            return None
