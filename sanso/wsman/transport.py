"""How messages get to a terminal: pywinrm's transport, held to what a terminal may do to us."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import cast

import requests
from winrm.exceptions import InvalidCredentialsError, WinRMTransportError
from winrm.transport import Transport

from sanso.wsman.binding import bindings
from sanso.wsman.connection import Answer, Connection
from sanso.wsman.endpoint import Endpoint
from sanso.wsman.errors import WsmanError
from sanso.wsman.login import BY_CONTEXT, Login
from sanso.wsman.sealing import framed, is_sealed, unframed

MARGIN = 10.0
"""Seconds beyond the terminal's own limit in which its answer may still come."""


def transport(endpoint: Endpoint) -> Transport:
    """The one for an endpoint; nothing is sent yet.

    Raises:
        InvalidCredentialsError: name, password or certificate are missing.
        WsmanError: there is no such file of CA certificates.
    """
    if endpoint.ca_file and not Path(endpoint.ca_file).exists():
        raise WsmanError("certificate", f"there is no file {endpoint.ca_file}")
    if endpoint.transport in BY_CONTEXT:
        return LoginTransport(endpoint)
    return StrictTransport(endpoint)


def limits(endpoint: Endpoint, seconds: float) -> tuple[float, float]:
    """Seconds to wait for the connection, and for an answer on which the terminal may work for so long."""
    return endpoint.connect_timeout, seconds + MARGIN


class StrictTransport(Transport):
    """What pywinrm does over https; but only the terminal itself is talked to."""

    def __init__(self, endpoint: Endpoint) -> None:
        authorities = endpoint.ca_file or _system_authorities()
        super().__init__(
            endpoint=endpoint.url,
            username=endpoint.username,
            password=endpoint.password,
            auth_method=endpoint.transport,
            cert_pem=endpoint.certificate or None,
            cert_key_pem=endpoint.key or None,
            ca_trust_path=authorities,  # type: ignore[arg-type]  # None: those that requests brings
            read_timeout_sec=limits(endpoint, endpoint.timeout),  # type: ignore[arg-type]  # requests takes a pair
            message_encryption="never",
            proxy="",  # None would have requests write no_proxy into the environment, which threads share
        )

    def build_session(self) -> requests.Session:
        """The session."""
        if self.session is None:
            _strict(super().build_session())
        return super().build_session()


class LoginTransport(StrictTransport):
    """A login by NTLM, Kerberos or CredSSP; over http every message is then sealed by it.

    It logs in without being asked to, and so takes one request less than pywinrm; an answer that is not sealed is
    no answer; and a connection that the other side ended is not logged in again behind the caller's back, which
    would seal for one connection and send on another.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint)
        self._at = endpoint
        self._sealed = endpoint.scheme == "http"
        self._connection = Connection(endpoint, self.default_headers)
        self._login: Login | None = None

    def send_message(self, message: str | bytes) -> bytes:
        """The answer to a message; over http both are sealed."""
        if self._login is None:
            self._login = self._log_in()
        headers, body = {}, message.encode() if isinstance(message, str) else message
        if self._sealed:
            headers["Content-Type"], body = framed(body, self._login)
        answer = self._post(headers, body)
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise InvalidCredentialsError("the connection is not logged in")
        ok = answer.status == HTTPStatus.OK
        opened = self._opened(answer, self._login, sealed_only=ok and self._sealed)
        if not ok:
            raise WinRMTransportError("http", answer.status, opened.decode(errors="replace"))
        return opened

    def close_session(self) -> None:
        """End the connection, and the login with it."""
        self._connection.close()

    def _log_in(self) -> Login:
        """Log in with empty requests: services other than Windows take no message before the end of it."""
        login = Login(self._at, None if self._sealed else bindings(self._connection.certificate()))
        offer = login.offer()
        while offer:
            offer = _next(login, self._post({"Authorization": offer}))
        return login

    def _post(self, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        _, patience = cast("tuple[float, float]", self.read_timeout_sec)
        return self._connection.post(headers, body, patience=patience)

    def _opened(self, answer: Answer, login: Login, *, sealed_only: bool) -> bytes:
        """What an answer holds; a failure may come in clear, as from what stands between here and there."""
        if is_sealed(answer.header("Content-Type")):
            return unframed(answer.body, login)
        if sealed_only:
            raise WsmanError("answer", "an answer that is not sealed")
        return answer.body


def _next(login: Login, answer: Answer) -> str:
    """What is said next to the answer to a token; nothing at the end."""
    said = answer.header("WWW-Authenticate")
    refused = answer.status == HTTPStatus.UNAUTHORIZED
    if login.complete and refused:
        raise InvalidCredentialsError("name or password are wrong")
    if not (login.complete or refused or said):
        raise WsmanError("not_wsman", f"HTTP status {answer.status} in place of a challenge")
    return "" if login.complete else login.respond(said)


def _strict(session: requests.Session) -> requests.Session:
    """Follow no redirect, and take neither proxies nor accounts from the environment or from files."""
    session.max_redirects = 0
    session.trust_env = False
    return session


def _system_authorities() -> str | None:
    """Where the system keeps the CA certificates that it trusts."""
    paths = ssl.get_default_verify_paths()
    return paths.cafile or paths.capath
