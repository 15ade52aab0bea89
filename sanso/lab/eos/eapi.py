"""eAPI: JSON-RPC over HTTPS, with the users of the configuration (HTTP basic authentication)."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from sanso.lab.eos.certificate import server_context
from sanso.lab.eos.rpc import answer

if TYPE_CHECKING:
    from sanso.lab.eos.device import EosDevice

_PATH = "/command-api"
_AGENT = "management api http-commands"

#: more than any configuration of these switches, in bytes
_LARGEST = 16 * 2**20


class _Refused(Exception):  # noqa: N818 - an answer, not a fault of the program
    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class EapiServer:
    """What listens for eAPI; closing it ends the connections that clients keep open."""

    def __init__(self, device: EosDevice) -> None:
        self._device = device
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server

    async def listen(self, address: str, port: int, state_dir: Path) -> None:
        """Begin to listen.

        Raises:
            OSError: when the port is taken.
        """
        context = server_context(state_dir, self._device.spec.name, address)
        self._server = await asyncio.start_server(self._serve, address, port, ssl=context)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()

    async def wait_closed(self) -> None:
        """Wait until it is closed."""
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while self._enabled and await self._exchange(reader, writer):
                pass
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError):
            # the client went away, or speaks no HTTP
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    @property
    def _enabled(self) -> bool:
        """Whether the configuration switches eAPI on."""
        agent = self._device.config.root.entries.get(_AGENT)
        return agent is not None and agent.section is not None and "no shutdown" in agent.section

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; tell whether the connection stays."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request, *lines = head.rstrip().split("\r\n")
        method, path, _ = request.split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0"))
        if length > _LARGEST:
            raise ValueError(length)
        body = await reader.readexactly(length)
        status, said = self._answer(method, path, headers, body, writer)
        stays = headers.get("connection", "").lower() != "close"
        _reply(writer, status, said, stays)
        await writer.drain()
        return stays

    def _answer(
        self, method: str, path: str, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter
    ) -> tuple[HTTPStatus, bytes]:
        try:
            if path != _PATH:
                raise _Refused(HTTPStatus.NOT_FOUND)
            if method != "POST":
                raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED)
            username, privilege = self._login(headers)
        except _Refused as refused:
            return refused.status, b""
        shell = self._device.shell(privilege=privilege)
        shell.username = username
        shell.source = writer.get_extra_info("peername")[0]
        return HTTPStatus.OK, json.dumps(answer(shell, body)).encode()

    def _login(self, headers: dict[str, str]) -> tuple[str, int]:
        scheme, _, text = headers.get("authorization", "").partition(" ")
        try:
            username, _, password = base64.b64decode(text, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise _Refused(HTTPStatus.UNAUTHORIZED) from None
        privilege = self._device.authenticate(username, password) if scheme.lower() == "basic" else None
        if privilege is None:
            raise _Refused(HTTPStatus.UNAUTHORIZED)
        return username, privilege


def _reply(writer: asyncio.StreamWriter, status: HTTPStatus, body: bytes, stays: bool) -> None:
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        f"Connection: {'keep-alive' if stays else 'close'}",
    ]
    if status is HTTPStatus.UNAUTHORIZED:
        head.append('WWW-Authenticate: Basic realm="COMMAND_API_AUTH"')
    writer.write("\r\n".join([*head, "", ""]).encode("latin-1") + body)


async def serve(device: EosDevice, address: str, port: int, state_dir: Path) -> EapiServer:
    """Serve a switch's eAPI.

    Raises:
        OSError: when the port is taken.
    """
    server = EapiServer(device)
    await server.listen(address, port, state_dir)
    return server
