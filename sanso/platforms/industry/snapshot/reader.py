"""From configuration text to a snapshot."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sanso.network.facts import Family, Mode
from sanso.network.snapshot import Line, Route, Snapshot
from sanso.platforms.industry.snapshot.dialect import SnapshotDialect
from sanso.platforms.industry.snapshot.draft import Draft
from sanso.platforms.industry.snapshot.entries import EntryReader
from sanso.platforms.industry.snapshot.groups import Groups
from sanso.platforms.industry.snapshot.interface_lines import InterfaceLines
from sanso.platforms.industry.snapshot.interfaces import Defaults, settle
from sanso.platforms.industry.snapshot.known_globals import BODIES, GLOBAL
from sanso.platforms.industry.snapshot.lists import Lists
from sanso.platforms.industry.snapshot.names import InterfaceNames
from sanso.platforms.industry.snapshot.notes import Notes
from sanso.platforms.industry.snapshot.routes import read_route
from sanso.platforms.industry.snapshot.services import ServiceNames
from sanso.platforms.industry.snapshot.table import HARMLESS
from sanso.platforms.industry.snapshot.text import Block, read_blocks, regroup
from sanso.platforms.industry.snapshot.vlans import Vlans
from sanso.platforms.industry.snapshot.vrfs import read_vrf
from sanso.platforms.industry.snapshot.words import NotUnderstood

_SOURCE = "source template "
_END = re.compile(r"^\s*end\s*$", re.MULTILINE)


class SnapshotReader:
    """Reads the texts of one network OS; it keeps nothing of a text but what lines alone mean."""

    def __init__(self, dialect: SnapshotDialect) -> None:
        self.dialect = dialect
        self.name = dialect.base.name
        self.services = ServiceNames(dialect.base.names)
        self.entries = EntryReader(self.services)
        self.interfaces = InterfaceNames(dialect.base.kinds)

    def evidence(self, text: str) -> int:
        """How much speaks for a text being this network OS's."""
        return self.dialect.evidence(text)

    def is_whole(self, text: str) -> bool:
        """Whether a text has the line that running configurations end with."""
        return _END.search(text) is not None

    def read(self, text: str, file: str) -> Snapshot:
        """Read a configuration; whatever the text holds, there is a snapshot."""
        return _Reading(self, file).read(text)


