"""``show interfaces``, ``show interfaces status`` and ``show interfaces description``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanso.lab.eos.chassis import mac
from sanso.lab.eos.names import parse_range
from sanso.lab.eos.show.system import dotted
from sanso.lab.grammar import Command, Match

if TYPE_CHECKING:
    from sanso.lab.eos.config import Interface
    from sanso.lab.eos.shell import EosShell

_HARDWARE = {"Ethernet": "ethernet", "Management": "ethernet", "Port-Channel": "portChannel", "Vlan": "vlan",
             "Loopback": "loopback", "Tunnel": "tunnel", "Vxlan": "vxlan"}  # fmt: skip
_GIGABIT = 1_000_000_000


def chosen(shell: EosShell, match: Match) -> list[Interface]:
    """Give the interfaces a command names, else all."""
    ports = shell.device.config.interfaces()
    if not match.get("names"):
        return ports
    names = parse_range(match["names"]) or []
    return [port for port in ports if str(port.name) in names]


def status_of(shell: EosShell, port: Interface) -> str:
    """Give an interface's status: ``connected``, ``disabled`` or ``notconnect``."""
    if port.shut:
        return "disabled"
    return "connected" if shell.device.config.link_up(port) else "notconnect"


def protocol_of(shell: EosShell, port: Interface) -> str:
    """Give the state of an interface's line protocol."""
    return "up" if shell.device.config.link_up(port) else "down"


def address_of(shell: EosShell, port: Interface) -> str:
    """Give an interface's MAC address; what is no port has the switch's."""
    physical = shell.device.config.physical
    name = str(port.name)
    return mac(shell.device.spec.name, 1 + physical.index(name) if name in physical else 0)


def bandwidth(port: Interface) -> int:
    """Give an interface's speed in bits per second; 0 where it has none."""
    return _GIGABIT if port.name.kind in ("Ethernet", "Management", "Port-Channel") else 0


def mtu(port: Interface) -> int:
    """Give an interface's MTU: a switching port's is that of the hardware."""
    if port.switching:
        return 9214
    return int(port.lines.value("mtu", "65535" if port.name.kind == "Loopback" else "1500"))


def interfaces(shell: EosShell, match: Match) -> str:
    """``show interfaces [NAMES]``."""
    ports = chosen(shell, match)
    return shell.shown(
        lambda: {"interfaces": {str(port.name): _data(shell, port) for port in ports}},
        lambda: "\n".join(_text(shell, port) for port in ports),
    )


def _data(shell: EosShell, port: Interface) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": str(port.name),
        "forwardingModel": "bridged" if port.switching else "routed",
        "lineProtocolStatus": protocol_of(shell, port),
        "interfaceStatus": status_of(shell, port),
        "hardware": _HARDWARE[port.name.kind],
        "interfaceAddress": [address_data(port)] if port.ipv4 and not port.switching else [],
        "description": port.description,
        "bandwidth": bandwidth(port),
        "mtu": mtu(port),
        "l3MtuConfigured": "mtu" in port.lines,
        "lastStatusChangeTimestamp": shell.device.booted_at,
        "interfaceCounters": {},
    }
    if port.name.kind != "Loopback":
        data["physicalAddress"] = data["burnedInAddress"] = address_of(shell, port)
    return data


def address_data(port: Interface) -> dict[str, Any]:
    """Give a routed interface's addresses as EOS's JSON."""

    def one(text: str) -> dict[str, Any]:
        address, _, length = text.partition("/")
        return {"address": address, "maskLen": int(length or 32)}

    primary, *secondary = port.ipv4
    return {
        "primaryIp": one(primary),
        "secondaryIps": {text.partition("/")[0]: one(text) for text in secondary},
        "secondaryIpsOrderedList": [one(text) for text in secondary],
        "broadcastAddress": "255.255.255.255",
        "dhcp": primary == "dhcp",
    }


def _text(shell: EosShell, port: Interface) -> str:
    state = "administratively down" if port.shut else protocol_of(shell, port)
    lines = [f"{port.name} is {state}, line protocol is {protocol_of(shell, port)} ({status_of(shell, port)})"]
    kind = port.name.kind if port.name.kind != "Management" else "Ethernet"
    if kind == "Loopback":
        lines.append("  Hardware is Loopback")
    else:
        address = dotted(address_of(shell, port))
        lines.append(f"  Hardware is {kind}, address is {address} (bia {address})")
    if port.description:
        lines.append(f"  Description: {port.description}")
    if not port.switching:
        lines += [f"  Internet address is {address}" for address in port.ipv4] or [
            "  No Internet protocol address assigned"
        ]
    lines.append(
        f"  {'Ethernet' if port.switching else 'IP'} MTU {mtu(port)} bytes, BW {bandwidth(port) // 1000} kbit"
    )
    return "\n".join(lines)


def status(shell: EosShell, match: Match) -> str:
    """``show interfaces [NAMES] status``."""
    ports = [port for port in chosen(shell, match) if bandwidth(port)]
    return shell.shown(
        lambda: {"interfaceStatuses": {str(port.name): _status_data(shell, port) for port in ports}},
        lambda: "\n".join([_STATUS_HEAD, *(_status_row(shell, port) for port in ports)]),
    )


_STATUS_HEAD = (
    "Port       Name                 Status       Vlan     Duplex Speed  Type            Flags Encapsulation"
)


def _status_data(shell: EosShell, port: Interface) -> dict[str, Any]:
    model = "trunk" if port.trunking else "bridged" if port.switching else "routed"
    vlan: dict[str, Any] = {
        "interfaceMode": model,
        "interfaceForwardingModel": "bridged" if port.switching else "routed",
    }
    if model == "bridged":
        vlan["vlanId"] = port.access_vlan
    elif model == "trunk":
        vlan["vlanExplanation"] = "trunk"
    return {
        "description": port.description,
        "linkStatus": status_of(shell, port),
        "lineProtocolStatus": protocol_of(shell, port),
        "vlanInformation": vlan,
        "bandwidth": bandwidth(port),
        "duplex": "duplexFull",
        "autoNegotiateActive": False,
        "interfaceType": "EbraTestPhyPort",
    }


def _status_row(shell: EosShell, port: Interface) -> str:
    vlan = "trunk" if port.trunking else str(port.access_vlan) if port.switching else "routed"
    if port.channel:
        vlan = f"in {port.channel.replace('Port-Channel', 'Po')}"
    name = port.description[:20]
    return f"{port.name.short:<10} {name:<20} {status_of(shell, port):<12} {vlan:<8} full   1G     EbraTestPhyPort"


def description(shell: EosShell, match: Match) -> str:
    """``show interfaces [NAMES] description``."""
    ports = chosen(shell, match)

    def state(port: Interface) -> str:
        return "adminDown" if port.shut else protocol_of(shell, port)

    def data() -> dict[str, Any]:
        return {
            "interfaceDescriptions": {
                str(port.name): {
                    "description": port.description,
                    "interfaceStatus": state(port),
                    "lineProtocolStatus": protocol_of(shell, port),
                }
                for port in ports
            }
        }

    def text() -> str:
        rows = [
            f"{port.name.short:<30} {state(port).replace('adminDown', 'admin down'):<14} "
            f"{protocol_of(shell, port):<18} {port.description}".rstrip()
            for port in ports
        ]
        return "\n".join([f"{'Interface':<30} {'Status':<14} {'Protocol':<18} Description", *rows])

    return shell.shown(data, text)


def interface_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show interfaces [<names:interfaces>]", interfaces),
        Command("show interfaces [<names:interfaces>] status", status),
        Command("show interfaces [<names:interfaces>] description", description),
    ]
