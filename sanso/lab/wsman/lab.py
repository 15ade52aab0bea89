"""The terminals of an emulated city: listening, kept across restarts, with faults on demand."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sanso.lab.ports import holder
from sanso.lab.wsman.asleep import Asleep
from sanso.lab.wsman.authority import Authority
from sanso.lab.wsman.factory import make_terminal
from sanso.lab.wsman.faults import ASLEEP, LOST, OFF, afflict
from sanso.lab.wsman.login import USERS, write_users
from sanso.lab.wsman.server import Place, Terminals
from sanso.lab.wsman.spec import TerminalSpec, TerminalSpecs
from sanso.lab.wsman.state import States
from sanso.lab.wsman.terminal import Terminal
from sanso.lab.wsman.world import KmsHost, World

_SETTLE = 0.3
"""Seconds between looks at what has changed."""


class TerminalLab:
    """Terminals that listen; ``terminals`` gives each by its name.

    ``folder`` holds what they held before, their certificates, and the operator's.
    """

    def __init__(self, specs: TerminalSpecs, folder: Path) -> None:
        self.specs = {spec.name: spec for spec in specs.terminals}
        self.folder = folder
        self.terminals: dict[str, Terminal] = {}
        self.faults = {spec.name: "none" for spec in specs.terminals}
        self._accounts = specs.accounts
        hosts = {name.lower(): KmsHost(port=port) for name, port in specs.kms.items()}
        self._world = World(kms=hosts, srv=next(iter(hosts), ""))
        self._states = States(folder)
        self._servers = Terminals(specs.accounts)
        self._asleep: dict[str, Asleep] = {}
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Let every terminal listen, with the fault that it is specified with.

        Raises:
            OSError: a port is taken; the message says by whom where that can be seen.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        users = self.folder / "accounts"
        write_users(users, self._accounts)
        os.environ[USERS] = str(users)
        for name, spec in self.specs.items():
            terminal = self.terminals[name] = make_terminal(spec, self._world)
            self._states.restore(name, terminal)
            afflict(terminal, spec.fault)
            await self._place(name, spec.fault)
        self._keeper = asyncio.get_running_loop().create_task(self._keep())

    async def set_faults(self, faults: Mapping[str, str]) -> None:
        """Make these the faults; a terminal that is not named has the one that it is specified with."""
        for name, terminal in self.terminals.items():
            fault = faults.get(name, self.specs[name].fault)
            if fault == self.faults[name]:
                continue
            afflict(terminal, fault)
            self._states.keep(name, terminal, at_once=True)
            await self._unplace(name)
            await self._place(name, fault)
            if fault == LOST:
                self.faults[name] = "none"

    async def stop(self) -> None:
        """Stop listening, and put what terminals hold on disk."""
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper
        for name in self.terminals:
            await self._unplace(name)
            self._states.keep(name, self.terminals[name])

    async def _place(self, name: str, fault: str) -> None:
        """Let a terminal listen as it does with a fault."""
        spec = self.specs[name]
        try:
            if fault == ASLEEP:
                self._asleep[name] = Asleep(spec.address, spec.port)
            elif fault != OFF:
                await self._servers.start(name, self.terminals[name], self._listening(spec))
        except OSError as error:
            raise _taken(spec, error) from None
        self.faults[name] = fault

    async def _unplace(self, name: str) -> None:
        if name in self._asleep:
            self._asleep.pop(name).close()
        elif self.faults[name] != OFF:
            await self._servers.stop(name)

    def _listening(self, spec: TerminalSpec) -> Place:
        if not spec.https:
            return Place(spec.address, spec.port)
        authority = Authority(self.folder)
        authority.client()
        pair = authority.terminal(spec.name, spec.address)
        return Place(spec.address, spec.port, pair.certificate, pair.key, authority.own.certificate)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(_SETTLE)
            for name, terminal in self.terminals.items():
                self._states.keep(name, terminal)


def _taken(spec: TerminalSpec, error: OSError) -> OSError:
    place = f"{spec.address}:{spec.port}"
    if error.errno != errno.EADDRINUSE:
        return OSError(f"terminal {spec.name!r} cannot listen on {place}: {error}")
    by = holder(spec.address, spec.port)
    return OSError(f"terminal {spec.name!r} cannot listen on {place}: the port is taken{f' by {by}' if by else ''}")