class _Reading:
    """One text being read."""

    def __init__(self, reader: SnapshotReader, file: str) -> None:
        self._reader = reader
        self._dialect = reader.dialect
        self._notes = Notes(file)
        self._vlans = Vlans(self._notes)
        self._groups = Groups(reader.services)
        self._lists = Lists(reader.entries, self._groups, self._notes)
        self._late: list[Block] = []
        """Interfaces and ACLs: they refer to VLANs, templates and groups that may stand below them."""
        self._templates: dict[str, Block] = {}
        self._drafts: dict[str, Draft] = {}
        self._routes: list[Route] = []
        self._vrfs: dict[str, Line] = {}
        self._object_groups: dict[str, Line] = {}
        self._hostname = ""
        self._vtp = ""
        self._ended = False
        """Whether the configuration is past its last line: what follows is another text."""
        self._routed = False
        self._routing: dict[Family, bool] = dict(self._dialect.routing)
        self._lines: Mapping[str, Callable[[Block, list[str]], bool]] = {
            "hostname": self._take_hostname,
            "vtp": self._take_vtp,
            "ip": self._take_ip,
            "ipv6": self._take_ip,
            "no": self._take_no,
            "default": self._take_no,
            "switchport": self._take_switchport,
            "access-list": self._take_numbered,
        }
        self._blocks: Mapping[str, Callable[[Block, list[str]], bool]] = {
            "interface": self._take_interface,
            "vlan": self._take_vlan,
            "vrf": self._take_vrf,
            "ip": self._take_ip_block,
            "ipv6": self._take_ip_block,
            "object-group": self._take_group,
            "template": self._take_template,
        }

    def read(self, text: str) -> Snapshot:
        """Read the text."""
        for block in read_blocks(text, self._notes.file):
            self._notes.lines += 1 + len(block.rows)
            self._block(block)
        self._below = InterfaceLines(self._notes, self._dialect.channel, self._vlans.by_name())
        for block in self._late:
            self._refer(block, block.text.split())
        return Snapshot(
            hostname=self._hostname,
            platform=self._reader.name,
            file=self._notes.file,
            interfaces=settle(self._drafts, self._defaults(), self._vlans.groups, self._notes),
            vlans=self._existing(),
            acls=self._lists.settle(),
            routes=tuple(self._routes),
            routing=self._routing,
            unread=self._notes.all,
            vrfs=self._vrfs,
            groups=self._object_groups,
            mentions=frozenset(self._notes.mentions),
            lines=self._notes.lines,
            understood=self._notes.understood,
        )

    def _block(self, block: Block) -> None:
        """Take a line in with all below it, or judge it by the table."""
        if block.endless or block.garbled:
            self._notes.unread(block.line, "banner" if block.endless else "garbled")
            return
        words = block.text.split()
        take = None if self._ended else self._blocks.get(words[0])
        if take is not None and take(block, words):
            return
        line = None if self._ended else self._lines.get(words[0])
        self._ended = self._ended or block.text == "end"
        if (line is not None and line(block, words)) or self._vlans.table_line(block.text):
            self._judge_alone(block)
            return
        verdict = GLOBAL.verdict(words)
        self._mention(words, block.rows)
        if verdict != HARMLESS:
            self._notes.unread_block(block, verdict or "line")
        elif words[0] not in BODIES and " ".join(words[:2]) not in BODIES:
            self._judge_alone(block)

    def _mention(self, words: list[str], rows: list[Line]) -> None:
        self._notes.mentions.update(words)
        for row in rows:
            self._notes.mentions.update(row.text.split())

    def _judge_alone(self, block: Block) -> None:
        """Lines below one that no lines belong to."""
        for inner in regroup(block):
            self._block(inner)

    def _take_hostname(self, block: Block, words: list[str]) -> bool:  # noqa: ARG002
        self._hostname = words[-1].strip('"')
        return True

    def _take_vtp(self, block: Block, words: list[str]) -> bool:  # noqa: ARG002
        if words[1:2] == ["mode"]:
            self._vtp = "".join(words[2:3])
        return True

    def _take_switchport(self, block: Block, words: list[str]) -> bool:  # noqa: ARG002
        if words[:3] != ["switchport", "default", "mode"]:
            return False
        self._routed = words[3:] == ["routed"]
        return True

    def _take_ip(self, block: Block, words: list[str]) -> bool:
        """``ip route``, ``ip routing``, ``ipv6 unicast-routing``."""
        match words:
            case ["ip", "routing", "protocol", *_] | ["ip", "route", "static" | "profile", *_]:
                return False
            case ["ip", "routing", *_]:
                self._routing["ipv4"] = True
            case ["ipv6", "unicast-routing", *_]:
                self._routing["ipv6"] = True
            case ["ip" | "ipv6", "route", *_]:
                self._route(block)
            case _:
                return False
        return True

    def _route(self, block: Block) -> None:
        try:
            self._routes.append(read_route(block.line, self._reader.interfaces))
        except NotUnderstood:
            self._notes.unread(block.line, "route")

    def _take_no(self, block: Block, words: list[str]) -> bool:
        """What a line takes away that another one gave, or that is there by default."""
        match words[1:]:
            case [thing, *_] if words[0] == "default" and thing != "interface":
                return False
            case ["ip", "routing"]:
                self._routing["ipv4"] = False
            case ["ipv6", "unicast-routing"]:
                self._routing["ipv6"] = False
            case ["ip" | "ipv6", "routing" | "unicast-routing", *_]:
                pass
            case ["ip" | "ipv6", "route", destination, *_] if destination not in ("static", "profile"):
                self._notes.unread(block.line, "route")
            case ["vlan", vlans] if vlans.isdecimal():
                self._vlans.names.pop(int(vlans), None)
            case ["interface", _, *_] | ["ip" | "ipv6", "access-list", _, *_] | ["access-list", _]:
                self._late.append(block)
            case ["vrf" | "object-group" | "vtp", *_] | ["ip", "vrf", *_]:
                pass
            case _:
                return False
        return True

    def _take_numbered(self, block: Block, words: list[str]) -> bool:
        return self._wait(block, words)

    def _take_interface(self, block: Block, words: list[str]) -> bool:
        return len(words) > 1 and self._wait(block, words)

    def _take_vlan(self, block: Block, words: list[str]) -> bool:  # noqa: ARG002
        return self._vlans.block(block)

    def _take_vrf(self, block: Block, words: list[str]) -> bool:
        if len(words) != 3 or words[1] not in ("definition", "instance"):
            return False
        self._define_vrf(block, words[2])
        return True

    def _define_vrf(self, block: Block, name: str) -> None:
        self._vrfs.setdefault(name, block.line)
        self._mention([], block.rows)
        read_vrf(block, self._notes)

    def _take_ip_block(self, block: Block, words: list[str]) -> bool:
        """``ip access-list``, ``ipv6 access-list`` and ``ip vrf``."""
        if words[1:2] == ["access-list"]:
            return self._wait(block, words)
        if words[:2] == ["ip", "vrf"] and len(words) == 3:
            self._define_vrf(block, words[2])
            return True
        return False

    def _take_group(self, block: Block, words: list[str]) -> bool:
        if not self._groups.read(block):
            return False
        self._object_groups.setdefault(words[-1], block.line)
        self._mention([], block.rows)
        return True

    def _take_template(self, block: Block, words: list[str]) -> bool:
        self._templates[words[-1]] = block
        self._mention([], block.rows)
        return True

    def _wait(self, block: Block, words: list[str]) -> bool:
        """Keep a block for later, unless the table knows it."""
        if GLOBAL.verdict(words) is not None:
            return False
        self._late.append(block)
        return True

    def _refer(self, block: Block, words: list[str]) -> None:
        """Interfaces and ACLs, once all that they may refer to is known."""
        match words:
            case ["interface", *_]:
                self._interface(block)
            case ["access-list", *_]:
                self._lists.numbered(block)
            case ["no" | "default", "interface", *_]:
                for name in self._reader.interfaces.each(block.text.split(None, 2)[2]):
                    self._drafts.pop(name, None)
            case ["no" | "default", family, *_]:
                self._lists.forget("ipv6" if family == "ipv6" else "ipv4", words[-1])
            case _:
                self._lists.named(block)

    def _interface(self, block: Block) -> None:
        whole = self._with_templates(block)
        for name in self._reader.interfaces.each(block.text.split(None, 1)[1]):
            draft = self._drafts.get(name)
            if draft is None:
                draft = self._drafts[name] = Draft(name, block.line)
            self._below.read(draft, whole)

    def _with_templates(self, block: Block) -> Block:
        """An interface with the lines of the templates that it is made from, and then its own."""
        used = [row for row in block.rows if row.text.startswith(_SOURCE) and row.text.split()[2] in self._templates]
        if not used:
            return block
        whole = Block(block.line)
        for row in used:
            template = self._templates[row.text.split()[2]]
            whole.rows += template.rows
            whole.indents += template.indents
        for row, indent in zip(block.rows, block.indents, strict=True):
            if row not in used:
                whole.add(row, indent)
        return whole

    def _defaults(self) -> Defaults:
        drafts = self._drafts.values()
        switch = (
            self._vlans.told
            or bool(self._vtp)
            or any(draft.switchport.told is not None or draft.switchport.lines for draft in drafts)
            or any(draft.name.startswith("Vlan") for draft in drafts)
        )
        mode = self._dialect.base.default_mode
        return Defaults(Mode(mode), self._routed, by_address=self._dialect.by_address, switch=switch)

    def _existing(self) -> Mapping[int, str] | None:
        """VLANs that exist; None where VTP keeps them out of the text."""
        hidden = self._vtp in ("server", "client") and not self._vlans.table
        told = self._vlans.told or self._dialect.vlans_told or self._vtp in ("transparent", "off")
        if hidden or not told:
            return None
        return dict(sorted(({**self._dialect.vlans, **self._vlans.names}).items()))
