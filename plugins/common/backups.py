"""Backups as files that lie on hosts: judged against what the city intends."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from sanso.change.backups import Held, begun, missed
from sanso.messages import Language, text
from sanso.render.backups import BackupIntent

Files = list[tuple[str, float]]
"""Paths, and when each was changed, in seconds since 1970."""
TIMER = "sanso-backup-{machine}.timer"
WHOLE = "SHA256SUMS"
"""The file that tells a whole copy from one that broke off."""


def missing(
    hosts: Mapping[str, Mapping[str, BackupIntent]],
    found: Mapping[str, Files],
    now: datetime,
    allowed: timedelta,
    lang: Language,
) -> tuple[list[str], list[str]]:
    """A line for each machine whose latest backup is missing, and the machines that could be judged.

    A copy may lie on any host that its machine may be on: where one of them was not looked at, nothing is said of the
    machine, unless its copies lie in storage that they share.
    """
    lines, judged = [], []
    for machine in sorted({name for machines in hosts.values() for name in machines}):
        wanted = {host: machines[machine] for host, machines in hosts.items() if machine in machines}
        intent = next(iter(wanted.values()))
        looked = {host: found[host] for host in wanted if host in found}
        if not looked or (len(looked) < len(wanted) and not intent.shared):
            continue
        judged.append(machine)
        told = [
            time for files in looked.values() for path, time in files if path.endswith(TIMER.format(machine=machine))
        ]
        if not told:
            continue  # its timer is yet to come, and is reported for itself
        copies = sorted(copy for host, files in looked.items() for copy in _copies(files, wanted[host].pool, machine))
        since = datetime.fromtimestamp(min(told), UTC)
        if (due := missed(intent, copies, since, now, allowed)) is not None:
            zone = ZoneInfo(intent.zone)
            words = {
                "machine": machine,
                "due": _minute(due),
                "latest": _minute(copies[-1].astimezone(zone)) if copies else "",
            }
            lines.append(text("backup.missed" if copies else "backup.never", lang, **words))
    return lines, judged


def _copies(files: Files, pool: str, machine: str) -> Iterator[datetime]:
    for path in (PurePosixPath(path) for path, _ in files):
        if path.name == WHOLE and path.parent.parent == PurePosixPath(pool, machine) and not path.parent.suffix:
            yield begun(path.parent.name)


def _minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def held(told: Mapping[str, Any]) -> Held | None:
    """What a host has of a machine, from the result of a task that asked it; None where it did not tell."""
    if not told.get("stdout"):
        return None
    said = json.loads(told["stdout"])
    return Held(str(said["state"]), tuple(str(copy) for copy in said["copies"]))
