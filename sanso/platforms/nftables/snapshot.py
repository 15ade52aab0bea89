"""Snapshots of Linux hosts that forward packets past nftables, from backups of what some commands say."""

from __future__ import annotations

import re
from collections.abc import Callable

from sanso.network.facts import Family
from sanso.network.snapshot import Line, Snapshot, Unread
from sanso.platforms.nftables.firewall import DAMAGE, read_firewall
from sanso.platforms.nftables.host import Host, read_links, read_routes, read_rules
from sanso.platforms.nftables.ruleset import Ruleset, read_json
from sanso.platforms.nftables.sections import HEADER, Section, sections
from sanso.platforms.nftables.text import read_text

NEEDED = ("nft list ruleset", "ip address", "ip route", "ip -6 route", "ip rule", "ip -6 rule")
"""Commands that a backup must have, without the options that only change how they write."""
_SWITCHES: dict[str, Family] = {"net.ipv4.ip_forward": "ipv4", "net.ipv6.conf.all.forwarding": "ipv6"}

_OF_INTERFACE = re.compile(r"net\.ipv4\.conf\..+\.forwarding")
"""IPv4 is forwarded by each interface for itself."""


class NftablesReader:
    """Reads backups of Linux hosts."""

    name = "nftables"

    def evidence(self, text: str) -> int:
        """Lines that only such a backup has."""
        tables = re.findall(r"^table (?:ip|ip6|inet|bridge|netdev|arp) \S+ \{$", text, re.MULTILINE)
        return len(re.findall(rf"^{HEADER.pattern}$", text, re.MULTILINE)) * 3 + len(tables) * 3

    def is_whole(self, text: str) -> bool:  # noqa: ARG002
        """Parts that are missing or cut off are unread one by one."""
        return True

    def read(self, text: str, file: str) -> Snapshot:
        """Read a backup; parts that are missing or cannot be read are unread."""
        found = _Backup(text, file)
        return found.snapshot()


class _Backup:
    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = sum(1 for line in text.splitlines() if line.strip())
        self.host = Host()
        self.parts: dict[str, list[Section]] = {}
        for part in sections(text, file):
            self.parts.setdefault(_plain(part.command), []).append(part)

    def snapshot(self) -> Snapshot:
        """All parts put together."""
        self._read("ip address", lambda part: read_links(part, self.host))
        self._read("ip route", lambda part: read_routes(part, self.host, 4))
        self._read("ip -6 route", lambda part: read_routes(part, self.host, 6))
        for command in ("ip rule", "ip -6 rule"):
            self._read(command, lambda part: read_rules(part, self.host))
        absent = [name for name in NEEDED if name not in self.parts]
        self.host.unread += [Unread(Line(self.file, 0, f"# {name}"), "absent") for name in absent]
        rulesets = self.parts.get("nft list ruleset", [])
        line = rulesets[-1].head if rulesets else Line(self.file, 0, "# nft list ruleset")
        try:
            firewall, unread = read_firewall(self._ruleset(), self.host.interfaces, line)
        except DAMAGE:
            firewall, unread = read_firewall(Ruleset(), self.host.interfaces, line)
            unread.append(Unread(line, "line"))
        found = (*self.host.unread, *unread)
        numbers = {one.line.number for one in found if one.line.number}
        return Snapshot(
            hostname="",
            platform="nftables",
            file=self.file,
            interfaces=self.host.interfaces,
            vlans={},
            routes=tuple(self.host.routes),
            routing=self._routing(),
            unread=found,
            firewall=firewall,
            lines=self.lines,
            understood=self.lines - len(numbers),
        )

    def _read(self, command: str, reader: Callable[[Section], None]) -> None:
        for part in self.parts.get(command, [])[-1:]:
            try:
                reader(part)
            except DAMAGE:
                self.host.unread.append(Unread(part.head, "line"))

    def _ruleset(self) -> Ruleset:
        """The last one of the backup; without one, no rules."""
        for part in self.parts.get("nft list ruleset", [])[-1:]:
            try:
                return read_json(part) if part.text.lstrip().startswith("{") else read_text(part)
            except DAMAGE:
                self.host.unread.append(Unread(part.head, "line"))
        return Ruleset()

    def _routing(self) -> dict[Family, bool]:
        """What sysctl says; a host that does not say is taken to route."""
        routing: dict[Family, bool] = {"ipv4": True, "ipv6": True}
        single = False
        for part in (one for name, parts in self.parts.items() if name.startswith("sysctl") for one in parts):
            for line in part.lines:
                key, _, value = (word.strip() for word in line.partition("="))
                if key in _SWITCHES:
                    routing[_SWITCHES[key]] = value != "0"
                elif _OF_INTERFACE.fullmatch(key) and value != "0":
                    single = True
        return {**routing, "ipv4": True} if single else routing


def _plain(command: str) -> str:
    """A command without what only changes how it writes: ``ip -d -j -6 addr show`` is ``ip -6 address``."""
    words = [
        word
        for word in command.split()
        if word not in ("-j", "-json", "-d", "-details", "-a", "-n", "-nn", "-4", "-s")
    ]
    words = [{"a": "address", "addr": "address", "r": "route", "-f": ""}.get(word, word) for word in words]
    if words[0] != "sysctl":
        words = [word for word in words if word != "show"]
    return " ".join(words)


READER = NftablesReader()
