"""VLANs that a text tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sanso.network.facts import VlanSet
from sanso.platforms.industry.snapshot.notes import Notes
from sanso.platforms.industry.snapshot.table import HARMLESS, Table, prefixes
from sanso.platforms.industry.snapshot.text import Block
from sanso.platforms.industry.vlans import read_vlans
from sanso.platforms.platform import ParseError

_TABLE_ROW = re.compile(r"(?P<vlan>\d{1,4})\s+(?P<name>\S.*?)\s+(?:active|suspended|(?:act|sus)/\S+)(?:\s|$)")
_PORTS = re.compile(r"[A-Z][A-Za-z-]*\d[\d/.]*(?:, *[A-Z][A-Za-z-]*\d[\d/.]*)*,?")
_TABLE_HEAD = ("VLAN Name ", "---- ----")
_BELOW = Table(
    harmless=prefixes(
        {
            "": """
                are backupcrf bridge exit mac media mode mtu multicast parent ring said shutdown state ste stp
                tb-vlan1 tb-vlan2
            """
        }
    ),
    matters={
        "private_vlan": ["private-vlan"],
        "mirror": ["remote-span"],
        "vxlan": ["vn-segment", "member"],
    },
)


@dataclass
class Vlans:
    """Collects VLANs, their names and their trunk groups."""

    notes: Notes
    names: dict[int, str] = field(default_factory=dict)
    groups: dict[str, VlanSet] = field(default_factory=dict)
    told: bool = False
    """Whether any line tells of VLANs."""
    table: bool = False
    """Whether a ``show vlan brief`` does."""

    def block(self, block: Block) -> bool:
        """Take ``vlan LIST`` in; False if it is something else."""
        ids = block.text.split(None, 1)[1] if " " in block.text else ""
        if not ids[:1].isdecimal():
            return False
        try:
            found = read_vlans(ids.replace(" ", ""))
        except ParseError:
            return False
        self.told = True
        for vlan in found:
            self.names.setdefault(vlan, f"VLAN{vlan:04}")
        for row in block.rows:
            match row.text.split(None, 1):
                case ["name", name]:
                    self.names.update(dict.fromkeys(found, name.strip().strip('"')))
                case ["trunk", group] if group.startswith("group "):
                    name = group.removeprefix("group ")
                    self.groups[name] = self.groups.get(name, frozenset()) | found
                case ["no", *_]:
                    pass
                case _:
                    verdict = _BELOW.verdict(row.text.split())
                    if verdict != HARMLESS:
                        self.notes.unread(row, verdict or "line")
        return True

    def table_line(self, text: str) -> bool:
        """Take a line of ``show vlan brief`` in, ports that did not fit in a row too; False if it is none."""
        row = _TABLE_ROW.match(text)
        if row is None:
            return text.startswith(_TABLE_HEAD) or (self.table and _PORTS.fullmatch(text) is not None)
        self.table = self.told = True
        self.names[int(row["vlan"])] = row["name"]
        return True

    def by_name(self) -> dict[str, int]:
        """VLAN ids by name."""
        return {name: vlan for vlan, name in self.names.items()}
