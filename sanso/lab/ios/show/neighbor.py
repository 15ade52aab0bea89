"""``show lldp`` and ``show cdp``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match
from sanso.lab.ios.names import full_name
from sanso.lab.neighbours import Neighbour, heard

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

_NO_LLDP = "% LLDP is not enabled"
_NO_CDP = "% CDP is not enabled"

_LLDP_HEAD = """\
Capability codes:
    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other

Device ID           Local Intf     Hold-time  Capability      Port ID"""

_LLDP_ENTRY = """\
------------------------------------------------
Local Intf: {local}
Chassis id: {one.chassis}
Port id: {one.port}
{port_description}
System Name: {one.name}

System Description: 
{one.description}

Time remaining: 97 seconds
System Capabilities: B,R
Enabled Capabilities: B,R
Management Addresses - not advertised
Auto Negotiation - not supported
Physical media capabilities - not advertised
Media Attachment Unit type - not advertised
Vlan ID: - not advertised
"""  # noqa: W291 - as the device prints it

_CDP_HEAD = """\
Capability Codes: R - Router, T - Trans Bridge, B - Source Route Bridge
                  S - Switch, H - Host, I - IGMP, r - Repeater, P - Phone,
                  D - Remote, C - CVTA, M - Two-port Mac Relay

Device ID        Local Intrfce     Holdtme    Capability  Platform  Port ID"""

_CDP_ENTRY = """\
-------------------------
Device ID: {one.name}
Entry address(es): 
Platform: cisco {one.model},  Capabilities: Router Switch IGMP 
Interface: {one.local},  Port ID (outgoing port): {one.port_description}
Holdtime : 136 sec

Version :
{one.description}

advertisement version: 2
VTP Management Domain: ''
Duplex: full
Management address(es): 
"""  # noqa: W291


def _lldp(shell: IosShell) -> bool:
    return "lldp run" in shell.device.config.settings


def _cdp(shell: IosShell) -> bool:
    return "no cdp run" not in shell.device.config.settings


def _heard(shell: IosShell, match: Match) -> list[Neighbour]:
    """Neighbours, all or those of the port named."""
    config = shell.device.config
    wanted = match.get("name")

    def is_up(port: str) -> bool:
        return (
            port in config.interfaces and config.link_up(config.interfaces[port]) and (not wanted or wanted == port)
        )

    return list(heard(shell.device.spec, is_up, shell.device.troubles.silent))


def lldp(shell: IosShell, _: Match) -> str:
    """``show lldp``."""
    if not _lldp(shell):
        return _NO_LLDP
    settings = shell.device.config.settings
    return (
        "\nGlobal LLDP Information:\n    Status: ACTIVE\n"
        f"    LLDP advertisements are sent every {settings.value('lldp timer', '30')} seconds\n"
        f"    LLDP hold time advertised is {settings.value('lldp holdtime', '120')} seconds\n"
        f"    LLDP interface reinitialisation delay is {settings.value('lldp reinit', '2')} seconds"
    )


def lldp_neighbors(shell: IosShell, match: Match) -> str:
    """``show lldp neighbors [NAME] [detail]``."""
    if not _lldp(shell):
        return _NO_LLDP
    found = _heard(shell, match)
    shown = [_lldp_entry(one) for one in found] if match.get("detail") else [_LLDP_HEAD, *map(_lldp_row, found)]
    return "\n".join([*shown, f"\nTotal entries displayed: {len(found)}\n"])


def _lldp_entry(one: Neighbour) -> str:
    about = (
        f"Port Description: {one.port_description}" if one.port_description else "Port Description - not advertised"
    )
    return _LLDP_ENTRY.format(one=one, local=full_name(one.local).short, port_description=about)


def _lldp_row(one: Neighbour) -> str:
    return f"{one.name[:20]:<20}{full_name(one.local).short:<15}{'120':<11}{'B,R':<16}{one.port}"


def cdp(shell: IosShell, _: Match) -> str:
    """``show cdp``."""
    if not _cdp(shell):
        return _NO_CDP
    settings = shell.device.config.settings
    return (
        "Global CDP information:\n"
        f"\tSending CDP packets every {settings.value('cdp timer', '60')} seconds\n"
        f"\tSending a holdtime value of {settings.value('cdp holdtime', '180')} seconds\n"
        "\tSending CDPv2 advertisements is  enabled"
    )


def cdp_neighbors(shell: IosShell, match: Match) -> str:
    """``show cdp neighbors [NAME] [detail]``; only devices of the same maker send CDP."""
    if not _cdp(shell):
        return _NO_CDP
    found = [one for one in _heard(shell, match) if one.platform == "ios"]
    shown: Iterable[str] = [_CDP_HEAD, *map(_cdp_row, found)]
    if match.get("detail"):
        shown = (_CDP_ENTRY.format(one=one) for one in found)
    return "\n".join([*shown, f"\nTotal cdp entries displayed : {len(found)}"])


def _cdp_row(one: Neighbour) -> str:
    local, there = (_spaced(name) for name in (one.local, one.port_description))
    return f"{one.name[:16]:<17}{local:<18}{'136':<14}{'R S I':<10}{one.model[:9]:<10}{there}"


def _spaced(name: str) -> str:
    """A port as CDP's table prints it: ``Gig 1/0/1``."""
    port = full_name(name)
    return f"{port.kind[:3]} {port.number}"


def neighbor_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show lldp", lldp),
        Command("show lldp neighbors [<name:interface>] [detail]", lldp_neighbors),
        Command("show cdp", cdp),
        Command("show cdp neighbors [<name:interface>] [detail]", cdp_neighbors),
    ]
