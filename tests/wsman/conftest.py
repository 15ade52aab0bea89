"""Emulated terminals on loopback, and what may stand between here and there."""

from __future__ import annotations

import asyncio
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET
from typing import Any, TypeVar

import pytest

from sanso.lab.wsman.authority import Authority
from sanso.lab.wsman.classes import Classes
from sanso.lab.wsman.licences import WINDOWS, Licence, Licences
from sanso.lab.wsman.login import USERS, write_users
from sanso.lab.wsman.server import Place, Terminals
from sanso.lab.wsman.terminal import Behaviour, Terminal
from sanso.lab.wsman.world import KmsHost, World
from sanso.wsman.endpoint import Endpoint

ACCOUNT, PASSWORD = r"CITY\ops", "pw-of-ops"
T = TypeVar("T")


class Between:
    """Stands between a client and a terminal: hands on what the terminal says, or something else, or cuts."""

    def __init__(self) -> None:
        self.change: Callable[[bytes], bytes] = lambda said: said
        self.listen: Callable[[bytes], object] = len
        self.opened = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def start(self, port: int) -> int:
        """Listen; returns the port."""
        self._upstream = port
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        self._open.add(writer)
        there_reader, there = await asyncio.open_connection("127.0.0.1", self._upstream)
        await asyncio.gather(
            self._pass(reader, there, self._heard),
            self._pass(there_reader, writer, lambda said: self.change(said)),
        )

    def _heard(self, said: bytes) -> bytes:
        self.listen(said)
        return said

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, change: Callable[[bytes], bytes]
    ) -> None:
        try:
            while said := await reader.read(1 << 20):
                writer.write(change(said))
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def cut(self) -> None:
        """End every connection."""
        for writer in self._open:
            writer.transport.abort()
        self._open.clear()

    async def close(self) -> None:
        """End all, and let both sides see it."""
        await self.cut()
        if self._server is not None:
            self._server.close()
        await asyncio.sleep(0.05)


class Lab:
    """A loop in a thread of its own, with terminals in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.authority = Authority(folder)
        self.terminals = Terminals({ACCOUNT: PASSWORD})
        self.world = World(kms={"kms.city": KmsHost()})
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do something in the loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def terminal(self, licences: int = 1, behaviour: Behaviour | None = None) -> Terminal:
        """A terminal with so many licences."""
        held = [
            Licence(WINDOWS, f"Windows(R), edition {n}", "VOLUME_KMSCLIENT", partial_key="3V66T", status=5)
            for n in range(licences)
        ]
        classes = Classes("t0001", Licences(self.world, held))
        return Terminal(classes, behaviour or Behaviour())

    def listen(
        self, terminal: Terminal, name: str = "t0001", *, https: bool = False, address: str = "127.0.0.1"
    ) -> int:
        """Let it listen; returns the port."""
        if https:
            pair = self.authority.terminal(name, address)
            place = Place(address, 0, pair.certificate, pair.key, self.authority.own.certificate)
        else:
            place = Place(address, 0)
        self.run(self.terminals.start(name, terminal, place))
        return int(self.terminals._servers[name].sockets[0].getsockname()[1])

    def close(self) -> None:
        """End all."""
        self.run(self.terminals.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    users = tmp_path / "users"
    write_users(users, {ACCOUNT: PASSWORD})
    monkeypatch.setenv(USERS, str(users))
    lab = Lab(tmp_path)
    yield lab
    lab.close()


@pytest.fixture
def between(lab: Lab) -> Iterator[Between]:
    between = Between()
    yield between
    lab.run(between.close())


def endpoint(port: int, **other: Any) -> Endpoint:
    """Where a terminal of the lab listens; patience is short."""
    values = {"username": ACCOUNT, "password": PASSWORD, "connect_timeout": 2.0, "timeout": 5.0, **other}
    return Endpoint(values.pop("host", "127.0.0.1"), port=port, **values)


class Says:
    """Answers every request with the same bytes, whatever it was, and then does as told."""

    def __init__(self, answer: bytes, then: str = "stay") -> None:
        self.answer = answer
        self.then = then
        self.requests: list[bytes] = []
        self._open: list[asyncio.StreamWriter] = []

    async def start(self) -> int:
        """Listen; returns the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.append(writer)
        try:
            while asked := await reader.read(1 << 16):
                self.requests.append(asked)
                writer.write(self.answer)
                await writer.drain()
                if self.then == "reset":
                    await asyncio.sleep(0.05)
                    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
                    writer.transport.abort()
                if self.then != "stay":
                    break
        except OSError:
            pass
        finally:
            writer.close()

    async def close(self) -> None:
        """Stop."""
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        await asyncio.sleep(0.05)
