"""Addresses of interfaces, and the access lists bound to them."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, IncompleteCommand, Match

if TYPE_CHECKING:
    from sanso.lab.eos.config import Interface
    from sanso.lab.eos.shell import EosShell

#: ranks of an interface's lines: first of all those of this module, then each kind
ADDRESSES = 5000
_PRIMARY, _SECONDARY, _ENABLE, _ADDRESS6, _GROUP = (ADDRESSES + 10 * place for place in range(5))


def _ignored(shell: EosShell) -> list[str]:
    """Warn of what a switching port keeps and does not use."""
    return [
        f"! IP configuration will be ignored while interface {port.name} is not a routed port."
        for port in shell.interfaces
        if port.switching
    ]


def ip_address(shell: EosShell, match: Match) -> str | None:
    """``ip address A/L [secondary]``."""
    removing = match.negated or match.defaulted
    if not match.value and not removing:
        raise IncompleteCommand
    said = [] if removing else _ignored(shell)
    for port in shell.interfaces:
        answer = _remove(port, match) if removing else _add(shell, port, match)
        if answer:
            return "\n".join([*said, answer])
    return "\n".join(said) or None


def _remove(port: Interface, match: Match) -> str | None:
    address = match.get("own")
    if address and match.get("secondary"):
        port.lines.remove(f"ip address {address}")
        return None
    if address and port.lines.value("ip address") != address:
        return f"% Address {address} was not found for deletion" if address not in port.ipv4 else None
    secondary = [entry for entry in port.lines.under("ip address") if entry.key != "ip address"]
    if address and secondary:
        return "% Primary address cannot be deleted before secondary"
    for entry in list(port.lines.under("ip address")):
        port.lines.remove(entry.key)
    return None


def _add(shell: EosShell, port: Interface, match: Match) -> str | None:
    if match.get("dhcp"):
        port.lines.set("ip address", "dhcp", _PRIMARY)
        return None
    address = match["own"]
    if taken := _taken(shell, port, address):
        return taken
    if not match.get("secondary"):
        port.lines.remove(f"ip address {address}")
        port.lines.set("ip address", address, _PRIMARY)
        return None
    if "ip address" not in port.lines:
        return "% Primary address must be assigned first"
    port.lines.set(f"ip address {address}", "secondary", _SECONDARY)
    return None


def _taken(shell: EosShell, port: Interface, address: str) -> str | None:
    """Say which other interface of the VRF has a subnet that overlaps."""
    own = ipaddress.ip_interface(address)
    for other in shell.config.interfaces():
        if other.name == port.name or other.vrf != port.vrf or other.switching:
            continue
        for text in other.ipv4 if own.version == 4 else other.ipv6:
            if "/" not in text:
                continue
            theirs = ipaddress.ip_interface(text)
            if theirs.ip == own.ip and not own.is_link_local:
                return f"% Address {own.ip} is already assigned to interface {other.name}"
            if own.version == theirs.version == 4 and own.network.overlaps(theirs.network):
                return f"% Subnet {own.network} overlaps with existing subnet {theirs.network} of {other.name}"
    return None


def ipv6_address(shell: EosShell, match: Match) -> str | None:
    """``ipv6 address P/L`` and ``ipv6 address A link-local``."""
    removing = match.negated or match.defaulted
    if not match.value and not removing:
        raise IncompleteCommand
    said = [] if removing else _ignored(shell)
    for port in shell.interfaces:
        if removing:
            wanted = f"ipv6 address {match.value.split()[0]}" if match.value else "ipv6 address"
            for entry in list(port.lines.under(wanted)):
                port.lines.remove(entry.key)
            continue
        if match.get("prefix") and (taken := _taken(shell, port, match["prefix"])):
            return "\n".join([*said, taken])
        first, _, more = match.value.partition(" ")
        port.lines.set(f"ipv6 address {first}", more, _ADDRESS6)
    return "\n".join(said) or None


def ipv6_enable(shell: EosShell, match: Match) -> None:
    """``ipv6 enable``."""
    for port in shell.interfaces:
        port.lines.remove("ipv6 enable")
        if not (match.negated or match.defaulted):
            port.lines.set("ipv6 enable", rank=_ENABLE)


def access_group(shell: EosShell, match: Match) -> None:
    """``ip access-group NAME {in|out}``, ``ipv6 access-group NAME {in|out}``: one list in each direction.

    A list that is not defined is bound all the same; binding another replaces the one that is bound.
    """
    family = match.key.split()[0]
    way = "out" if match.get("out") else "in"
    key = f"{family} access-group {way}"
    for port in shell.interfaces:
        if not (match.negated or match.defaulted):
            shown = f"{family} access-group {match['name']} {way}"
            port.lines.set(key, match["name"], _GROUP + 2 * (family == "ipv6") + (way == "out"), shown)
        elif port.lines.value(key) == match["name"]:
            port.lines.remove(key)


def address_commands() -> list[Command]:
    """Give the commands about addresses."""
    return [
        Command("ip address ~ {dhcp | <own:addr4> [secondary]}", ip_address),
        Command("ipv6 address ~ {<prefix:addr6> | <address:ipv6> link-local | auto-config}", ipv6_address),
        Command("ipv6 enable", ipv6_enable),
        Command("{ip|ipv6} access-group <name:word> {in|out}", access_group),
    ]
