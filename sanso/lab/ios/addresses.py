"""Addresses of interfaces, and the access lists bound to them."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sanso.lab.grammar import Command, IncompleteCommand, Match
from sanso.lab.ios.render import ADDRESS
from sanso.lab.words import ipv6_text

if TYPE_CHECKING:
    from sanso.lab.ios.model import Interface
    from sanso.lab.ios.shell import IosShell

_GROUP, _HELPER, _ENABLE, _FILTER = ADDRESS + 10, ADDRESS + 20, ADDRESS + 900, ADDRESS + 950
_ADDRESS6 = ADDRESS + 890


def _on_switching(shell: IosShell) -> bool:
    return any(port.switching for port in shell.interfaces)


def _others(shell: IosShell, port: Interface) -> list[Interface]:
    """Give the interfaces whose addresses a port's must not overlap: those that are up, in its VRF."""
    known = shell.device.config.interfaces.values()
    return [one for one in known if one is not port and not one.shut and one.vrf == port.vrf]


@lru_cache(maxsize=4096)
def _network(address: str) -> Any:
    # of one family or the other; only ever held against networks of the same
    return ipaddress.ip_interface(address).network


def ip_address(shell: IosShell, match: Match) -> str | None:
    """``ip address A M [secondary]``."""
    if _on_switching(shell):
        return "% IP addresses may not be configured on L2 links."
    for port in shell.interfaces:
        if match.get("dhcp") and not (match.negated or match.defaulted):
            _set_primary(port, "dhcp")
        elif said := _remove(port, match) if match.negated or match.defaulted else _add(shell, port, match):
            return said
    return None


def _remove(port: Interface, match: Match) -> str | None:
    address = match.get("own")
    if address and match.get("secondary"):
        port.lines.remove(f"ip address {address} {match['mask']}")
        return None
    primary = port.lines.value("ip address")
    if address and primary.split()[:1] != [address]:
        return "% Invalid address"
    secondary = [entry for entry in port.lines.under("ip address") if entry.key != "ip address"]
    if address and secondary:
        return "% Must delete secondary before deleting primary"
    for entry in list(port.lines.under("ip address")):
        port.lines.remove(entry.key)
    return None


def _set_primary(port: Interface, value: str) -> None:
    # without a secondary one this is the only line, else it stands before them
    others = [entry for entry in port.lines.under("ip address") if entry.key != "ip address"]
    port.lines.set("ip address", value, ADDRESS + (1 if others else 0))


def _add(shell: IosShell, port: Interface, match: Match) -> str | None:
    address, mask = match.get("own"), match.get("mask")
    if not mask:
        raise IncompleteCommand
    own = ipaddress.IPv4Interface(f"{address}/{mask}")
    if own.network.prefixlen < 31 and own.ip in (own.network.network_address, own.network.broadcast_address):
        return f"Bad mask /{own.network.prefixlen} for address {address}"
    for other in _others(shell, port):
        if any(_network("/".join(one)).overlaps(own.network) for one in other.ipv4):
            return f"% {own.network.network_address} overlaps with {other.name}"
    if match.get("secondary"):
        primary = port.lines.value("ip address")
        if not primary and not shell.silent:
            return "% Primary address must be configured first"
        # IOS prints secondary addresses before the primary one, and boots from them in that order
        port.lines.set(f"ip address {address} {mask}", "secondary", ADDRESS)
        if primary:
            port.lines.set("ip address", primary, ADDRESS + 1)
        return None
    port.lines.remove(f"ip address {address} {mask}")
    _set_primary(port, f"{address} {mask}")
    return None


def ipv6_address(shell: IosShell, match: Match) -> str | None:
    """``ipv6 address P/L [eui-64|anycast]`` and ``ipv6 address A link-local``."""
    if _on_switching(shell):
        return "% IPv6 addresses may not be configured on L2 links."
    removing = match.negated or match.defaulted
    for port in shell.interfaces:
        if not match.value:
            if not removing:
                raise IncompleteCommand
            for entry in list(port.lines.under("ipv6 address")):
                port.lines.remove(entry.key)
            continue
        key = f"ipv6 address {match.value.split()[0]}"
        if removing:
            port.lines.remove(key)
            continue
        if said := _overlap6(shell, port, match):
            return said
        if match.get("link-local"):
            for entry in [one for one in port.lines.under("ipv6 address") if one.value == "link-local"]:
                port.lines.remove(entry.key)
        port.lines.set(key, " ".join(match.value.split()[1:]), _ADDRESS6)
    return None


def _overlap6(shell: IosShell, port: Interface, match: Match) -> str | None:
    if not match.get("prefix"):
        return None
    own = ipaddress.IPv6Interface(match["prefix"]).network
    if own.is_link_local:
        return None
    for other in _others(shell, port):
        for network in (_network(one) for one in other.ipv6 if "/" in one):
            if network.overlaps(own):
                mine = f"{ipv6_text(own.network_address)}/{own.prefixlen}"
                theirs = f"{ipv6_text(network.network_address)}/{network.prefixlen}"
                return f"%{port.name}: Error: {mine} is overlapping with {theirs} on {other.name}"
    return None


def access_group(shell: IosShell, match: Match) -> str | None:
    """``ip access-group NAME in|out`` and ``ipv6 traffic-filter NAME in|out``: one list in each direction."""
    v6 = match.key.startswith("ipv6")
    command, rank = ("ipv6 traffic-filter", _FILTER) if v6 else ("ip access-group", _GROUP)
    direction = "in" if match.get("in") else "out" if match.get("out") else ""
    removing = match.negated or match.defaulted
    if not direction and not removing:
        raise IncompleteCommand
    for port in shell.interfaces:
        for way in (direction,) if direction else ("in", "out"):
            key = f"{command} {way}"
            if removing:
                # IOS minds the direction, not the name
                port.lines.remove(key)
            else:
                shown = f"{command} {match['name']} {way}"
                port.lines.set(key, match["name"], rank + (way == "out"), shown)
    return None


def helper(shell: IosShell, match: Match) -> str | None:
    """``ip helper-address A``."""
    for port in shell.interfaces:
        if match.negated or match.defaulted:
            port.lines.remove(match.text)
        else:
            port.lines.set(match.text, rank=_HELPER)
    return None


def ipv6_enable(shell: IosShell, match: Match) -> str | None:
    """``ipv6 enable``."""
    if _on_switching(shell):
        return "% IPv6 may not be enabled on L2 links."
    for port in shell.interfaces:
        if match.negated or match.defaulted:
            port.lines.remove("ipv6 enable")
        else:
            port.lines.set("ipv6 enable", rank=_ENABLE)
    return None


def address_commands() -> list[Command]:
    """Give the commands about addresses."""
    return [
        Command("ip address ~ {dhcp | <own:ipv4> [<mask:mask>] [secondary]}", ip_address),
        Command(
            "ipv6 address ~ [<prefix:ipv6prefix> [eui-64|anycast|link-local] | <address:ipv6> link-local"
            " | autoconfig | dhcp]",
            ipv6_address,
        ),
        Command("ipv6 enable", ipv6_enable),
        Command("ip access-group ~ <name:word> [in|out]", access_group),
        Command("ipv6 traffic-filter ~ <name:word> [in|out]", access_group),
        Command("ip helper-address [vrf <vrf:word>|global] <server:ipv4>", helper),
    ]
