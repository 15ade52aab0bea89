"""Commands of the exec mode that are no ``show``."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match
from sanso.lab.ios.revert import NO_ARCHIVE, NONE_PENDING, PENDING, ROLLED_BACK
from sanso.lab.ping import is_there, packets
from sanso.lab.trouble import StoreFullError

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

_CONFIGURE = "Enter configuration commands, one per line.  End with CNTL/Z."
_SAVED = "Building configuration...\n[OK]"


def enable(shell: IosShell, match: Match) -> str | None:
    """``enable [LEVEL]``."""
    return shell.enable(int(match.get("level") or "15"))


def disable(shell: IosShell, match: Match) -> None:
    """``disable [LEVEL]``."""
    shell.privilege = min(shell.privilege, int(match.get("level") or "1"))


def leave(shell: IosShell, _: Match) -> None:
    """``exit``, ``quit``, ``logout``."""
    shell.closed = True


def up(shell: IosShell, _: Match) -> None:
    """``exit`` in configuration."""
    shell.leave()


def end(shell: IosShell, _: Match) -> None:
    """``end``."""
    shell.end()


def do(shell: IosShell, match: Match) -> str:
    """``do EXEC-COMMAND`` in configuration."""
    return shell.run(match["command"], shell.modes["exec"])


def terminal(shell: IosShell, match: Match) -> str | None:
    """``terminal length N``, ``terminal width N`` and settings that change nothing here."""
    if match.get("lines"):
        shell.length, shell.length_fixed = int(match["lines"]), True
    if match.get("columns"):
        shell.width, shell.width_fixed = int(match["columns"]), True
    return None


def configure(shell: IosShell, match: Match) -> str | None:
    """``configure terminal [revert timer N | revert timer idle N]``, ``lock`` aside."""
    said = []
    if match.get("revert"):
        device = shell.device
        if "path" not in device.config.settings.open("archive"):
            return NO_ARCHIVE
        if device.rollback.pending:
            return PENDING
        backup = device.rollback.begin(int(match["minutes"]), bool(match.get("idle")), shell.username)
        said.append(f"Rollback Confirmed Change: Backing up current running config to {backup}\n")
    shell.go("config")
    return "\n".join([*said, _CONFIGURE])


def confirm(shell: IosShell, _: Match) -> str | None:
    """``configure confirm``."""
    if not shell.device.rollback.pending:
        return NONE_PENDING
    shell.device.rollback.forget()
    return None


def revert(shell: IosShell, match: Match) -> str | None:
    """``configure revert now`` and ``configure revert timer N``."""
    rollback = shell.device.rollback
    if not rollback.pending:
        return NONE_PENDING
    if match.get("minutes"):
        rollback.restart(int(match["minutes"]), bool(match.get("idle")))
        return None
    rollback.expire()
    return f"Rollback Confirmed Change: Rollback to the saved configuration\n{ROLLED_BACK}"


def write(shell: IosShell, _: Match) -> str:
    """``write memory``."""
    try:
        shell.device.save()
    except StoreFullError:
        return "startup-config file open failed (No space left on device)\n%Error opening nvram:/startup-config"
    return _SAVED


def erase(shell: IosShell, _: Match) -> None:
    """``write erase``, ``erase startup-config``."""

    def answer(typed: str) -> str | None:
        if typed.strip().lower() not in ("", "y", "yes"):
            return None
        shell.device.store.delete("startup-config")
        return "[OK]\nErase of nvram: complete"

    shell.ask("Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]", answer)


def save_as(shell: IosShell, _: Match) -> None:
    """``copy running-config startup-config``."""

    def answer(typed: str) -> str:
        name = typed.strip() or "startup-config"
        if name != "startup-config":
            return f"%Error opening nvram:{name} (Permission denied)"
        return write(shell, _)

    shell.ask("Destination filename [startup-config]? ", answer)


def reload(shell: IosShell, match: Match) -> str | None:
    """``reload``, ``reload in [HHH:]MM``, ``reload at HH:MM``, ``reload cancel``."""
    scheduled = shell.device.scheduled
    if match.get("cancel"):
        if not scheduled.pending:
            return "%No reload is scheduled."
        scheduled.forget()
        return "\n***\n*** --- SHUTDOWN ABORTED ---\n***\n"
    if match.get("in"):
        hours, _, minutes = match["time"].rpartition(":")
        return _ask_save(shell, int(hours or 0) * 3600 + int(minutes) * 60)
    return _ask_save(shell, None)


def _ask_save(shell: IosShell, seconds: int | None) -> str | None:
    device = shell.device
    if device.startup_config() == device.saved_text():
        return _ask_reload(shell, seconds)

    def answer(typed: str) -> str | None:
        word = typed.strip().lower()
        if word not in ("y", "n", "yes", "no"):
            _ask_save(shell, seconds)
            return "% Please answer 'yes' or 'no'."
        said = write(shell, _NOTHING) if word in ("y", "yes") else None
        _ask_reload(shell, seconds)
        return said

    shell.ask("\nSystem configuration has been modified. Save? [yes/no]: ", answer)
    return None


def _ask_reload(shell: IosShell, seconds: int | None) -> str | None:
    device = shell.device

    def answer(typed: str) -> str | None:
        if typed.strip().lower() not in ("", "y", "yes"):
            return None
        if seconds is None:
            device.reload()
        else:
            device.scheduled.begin(seconds)
        return None

    shell.ask("Proceed with reload? [confirm]", answer)
    if seconds is None:
        return None
    at = device.stamp(device.clock.now() + seconds)
    minutes = seconds // 60
    return f"Reload scheduled for {at} (in {minutes} minutes) by {shell.username} on vty0 ({shell.source})"


def clock_set(_: IosShell, __: Match) -> None:
    """``clock set``: accepted; the emulated clock stays the machine's."""


