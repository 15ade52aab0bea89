"""Commands inside an interface."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv6Interface

from sanso.network.facts import ALL_VLANS, VlanSet
from sanso.network.vlans import write_vlans
from sanso.platforms.industry.dialect import Dialect
from sanso.platforms.industry.replay.lines import drop, put, under
from sanso.platforms.industry.tree import Line
from sanso.platforms.industry.vlans import read_vlans
from sanso.platforms.platform import ParseError, ReplayError

ALLOWED = "switchport trunk allowed vlan"
_SWITCHED = ("switchport", "spanning-tree", "storm-control")
_ROUTED = ("ip address", "ip access-group", "ip helper-address", "ipv6", "vrf", "no ip")


class InterfaceEdit:
    """Changes interfaces as one network OS does."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._bindings = frozenset(dialect.binding.values())

    def edit(self, block: Line, command: str) -> int | None:
        """Change an interface; the VLAN that the command puts it into, if it does.

        Raises:
            ReplayError: what the command does is not known.
        """
        words = command.split()
        match words:
            case ["description", *_]:
                put(block, "description", command)
            case ["no", "description"]:
                put(block, "description", None)
            case ["shutdown"] | ["no", "shutdown"]:
                put(block, "no shutdown", None)
                put(block, "shutdown", None if words[0] == "no" else command)
            case ["switchport"]:
                self._switch(block)
            case ["no", "switchport"]:
                self._route(block)
            case ["switchport", "mode", "access" | "trunk"] | ["no", "switchport", "mode"]:
                put(block, "switchport mode", None if words[0] == "no" else command)
            case ["switchport", "access", "vlan", vlan] if vlan.isdecimal():
                put(block, "switchport access vlan", command)
                return int(vlan)
            case ["switchport", self._dialect.voice, "vlan", vlan] if vlan.isdecimal():
                put(block, f"switchport {self._dialect.voice} vlan", command)
                return int(vlan) if self._dialect.strict_ports else None
            case ["no", "switchport", self._dialect.voice, "vlan"]:
                put(block, f"switchport {self._dialect.voice} vlan", None)
            case ["switchport", "trunk", "native", "vlan", vlan] if vlan.isdecimal():
                put(block, "switchport trunk native vlan", command)
            case ["switchport", "trunk", "allowed", "vlan", *vlans]:
                _set_allowed(block, _changed(_allowed(block), vlans, command))
            case ["ip", "address", *_] | ["no", "ip", "address", *_]:
                self._ipv4(block, words, command)
            case ["ipv6", "address", address]:
                drop(block, _same6(block, address))
                block.children.append(Line(command))
            case ["no", "ipv6", "address", *address]:
                drop(block, _same6(block, address[0]) if address else under(block, "ipv6 address"))
            case [family, verb, name, "in" | "out" as way] if self._binds_by(family, verb):
                drop(block, _bound(block, f"{family} {verb}", way))
                block.children.append(Line(command))
            case ["no", family, verb, name, "in" | "out" as way] if self._binds_by(family, verb):
                bound = _bound(block, f"{family} {verb}", way)
                if any(one.text.split()[2] != name for one in bound):
                    raise ReplayError(f"{command!r}: {bound[0].text!r} is bound to {block.text!r}")
                drop(block, bound)
            case _:
                raise ReplayError(f"{command!r} in {block.text!r} is no command that is known here")
        return None

    def _binds_by(self, family: str, verb: str) -> bool:
        return f"{family} {verb}" in self._bindings

    def _switch(self, block: Line) -> None:
        """``switchport``: on IOS a port lets go of what only one that routes has."""
        if under(block, "no switchport"):
            drop(block, under(block, "no switchport", *(_ROUTED if self._dialect.strict_ports else ())))
        put_alone(block, "switchport")

    def _route(self, block: Line) -> None:
        """``no switchport``: on IOS a port lets go of what only one that switches has."""
        drop(block, [one for one in block.children if one.text == "switchport"])
        if self._dialect.strict_ports:
            drop(block, under(block, *_SWITCHED))
        put_alone(block, "no switchport")

    def _ipv4(self, block: Line, words: list[str], command: str) -> None:
        """One primary address, which another takes the place of, and secondary ones."""
        told = [one for one in under(block, "ip address") if one.text != "ip address"]
        secondary = [one for one in told if one.text.endswith(" secondary")]
        plain = command.removeprefix("no ").removesuffix(" secondary")
        same = [one for one in told if one.text.removesuffix(" secondary") == plain]
        match words:
            case ["no", "ip", "address"]:
                drop(block, told)
                put(block, "no ip address", command)
            case ["no", "ip", "address", *_, "secondary"]:
                drop(block, [one for one in same if one in secondary])
            case ["ip", "address", *_, "secondary"]:
                drop(block, same)
                block.children.append(Line(command))
            case ["ip", "address", _] | ["ip", "address", _, _]:
                drop(block, [*same, *(one for one in told if one not in secondary)])
                put(block, "no ip address", None)
                block.children.append(Line(command))
            case _:
                raise ReplayError(f"{command!r} in {block.text!r} is no command that is known here")


def put_alone(block: Line, text: str) -> None:
    """Put a line unless it is there."""
    if not any(one.text == text for one in block.children):
        block.children.append(Line(text))


def _bound(block: Line, verb: str, way: str) -> list[Line]:
    return [one for one in under(block, verb) if one.text.endswith(f" {way}")]


def _same6(block: Line, address: str) -> list[Line]:
    """Lines of an IPv6 address, however it is spelled."""
    return [one for one in under(block, "ipv6 address") if _spelled(one.text.split()[2:3]) == _spelled([address])]


def _spelled(words: list[str]) -> str:
    try:
        return str(IPv6Interface(words[0]))
    except (ValueError, IndexError):
        return " ".join(words)


# ----- allowed VLANs --------------------------------------------------------------------------------------------


def _allowed(block: Line) -> VlanSet:
    found = ALL_VLANS
    for line in under(block, ALLOWED):
        found = _changed(found, line.text.split()[4:], line.text)
    return found


def _changed(now: VlanSet, words: list[str], command: str) -> VlanSet:
    """A list, or what ``add`` and ``remove`` make of the one before."""
    try:
        match words:
            case ["add", *vlans]:
                return now | read_vlans("".join(vlans))
            case ["remove", *vlans]:
                return now - read_vlans("".join(vlans))
            case ["except", *vlans]:
                return ALL_VLANS - read_vlans("".join(vlans))
            case vlans:
                return read_vlans("".join(vlans))
    except ParseError as error:
        raise ReplayError(f"{command!r}: {error}") from error


def _set_allowed(block: Line, vlans: VlanSet) -> None:
    text = None if vlans == ALL_VLANS else f"{ALLOWED} {write_vlans(vlans) or 'none'}"
    put(block, ALLOWED, text)


def members(blocks: Iterable[Line], channel: str) -> list[Line]:
    """Ports of a port channel."""
    number = channel.lower().removeprefix("port-channel")
    return [one for one in blocks if any(line.text.split()[1] == number for line in under(one, "channel-group"))]
