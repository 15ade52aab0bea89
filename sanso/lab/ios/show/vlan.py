"""``show vlan`` and ``show vtp``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match
from sanso.lab.ios.show.table import hanging, wrapped
from sanso.lab.ios.vlans import RESERVED, Vlan

if TYPE_CHECKING:
    from sanso.lab.ios.model import IosConfig
    from sanso.lab.ios.shell import IosShell

_NAMES = (
    "\nVLAN Name                             Status    Ports\n"
    "---- -------------------------------- --------- -------------------------------"
)
_TYPES = (
    "\nVLAN Type  SAID       MTU   Parent RingNo BridgeNo Stp  BrdgMode Trans1 Trans2\n"
    "---- ----- ---------- ----- ------ ------ -------- ---- -------- ------ ------"
)
_REST = (
    "\nRemote SPAN VLANs\n" + "-" * 78 + "\n\n\n"
    "Primary Secondary Type              Ports\n"
    "------- --------- ----------------- ------------------------------------------\n"
)

#: type, spanning tree and bridge mode of the VLANs that are no Ethernet
_KINDS = {
    1002: ("fddi", "-", "-"),
    1003: ("tr", "-", "srb"),
    1004: ("fdnet", "ieee", "-"),
    1005: ("trnet", "ibm", "-"),
}

_PORTS_WIDTH = 31


def brief(shell: IosShell, _: Match) -> str:
    """``show vlan brief``."""
    return "\n".join(_names(shell.device.config, _all(shell.device.config))) + "\n"


def full(shell: IosShell, match: Match) -> str:
    """``show vlan`` and ``show vlan all-ports``, which lists trunks too."""
    config = shell.device.config
    return _tables(config, _all(config), trunks=bool(match.get("all-ports")))


def by_number(shell: IosShell, match: Match) -> str:
    """``show vlan id N``."""
    config = shell.device.config
    found = config.vlans.get(int(match["number"]))
    if found is None:
        return f"VLAN id {match['number']} not found in current VLAN database"
    return _tables(config, [found], trunks=True)


def by_name(shell: IosShell, match: Match) -> str:
    """``show vlan name NAME``."""
    config = shell.device.config
    found = [vlan for vlan in _all(config) if vlan.title == match["name"]]
    return (
        _tables(config, found, trunks=True) if found else f"VLAN {match['name']} not found in current VLAN database"
    )


def summary(shell: IosShell, _: Match) -> str:
    """``show vlan summary``."""
    count = len(shell.device.config.vlans)
    extended = sum(number > RESERVED_LAST for number in shell.device.config.vlans)
    return (
        f"Number of existing VLANs              : {count}\n"
        f" Number of existing VTP VLANs         : {count - extended}\n"
        f" Number of existing extended VLANs    : {extended}\n"
    )


RESERVED_LAST = max(RESERVED)


def vtp_status(shell: IosShell, _: Match) -> str:
    """``show vtp status``."""
    config = shell.device.config
    mode = config.vtp_mode.capitalize()
    count = sum(number <= RESERVED_LAST for number in config.vlans)
    return (
        "VTP Version capable             : 1 to 3\n"
        f"VTP version running             : {config.settings.value('vtp version', '1')}\n"
        f"VTP Domain Name                 : {config.settings.value('vtp domain')}\n"
        "VTP Pruning Mode                : Disabled\n"
        "VTP Traps Generation            : Disabled\n"
        f"Device ID                       : {shell.device.chassis.mac(0)}\n"
        "Configuration last modified by 0.0.0.0 at 0-0-00 00:00:00\n\n"
        "Feature VLAN:\n--------------\n"
        f"VTP Operating Mode                : {mode}\n"
        "Maximum VLANs supported locally   : 1005\n"
        f"Number of existing VLANs          : {count}\n"
        "Configuration Revision            : 0\n"
    )


def _all(config: IosConfig) -> list[Vlan]:
    return [vlan for _, vlan in sorted(config.vlans.items())]


def _tables(config: IosConfig, vlans: list[Vlan], trunks: bool) -> str:
    return "\n".join([*_names(config, vlans, trunks), *_types(vlans), _REST])


def _names(config: IosConfig, vlans: Iterable[Vlan], trunks: bool = False) -> Iterator[str]:
    members = _members(config, trunks)
    yield _NAMES
    for vlan in vlans:
        ports = wrapped(members.get(vlan.number, ()), _PORTS_WIDTH)
        head = f"{vlan.number:<4} {vlan.title:<32} {vlan.status:<9} "
        yield from (line.rstrip() for line in hanging(head, ports))


def _members(config: IosConfig, trunks: bool) -> dict[int, list[str]]:
    """Give the ports of each VLAN: those in access mode, and trunks that carry it if wanted."""
    members: dict[int, list[str]] = {}
    for port in config.ordered():
        if not port.switching or port.channel:
            continue
        if not port.trunking:
            members.setdefault(port.access_vlan, []).append(port.name.short)
        elif trunks:
            for number in config.running_vlans(port):
                members.setdefault(number, []).append(port.name.short)
    return members


def _types(vlans: Iterable[Vlan]) -> Iterator[str]:
    yield _TYPES
    for vlan in vlans:
        kind, tree, bridge = _KINDS.get(vlan.number, ("enet", "-", "-"))
        said = 100_000 + vlan.number
        yield f"{vlan.number:<4} {kind:<5} {said:<10} 1500  -      -      -        {tree:<4} {bridge:<8} 0      0   "


def vlan_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show vlan [all-ports]", full, help="VTP VLAN status"),
        Command("show vlan brief", brief),
        Command("show vlan id <number:1-4094>", by_number),
        Command("show vlan name <name:word>", by_name),
        Command("show vlan summary", summary),
        Command("show vtp status", vtp_status),
    ]
