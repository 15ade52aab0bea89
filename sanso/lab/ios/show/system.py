"""``show version`` and what else concerns the switch as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match
from sanso.lab.ios import exec_
from sanso.lab.ios.chassis import IMAGE, MODEL, SOFTWARE, VERSION

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

_UNITS = (("year", 365 * 86400), ("week", 7 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60))


def uptime(seconds: float) -> str:
    """Print a time span as ``show version`` does."""
    parts: list[str] = []
    rest = int(seconds)
    for unit, length in _UNITS:
        count, rest = divmod(rest, length)
        if count or (unit == "minute" and not parts):
            parts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return ", ".join(parts)


def version(shell: IosShell, _: Match) -> str:
    """``show version``."""
    device, chassis = shell.device, shell.device.chassis
    name = device.config.hostname
    up = uptime(device.clock.now() - device.booted_at)
    ports = [port for port in device.config.ordered() if not port.virtual]
    counts = []
    for kind in dict.fromkeys(port.name.kind for port in ports):
        title = next(port.hardware.title for port in ports if port.name.kind == kind)
        counts.append(f"{sum(port.name.kind == kind for port in ports)} {title} interfaces")
    svis = sum(one.name.kind == "Vlan" for one in device.config.interfaces.values())
    base = ":".join(chassis.base.hex()[at : at + 2] for at in range(0, 12, 2))
    return f"""{SOFTWARE}

ROM: IOS-XE ROMMON
BOOTLDR: {MODEL} Boot Loader, RELEASE SOFTWARE (P)

{name} uptime is {up}
Uptime for this control processor is {up}
System returned to ROM by {device.reload_reason}
System restarted at {device.stamp(device.booted_at)}
System image file is "{IMAGE}"
Last reload reason: {device.reload_reason}

cisco {MODEL} (MIPS) processor with 4194304K bytes of physical memory.
Processor board ID {chassis.serial}
{svis} Virtual Ethernet interface{"" if svis == 1 else "s"}
{chr(10).join(counts)}
2048K bytes of non-volatile configuration memory.
4194304K bytes of physical memory.
1609272K bytes of Flash at flash:.

Base Ethernet MAC Address          : {base}
Motherboard Assembly Number        : 73-15800-06
Motherboard Serial Number          : {chassis.serial}
Model Revision Number              : R0
Model Number                       : {MODEL}
System Serial Number               : {chassis.serial}


Switch Ports Model              SW Version        SW Image              Mode
------ ----- -----              ----------        ----------            ----
*    1 {len(ports):<5} {MODEL:<18} {VERSION:<17} cat3k_caa-universalk9 INSTALL


Configuration register is 0x102
"""


def inventory(shell: IosShell, _: Match) -> str:
    """``show inventory``."""
    serial = shell.device.chassis.serial
    rows = (("c38xx Stack", "c38xx Stack", MODEL, "V06", serial), ("Switch 1", MODEL, MODEL, "V06", serial))
    return "\n".join(
        f'NAME: "{name}", DESCR: "{text}"\nPID: {model:<18}, VID: {revision}  , SN: {number}\n'
        for name, text, model, revision, number in rows
    )


def clock(shell: IosShell, _: Match) -> str:
    """``show clock``."""
    return exec_.now(shell.device.clock.now())


def users(shell: IosShell, _: Match) -> str:
    """``show users``: who is logged in, the asking session marked."""
    rows = ["    Line       User       Host(s)              Idle       Location"]
    for place, session in enumerate(shell.device.sessions):
        mark = "*" if session is shell else " "
        rows.append(
            f"{mark}{place + 1:>3} vty {place:<5} {session.username:<10} {'idle':<20} 00:00:00   {session.source}"
        )
    return "\n".join([*rows, "", "  Interface    User               Mode         Idle     Peer Address", ""])


def privilege(shell: IosShell, _: Match) -> str:
    """``show privilege``."""
    return f"Current privilege level is {shell.privilege}"


def hosts(shell: IosShell, _: Match) -> str:
    """``show hosts``."""
    domain = shell.device.config.settings.value("ip domain name")
    given = f"Default domain is {domain}\n" if domain else "Default domain is not set\n"
    return f"{given}Name servers are 255.255.255.255\n"


def reload(shell: IosShell, _: Match) -> str:
    """``show reload``."""
    scheduled = shell.device.scheduled
    if not scheduled.pending:
        return "No reload is scheduled."
    minutes = max(0, int(scheduled.at - shell.device.clock.now())) // 60
    return f"Reload scheduled for {shell.device.stamp(scheduled.at)} (in {minutes} minutes)"


def history(_: IosShell, __: Match) -> str:
    """``show logging``: nothing is logged."""
    return "Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns)\n"


def memory(_: IosShell, __: Match) -> str:
    """``show memory statistics``."""
    return (
        "                Head    Total(b)     Used(b)     Free(b)   Lowest(b)  Largest(b)\n"
        "Processor  FF7A3C2010   1509949440   301989888  1207959552  1200000000  1048575908"
    )


def cpu(_: IosShell, __: Match) -> str:
    """``show processes cpu``."""
    return "CPU utilization for five seconds: 1%/0%; one minute: 1%; five minutes: 1%"


def system_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show version", version, help="System hardware and software status"),
        Command("show inventory", inventory),
        Command("show clock", clock),
        Command("show users [all]", users),
        Command("show privilege", privilege),
        Command("show hosts", hosts),
        Command("show reload", reload, 15),
        Command("show logging", history),
        Command("show memory statistics", memory),
        Command("show processes cpu", cpu),
    ]
