"""The lines below ``interface``: each into the draft, or among the unread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from sanso.network.facts import Family
from sanso.network.snapshot import Address, Binding, Line
from sanso.platforms.industry.snapshot.addresses import interface_ipv4, interface_ipv6
from sanso.platforms.industry.snapshot.draft import Draft
from sanso.platforms.industry.snapshot.known_interfaces import INTERFACE, NESTING
from sanso.platforms.industry.snapshot.notes import Notes
from sanso.platforms.industry.snapshot.table import HARMLESS
from sanso.platforms.industry.snapshot.text import Block

Words = Sequence[str]
Take = Callable[[Draft, Words, Line], "str | None"]
"""Takes a line in: ``HARMLESS`` if it did, a catalogue key if it did not, None if another table knows."""


class InterfaceLines:
    """Reads the lines of interfaces of one text.

    Args:
        notes: where the unread go.
        channel: what the platform calls port channels.
        vlans: VLAN ids by name.
    """

    def __init__(self, notes: Notes, channel: str, vlans: Mapping[str, int]) -> None:
        self._notes = notes
        self._channel = channel
        self._vlans = vlans
        self._take: Mapping[str, Take] = {
            "description": self._description,
            "shutdown": self._shutdown,
            "no": self._no,
            "switchport": self._switchport,
            "ip": self._ip,
            "ipv6": self._ipv6,
            "channel-group": self._channel_group,
            "encapsulation": self._encapsulation,
            "vrf": self._vrf,
            "standby": self._group,
            "vrrp": self._group,
            "glbp": self._group,
        }

    def read(self, draft: Draft, block: Block) -> None:
        """Take the lines of an interface in."""
        base, nesting, missed = 0, False, False
        for row, indent in zip(block.rows, block.indents, strict=True):
            if indent <= base or not (nesting or missed):
                base = indent
                nesting = row.text.startswith(NESTING)
                missed = self._row(draft, row)
                continue
            self._notes.mentions.update(row.text.split())
            if missed:
                self._notes.missed([row])
            elif row.text.startswith("address ") and not self._nested_address(draft, row):
                self._notes.unread(row, "interface_line", draft.name)

    def _row(self, draft: Draft, row: Line) -> bool:
        """Take one line in; True if it is unread."""
        words = row.text.split()
        take = self._take.get(words[0])
        verdict = take(draft, words, row) if take is not None else None
        if verdict == HARMLESS:
            return False
        self._notes.mentions.update(words)
        if verdict is None and (verdict := INTERFACE.verdict(words)) == HARMLESS:
            return False
        self._notes.unread(row, verdict or "interface_line", draft.name)
        return True

    def _description(self, draft: Draft, words: Words, line: Line) -> str | None:  # noqa: ARG002
        draft.description = line.text.partition(" ")[2].strip()
        return HARMLESS

    def _shutdown(self, draft: Draft, words: Words, line: Line) -> str | None:  # noqa: ARG002
        draft.shutdown = True
        return HARMLESS

    def _no(self, draft: Draft, words: Words, line: Line) -> str | None:
        match words:
            case ["no", "shutdown"]:
                draft.shutdown = False
            case ["no", "description", *_]:
                draft.description = ""
            case ["no", "ip", "address"]:
                draft.addresses = [one for one in draft.addresses if one.interface.version == 6]
                draft.addressless = True
            case ["no", "ipv6", "enable"]:
                draft.ipv6_enabled = None
            case ["no", "ipv6", "address"]:
                draft.addresses = [one for one in draft.addresses if one.interface.version == 4]
            case ["no", "ip" | "ipv6", "access-group" | "traffic-filter", *_]:
                if words[-1] not in ("in", "out"):
                    return "binding"
                _unbind(draft, "ipv4" if words[1] == "ip" else "ipv6", words[-1])
            case ["no", "switchport", *_] if draft.switchport.read(words, line, self._vlans):
                if len(words) == 2:
                    draft.layer3 = line
            case ["no", "channel-group", *_]:
                draft.channel = ""
            case ["no", "vrf" | "ip", *_] if "forwarding" in words or words[1] == "vrf":
                draft.vrf = ""
            case _:
                return None
        return HARMLESS

    def _switchport(self, draft: Draft, words: Words, line: Line) -> str | None:
        return HARMLESS if draft.switchport.read(words, line, self._vlans) else None

    def _ip(self, draft: Draft, words: Words, line: Line) -> str | None:
        match words:
            case ["ip", "address", *rest]:
                draft.layer3 = line
                return self._add(draft, rest, line, "ipv4")
            case ["ip", "access-group", name, "in" | "out" as direction]:
                return _bind(draft, "ipv4", direction, name, line)
            case ["ip", "access-group", "common", *_]:
                return None
            case ["ip", "access-group", *_]:
                return "binding"
            case ["ip", "vrf", "forwarding", name]:
                draft.vrf, draft.layer3 = name, line
                return HARMLESS
            case ["ip", "unnumbered", *_]:
                draft.layer3 = line
                return "address"
            case ["ip", "virtual-router", "address", *addresses]:
                return _share(draft, addresses, line)
            case _:
                return None

    def _ipv6(self, draft: Draft, words: Words, line: Line) -> str | None:
        match words:
            case ["ipv6", "address", *rest]:
                draft.layer3 = line
                return self._add(draft, rest, line, "ipv6")
            case ["ipv6", "enable"]:
                draft.ipv6_enabled = draft.layer3 = line
                return HARMLESS
            case ["ipv6", "traffic-filter" | "access-group", name, "in" | "out" as direction]:
                return _bind(draft, "ipv6", direction, name, line)
            case ["ipv6", "traffic-filter" | "access-group", *_]:
                return "binding"
            case ["ipv6", "unnumbered", *_]:
                draft.layer3 = line
                return "address"
            case ["ipv6", "virtual-router", "address", *addresses]:
                return _share(draft, addresses, line)
            case _:
                return None

    def _add(self, draft: Draft, words: Words, line: Line, family: Family) -> str:
        """An address; one that the line does not tell (DHCP's, a delegated prefix's) is unread."""
        try:
            interface = interface_ipv4(words) if family == "ipv4" else interface_ipv6(words)
        except ValueError:
            return "address"
        draft.addresses.append(Address(interface, line))
        return HARMLESS

    def _channel_group(self, draft: Draft, words: Words, line: Line) -> str | None:
        if len(words) < 2 or not words[1].isdecimal():
            return None
        draft.channel, draft.channel_line = f"{self._channel}{words[1]}", line
        return HARMLESS

    def _encapsulation(self, draft: Draft, words: Words, line: Line) -> str | None:
        """``encapsulation dot1q [vlan] N [native]``; a second tag is not modelled."""
        match [word.lower() for word in words]:
            case ["encapsulation", "dot1q" | "isl", vlan] | ["encapsulation", "dot1q", "vlan", vlan] if (
                vlan.isdecimal()
            ):
                draft.vlan = int(vlan)
            case ["encapsulation", "dot1q", vlan, "native"] if vlan.isdecimal():
                draft.vlan = None
            case ["encapsulation", "dot1q", *_]:
                return "tunnel_port"
            case _:
                return None
        draft.layer3 = line
        return HARMLESS

    def _vrf(self, draft: Draft, words: Words, line: Line) -> str | None:
        match words:
            case ["vrf", "forwarding" | "member", name] | ["vrf", name]:
                draft.vrf, draft.layer3 = "" if name == "default" else name, line
                return HARMLESS
            case _:
                return None

    def _group(self, draft: Draft, words: Words, line: Line) -> str | None:
        """HSRP, VRRP and GLBP: the shared address counts as the interface's own, the rest does not matter."""
        for at, word in enumerate(words[:3]):
            if word in ("ip", "ipv4", "ipv6") and len(words) > at + 1:
                return _share(draft, words[at + 1 : at + 2], line, lenient=True)
        return HARMLESS

    def _nested_address(self, draft: Draft, row: Line) -> bool:
        """``address A primary`` below ``vrrp N address-family``."""
        return _share(draft, row.text.split()[1:2], row) == HARMLESS


def _bind(draft: Draft, family: Family, direction: str, name: str, line: Line) -> str:
    """An ACL takes the place of another one in its family and direction."""
    _unbind(draft, family, direction)
    draft.bindings.append(Binding(family, "in" if direction == "in" else "out", name, line))
    return HARMLESS


def _unbind(draft: Draft, family: Family, direction: str) -> None:
    draft.bindings = [one for one in draft.bindings if (one.family, one.direction) != (family, direction)]


def _share(draft: Draft, words: Words, line: Line, *, lenient: bool = False) -> str:
    """Addresses that a group of routers shares; ``lenient`` passes by words that are no address."""
    for word in words:
        try:
            address: IPv4Address | IPv6Address = ip_address(word.partition("/")[0])
        except ValueError:
            if not lenient:
                return "address"
        else:
            draft.virtual.append((address, line))
    return HARMLESS
