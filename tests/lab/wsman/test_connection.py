"""Connections to an emulated terminal, by other clients than ours: pywinrm as it is, requests, and bare sockets."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from requests_credssp.exceptions import NTStatusException
from requests_ntlm import HttpNtlmAuth
from winrm.exceptions import InvalidCredentialsError
from winrm.transport import Transport

from sanso.lab.wsman.classes import Classes
from sanso.lab.wsman.licences import Licences
from sanso.lab.wsman.login import USERS, write_users
from sanso.lab.wsman.server import Place, Terminals
from sanso.lab.wsman.terminal import Terminal
from sanso.lab.wsman.world import World
from tests.lab.wsman.test_terminal import query

ACCOUNT, PASSWORD = r"CITY\ops", "pw-of-ops"
SENT = query("SELECT CSName FROM Win32_OperatingSystem")


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(Classes("t0001", Licences(World(), [])))


@pytest.fixture
def port(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    write_users(tmp_path / "users", {ACCOUNT: PASSWORD})
    monkeypatch.setenv(USERS, str(tmp_path / "users"))
    terminals = Terminals({ACCOUNT: PASSWORD})
    loop = asyncio.new_event_loop()
    loop.run_until_complete(terminals.start("t0001", terminal, Place("127.0.0.1", 0)))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield terminals._servers["t0001"].sockets[0].getsockname()[1]
    asyncio.run_coroutine_threadsafe(terminals.close(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.close()


def stock(port: int, password: str = PASSWORD, method: str = "ntlm") -> Transport:
    return Transport(
        endpoint=f"http://127.0.0.1:{port}/wsman",
        username=ACCOUNT,
        password=password,
        auth_method=method,  # type: ignore[arg-type]
        credssp_auth_mechanism="ntlm",
        message_encryption="always",
        ca_trust_path=None,  # type: ignore[arg-type]
        proxy=None,
    )


@pytest.mark.parametrize("method", ["ntlm", "credssp"])
def test_pywinrm_as_it_is_gets_in(port: int, method: str) -> None:
    transport = stock(port, method=method)
    for _ in range(3):
        assert b"<CSName>t0001</CSName>" in transport.send_message(SENT)
    transport.close_session()


@pytest.mark.parametrize(("method", "error"), [("ntlm", InvalidCredentialsError), ("credssp", NTStatusException)])
def test_pywinrm_with_a_wrong_password_does_not(
    port: int, terminal: Terminal, method: str, error: type[Exception]
) -> None:
    transport = stock(port, "wrong", method)
    with pytest.raises(error):
        transport.send_message(SENT)
    transport.close_session()
    assert not terminal.messages


@pytest.mark.parametrize("auth", [None, ("CITY\\ops", PASSWORD), HttpNtlmAuth(ACCOUNT, PASSWORD)])
def test_a_message_in_clear_over_http_is_never_handled(port: int, terminal: Terminal, auth: object) -> None:
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(f"http://127.0.0.1:{port}/wsman", data=SENT, auth=auth)  # type: ignore[arg-type]
    assert answer.status_code in {401, 500}
    assert not terminal.messages


def test_a_login_is_the_connections_own(port: int) -> None:
    with requests.Session() as session, requests.Session() as other:
        session.trust_env = other.trust_env = False
        url = f"http://127.0.0.1:{port}/wsman"
        assert session.post(url, auth=HttpNtlmAuth(ACCOUNT, PASSWORD)).status_code == 200
        assert session.post(url).status_code == 200
        assert other.post(url).status_code == 401


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /wsman HTTP/1.1\r\n\r\n", b"404"),
        (b"POST /other HTTP/1.1\r\n\r\n", b"404"),
        (b"POST /wsman HTTP/1.1\r\n\r\n", b"401"),
        (b"POST /wsman HTTP/1.1\r\nAuthorization: Negotiate !!\r\n\r\n", b"401"),
        (b"POST /wsman HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", b"400"),
        (b"POST /wsman HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"hello\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_request(port: int, sent: bytes, status: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(sent)
        assert connection.recv(999).startswith(b"HTTP/1.1 " + status)
