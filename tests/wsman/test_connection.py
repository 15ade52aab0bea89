"""HTTP as a listener may speak it (RFC 9112): the same answer, however it is written, split and ended."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.client import HTTPException
from time import sleep

import pytest

from sanso.wsman.connection import Connection
from sanso.wsman.endpoint import Endpoint
from sanso.wsman.trouble import ended

BODY = b"<Envelope>\r\n\r\n0\r\n\r\n</Envelope>"


class Listener:
    """A plain socket: to the next request it says what stands first in ``says``, and ends when nothing is left."""

    def __init__(self, host: str = "127.0.0.1", *, by: int = 1 << 16, pause: float = 0.0) -> None:
        """It writes so many bytes at once, and waits so many seconds after each time."""
        self.says: list[bytes] = []
        self.heard: list[bytes] = []
        self.ended = threading.Event()
        self._by, self._pause = by, pause
        self._socket = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.at = Endpoint(host, port=self._socket.getsockname()[1], connect_timeout=2.0)
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            line, _ = self._socket.accept()
            with line:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if not self._speak(line):
                    return
            self.ended.set()

    def _speak(self, line: socket.socket) -> bool:
        """Answer the requests on a connection; whether there was one, as ``close`` sends none."""
        requests = line.makefile("rb")
        before = len(self.heard)
        while self.says and (first := requests.readline()):
            head = first + b"".join(iter(requests.readline, b"\r\n"))
            (length,) = [int(field[15:]) for field in head.split(b"\r\n") if field.startswith(b"Content-Length:")]
            self.heard.append(head + b"\r\n" + requests.read(length))
            self._say(line, self.says.pop(0))
        return len(self.heard) > before

    def _say(self, line: socket.socket, answer: bytes) -> None:
        for at in range(0, len(answer), self._by):
            try:
                line.sendall(answer[at : at + self._by])
            except OSError:  # the other has heard enough
                return
            sleep(self._pause)

    def close(self) -> None:
        """End it."""
        self.says.clear()
        socket.create_connection(self._socket.getsockname()[:2], 2.0).close()
        self._thread.join(10)
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture
def slow() -> Iterator[Listener]:
    slow = Listener(by=1, pause=0.002)
    yield slow
    slow.close()


def answer(*head: str, body: bytes = BODY, status: str = "HTTP/1.1 200 OK") -> bytes:
    return "\r\n".join([status, *head, "", ""]).encode() + body


def chunks(*parts: bytes, extension: bytes = b"", trailer: bytes = b"") -> bytes:
    """A body in chunks (RFC 9112, 7.1)."""
    every = [b"%X%s\r\n%s\r\n" % (len(part), extension, part) for part in (*parts, b"")]
    return b"".join(every)[:-2] + trailer + b"\r\n"


LENGTH = f"Content-Length: {len(BODY)}"
CHUNKED = "Transfer-Encoding: chunked"
KEPT = {
    "as Windows writes it": answer("Content-Type: application/soap+xml;charset=UTF-8", "Server: x", LENGTH),
    "names in small letters": answer("content-type: application/soap+xml", LENGTH.lower()),
    "names in capitals": answer(LENGTH.upper()),
    "no space, much space": answer("X:1", f"Content-Length:  \t{len(BODY)} "),
    "no reason": answer(LENGTH, status="HTTP/1.1 200 "),
    "kept open, said twice": answer("Connection: Keep-Alive", "Keep-Alive: timeout=5", LENGTH),
    "HTTP/1.0, kept open": answer("Connection: keep-alive", LENGTH, status="HTTP/1.0 200 OK"),
    "one chunk": answer(CHUNKED, body=chunks(BODY)),
    "many chunks": answer(CHUNKED.upper(), body=chunks(*(bytes([byte]) for byte in BODY))),
    "chunks with extensions": answer(CHUNKED, body=chunks(BODY[:7], BODY[7:], extension=b';a="b"')),
    "chunks with a trailer": answer(CHUNKED, body=chunks(BODY, trailer=b"X-Sum: 1\r\n")),
    "continue": b"HTTP/1.1 100 Continue\r\n\r\n" + answer(LENGTH),
    "continue, twice": b"HTTP/1.1 100 Continue\r\nX: 1\r\n\r\n" * 2 + answer(LENGTH),
}
ENDED = {
    "ended with a length": answer("Connection: close", LENGTH),
    "ended in capitals": answer("CONNECTION: CLOSE", LENGTH),
    "ended with chunks": answer("Connection: close", CHUNKED, body=chunks(BODY)),
    "its end is the answer's": answer("Connection: close"),
    "neither length nor end is told": answer(),
    "HTTP/1.0": answer(LENGTH, status="HTTP/1.0 200 OK"),
    "HTTP/1.0, without length": answer(status="HTTP/1.0 200 OK"),
}


@pytest.mark.parametrize("said", KEPT.values(), ids=KEPT)
@pytest.mark.parametrize("split", [False, True], ids=["whole", "split"])
def test_one_connection_carries_all(said: bytes, split: bool, listener: Listener, slow: Listener) -> None:
    there = slow if split else listener
    there.says = [said, said]
    connection = Connection(there.at, {})
    for _ in range(2):
        found = connection.post({}, b"x", patience=2.0)
        assert (found.status, found.body) == (200, BODY)
    connection.close()


@pytest.mark.parametrize("said", ENDED.values(), ids=ENDED)
def test_what_the_listener_ends_is_not_opened_again(said: bytes, slow: Listener) -> None:
    slow.says = [said]
    connection = Connection(slow.at, {})
    assert connection.post({}, b"x", patience=2.0).body == BODY
    slow.says = [said]
    with pytest.raises(ConnectionResetError):
        connection.post({}, b"x", patience=2.0)
    assert len(slow.heard) == 1


def test_a_status_without_a_body(listener: Listener) -> None:
    listener.says = [answer(status="HTTP/1.1 204 No Content", body=b""), answer(LENGTH)]
    connection = Connection(listener.at, {})
    assert [connection.post({}, patience=2.0).body for _ in range(2)] == [b"", BODY]
    connection.close()


def test_a_header_of_several_lines(listener: Listener) -> None:
    """Listeners offer each way to log in on a line of its own."""
    listener.says = [answer("WWW-Authenticate: Negotiate", "www-authenticate: Basic realm=x", LENGTH)]
    connection = Connection(listener.at, {})
    assert connection.post({}, patience=2.0).header("Www-Authenticate") == "Negotiate, Basic realm=x"
    connection.close()


@pytest.mark.parametrize(("host", "named"), [("127.0.0.1", "127.0.0.1:{}"), ("::1", "[::1]:{}")])
def test_what_is_sent(host: str, named: str) -> None:
    listener = Listener(host)
    listener.says = [answer(LENGTH), answer(LENGTH)]
    try:
        connection = Connection(listener.at, {"Content-Type": "text/xml", "User-Agent": "one"})
        connection.post({"Content-Type": "multipart/encrypted"}, b"\r\n\0x", patience=2.0)
        connection.post({}, patience=2.0)
        connection.close()
    finally:
        listener.close()
    sealed, empty = listener.heard
    host_field = f"Host: {named.format(listener.at.port)}"
    assert sealed.decode().split("\r\n", 5) == [
        *("POST /wsman HTTP/1.1", host_field, "Content-Type: multipart/encrypted", "User-Agent: one"),
        *("Content-Length: 4", "\r\n\r\n\0x"),
    ]
    assert empty.endswith(b"\r\nContent-Length: 0\r\n\r\n")


BROKEN = {
    "nothing": b"",
    "half a status": b"HTTP/1.1 2",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "half a body": answer(LENGTH)[:-3],
    "half a chunk": answer(CHUNKED, body=chunks(BODY))[:-9],
    "no last chunk": answer(CHUNKED, body=chunks(BODY)[:-5]),
}


@pytest.mark.parametrize("said", BROKEN.values(), ids=BROKEN)
def test_a_connection_that_ends_in_an_answer(said: bytes, listener: Listener) -> None:
    listener.says = [said]
    connection = Connection(listener.at, {})
    with pytest.raises((OSError, HTTPException)) as caught:
        connection.post({}, b"x", patience=2.0)
    assert ended(caught.value), caught.value
    connection.close()


def test_a_listener_that_ended_while_nothing_was_asked(listener: Listener) -> None:
    listener.says = [answer(LENGTH)]
    connection = Connection(listener.at, {})
    connection.post({}, b"x", patience=2.0)
    listener.ended.wait(2.0)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        connection.post({}, b"x", patience=2.0)
    assert len(listener.heard) == 1


def test_nothing_is_left_open_after_a_failure() -> None:
    """Whoever holds the exception does not hold the connection."""
    with socket.create_server(("127.0.0.1", 0)) as there:
        connection = Connection(Endpoint("127.0.0.1", port=there.getsockname()[1]), {})
        connection.certificate()  # which opens it
        line, _ = there.accept()
        with line:
            line.settimeout(2.0)
            line.sendall(answer(LENGTH)[:-3])
            with pytest.raises(TimeoutError) as held:
                connection.post({}, b"x", patience=0.1)
            connection.close()
            while line.recv(1 << 16):
                pass
        assert held.value
