"""Commands of an interface that do more than keep a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Handler, Match
from sanso.lab.ios import tables
from sanso.lab.ios.addresses import address_commands
from sanso.lab.ios.model import ALL_VLANS, Interface
from sanso.lab.ios.render import ADDRESS
from sanso.lab.ios.vlans import Vlan, format_list
from sanso.lab.keep import GAP, commands, keep_line
from sanso.lab.vlanlist import parse_list

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

_DESCRIPTION, _SWITCHING, _ROUTED, _VRF, _ANY, _MORE = 0, 10, 1000, 1001, ADDRESS + 100, ADDRESS + 1000

_RANKS = {row.syntax: _SWITCHING + GAP * place for place, row in enumerate(tables.SWITCHING)}


def _refusal(shell: IosShell) -> str | None:
    """Say that a port is no switching port, if one is not."""
    for port in shell.interfaces:
        if not port.switching:
            return f"Command rejected: {port.name.short} not a switching port."
    return None


def switching_line(shell: IosShell, match: Match) -> str | None:
    """Keep a line of a switching port, and of the members of a Port-channel."""
    if refused := _refusal(shell):
        return refused
    for port in shell.ports:
        port.lines.remove(match.key)
        if not (match.negated or match.defaulted):
            port.lines.set(match.key, match.value, _RANKS[match.command.syntax])
    return None


def _vlan_line(shell: IosShell, match: Match, missing: str) -> str | None:
    """Keep a line that puts a port in a VLAN, which is made if it is missing."""
    refused = switching_line(shell, match)
    number = match.get("vlan")
    if refused or not number or match.negated or match.defaulted:
        return refused
    vlans = shell.device.config.vlans
    if int(number) == 1 and "access" in match.key:
        # the default, which IOS does not print
        for port in shell.ports:
            port.lines.remove(match.key)
    if int(number) in vlans:
        return None
    vlans[int(number)] = Vlan(int(number))
    return f"% {missing} VLAN does not exist. Creating vlan {number}"


def access_vlan(shell: IosShell, match: Match) -> str | None:
    """``switchport access vlan N``."""
    return _vlan_line(shell, match, "Access")


def voice_vlan(shell: IosShell, match: Match) -> str | None:
    """``switchport voice vlan N``."""
    return _vlan_line(shell, match, "Voice")


def native_vlan(shell: IosShell, match: Match) -> str | None:
    """``switchport trunk native vlan N``; 1 is the default, which IOS does not print."""
    refused = switching_line(shell, match)
    if not refused and match.get("vlan") == "1":
        for port in shell.ports:
            port.lines.remove(match.key)
    return refused


def allowed_vlans(shell: IosShell, match: Match) -> str | None:
    """``switchport trunk allowed vlan {LIST | add | remove | except | all | none}``."""
    if refused := _refusal(shell):
        return refused
    for port in shell.ports:
        value = ALL_VLANS if match.negated or match.defaulted else _allowed(port, match)
        if value == ALL_VLANS:
            port.lines.remove(match.key)
        else:
            port.lines.set(match.key, value, _RANKS[match.command.syntax])
    return None


def _allowed(port: Interface, match: Match) -> str:
    everything = set(parse_list(ALL_VLANS) or ())
    now = set(parse_list(port.allowed) or ())
    if match.get("add"):
        now |= set(parse_list(match["add"]) or ())
    elif match.get("remove"):
        now -= set(parse_list(match["remove"]) or ())
    elif match.get("except"):
        now = everything - set(parse_list(match["except"]) or ())
    elif match.get("all"):
        now = everything
    elif match.get("none"):
        now = set()
    else:
        now = set(parse_list(match["list"]) or ())
    return format_list(now) or "none"


def switchport(shell: IosShell, match: Match) -> str | None:
    """``switchport`` and ``no switchport``: each drops the lines that only the other kind of port has."""
    for port in shell.ports:
        if match.negated and port.switching:
            _drop(port, "switchport", "spanning-tree", "storm-control")
            port.lines.set("no switchport", rank=_ROUTED)
        elif not match.negated and not port.switching:
            port.lines.remove("no switchport")
            _drop(port, "ip address", "ip access-group", "ip helper-address", "ipv6", "vrf", "no ip")
    return None


def _drop(port: Interface, *prefixes: str) -> None:
    for prefix in prefixes:
        for entry in list(port.lines.under(prefix)):
            port.lines.remove(entry.key)


def shutdown(shell: IosShell, match: Match) -> None:
    """``shutdown``; that of a Port-channel shuts its members too."""
    rank = _ANY + GAP * next(at for at, row in enumerate(tables.ANY) if row.syntax == "shutdown")
    for port in shell.ports:
        port.lines.remove("shutdown")
        if not (match.negated or match.defaulted):
            port.lines.set("shutdown", rank=rank)


def channel_group(shell: IosShell, match: Match) -> str | None:
    """``channel-group N mode active``: the Port-channel is made after its first member, if it is missing."""
    config = shell.device.config
    rank = _MORE + GAP * next(at for at, row in enumerate(tables.MORE) if row.syntax == match.command.syntax)
    for port in shell.interfaces:
        for entry in list(port.lines.under("channel-group")):
            port.lines.remove(entry.key)
    if match.negated or match.defaulted:
        return None
    keep_line(shell, match, rank, "off")
    name = f"Port-channel{match['group']}"
    if name in config.interfaces:
        return None
    channel = config.interface(name)
    first = shell.interfaces[0]
    for prefix in ("switchport", "no switchport"):
        for entry in first.lines.under(prefix):
            channel.lines.set(entry.key, entry.value, entry.rank, entry.shown)
    return f"Creating a port-channel interface Port-channel {match['group']}\n"


def vrf(shell: IosShell, match: Match) -> str | None:
    """``vrf forwarding NAME``: moving an interface takes its addresses away."""
    settings = shell.device.config.settings
    name = match["name"] if not (match.negated or match.defaulted) else ""
    if name and f"vrf definition {name}" not in settings:
        return f"% VRF {name} not configured."
    said = []
    for port in shell.interfaces:
        if port.vrf == name:
            continue
        for family, prefix in (("IPv4", "ip address"), ("IPv6", "ipv6 address")):
            if list(port.lines.under(prefix)):
                said.append(f"% Interface {port.name} {family} disabled and address(es) removed due to"
                            f" {'enabling' if name else 'disabling'} VRF {name or port.vrf}")  # fmt: skip
                _drop(port, prefix)
        port.lines.remove("vrf forwarding")
        if name:
            port.lines.set("vrf forwarding", name, _VRF)
    return "\n".join(said)


_SPECIAL: dict[str, Handler] = {
    tables.SWITCHING[0].syntax: access_vlan,
    tables.SWITCHING[1].syntax: native_vlan,
    tables.SWITCHING[2].syntax: allowed_vlans,
    tables.SWITCHING[5].syntax: voice_vlan,
    "shutdown": shutdown,
    "channel-group <group:1-255> ~ mode {active|auto|desirable|on|passive}": channel_group,
}


def routed_commands() -> list[Command]:
    """Give the commands of every interface."""
    return [
        Command("vrf forwarding ~ <name:word>", vrf),
        *address_commands(),
        *commands((tables.DESCRIPTION,), _DESCRIPTION, ""),
        *commands(tables.ANY, _ANY, "", _SPECIAL),
        *commands(tables.MORE, _MORE, "", _SPECIAL),
    ]


def switching_commands() -> list[Command]:
    """Give the commands only a port has that can switch."""
    special = {row.syntax: _SPECIAL.get(row.syntax, switching_line) for row in tables.SWITCHING}
    return [Command("switchport", switchport), *commands(tables.SWITCHING, _SWITCHING, "", special)]
