"""From a running configuration to facts."""

from __future__ import annotations

from collections.abc import Iterable

from sanso.network.facts import Acl, AclKey, Entry, Facts, Family, Mode, Port, Svi, VlanSet
from sanso.platforms.industry.dialect import OWN_ACL, Dialect
from sanso.platforms.industry.entries import EntryReader
from sanso.platforms.industry.svi import read_svi
from sanso.platforms.industry.tree import Line, read_tree
from sanso.platforms.industry.vlans import read_vlans
from sanso.platforms.platform import ParseError

RESERVED_VLANS = frozenset({1, 1002, 1003, 1004, 1005})
"""VLANs that always exist."""


class Reader:
    """Reads configurations of one network OS."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._entries = EntryReader(dialect)

    def read(self, hostname: str, text: str) -> Facts:
        """Read the facts in scope.

        Raises:
            ParseError: the text is no whole running configuration.
        """
        lines = read_tree(text)
        if not any(line.text == "end" for line in lines):
            raise ParseError("this is no whole running configuration: it has no 'end'")
        default = self.default_mode(lines)
        vlans: dict[int, str] = {}
        ports: dict[str, Port] = {}
        svis: dict[int, Svi] = {}
        acls: dict[AclKey, Acl] = {}
        for line in lines:
            word, _, rest = line.text.partition(" ")
            if word == "interface":
                self._interface(rest, line, default, ports, svis)
            elif word == "vlan" and rest[:1].isdecimal():
                vlans.update(_vlans(rest, line))
            elif (key := self._own_acl(line.text)) is not None:
                acls[key] = self._acl(key, line)
        return Facts(
            hostname, self.dialect.name, dict(sorted(vlans.items())), ports, dict(sorted(svis.items())), acls
        )

    def default_mode(self, lines: Iterable[Line]) -> Mode:  # noqa: ARG002 - for those that override it
        """Mode of a port whose configuration names none."""
        return self.dialect.default_mode

    def _interface(self, name: str, line: Line, default: Mode, ports: dict[str, Port], svis: dict[int, Svi]) -> None:
        if name.startswith("Vlan") and name[4:].isdecimal():
            svi = read_svi(int(name[4:]), line)
            if svi is not None:
                svis[svi.vlan] = svi
        elif self.dialect.is_port(name):
            ports[name] = self._port(name, line, default)

    def _port(self, name: str, line: Line, default: Mode) -> Port:
        description, shutdown = "", False
        routed, mode = default is Mode.ROUTED, self.dialect.default_mode
        access, native, voice = 1, 1, None
        allowed: VlanSet = Port(name).allowed
        for child in line.children:
            match child.text.split():
                case ["description", *_]:
                    description = child.text.partition(" ")[2]
                case ["shutdown"]:
                    shutdown = True
                case ["no", "switchport"]:
                    routed = True
                case ["switchport"]:
                    routed = False
                case ["switchport", "mode", *words]:
                    mode = _mode(words)
                case ["switchport", "access", "vlan", vlan] if vlan.isdecimal():
                    access = int(vlan)
                case ["switchport", self.dialect.voice, "vlan", vlan] if vlan.isdecimal():
                    voice = int(vlan)
                case ["switchport", "trunk", "native", "vlan", vlan] if vlan.isdecimal():
                    native = int(vlan)
                case ["switchport", "trunk", "allowed", "vlan", "add", vlans]:
                    allowed |= read_vlans(vlans)
                case ["switchport", "trunk", "allowed", "vlan", vlans]:
                    allowed = read_vlans(vlans)
        mode = Mode.ROUTED if routed else mode
        return Port(name, description, shutdown, mode, access, native, allowed, voice)

    def _own_acl(self, text: str) -> AclKey | None:
        for family, header in self.dialect.acl_header.items():
            if text.startswith(f"{header} {OWN_ACL}"):
                return family, text[len(header) + 1 :]
        return None

    def _acl(self, key: AclKey, line: Line) -> Acl:
        return Acl(*key, self._numbered(key[0], line.children))

    def _numbered(self, family: Family, lines: list[Line]) -> dict[int, Entry]:
        """Entries by the numbers that the device prints; by -1, -2 … if it prints none, or one twice."""
        numbers: list[int | None] = []
        entries: list[Entry] = []
        for line in lines:
            number, text = _cut_number(line.text)
            if text.partition(" ")[0] in ("permit", "deny", "remark"):
                numbers.append(number)
                entries.append(self._entries.read(family, text))
        usable = [number for number in dict.fromkeys(numbers) if number is not None]
        if len(usable) < len(entries):
            usable = [-1 - index for index in range(len(entries))]
        return dict(zip(usable, entries, strict=True))


def _vlans(ids: str, line: Line) -> Iterable[tuple[int, str]]:
    names = [child.text.partition(" ")[2].strip('"') for child in line.children if child.text.startswith("name ")]
    for vlan in read_vlans(ids) - RESERVED_VLANS:
        yield vlan, names[0] if names else f"VLAN{vlan:04}"


def _mode(words: list[str]) -> Mode:
    """Mode of ``switchport mode``; one that facts do not know counts as that through which most may pass."""
    match words:
        case ["access"]:
            return Mode.ACCESS
        case ["trunk"]:
            return Mode.TRUNK
        case _:
            return Mode.DYNAMIC


def _cut_number(text: str) -> tuple[int | None, str]:
    text = text.removeprefix("sequence ")
    first, _, rest = text.partition(" ")
    return (int(first), rest) if first.isdecimal() else (None, text)
