"""``show version`` and ``show inventory``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.c9800.chassis import IMAGE, MODEL, SOFTWARE
from sanso.lab.grammar import Command, Match
from sanso.lab.ios.show.system import uptime

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell


def version(shell: IosShell, _: Match) -> str:
    """``show version``."""
    device, chassis = shell.device, shell.device.chassis
    up = uptime(device.clock.now() - device.booted_at)
    svis = sum(one.name.kind == "Vlan" for one in device.config.interfaces.values())
    base = ":".join(chassis.base.hex()[at : at + 2] for at in range(0, 12, 2)).upper()
    return f"""{SOFTWARE}
Technical Support: http://www.cisco.com/techsupport
Copyright (c) 1986-2023 by Cisco Systems, Inc.
Compiled Fri 20-Oct-23 10:29 by mcpre


ROM: 16.12(3r)

{device.config.hostname} uptime is {up}
Uptime for this control processor is {up}
System returned to ROM by {device.reload_reason}
System restarted at {device.stamp(device.booted_at)}
System image file is "{IMAGE}"
Last reload reason: {device.reload_reason}


License Type: Smart License is permanent
License Level: adventerprise
AIR License Level: AIR DNA Advantage
Next reload AIR license Level: AIR DNA Advantage

Smart Licensing Status: Smart Licensing Using Policy

cisco {MODEL} (KATAR) processor (revision KATAR) with 1688671K/6147K bytes of memory.
Processor board ID {chassis.serial}
Router operating mode: Autonomous
{svis} Virtual Ethernet interface{"" if svis == 1 else "s"}
4 2.5 Gigabit Ethernet interfaces
2 Ten Gigabit Ethernet interfaces
32768K bytes of non-volatile configuration memory.
16777216K bytes of physical memory.
26251263K bytes of eUSB flash at bootflash:.

Base Ethernet MAC Address          : {base}

Installation mode is INSTALL

Configuration register is 0x102
"""


def inventory(shell: IosShell, _: Match) -> str:
    """``show inventory``."""
    rows = (
        ("Chassis 1", f"Cisco {MODEL} Chassis", MODEL, "01"),
        ("module 0", f"Cisco {MODEL} Modular Interface Processor", MODEL, ""),
        ("module R0", f"Cisco {MODEL} Route Processor", MODEL, "01"),
    )
    serial = shell.device.chassis.serial
    return "\n".join(
        f'NAME: "{name}", DESCR: "{text}"\nPID: {model:<18}, VID: {revision:<5}, SN: {serial}\n'
        for name, text, model, revision in rows
    )


def system_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show version", version, help="System hardware and software status"),
        Command("show inventory", inventory),
    ]
