"""The terminals of a lab in the background: found by its state directory, given faults while it runs.

What knows WS-Management is imported only where there are terminals: a lab of devices alone starts without it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sanso.lab.notify import notify
from sanso.lab.server import LabError, allow_open_files

if TYPE_CHECKING:
    from sanso.lab.wsman.lab import TerminalLab

SPECS = "terminals.json"
FOLDER = "terminals"
_FAULTS = "faults.json"
_APPLIED = "faults.applied"


class Endpoints:
    """Terminals of a lab; there are none where a list of devices was given in place of an inventory."""

    def __init__(self, state: Path, specs_file: Path) -> None:
        self._state = state
        self._file = specs_file.parent / SPECS
        self.text = _read(self._file)
        self.names = _names(self.text)
        self._lab: TerminalLab | None = None
        self._changes: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Let them listen.

        Raises:
            LabError: one cannot listen.
        """
        if not self.names:
            return
        from sanso.lab.wsman.lab import TerminalLab
        from sanso.lab.wsman.spec import load_terminals

        allow_open_files(8 * len(self.names) + 1024)
        self._lab = TerminalLab(load_terminals(self._file), self._state / FOLDER)
        try:
            await self._lab.start()
        except OSError as error:
            raise LabError(str(error)) from None
        await self._apply()

    async def stop(self) -> None:
        """Stop listening, and put what they hold on disk."""
        if self._lab is not None:
            await self._lab.stop()

    def take_faults(self) -> None:
        """Give terminals the faults that are written."""
        if self._lab is not None:
            self._changes = asyncio.get_running_loop().create_task(self._apply())

    async def _apply(self) -> None:
        """Take the faults that are written; those that happen once are then over."""
        text, faults = _read(self._state / _FAULTS), _faults(self._state)
        if self._lab is not None:
            await self._lab.set_faults(faults)
            lasting = {name: fault for name, fault in faults.items() if fault == self._lab.faults.get(name)}
            if lasting != faults:
                (self._state / _FAULTS).write_text(json.dumps(lasting), encoding="utf-8")
        (self._state / _APPLIED).write_text(text, encoding="utf-8")


def set_fault(state: Path, name: str, fault: str, pid: int | None) -> str:
    """Give a terminal a fault, or ``none``; it keeps it until it gets another or is reset.

    Args:
        state: the lab's state directory.
        name: the terminal.
        fault: one of :data:`sanso.lab.wsman.faults.FAULTS`.
        pid: process of the lab; None where it does not run.

    Raises:
        LabError: there is no such terminal, or the lab does not take it.
    """
    if name not in names(state):
        raise LabError(f"no such terminal: {name}")
    _write_faults(state, {**_faults(state), name: fault}, pid)
    return f"{name}: {fault}" + ("" if pid else " (from the next start on)")


def names(state: Path) -> list[str]:
    """Names of a lab's terminals."""
    return _names(_read(state / SPECS))


def forget(state: Path, again: Iterable[str]) -> None:
    """Drop what terminals held and the faults that they were given; for a lab that does not run."""
    gone = set(again)
    for name in gone:
        (state / FOLDER / f"{name}.json").unlink(missing_ok=True)
    _write_faults(state, {name: fault for name, fault in _faults(state).items() if name not in gone}, None)


def _names(text: str) -> list[str]:
    return [one["name"] for one in json.loads(text)["terminals"]] if text else []


def _faults(state: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(_read(state / _FAULTS) or "{}")
    return found


def _write_faults(state: Path, faults: dict[str, str], pid: int | None) -> None:
    """Write what is wrong from now on, and wait until the lab has taken it."""
    text = json.dumps(faults)
    if not faults and not (state / _FAULTS).exists():
        return
    (state / _APPLIED).unlink(missing_ok=True)
    (state / _FAULTS).write_text(text, encoding="utf-8")
    if pid is not None:
        notify(pid, lambda: _read(state / _APPLIED) == text)


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""
