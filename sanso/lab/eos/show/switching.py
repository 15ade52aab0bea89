"""``show vlan``, ``show interfaces trunk`` and ``show interfaces switchport``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sanso.lab.eos.show.interfaces import chosen
from sanso.lab.eos.vlans import ALL, format_list
from sanso.lab.grammar import Command, Match
from sanso.lab.vlanlist import parse_list

if TYPE_CHECKING:
    from sanso.lab.eos.config import Interface, Vlan
    from sanso.lab.eos.shell import EosShell

_VLAN_HEAD = (
    "VLAN  Name                             Status    Ports\n"
    "----- -------------------------------- --------- -------------------------------"
)

#: EOS cuts a row of ports so that it stays within a terminal
_PORTS_WIDTH = 31


def vlan(shell: EosShell, match: Match) -> str:
    """``show vlan [LIST] [brief]``."""
    wanted = parse_list(match["list"]) if match.get("list") else ALL
    vlans = [one for one in shell.device.config.vlans() if one.number in (wanted or ())]
    if not vlans:
        return f"% VLAN {match['list']} not found in current VLAN database"
    return shell.shown(
        lambda: {"sourceDetail": "", "vlans": {str(one.number): _vlan_data(shell, one) for one in vlans}},
        lambda: "\n".join([_VLAN_HEAD, *(_vlan_rows(shell, one) for one in vlans)]),
    )


def _ports(shell: EosShell, number: int) -> list[Interface]:
    """Give the ports that carry a VLAN and are up."""
    config = shell.device.config
    return [port for port in config.interfaces() if number in config.carried(port) and config.link_up(port)]


def _status(one: Vlan) -> str:
    return "active" if one.active else "suspended"


def _has_svi(shell: EosShell, number: int) -> bool:
    return f"interface Vlan{number}" in shell.device.config.root


def _vlan_data(shell: EosShell, one: Vlan) -> dict[str, Any]:
    names = [str(port.name) for port in _ports(shell, one.number)]
    # an SVI makes the switch's own processor a member
    members = ["Cpu"] * _has_svi(shell, one.number) + names
    return {
        "name": one.name,
        "dynamic": False,
        "status": _status(one),
        "interfaces": {name: {"privatePromoted": False} for name in members},
    }


def _vlan_rows(shell: EosShell, one: Vlan) -> str:
    members = ["Cpu"] * _has_svi(shell, one.number) + [port.name.short for port in _ports(shell, one.number)]
    rows = [""]
    for member in members:
        if rows[-1] and len(rows[-1]) + 2 + len(member) > _PORTS_WIDTH:
            rows.append("")
        rows[-1] += f", {member}" if rows[-1] else member
    first, *more = rows
    return "\n".join(
        [
            f"{one.number:<5} {one.name[:32]:<32} {_status(one):<9} {first}".rstrip(),
            *(f"{'':<49}{row}" for row in more),
        ]
    )


def _vlans_text(numbers: frozenset[int]) -> str:
    return "All" if numbers == ALL else format_list(numbers) or "None"


def trunk(shell: EosShell, match: Match) -> str:
    """``show interfaces [NAMES] trunk``."""
    config = shell.device.config
    ports = [port for port in chosen(shell, match) if port.trunking and not port.channel and config.link_up(port)]

    def rows(title: str, column: Callable[[Interface], str]) -> list[str]:
        return [f"{'Port':<16}{title}", *(f"{port.name.short:<16}{column(port)}" for port in ports), ""]

    def carried(port: Interface) -> str:
        return _vlans_text(frozenset(config.carried(port)))

    def text() -> str:
        head = rows(
            f"{'Mode':<16}{'Status':<16}Native vlan", lambda port: f"{'trunk':<16}{'trunking':<16}{_native(port)}"
        )
        allowed = rows("Vlans allowed", lambda port: _vlans_text(port.allowed))
        active = rows("Vlans allowed and active in management domain", carried)
        forwarding = rows("Vlans in spanning tree forwarding state", carried)
        return "\n".join([*head, *allowed, *active, *forwarding]).rstrip()

    def data() -> dict[str, Any]:
        return {
            "trunks": {
                str(port.name): {
                    "portMode": "trunk",
                    "nativeVlan": port.native_vlan,
                    "allowedVlans": {"vlanIds": _vlans_text(port.allowed)},
                }
                for port in ports
            }
        }

    return shell.shown(data, text)


def _native(port: Interface) -> str:
    return "None" if port.native_vlan is None else str(port.native_vlan)


def switchport(shell: EosShell, match: Match) -> str:
    """``show interfaces [NAMES] switchport``."""
    ports = [port for port in chosen(shell, match) if port.may_switch and not port.channel]
    return shell.shown(
        lambda: {"switchports": {str(port.name): _switchport_data(shell, port) for port in ports}},
        lambda: "\n\n".join(_switchport_text(shell, port) for port in ports),
    )


def _name(shell: EosShell, number: int | None) -> str:
    names = {one.number: one.name for one in shell.device.config.vlans()}
    return names.get(number, "Inactive") if number is not None else ""


def _switchport_data(shell: EosShell, port: Interface) -> dict[str, Any]:
    info = {
        "mode": port.mode,
        "accessVlanId": port.access_vlan,
        "accessVlanName": _name(shell, port.access_vlan),
        "trunkingNativeVlanId": port.native_vlan,
        "trunkingNativeVlanName": _name(shell, port.native_vlan),
        "trunkAllowedVlans": "ALL" if port.allowed == ALL else format_list(port.allowed) or "NONE",
        "phoneVlan": int(port.lines.value("switchport phone vlan", "0")) or None,
    }
    return {"enabled": port.switching, "switchportInfo": info if port.switching else {}}


def _switchport_text(shell: EosShell, port: Interface) -> str:
    if not port.switching:
        return f"Name: {port.name.short}\nSwitchport: Disabled"
    info = _switchport_data(shell, port)["switchportInfo"]
    mode = "trunk" if port.trunking else "static access"
    return "\n".join(
        [
            f"Name: {port.name.short}",
            "Switchport: Enabled",
            f"Administrative Mode: {mode}",
            f"Operational Mode: {mode}",
            "MAC Address Learning: enabled",
            f"Access Mode VLAN: {info['accessVlanId']} ({info['accessVlanName']})",
            f"Trunking Native Mode VLAN: {info['trunkingNativeVlanId']} ({info['trunkingNativeVlanName']})",
            "Administrative Native VLAN tagging: disabled",
            f"Trunking VLANs Enabled: {info['trunkAllowedVlans']}",
            "Static Trunk Groups:",
            "Dynamic Trunk Groups:",
            "Source interface filtering: enabled",
        ]
    )


def switching_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show vlan [<list:vlans>] [brief]", vlan),
        Command("show interfaces [<names:interfaces>] trunk", trunk),
        Command("show interfaces [<names:interfaces>] switchport", switchport),
    ]
