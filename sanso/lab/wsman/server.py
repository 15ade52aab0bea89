"""Many terminals in one process, each with its own address on loopback."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sanso.lab.wsman.connection import Connection, Listener
from sanso.lab.wsman.login import bindings
from sanso.lab.wsman.terminal import Terminal


@dataclass(frozen=True)
class Place:
    """Where a terminal listens; with ``certificate`` and ``key`` (PEM files), over https."""

    address: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    client_ca: Path | None = None
    """CA of clients that log in by certificate."""

    def tls(self) -> ssl.SSLContext | None:
        """The server's side of TLS."""
        if self.certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        if self.client_ca is not None:
            context.load_verify_locations(self.client_ca)
            context.verify_mode = ssl.CERT_OPTIONAL
        return context


@dataclass
class Terminals:
    """Listeners of a lab; the accounts are the domain's, the same on all."""

    accounts: Mapping[str, str] = field(repr=False)
    terminals: dict[str, Terminal] = field(default_factory=dict)
    _servers: dict[str, asyncio.Server] = field(default_factory=dict, repr=False)

    async def start(self, name: str, terminal: Terminal, place: Place) -> None:
        """Let a terminal listen."""
        bound = None if place.certificate is None else bindings(place.certificate)
        listener = Listener(name, self.accounts, terminal.handle, bound)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await Connection(listener, reader, writer).serve()

        self._servers[name] = await asyncio.start_server(
            serve, place.address, place.port, ssl=place.tls(), backlog=16
        )
        self.terminals[name] = terminal

    async def stop(self, name: str) -> None:
        """Put a terminal to sleep: nothing listens any more, what is open is left to end."""
        server = self._servers.pop(name)
        server.close()

    async def close(self) -> None:
        """Stop all."""
        for name in list(self._servers):
            await self.stop(name)
