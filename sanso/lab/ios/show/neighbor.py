"""``show lldp`` and ``show cdp``: no emulated switch is cabled, so none has a neighbour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

_NO_LLDP = "% LLDP is not enabled"
_NO_CDP = "% CDP is not enabled"

_LLDP_TABLE = """\
Capability codes:
    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other

Device ID           Local Intf     Hold-time  Capability      Port ID

Total entries displayed: 0
"""

_CDP_TABLE = """\
Capability Codes: R - Router, T - Trans Bridge, B - Source Route Bridge
                  S - Switch, H - Host, I - IGMP, r - Repeater, P - Phone,
                  D - Remote, C - CVTA, M - Two-port Mac Relay

Device ID        Local Intrfce     Holdtme    Capability  Platform  Port ID

Total cdp entries displayed : 0"""


def _lldp(shell: IosShell) -> bool:
    return "lldp run" in shell.device.config.settings


def _cdp(shell: IosShell) -> bool:
    return "no cdp run" not in shell.device.config.settings


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
    return "\nTotal entries displayed: 0\n" if match.get("detail") else _LLDP_TABLE


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
    """``show cdp neighbors [NAME] [detail]``."""
    if not _cdp(shell):
        return _NO_CDP
    return "\nTotal cdp entries displayed : 0" if match.get("detail") else _CDP_TABLE


def neighbor_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show lldp", lldp),
        Command("show lldp neighbors [<name:interface>] [detail]", lldp_neighbors),
        Command("show cdp", cdp),
        Command("show cdp neighbors [<name:interface>] [detail]", cdp_neighbors),
    ]
