"""Commands of an interface that do more than keep a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.eos import tables
from sanso.lab.eos.addresses import ADDRESSES, address_commands
from sanso.lab.eos.config import Interface
from sanso.lab.eos.vlans import ALL, format_list
from sanso.lab.grammar import Command, Handler, InvalidInput, Match
from sanso.lab.keep import GAP, commands, keep_line
from sanso.lab.vlanlist import parse_list

if TYPE_CHECKING:
    from sanso.lab.eos.shell import EosShell

_FIRST, _SWITCHING, _MIDDLE, _LAST = 0, 1000, 2000, ADDRESSES + 1000

_RANKS = {
    row.syntax: base + GAP * place
    for base, rows in ((_SWITCHING, tables.SWITCHING), (_MIDDLE, tables.MIDDLE))
    for place, row in enumerate(rows)
}


def _keep(shell: EosShell, match: Match) -> None:
    keep_line(shell, match, _RANKS[match.command.syntax], "off")


def switching_line(shell: EosShell, match: Match) -> None:
    """Keep a line about switching, on interfaces that can switch."""
    if not all(port.may_switch for port in shell.interfaces):
        raise InvalidInput
    _keep(shell, match)


def port_vlan(shell: EosShell, match: Match) -> str | None:
    """``switchport access vlan N`` and ``… trunk native vlan N``; 1 is the default, which EOS does not print."""
    switching_line(shell, match)
    number = int(match.get("number") or 1)
    if match.negated or match.defaulted:
        return None
    if match.get("number") == "1":
        for port in shell.interfaces:
            port.lines.remove(match.key)
    if shell.config.has_vlan(number) or "access" not in match.key:
        return None
    shell.config.open_vlan(number)
    return f"! Access VLAN does not exist. Creating vlan {number}"


def mode(shell: EosShell, match: Match) -> None:
    """``switchport mode …``: ``access`` is the default, which EOS does not print."""
    switching_line(shell, match)
    if match.value == "access":
        for port in shell.interfaces:
            port.lines.remove(match.key)


def allowed_vlans(shell: EosShell, match: Match) -> None:
    """``switchport trunk allowed vlan {LIST | add | remove | except | all | none}``."""
    if not all(port.may_switch for port in shell.interfaces):
        raise InvalidInput
    for port in shell.interfaces:
        value = ALL if match.negated or match.defaulted else _allowed(port, match)
        if value == ALL:
            port.lines.remove(match.key)
        else:
            port.lines.set(match.key, format_list(value) or "none", _RANKS[match.command.syntax])


def _allowed(port: Interface, match: Match) -> frozenset[int]:
    def given(name: str) -> frozenset[int]:
        return parse_list(match[name]) or frozenset()

    if match.get("add"):
        return port.allowed | given("add")
    if match.get("remove"):
        return port.allowed - given("remove")
    if match.get("except"):
        return ALL - given("except")
    if match.get("all"):
        return ALL
    return frozenset() if match.get("none") else given("list")


def switchport(shell: EosShell, match: Match) -> None:
    """``switchport`` and ``no switchport``; the lines of the other kind of port stay where they are."""
    if not all(port.may_switch for port in shell.interfaces):
        raise InvalidInput
    for port in shell.interfaces:
        port.lines.remove("no switchport")
        if match.negated:
            port.lines.set("no switchport", rank=_RANKS["switchport"])


def channel_group(shell: EosShell, match: Match) -> None:
    """``channel-group N mode active``: the Port-Channel is made, if it is missing."""
    for port in shell.interfaces:
        for entry in list(port.lines.under("channel-group")):
            port.lines.remove(entry.key)
    if match.negated or match.defaulted:
        return
    _keep(shell, match)
    shell.config.open_interface(f"Port-Channel{match['group']}")


def vrf(shell: EosShell, match: Match) -> str | None:
    """``vrf NAME``: moving an interface takes its addresses away."""
    name = "" if match.negated or match.defaulted else match["name"]
    for port in shell.interfaces:
        moved = port.vrf != (name or "default")
        for prefix in ("ip address", "ipv6 address") if moved else ():
            for entry in list(port.lines.under(prefix)):
                port.lines.remove(entry.key)
    _keep(shell, match)
    missing = name and f"vrf instance {name}" not in shell.config.root
    return f"! VRF {name} does not exist" if missing else None


_SPECIAL: dict[str, Handler] = {
    "switchport access vlan ~ <number:1-4094>": port_vlan,
    "switchport trunk native vlan ~ {<number:1-4094>|tag}": port_vlan,
    tables.SWITCHING[2].syntax: allowed_vlans,
    "switchport mode ~ {access|trunk [phone]|dot1q-tunnel}": mode,
    "switchport": switchport,
    "channel-group <group:1-2000> ~ mode {active|passive|on}": channel_group,
    "vrf ~ <name:word>": vrf,
}


def interface_commands() -> list[Command]:
    """Give the commands of every interface."""
    switching = {row.syntax: _SPECIAL.get(row.syntax, switching_line) for row in tables.SWITCHING}
    return [
        *commands(tables.FIRST, _FIRST, ""),
        *commands(tables.SWITCHING, _SWITCHING, "", switching),
        *commands(tables.MIDDLE, _MIDDLE, "", _SPECIAL),
        *address_commands(),
        *commands(tables.LAST, _LAST, ""),
    ]
