"""Files in flash, and putting a whole configuration in place of the running one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match
from sanso.lab.ios import render
from sanso.lab.ios.diff import contextual
from sanso.lab.ios.revert import NO_ARCHIVE, PENDING, ROLLED_BACK

if TYPE_CHECKING:
    from sanso.lab.ios.device import IosDevice
    from sanso.lab.ios.shell import IosShell

_SIZE = 11353194496

_SURE = """\
This will apply all necessary additions and deletions
to replace the current running configuration with the
contents of the specified configuration file, which is
assumed to be a complete configuration, not a partial
configuration. Enter Y if you are sure you want to proceed. ? [no]: """


def _name(where: str) -> str:
    return where.partition(":")[2].lstrip("/") or where


def read(device: IosDevice, where: str) -> str | None:
    """Give the text a URL names, or ``None``."""
    name = _name(where)
    if name in ("running-config", "startup-config") and not where.startswith("flash:"):
        return device.saved_text() if name == "running-config" else device.startup_config()
    return device.flash.get(name)


def directory(shell: IosShell, match: Match) -> str:
    """``dir [flash:[FILE]]``."""
    where = match.get("where") or "flash:"
    flash = shell.device.flash
    wanted = _name(where) if ":" in where and not where.endswith((":", "/")) else ""
    if wanted and wanted not in flash:
        return f"%Error opening {where} (No such file or directory)"
    names = [wanted] if wanted else sorted(flash)
    shown = where if wanted else f"{where.rstrip('/')}/"
    rows = [
        f"{131073 + place}  -rw-  {len(flash[name]):>14}  {_date(shell)}  {name}" for place, name in enumerate(names)
    ]
    listing = "\n".join(rows) or "No files in directory"
    return f"Directory of {shown}\n\n{listing}\n\n{_SIZE} bytes total (9128423424 bytes free)"


def _date(shell: IosShell) -> str:
    clock, _, _, month, day, year = shell.device.stamp(shell.device.clock.now()).split()
    return f"{month} {day} {year} {clock} +00:00"


def more(shell: IosShell, match: Match) -> str:
    """``more flash:FILE``."""
    text = read(shell.device, match["where"])
    return f"%Error opening {match['where']} (No such file or directory)" if text is None else text


def delete(shell: IosShell, match: Match) -> str | None:
    """``delete [/force] flash:FILE``."""
    name = _name(match["where"])
    if name not in shell.device.flash:
        return f"%Error deleting {match['where']} (No such file or directory)"

    def gone(_: str) -> None:
        shell.device.flash.pop(name, None)

    if match.get("/force") or _quiet(shell):
        gone("")
    else:
        shell.ask(f"Delete filename [{name}]? ", gone)
    return None


def _quiet(shell: IosShell) -> bool:
    return shell.device.config.settings.value("file prompt") == "quiet"


def copy_out(shell: IosShell, match: Match) -> str | None:
    """``copy running-config flash:FILE``."""
    source, target = match.get("source") or match.key.split()[1], match["target"]
    text = "" if source == "null:" else read(shell.device, source)
    if text is None:
        return f"%Error opening {source} (No such file or directory)"

    def write(typed: str) -> str:
        shell.device.flash[typed.strip() or _name(target)] = text
        return f"{len(text)} bytes copied in 0.102 secs"

    if _quiet(shell):
        return write("")
    shell.ask(f"Destination filename [{_name(target)}]? ", write)
    return None


def copy_in(shell: IosShell, match: Match) -> str | None:
    """``copy flash:FILE running-config``: merge the file's lines."""
    source = match["source"]
    text = read(shell.device, source)
    if text is None:
        return f"%Error opening {source} (No such file or directory)"

    def merge(_: str) -> str:
        said = _apply(shell.device, text)
        return "\n".join([*said, f"{len(text)} bytes copied in 0.255 secs"])

    if _quiet(shell):
        return merge("")
    shell.ask("Destination filename [running-config]? ", merge)
    return None


def _apply(device: IosDevice, text: str) -> list[str]:
    session = device.shell(privileged=True)
    session.silent = True
    session.go("config")
    return list(filter(None, (session.execute(line) for line in text.splitlines())))


