"""Emulated terminals for tests: WS-Management listeners on loopback, in a thread of the test's own process."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sanso.lab.wsman.asleep import Asleep
from sanso.lab.wsman.classes import Classes
from sanso.lab.wsman.licences import NOTIFICATION, NOTIFICATION_REASON, OFFICE, WINDOWS, Licence, Licences
from sanso.lab.wsman.login import USERS, write_users
from sanso.lab.wsman.server import Place, Terminals
from sanso.lab.wsman.terminal import Terminal
from sanso.lab.wsman.world import KmsHost, World
from sanso.wsman.endpoint import Endpoint

ACCOUNT, PASSWORD = "CITY\\ops", "correct-horse-battery"
KEY, OFFICE_KEY = "PPPPP-12345-ABCDE-67890-WIN11", "QQQQQ-12345-ABCDE-67890-OFF24"
WRONG_KEY = "RRRRR-12345-ABCDE-67890-WRONG"
KMS = "10.24.0.70"
PORT = 5985


def windows(partial_key: str = "", **state: Any) -> Licence:
    """Windows for volume customers, not activated unless something else is said."""
    given = {"status": NOTIFICATION, "reason": NOTIFICATION_REASON, **state}
    return Licence(WINDOWS, "Windows(R), Enterprise edition", "VOLUME_KMSCLIENT", partial_key, **given)


def office(partial_key: str = "", **state: Any) -> Licence:
    """Office for volume customers, by MAK."""
    return Licence(OFFICE, "Office 24, Office24ProPlus2024VL_MAK_AE edition", "VOLUME_MAK", partial_key, **state)


@dataclass
class RunningTerminals:
    """Terminals in a thread; ``network`` is the first two numbers of their addresses, a test's own."""

    network: str
    world: World = field(default_factory=lambda: World(kms={KMS: KmsHost()}))
    terminals: dict[str, Terminal] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    asleep: dict[str, Asleep] = field(default_factory=dict, repr=False)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop, repr=False)
    _lab: Terminals = field(default_factory=lambda: Terminals({ACCOUNT: PASSWORD}), repr=False)

    def add(self, name: str, *licences: Licence, **tls: Path) -> Terminal:
        """Start one more; it knows the keys of these tests."""
        held = list(licences) or [windows("WIN11")]
        offers = {KEY: windows(), OFFICE_KEY: office()}
        number = len(self.places)
        place = Place(f"{self.network}.{number // 250}.{number % 250 + 1}", PORT, **tls)
        terminal = Terminal(Classes(name, Licences(self.world, held, offers)))
        self.terminals[name], self.places[name] = terminal, place
        self.wake(name)
        return terminal

    def sleep(self, name: str) -> None:
        """Let nobody answer there, not even with a refusal."""
        self.stop(name)
        self.asleep[name] = Asleep(self.places[name].address, PORT)

    def wake(self, name: str) -> None:
        """Let it listen."""
        if name in self.asleep:
            self.asleep.pop(name).close()
        self._do(self._lab.start(name, self.terminals[name], self.places[name]))

    def stop(self, name: str) -> None:
        """Let nothing listen there any more; connections to it are refused."""
        self._do(self._lab.stop(name))

    def endpoint(self, name: str, **changes: Any) -> Endpoint:
        """How a client reaches it."""
        place = self.places[name]
        given = {"host": place.address, "port": place.port, "username": ACCOUNT, "password": PASSWORD, **changes}
        return Endpoint(**given)

    def messages(self) -> int:
        """WS-Management messages that all of them were sent so far."""
        return sum(terminal.messages for terminal in self.terminals.values())

    async def _end(self) -> None:
        """Stop all, and let every connection end before its loop does."""
        await self._lab.close()
        mine = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        if mine:
            _, left = await asyncio.wait(mine, timeout=3)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    def _do(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    @contextmanager
    def running(self, folder: Path) -> Iterator[RunningTerminals]:
        """The thread, while the block runs."""
        users = folder / "users"
        write_users(users, {ACCOUNT: PASSWORD})
        before = os.environ.get(USERS)
        os.environ[USERS] = str(users)
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            for one in self.asleep.values():
                one.close()
            self._do(self._end())
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)
            self._loop.close()
            if before is None:
                del os.environ[USERS]
            else:
                os.environ[USERS] = before
