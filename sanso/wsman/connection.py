"""HTTP with one listener, on one connection that is never opened anew: what is sealed is sealed for that one.

There are no proxies, redirects, cookies or accounts here.  Python's own reader of answers is used with nothing around
it: what sessions and pools do for a message of two kilobytes costs more than sealing, writing and reading it.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from email.message import Message
from functools import lru_cache
from http.client import HTTPResponse
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from sanso.wsman.endpoint import PORTS, Endpoint
from sanso.wsman.errors import WsmanError


class Answer(NamedTuple):
    """An answer, read to its end."""

    status: int
    headers: Message
    body: bytes

    def header(self, name: str) -> str:
        """A header's values in one line; empty where there is none."""
        return ", ".join(self.headers.get_all(name, []))


class _Lines(BufferedReader):
    """Reads whole lines, as the reader of answers takes a head that broke off for one without further headers."""

    def readline(self, size: int | None = -1) -> bytes:
        """A line; what is longer than ``size`` is its reader's to refuse."""
        line = super().readline(size)
        if not line.endswith(b"\n") and len(line) != size:
            raise ConnectionResetError("the terminal ended the connection")
        return line


class Connection:
    """A connection, opened by the first message; over https with a certificate that is the listener's own."""

    def __init__(self, endpoint: Endpoint, headers: Mapping[str, str]) -> None:
        """``headers`` go with each message."""
        self._endpoint = endpoint
        self._to = urlsplit(endpoint.url)
        self._headers = headers
        self._socket: socket.socket | None = None
        self._ended = False

    def post(self, headers: Mapping[str, str], body: bytes = b"", *, patience: float) -> Answer:
        """Send a message and wait for its answer, so many seconds for each part of it.

        Raises:
            WsmanError: nobody takes the connection.
            OSError: it cannot be opened, or broke off.
            HTTPException: what comes back is no HTTP.
        """
        line = self._open()
        line.settimeout(patience)
        line.sendall(self._head({**self._headers, **headers}, len(body)) + body)  # in one: so it wakes the other once
        with HTTPResponse(line, method="POST") as answer:  # closed in any case: it keeps the socket open
            answer.fp = _Lines(answer.fp.detach())
            answer.begin()
            found = Answer(answer.status, answer.headers, answer.read())
        if answer.will_close:
            self.close()
        return found

    def certificate(self) -> bytes:
        """The listener's (DER)."""
        line = self._open()
        return (line.getpeercert(binary_form=True) if isinstance(line, ssl.SSLSocket) else None) or b""

    def close(self) -> None:
        """End it; it stays ended."""
        self._ended = True
        if self._socket is not None:
            self._socket.close()

    def _open(self) -> socket.socket:
        if self._ended:
            raise ConnectionResetError("the terminal ended the connection")
        if self._socket is None:
            self._socket = self._opened()
        return self._socket

    def _opened(self) -> socket.socket:
        host, port = self._endpoint.host, self._endpoint.port or PORTS[self._endpoint.scheme]
        try:
            line = socket.create_connection((host, port), self._endpoint.connect_timeout)
        except TimeoutError as error:
            raise WsmanError("unreachable", "no answer to the connection") from error
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._endpoint.scheme == "http":
            return line
        try:
            return _trust(self._endpoint.ca_file).wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise

    def _head(self, headers: Mapping[str, str], length: int) -> bytes:
        every = {"Host": self._to.netloc, **headers, "Content-Length": str(length)}
        lines = (f"{name}: {value}\r\n" for name, value in every.items())
        return f"POST {self._to.path} HTTP/1.1\r\n{''.join(lines)}\r\n".encode()


@lru_cache(maxsize=16)
def _trust(authorities: str) -> ssl.SSLContext:
    """A file or folder of CA certificates to trust, where there is none those of the system; read once."""
    if not authorities or not Path(authorities).is_dir():
        return ssl.create_default_context(cafile=authorities or None)
    return ssl.create_default_context(capath=authorities)