def replace(shell: IosShell, match: Match) -> str | None:
    """``configure replace URL [force] [revert timer N]``."""
    device = shell.device
    text = read(device, match["where"])
    if text is None:
        return f"%Error opening {match['where']} (No such file or directory)"
    if match.get("minutes") and "path" not in device.config.settings.open("archive"):
        return NO_ARCHIVE
    if match.get("minutes") and device.rollback.pending:
        return PENDING

    def go(typed: str) -> str:
        if typed.strip().lower() not in ("y", "yes"):
            return "Aborting the operation"
        if match.get("minutes"):
            device.rollback.begin(int(match["minutes"]), False, shell.username)
        device.load(text)
        shell.end()
        return ROLLED_BACK

    if match.get("force"):
        return go("y")
    shell.ask(_SURE, go)
    return None


def archive_config(shell: IosShell, _: Match) -> str | None:
    """``archive config``: put the running configuration under the archive's path."""
    where = shell.device.config.settings.open("archive").value("path")
    if not where:
        return NO_ARCHIVE
    name = _name(where)
    number = 1 + sum(one.startswith(f"{name}-") for one in shell.device.flash)
    shell.device.flash[f"{name}-{number}"] = shell.device.saved_text()
    return None


def show_archive(shell: IosShell, _: Match) -> str:
    """``show archive``."""
    archive = shell.device.config.settings.open("archive")
    where = archive.value("path")
    if not where:
        return "Archive feature not enabled"
    names = sorted(name for name in shell.device.flash if name.startswith(f"{_name(where)}-"))
    rows = [f"   {place}        flash:{name}" for place, name in enumerate(names, 1)]
    return "\n".join(
        [
            f"The maximum archive configurations allowed is {archive.value('maximum', '10')}.",
            f"There are currently {len(names)} archive configurations saved.",
            f"The next archive file will be named {where}-<timestamp>-{len(names)}",
            " Archive #  Name",
            *rows,
        ]
    )


def show_rollback(shell: IosShell, _: Match) -> str:
    """``show archive config rollback timer``."""
    rollback = shell.device.rollback
    if not rollback.pending:
        return "%No Rollback Confirmed Change pending"
    kind = "idle timer" if rollback.idle else "absolute timer"
    return (
        f"Time configured(UTC): {shell.device.stamp(rollback.since)}\n"
        f"Timer type: {kind}\nTimer value: {rollback.minutes} min\nUser: {rollback.user}"
    )


def show_differences(shell: IosShell, match: Match) -> str:
    """``show archive config differences [OLD [NEW]]``: of the saved and the running one unless told otherwise."""
    old = match.get("old") or "nvram:startup-config"
    new = match.get("new") or "system:running-config"
    texts = []
    for where in (old, new):
        text = read(shell.device, where)
        if text is None:
            return f"%Error opening {where} (No such file or directory)"
        texts.append(text)
    return "!Contextual Config Diffs:\n" + "\n".join(contextual(*texts) or ["!No changes were found"])


def show_startup(shell: IosShell, _: Match) -> str:
    """``show startup-config``."""
    return render.startup(shell.device)


def file_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("dir [<where:word>]", directory, help="List files on a filesystem"),
        Command("show flash:", directory),
        Command("more <where:word>", more, 15),
        Command("delete [/force] [/recursive] <where:word>", delete, 15),
        Command("copy {running-config|startup-config|<source:file>} <target:file>", copy_out, 15),
        Command("copy <source:file> {running-config|system:running-config}", copy_in, 15),
        Command(
            "configure replace <where:word> [force] [list] [revert trigger error] [revert timer <minutes:1-120>]"
            " [timer <minutes:1-120>]",
            replace,
            15,
        ),
        Command("archive config", archive_config, 15),
        Command("show archive", show_archive, 15),
        Command("show archive config rollback timer", show_rollback, 15),
        Command("show archive config differences [<old:word> [<new:word>]]", show_differences, 15),
        Command("show startup-config", show_startup, 15),
        Command("show configuration", show_startup, 15),
    ]
