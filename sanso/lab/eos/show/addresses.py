"""``show ip interface`` and ``show ipv6 interface``."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from sanso.lab.eos.show.interfaces import address_data, chosen, mtu, protocol_of, status_of
from sanso.lab.grammar import Command, Match

if TYPE_CHECKING:
    from sanso.lab.eos.config import Interface
    from sanso.lab.eos.shell import EosShell


def ip_interface(shell: EosShell, match: Match) -> str:
    """``show ip interface [NAMES]``."""
    ports = [port for port in chosen(shell, match) if port.ipv4 and not port.switching]

    def data() -> dict[str, Any]:
        return {
            "interfaces": {
                str(port.name): {**_common(shell, port), "interfaceAddress": address_data(port)} for port in ports
            }
        }

    def text() -> str:
        return "\n".join(
            f"{_headline(shell, port)}\n  Internet address is {', '.join(port.ipv4)}\n  IP MTU {mtu(port)} bytes"
            for port in ports
        )

    return shell.shown(data, text)


def _common(shell: EosShell, port: Interface) -> dict[str, Any]:
    return {
        "name": str(port.name),
        "interfaceStatus": status_of(shell, port),
        "lineProtocolStatus": protocol_of(shell, port),
        "enabled": not port.shut,
        "description": port.description,
        "mtu": mtu(port),
        "vrf": port.vrf,
    }


def _headline(shell: EosShell, port: Interface) -> str:
    state = "administratively down" if port.shut else protocol_of(shell, port)
    return f"{port.name} is {state}, line protocol is {protocol_of(shell, port)} ({status_of(shell, port)})"


_BRIEF_HEAD = (
    f"{'':<78}Address\n"
    f"{'Interface':<17} {'IP Address':<21} {'Status':<12} {'Protocol':<14} {'MTU':>9}   Owner\n"
    f"{'-' * 17} {'-' * 21} {'-' * 12} {'-' * 14} {'-' * 9} {'-' * 7}"
)


def brief(shell: EosShell, match: Match) -> str:
    """``show ip interface [NAMES] brief``."""
    ports = [port for port in chosen(shell, match) if not port.switching and not port.channel]

    def one(port: Interface) -> str:
        return port.ipv4[0] if port.ipv4 else "unassigned"

    def data() -> dict[str, Any]:
        found = {}
        for port in ports:
            address, _, length = (port.ipv4[0] if port.ipv4 else "0.0.0.0/0").partition("/")
            ip = {"address": address, "maskLen": int(length or 32)}
            found[str(port.name)] = {**_common(shell, port), "interfaceAddress": {"ipAddr": ip}}
        return {"interfaces": found}

    def text() -> str:
        rows = []
        for port in ports:
            state = "admin down" if port.shut else protocol_of(shell, port)
            rows.append(
                f"{port.name!s:<17} {one(port):<21} {state:<12} {protocol_of(shell, port):<14} {mtu(port):>9}"
            )
        return "\n".join([_BRIEF_HEAD, *rows])

    return shell.shown(data, text)


def ipv6_interface(shell: EosShell, match: Match) -> str:
    """``show ipv6 interface [NAMES]``."""
    ports = [
        port for port in chosen(shell, match) if not port.switching and (port.ipv6 or "ipv6 enable" in port.lines)
    ]

    def addresses(port: Interface) -> list[dict[str, Any]]:
        found = [ipaddress.IPv6Interface(text) for text in port.ipv6 if "/" in text]
        return [{"address": str(one.ip), "subnet": str(one.network)} for one in found]

    def data() -> dict[str, Any]:
        return {
            "interfaces": {str(port.name): {**_common(shell, port), "addresses": addresses(port)} for port in ports}
        }

    def text() -> str:
        return "\n".join(
            "\n".join(
                [
                    _headline(shell, port),
                    "  IPv6 is enabled",
                    *(f"    {one['address']}, subnet is {one['subnet']}" for one in addresses(port)),
                ]
            )
            for port in ports
        )

    return shell.shown(data, text)


def address_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show ip interface [<names:interfaces>]", ip_interface),
        Command("show ip interface [<names:interfaces>] brief", brief),
        Command("show ipv6 interface [<names:interfaces>]", ipv6_interface),
    ]