def ping(shell: IosShell, match: Match) -> str:
    """``ping [vrf V] HOST [repeat N]``."""
    device, host = shell.device, match["host"]
    ports = [one for one in device.config.up_ports() if one.vrf == match.get("vrf")]
    addresses = [address for one in ports for address in (*map("/".join, one.ipv4), *one.ipv6)]
    sent = packets(match.get("rest"))
    there = is_there(host, addresses, device.troubles.silent)
    end = f"100 percent ({sent}/{sent}), round-trip min/avg/max = 1/1/1 ms" if there else f"0 percent (0/{sent})"
    return (
        f"Type escape sequence to abort.\nSending {sent}, 100-byte ICMP Echos to {host}, timeout is 2 seconds:\n"
        f"{('!' if there else '.') * sent}\nSuccess rate is {end}"
    )


def silent(_: IosShell, __: Match) -> None:
    """A command that acts on what is not emulated (counters, debugging)."""


def clear_session(shell: IosShell, _: Match) -> None:
    """``clear line vty N``: asked, nothing more: sessions have no line numbers here."""
    shell.ask("[confirm]", lambda _: " [OK]")


#: for commands called by others
_NOTHING = Match(Command("", silent), None, "", "", {})  # type: ignore[arg-type]  # not made from a line

_TIME = re.compile(r"\d{1,3}(:\d\d)?")


def now(device_time: float) -> str:
    """Print a clock as ``show clock`` does."""
    fraction = int(device_time * 1000) % 1000
    moment = time.gmtime(device_time)
    return time.strftime(f"%H:%M:%S.{fraction:03} UTC %a %b ", moment) + time.strftime("%-d %Y", moment)


def exec_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("enable [<level:0-15>]", enable, help="Turn on privileged commands"),
        Command("disable [<level:0-15>]", disable, help="Turn off privileged commands"),
        Command("{exit|quit|logout}", leave, help="Exit from the EXEC"),
        Command("terminal length <lines:0-512>", terminal),
        Command("terminal width <columns:0-512>", terminal),
        Command("terminal {monitor|no monitor|no length|no width|history size <n:0-256>}", terminal),
        Command("ping [vrf <vrf:word>] [ip|ipv6] <host:host> [<rest:line>]", ping),
        Command(
            "configure terminal [lock] [revert timer {<minutes:1-120>|idle <minutes:1-120>}]", configure, 15,
            "Enter configuration mode",
        ),
        Command("configure confirm", confirm, 15),
        Command("configure revert {now|timer {<minutes:1-120>|idle <minutes:1-120>}}", revert, 15),
        Command("write [memory]", write, 15, "Write running configuration to memory"),
        Command("{write erase|erase startup-config|erase nvram:}", erase, 15),
        Command("copy running-config startup-config", save_as, 15),
        Command("copy system:running-config nvram:startup-config", save_as, 15),
        Command("reload [{in <time:delay>|cancel}] [reason <why:line>]", reload, 15, "Perform a cold restart"),
        Command("clock set <rest:line>", clock_set, 15),
        Command("clear line {vty|con} <n:0-98>", clear_session, 15),
        Command("clear {counters|logging|mac|arp|ip|ipv6|access-list} [<rest:line>]", silent, 15),
        Command("{debug|undebug|no debug} <rest:line>", silent, 15),
        Command("{send|test} <rest:line>", silent, 15),
    ]  # fmt: skip


def configuration_commands() -> list[Command]:
    """Give the commands every mode of configuration has."""
    return [
        Command("exit", up, help="Exit from this mode"),
        Command("end", end, help="Exit to the EXEC"),
        Command("do <command:line>", do, help="Run an EXEC command"),
    ]
