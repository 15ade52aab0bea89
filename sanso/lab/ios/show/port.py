"""``show interfaces`` in the forms that concern switching: status, trunk, switchport, description."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, InvalidInput, Match
from sanso.lab.ios.model import ALL_VLANS
from sanso.lab.ios.vlans import format_list

if TYPE_CHECKING:
    from sanso.lab.ios.model import Interface, IosConfig
    from sanso.lab.ios.shell import IosShell


def chosen(shell: IosShell, match: Match) -> list[Interface]:
    """Give the interface named, else all."""
    config = shell.device.config
    name = match.get("name")
    if not name:
        return config.ordered()
    if name not in config.interfaces:
        raise InvalidInput(match.line.words[2].start)
    return [config.interfaces[name]]


def status(shell: IosShell, match: Match) -> str:
    """``show interfaces [NAME] status``."""
    config = shell.device.config
    ports = [port for port in chosen(shell, match) if port.name.kind not in ("Vlan", "Loopback", "Tunnel")]
    head = "\nPort         Name               Status       Vlan       Duplex  Speed Type"
    return "\n".join([head, *(_status_row(config, port) for port in ports)])


def _status_row(config: IosConfig, port: Interface) -> str:
    up = config.link_up(port)
    state = "connected" if up else "disabled" if port.shut else "notconnect"
    vlan = "routed" if not port.switching else "trunk" if port.trunking and up else str(port.access_vlan)
    duplex = port.lines.value("duplex", "auto")
    speed = port.lines.value("speed", "auto")
    if up:
        megabits = port.hardware.speed // 1000
        duplex = "a-full" if duplex == "auto" else duplex
        if speed.startswith("auto"):
            speed = f"a-{megabits}" if megabits <= 1000 else f"a-{megabits // 1000}G"
    description = port.lines.value("description")[:18]
    return (
        f"{port.name.short:<12} {description:<18} {state:<12} {vlan:<10} {duplex:>6} {speed:>6} {port.hardware.media}"
    )


def trunks(shell: IosShell, match: Match) -> str:
    """``show interfaces [NAME] trunk``."""
    config = shell.device.config
    working = [port for port in chosen(shell, match) if port.trunking and config.link_up(port) and not port.channel]
    if not working:
        return ""

    def carried(port: Interface) -> str:
        return format_list(config.running_vlans(port)) or "none"

    return "\n".join(
        [
            *_trunk_table("Mode             Encapsulation  Status        Native vlan", working, _encapsulation),
            *_trunk_table("Vlans allowed on trunk", working, lambda port: port.allowed),
            *_trunk_table("Vlans allowed and active in management domain", working, carried),
            *_trunk_table("Vlans in spanning tree forwarding state and not pruned", working, carried),
        ]
    )


def _trunk_table(title: str, ports: Iterable[Interface], cell: Callable[[Interface], str]) -> Iterator[str]:
    yield f"\nPort           {title}"
    for port in ports:
        yield f"{port.name.short:<14} {cell(port)}"


def _encapsulation(port: Interface) -> str:
    return f"{'on':<16} {'802.1q':<14} {'trunking':<13} {port.native_vlan}"


def switchport(shell: IosShell, match: Match) -> str:
    """``show interfaces [NAME] switchport``."""
    config = shell.device.config
    ports = [port for port in chosen(shell, match) if port.may_switch]
    return "\n\n".join("\n".join(_switchport(config, port)) for port in ports) + "\n"


def _switchport(config: IosConfig, port: Interface) -> Iterator[str]:
    yield f"Name: {port.name.short}"
    yield f"Switchport: {'Enabled' if port.switching else 'Disabled'}"
    if not port.switching:
        return
    trunk = port.trunking
    mode = {"access": "static access"}.get(port.mode, port.mode)
    working = ("trunk" if trunk else "static access") if config.link_up(port) else "down"
    yield f"Administrative Mode: {mode}"
    yield f"Operational Mode: {working}"
    yield f"Administrative Trunking Encapsulation: {'dot1q' if port.mode != 'access' else 'native'}"
    if working != "down":
        yield f"Operational Trunking Encapsulation: {'dot1q' if trunk else 'native'}"
    negotiates = port.mode != "access" and "switchport nonegotiate" not in port.lines
    yield f"Negotiation of Trunking: {'On' if negotiates else 'Off'}"
    yield f"Access Mode VLAN: {_titled(config, port.access_vlan)}"
    yield f"Trunking Native Mode VLAN: {_titled(config, port.native_vlan)}"
    yield "Administrative Native VLAN tagging: disabled"
    voice = port.lines.value("switchport voice vlan", "none")
    yield f"Voice VLAN: {_titled(config, int(voice)) if voice.isdecimal() else voice}"
    yield from _PRIVATE
    yield f"Trunking VLANs Enabled: {'ALL' if port.allowed == ALL_VLANS else port.allowed.upper()}"
    yield from ("Pruning VLANs Enabled: 2-1001", "Capture Mode Disabled", "Capture VLANs Allowed: ALL", "")
    yield f"Protected: {'true' if 'switchport protected' in port.lines else 'false'}"
    for kind in ("unicast", "multicast"):
        blocked = "enabled" if f"switchport block {kind}" in port.lines else "disabled"
        yield f"Unknown {kind} blocked: {blocked}"
    yield "Appliance trust: none"


_PRIVATE = (
    "Administrative private-vlan host-association: none",
    "Administrative private-vlan mapping: none",
    "Administrative private-vlan trunk native VLAN: none",
    "Administrative private-vlan trunk Native VLAN tagging: enabled",
    "Administrative private-vlan trunk encapsulation: dot1q",
    "Administrative private-vlan trunk normal VLANs: none",
    "Administrative private-vlan trunk associations: none",
    "Administrative private-vlan trunk mappings: none",
    "Operational private-vlan: none",
)


def _titled(config: IosConfig, number: int) -> str:
    vlan = config.vlans.get(number)
    return f"{number} ({vlan.title if vlan else 'Inactive'})"


def description(shell: IosShell, match: Match) -> str:
    """``show interfaces [NAME] description``."""
    config = shell.device.config
    rows = ["Interface                      Status         Protocol Description"]
    for port in sorted(chosen(shell, match), key=lambda one: one.listing_order):
        up = config.link_up(port)
        state = "admin down" if port.shut else "up" if up or port.virtual else "down"
        text = port.lines.value("description")
        rows.append(f"{port.name.short:<30} {state:<14} {'up' if up else 'down':<8} {text}")
    return "\n".join(rows)


def port_commands() -> list[Command]:
    """Give the commands."""
    rows = (("status", status), ("trunk", trunks), ("switchport", switchport), ("description", description))
    return [Command(f"show interfaces [<name:interface>] {word}", run) for word, run in rows]
