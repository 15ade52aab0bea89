"""``show interfaces`` and what concerns addresses."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match
from sanso.lab.ios.show.port import chosen

if TYPE_CHECKING:
    from sanso.lab.ios.model import Interface, IosConfig
    from sanso.lab.ios.shell import IosShell

_COUNTERS = """\
  Last input never, output never, output hang never
  Last clearing of "show interface" counters never
  Input queue: 0/2000/0/0 (size/max/drops/flushes); Total output drops: 0
  Queueing strategy: fifo
  Output queue: 0/40 (size/max)
  5 minute input rate 0 bits/sec, 0 packets/sec
  5 minute output rate 0 bits/sec, 0 packets/sec
     0 packets input, 0 bytes, 0 no buffer
     Received 0 broadcasts (0 multicasts)
     0 runts, 0 giants, 0 throttles
     0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored
     0 packets output, 0 bytes, 0 underruns
     0 output errors, 0 collisions, 1 interface resets
     0 unknown protocol drops
     0 output buffer failures, 0 output buffers swapped out"""


def _ordered(shell: IosShell, match: Match) -> list[Interface]:
    return sorted(chosen(shell, match), key=lambda one: one.listing_order)


def _state(config: IosConfig, port: Interface) -> str:
    """The first line of an interface in the long listings."""
    up = config.link_up(port)
    state = "administratively down" if port.shut else "up" if up or port.virtual else "down"
    return f"{port.name} is {state}, line protocol is {'up' if up else 'down'}"


def interfaces(shell: IosShell, match: Match) -> str:
    """``show interfaces [NAME]``."""
    config = shell.device.config
    return "\n".join("\n".join(_interface(shell, config, port)) for port in _ordered(shell, match))


def _interface(shell: IosShell, config: IosConfig, port: Interface) -> Iterator[str]:
    switched = "" if port.virtual else " (connected)" if config.link_up(port) else " (notconnect)"
    hardware = port.hardware
    mac = shell.device.chassis.mac(shell.device.chassis.place(port.name))
    yield _state(config, port) + (" (disabled)" if port.shut and not port.virtual else switched)
    yield f"  Hardware is {hardware.title}, address is {mac} (bia {mac})"
    if text := port.lines.value("description"):
        yield f"  Description: {text}"
    for address in _prefixes(port)[-1:]:
        yield f"  Internet address is {address}"
    bandwidth = int(port.lines.value("bandwidth", str(hardware.speed)))
    yield f"  MTU {port.lines.value('mtu', '1500')} bytes, BW {bandwidth} Kbit/sec, DLY 10 usec,"
    yield "     reliability 255/255, txload 1/255, rxload 1/255"
    yield "  Encapsulation ARPA, loopback not set"
    if not port.virtual:
        duplex, speed = ("Full", f"{hardware.speed // 1000}Mb/s") if config.link_up(port) else ("Auto", "Auto-speed")
        yield f"  {duplex}-duplex, {speed}, media type is {hardware.media}"
    yield "  ARP type: ARPA, ARP Timeout 04:00:00"
    yield _COUNTERS


def _prefixes(port: Interface) -> list[str]:
    return [str(ipaddress.IPv4Interface("/".join(pair))) for pair in port.ipv4]


def ip_brief(shell: IosShell, match: Match) -> str:
    """``show ip interface [NAME] brief``."""
    config = shell.device.config
    rows = ["Interface              IP-Address      OK? Method Status                Protocol"]
    for port in _ordered(shell, match):
        up = config.link_up(port)
        state = "administratively down" if port.shut else "up" if up or port.virtual else "down"
        primary = port.lines.value("ip address").split()
        address = primary[0] if primary and primary[0] != "dhcp" else "unassigned"
        method = "unset" if address == "unassigned" else "NVRAM"
        name = str(port.name) if len(str(port.name)) <= 22 else port.name.short
        rows.append(f"{name:<22} {address:<15} YES {method:<6} {state:<21} {'up' if up else 'down'}")
    return "\n".join(rows)


def ip_interface(shell: IosShell, match: Match) -> str:
    """``show ip interface [NAME]``."""
    config = shell.device.config
    return "\n".join(line for port in _ordered(shell, match) for line in _ip(config, port))


def _ip(config: IosConfig, port: Interface) -> Iterator[str]:
    yield _state(config, port)
    if not port.switching and not port.ipv4:
        yield "  Internet protocol processing disabled"
        return
    primary = port.lines.value("ip address").split()[0] if port.ipv4 else ""
    for address in _prefixes(port):
        if address.partition("/")[0] == primary:
            yield f"  Internet address is {address}"
            yield "  Broadcast address is 255.255.255.255"
        else:
            yield f"  Secondary address {address}"
    if primary:
        yield f"  MTU is {port.lines.value('ip mtu', '1500')} bytes"
    for way, direction in (("out", "Outgoing"), ("in", "Inbound ")):
        name = port.lines.value(f"ip access-group {way}")
        yield f"  {direction} access list is {name or 'not set'}"


def ipv6_brief(shell: IosShell, match: Match) -> str:
    """``show ipv6 interface [NAME] brief``."""
    config = shell.device.config
    rows = []
    for port in _ordered(shell, match):
        up = "up" if config.link_up(port) else "down"
        state = "administratively down" if port.shut else "up" if up == "up" or port.virtual else "down"
        rows.append(f"{port.name!s:<22} [{state}/{up}]")
        addresses = [address.partition("/")[0] for address in port.ipv6]
        if _ipv6_works(port):
            addresses.insert(0, _link_local(shell, port))
        rows += [f"    {address}" for address in addresses or ["unassigned"]]
    return "\n".join(rows)


def ipv6_interface(shell: IosShell, match: Match) -> str:
    """``show ipv6 interface [NAME]``."""
    config = shell.device.config
    ports = [port for port in _ordered(shell, match) if _ipv6_works(port)]
    return "\n".join(line for port in ports for line in _ipv6(shell, config, port))


def _ipv6_works(port: Interface) -> bool:
    return bool(port.ipv6) or "ipv6 enable" in port.lines


def _link_local(shell: IosShell, port: Interface) -> str:
    for entry in port.lines.under("ipv6 address"):
        if entry.value == "link-local":
            return entry.key.split()[2]
    mac = bytes.fromhex(shell.device.chassis.mac(shell.device.chassis.place(port.name)).replace(".", ""))
    suffix = bytes([mac[0] ^ 2, *mac[1:3], 0xFF, 0xFE, *mac[3:]])
    return str(ipaddress.IPv6Address(b"\xfe\x80" + bytes(6) + suffix)).upper()


def _ipv6(shell: IosShell, config: IosConfig, port: Interface) -> Iterator[str]:
    yield _state(config, port)
    yield f"  IPv6 is enabled, link-local address is {_link_local(shell, port)}"
    yield "  No Virtual link-local address(es):"
    prefixes = [ipaddress.IPv6Interface(address) for address in port.ipv6 if "/" in address]
    yield "  Global unicast address(es):" if prefixes else "  No global unicast address is configured"
    for prefix in prefixes:
        network = str(prefix.network).upper()
        yield f"    {str(prefix.ip).upper()}, subnet is {network}"
    yield f"  MTU is {port.lines.value('mtu', '1500')} bytes"
    for way, title in (("in", "Input"), ("out", "Output")):
        if name := port.lines.value(f"ipv6 traffic-filter {way}"):
            yield f"  {title} features: Access List"
            yield f"  {title} access list {name}"


def interface_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show interfaces [<name:interface>]", interfaces, help="Interface status and configuration"),
        Command("show ip interface [<name:interface>]", ip_interface),
        Command("show ip interface [<name:interface>] brief", ip_brief),
        Command("show ip interface brief <name:interface>", ip_brief),
        Command("show ipv6 interface [<name:interface>]", ipv6_interface),
        Command("show ipv6 interface [<name:interface>] brief", ipv6_brief),
    ]
