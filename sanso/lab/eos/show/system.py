"""``show version`` and others about the switch itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sanso.lab.eos.chassis import MODEL, VERSION, mac, serial
from sanso.lab.grammar import Command, Match

if TYPE_CHECKING:
    from sanso.lab.eos.shell import EosShell

_BUILD = f"{VERSION}-38195967.{VERSION.replace('.', '')}"
_BUILD_ID = "6b2d1b1c-7c4b-4d3c-9f0a-2f5d9c1e8a77"
_MEMORY, _FREE = 8_155_104, 5_713_560


def version(shell: EosShell, _: Match) -> str:
    """``show version``."""
    return shell.shown(lambda: _version_data(shell), lambda: _version_text(shell))


def _uptime(shell: EosShell) -> float:
    return shell.device.clock.now() - shell.device.booted_at


def _version_data(shell: EosShell) -> dict[str, Any]:
    device = shell.device
    return {
        "mfgName": "Arista",
        "modelName": MODEL,
        "hardwareRevision": "",
        "serialNumber": serial(device.spec.name),
        "systemMacAddress": mac(device.spec.name, 0),
        "hwMacAddress": mac(device.spec.name, 0),
        "configMacAddress": "00:00:00:00:00:00",
        "version": VERSION,
        "architecture": "x86_64",
        "internalVersion": _BUILD,
        "internalBuildId": _BUILD_ID,
        "imageFormatVersion": "1.0",
        "imageOptimization": "None",
        "bootupTimestamp": device.booted_at,
        "uptime": _uptime(shell),
        "memTotal": _MEMORY,
        "memFree": _FREE,
        "isIntlVersion": False,
    }


def _version_text(shell: EosShell) -> str:
    data = _version_data(shell)
    return "\n".join(
        [
            f"Arista {MODEL}",
            "Hardware version: ",
            f"Serial number: {data['serialNumber']}",
            f"Hardware MAC address: {dotted(data['hwMacAddress'])}",
            f"System MAC address: {dotted(data['systemMacAddress'])}",
            "",
            f"Software image version: {VERSION}",
            "Architecture: x86_64",
            f"Internal build version: {_BUILD}",
            f"Internal build ID: {_BUILD_ID}",
            "Image format version: 1.0",
            "Image optimization: None",
            "",
            f"Uptime: {duration(data['uptime'])}",
            f"Total memory: {_MEMORY} kB",
            f"Free memory: {_FREE} kB",
        ]
    )


def dotted(address: str) -> str:
    """Print a MAC address in three parts."""
    digits = address.replace(":", "")
    return f"{digits[:4]}.{digits[4:8]}.{digits[8:]}"


def duration(seconds: float) -> str:
    """Print a time span as EOS does: ``1 day, 2 hours and 5 minutes``."""
    minutes = int(seconds) // 60
    units = (("day", minutes // 1440), ("hour", minutes // 60 % 24), ("minute", minutes % 60))
    parts = [f"{count} {unit}{'' if count == 1 else 's'}" for unit, count in units if count or unit == "minute"]
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def hostname(shell: EosShell, _: Match) -> str:
    """``show hostname``."""
    name = shell.hostname
    domain = shell.device.config.root.value("dns domain")
    fqdn = f"{name}.{domain}" if domain else name
    return shell.shown(lambda: {"hostname": name, "fqdn": fqdn}, lambda: f"Hostname: {name}\nFQDN:     {fqdn}")


def inventory(shell: EosShell, _: Match) -> str:
    """``show inventory``."""
    ports = len(shell.device.config.physical)
    number = serial(shell.device.spec.name)

    def data() -> dict[str, Any]:
        return {
            "systemInformation": {"name": MODEL, "description": MODEL, "hardwareRev": "", "serialNum": number},
            "portCount": ports,
            "cardSlots": {},
            "powerSupplySlots": {},
            "fanTraySlots": {},
            "xcvrSlots": {},
            "storageDevices": {},
        }

    def text() -> str:
        return "\n".join(
            [
                "System information",
                "    Model                    Description",
                "    ------------------------ ----------------------------------------------------",
                f"    {MODEL:<24} {MODEL}",
                "",
                "    HW Version  Serial Number  Mfg Date   Epoch",
                "    ----------- -------------- ---------- -----",
                f"                {number}",
                "",
                f"System has {ports} ports",
            ]
        )

    return shell.shown(data, text)


def clock(shell: EosShell, _: Match) -> str:
    """``show clock``."""
    now = shell.device.clock.now()
    zone = shell.device.config.root.value("clock timezone", "UTC")
    return shell.shown(
        lambda: {"utcTime": now, "timezone": zone, "clockSource": {"local": True}},
        lambda: f"{shell.device.stamp(now)}\nTimezone: {zone}\nClock source: local",
    )


def users(shell: EosShell, _: Match) -> str:
    """``show users``."""
    rows = [
        f"{'*' if one is shell else ' '} vty {place + 3:<6} {one.username:<13} idle          00:00:00    {one.source}"
        for place, one in enumerate(shell.device.sessions)
    ]
    return "\n".join(["    Line      User        Host(s)       Idle        Location", *rows])


def privilege(shell: EosShell, _: Match) -> str:
    """``show privilege``."""
    return f"Current privilege level is {shell.privilege}"


def reload_cause(shell: EosShell, _: Match) -> str:
    """``show reload cause``."""
    when = time.strftime("%a %b %e %H:%M:%S %Y", time.gmtime(shell.device.booted_at))
    return f"Reload Cause 1:\n-------------------\n{shell.device.reload_reason}\n\nReload Time:\n------------\n{when}"


def system_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show version", version),
        Command("show hostname", hostname),
        Command("show inventory", inventory),
        Command("show clock", clock),
        Command("show users", users),
        Command("show privilege", privilege),
        Command("show reload cause", reload_cause),
    ]
