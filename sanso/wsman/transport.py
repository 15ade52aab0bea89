"""How messages get to a terminal: pywinrm's transport, held to what a terminal may do to us."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path

import requests
from winrm.exceptions import InvalidCredentialsError, WinRMTransportError
from winrm.transport import Transport

from sanso.wsman.binding import bindings
from sanso.wsman.connection import OneConnection
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
        self._login: Login | None = None
        self._request = requests.PreparedRequest()

    def build_session(self) -> requests.Session:
        """The session, logged in."""
        if self.session is None:
            self.session = _strict(requests.Session())
            self.session.verify = self._at.ca_file or _system_authorities() or True
            self.session.headers.update(self.default_headers)
            self._request = self.session.prepare_request(requests.Request("POST", self.endpoint))
            self._login = self._log_in(self.session)
        return self.session

    def send_message(self, message: str | bytes) -> bytes:
        """The answer to a message; over http both are sealed."""
        session = self.build_session()
        if self._login is None:
            raise InvalidCredentialsError("not logged in")
        headers, body = {}, message.encode() if isinstance(message, str) else message
        if self._sealed:
            headers["Content-Type"], body = framed(body, self._login)
        answer = self._post(session, headers, body)
        if answer.status_code == requests.codes.unauthorized:
            raise InvalidCredentialsError("the connection is not logged in")
        ok = answer.status_code == requests.codes.ok
        opened = self._opened(answer, self._login, sealed_only=ok and self._sealed)
        if not ok:
            raise WinRMTransportError("http", answer.status_code, opened.decode(errors="replace"))
        return opened

    def _log_in(self, session: requests.Session) -> Login:
        """Log in with empty requests: services other than Windows take no message before the end of it."""
        one = OneConnection()
        session.mount(f"{self._at.scheme}://", one)
        bound = None
        if not self._sealed:
            bound = bindings(one.certificate(self._request, session.verify, self._at.connect_timeout))
        login = Login(self._at, bound)
        offer = login.offer()
        while offer:
            offer = _next(login, self._post(session, {"Authorization": offer}))
        one.hold(self._request, session.verify)
        return login

    def _post(self, session: requests.Session, headers: Mapping[str, str], body: bytes = b"") -> requests.Response:
        request = self._request.copy()  # making one anew takes as long as sealing a message
        request.headers.update({**headers, "Content-Length": str(len(body))})
        request.body = body
        return session.send(request, timeout=self.read_timeout_sec)

    def _opened(self, answer: requests.Response, login: Login, *, sealed_only: bool) -> bytes:
        """What an answer holds; a failure may come in clear, as from what stands between here and there."""
        if is_sealed(answer.headers.get("Content-Type", "")):
            return unframed(answer.content, login)
        if sealed_only:
            raise WsmanError("answer", "an answer that is not sealed")
        return answer.content


def _next(login: Login, answer: requests.Response) -> str:
    """What is said next to the answer to a token; nothing at the end."""
    said = answer.headers.get("WWW-Authenticate", "")
    refused = answer.status_code == requests.codes.unauthorized
    if login.complete and refused:
        raise InvalidCredentialsError("name or password are wrong")
    if not (login.complete or refused or said):
        raise WsmanError("not_wsman", f"HTTP status {answer.status_code} in place of a challenge")
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
