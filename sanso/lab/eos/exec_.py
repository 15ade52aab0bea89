"""Commands of the exec mode that are no ``show``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match
from sanso.lab.ping import is_there, packets
from sanso.lab.trouble import StoreFullError

if TYPE_CHECKING:
    from sanso.lab.eos.shell import EosShell


def enable(shell: EosShell, _: Match) -> str | None:
    """``enable``."""
    return shell.enable()


def disable(shell: EosShell, _: Match) -> None:
    """``disable``."""
    shell.privilege = 1


def leave(shell: EosShell, _: Match) -> None:
    """``exit``, ``quit``, ``logout``."""
    shell.closed = True


def terminal(shell: EosShell, match: Match) -> str | None:
    """``terminal length N``, ``terminal width N`` and settings that change nothing here."""
    if match.get("lines"):
        shell.length, shell.length_fixed = int(match["lines"]), True
        return "Pagination disabled." if shell.length == 0 else f"Pagination set to {shell.length} lines."
    if match.get("columns"):
        shell.width, shell.width_fixed = int(match["columns"]), True
        return f"Width set to {shell.width} columns."
    return None


def write(shell: EosShell, _: Match) -> str:
    """``write memory``."""
    try:
        shell.device.save()
    except StoreFullError:
        return "% Error copying system:/running-config to flash:/startup-config (No space left on device)"
    return "Copy completed successfully."


def write_terminal(shell: EosShell, _: Match) -> str:
    """``write terminal``."""
    return shell.device.running_config()


def erase(shell: EosShell, match: Match) -> str | None:
    """``write erase [now]``."""

    def answer(typed: str) -> None:
        if typed.strip().lower() in ("", "y", "yes"):
            shell.device.store.delete("startup-config")

    if match.get("now"):
        answer("")
    else:
        shell.ask("Proceed with erasing startup configuration? [confirm]", answer)
    return None


def copy(shell: EosShell, match: Match) -> str:
    """``copy SOURCE TARGET`` among flash and the configurations."""
    device = shell.device
    _, source, target = match.text.split()
    if (source, target) == ("running-config", "startup-config"):
        return write(shell, match)
    text = device.read_file(source)
    if text is None:
        return f"% Error copying {source} to {target} (No such file or directory)"
    if target == "startup-config":
        device.store.write("startup-config", text)
    elif target == "running-config":
        said = device.merge(text)
        return "\n".join([*said, "Copy completed successfully."])
    else:
        device.flash[target.partition(":")[2].lstrip("/")] = text
    return "Copy completed successfully."


def replace(shell: EosShell, match: Match) -> str | None:
    """``configure replace URL``."""
    text = shell.device.read_file(match["where"])
    if text is None:
        return f"% Error: {match['where']} not found"
    shell.device.load(text)
    return None


def directory(shell: EosShell, _: Match) -> str:
    """``dir [flash:]``."""
    rows = [f"       -rw-  {len(text):>12}  {name}" for name, text in sorted(shell.device.flash.items())]
    return "\n".join(["Directory of flash:/", "", *rows, "", "4093313024 bytes total (2917216256 bytes free)"])


def delete(shell: EosShell, match: Match) -> str | None:
    """``delete flash:FILE``."""
    name = match["where"].partition(":")[2].lstrip("/")
    if shell.device.flash.pop(name, None) is None:
        return f"% Error deleting {match['where']} (No such file or directory)"
    return None


def reload(shell: EosShell, match: Match) -> str | None:
    """``reload [now]``."""
    if match.get("now"):
        shell.device.reload()
        return None

    def answer(typed: str) -> None:
        if typed.strip().lower() in ("", "y", "yes"):
            shell.device.reload()

    def ask() -> None:
        shell.ask("Proceed with reload? [confirm]", answer)

    def save_first(typed: str) -> str | None:
        if typed.strip().lower() in ("cancel", "c"):
            return None
        said = write(shell, match) if typed.strip().lower() in ("", "y", "yes") else None
        ask()
        return said

    if shell.device.startup_config() == shell.device.saved_text():
        ask()
        return None
    shell.ask("System configuration has been modified. Save? [yes/no/cancel/diff]:", save_first)
    return None


def ping(shell: EosShell, match: Match) -> str:
    """``ping [vrf V] HOST [repeat N]``."""
    device, host, vrf = shell.device, match["host"], match.get("vrf") or "default"
    ports = [one for one in device.config.up_ports() if one.vrf == vrf and not one.switching]
    sent = packets(match.get("rest"))
    there = is_there(host, [address for one in ports for address in (*one.ipv4, *one.ipv6)], device.troubles.silent)
    answers = [f"80 bytes from {host}: icmp_seq={number} ttl=64 time=0.25 ms" for number in range(1, sent + 1)]
    end = (
        f"{sent} packets transmitted, {sent} received, 0% packet loss, time 10ms\n"
        "rtt min/avg/max/mdev = 0.250/0.250/0.250/0.000 ms, ipg/ewma 10.000/0.250 ms"
        if there
        else f"{sent} packets transmitted, 0 received, 100% packet loss, time 40ms"
    )
    shown = [*answers, ""] if there else [""]
    head = f"PING {host} ({host}) 72(100) bytes of data."
    return "\n".join([head, *shown, f"--- {host} ping statistics ---", end, ""])


def silent(_: EosShell, __: Match) -> None:
    """A command that acts on what is not emulated (counters, logs)."""


def exec_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("enable [15]", enable, help="Turn on privileged commands"),
        Command("disable", disable, help="Turn off privileged commands"),
        Command("{exit|quit|logout}", leave, help="Leave the session"),
        Command("terminal length <lines:0-32767>", terminal),
        Command("terminal width <columns:10-32767>", terminal),
        Command("terminal {monitor|no monitor|no length|no width|dont-ask}", terminal),
        Command("ping [vrf <vrf:word>] [ip|ipv6] <host:host> [<rest:line>]", ping),
        Command("write [memory]", write, 15, "Save the running configuration"),
        Command("write terminal", write_terminal, 15),
        Command("{write erase|erase startup-config} [now]", erase, 15),
        Command(
            "copy {running-config|startup-config|<source:file>} {running-config|startup-config|<target:file>}",
            copy,
            15,
        ),
        Command("configure replace <where:file> [force] [ignore-errors]", replace, 15),
        Command("dir [<where:file>]", directory, 15),
        Command("delete <where:file>", delete, 15),
        Command("reload [all] [now]", reload, 15, "Reboot the system"),
        Command("clear <what:line>", silent, 15),
    ]
