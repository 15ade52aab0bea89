"""Backups that should be there and are not, and the one to go back to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sanso.messages import RefusedError
from sanso.render.backups import BackupIntent

LATEST = "latest"
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Held:
    """What a host has of a machine: whether it is ``on``, ``off`` or ``absent`` there, and its copies by name."""

    state: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Restore:
    """A copy that is to be brought back, and the host on which."""

    host: str
    copy: str
    stop: bool = False
    """Whether the machine runs there and has to be shut down first."""


def begun(copy: str) -> datetime:
    """When a copy of that name was begun.

    Raises:
        ValueError: no copy has such a name.
    """
    return datetime.strptime(copy, _STAMP).replace(tzinfo=UTC)


def missed(
    intent: BackupIntent, copies: Iterable[datetime], since: datetime, now: datetime, allowed: timedelta
) -> datetime | None:
    """The start of the latest backup that should be there and is not; None where nothing is missing.

    Args:
        intent: when it is made.
        copies: when those that are there were begun.
        since: when it was first told to be made; what should have begun before is not missed.
        now: the moment.
        allowed: how long one may take.
    """
    due = intent.latest_start(now - allowed)
    return due if due >= since and all(copy < due for copy in copies) else None


def choose_copy(machine: str, home: str, held: Mapping[str, Held], copy: str, *, beside: bool, stop: bool) -> Restore:
    """The copy to bring back, and the host: where the machine is, else its home, else any that has the copy.

    Args:
        machine: its name.
        home: its home.
        held: what each of its hosts has.
        copy: name of a copy, or ``latest``: the latest on any of its hosts.
        beside: whether the copy becomes another machine; then the machine itself may run.
        stop: whether the machine may be shut down.

    Raises:
        RefusedError: there is no such copy where it is needed, or the machine runs and may not be shut down.
    """
    everywhere = sorted({name for one in held.values() for name in one.copies})
    name = everywhere[-1] if copy == LATEST and everywhere else copy
    there = [host for host, one in held.items() if name in one.copies]
    on = [host for host, one in held.items() if one.state != "absent"]
    if not there:
        raise RefusedError("backup.no_copy", machine=machine, copy=copy, copies=", ".join(everywhere) or "-")
    nearest = next((host for host in (*on, home) if host in there), there[0])
    if beside:
        return Restore(nearest, name)
    if len(on) > 1:
        raise RefusedError("backup.twice", machine=machine, hosts=", ".join(on))
    if on and on[0] != nearest:
        raise RefusedError("backup.elsewhere", machine=machine, copy=name, host=on[0], hosts=", ".join(there))
    runs = held[nearest].state == "on"
    if runs and not stop:
        raise RefusedError("backup.runs", machine=machine, host=nearest)
    return Restore(nearest, name, stop=runs)
