"""How messages get to a terminal: pywinrm's transports, held to what a terminal may do to us."""

from __future__ import annotations

import ssl
from pathlib import Path

import requests
from winrm.exceptions import InvalidCredentialsError, WinRMError, WinRMTransportError
from winrm.transport import Transport

from sanso.wsman.endpoint import Endpoint
from sanso.wsman.errors import WsmanError
from sanso.wsman.ntlm import Ntlm
from sanso.wsman.sealing import CONTENT_TYPE, framed, is_sealed, unframed

MARGIN = 10.0
"""Seconds beyond the terminal's own limit in which its answer may still come."""

NOT_SEALED = "an answer that is not sealed"


def transport(endpoint: Endpoint) -> Transport:
    """The one for an endpoint; nothing is sent yet.

    Raises:
        InvalidCredentialsError: name, password or certificate are missing.
        WsmanError: there is no such file of CA certificates.
    """
    if endpoint.ca_file and not Path(endpoint.ca_file).exists():
        raise WsmanError("certificate", f"there is no file {endpoint.ca_file}")
    if endpoint.scheme == "http" and endpoint.transport == "ntlm":
        return NtlmTransport(endpoint)
    return StrictTransport(endpoint)


def limits(endpoint: Endpoint, seconds: float) -> tuple[float, float]:
    """Seconds to wait for the connection, and for an answer on which the terminal may work for so long."""
    return endpoint.connect_timeout, seconds + MARGIN


class StrictTransport(Transport):
    """What pywinrm does; but only the terminal itself is talked to, and over http nothing is sent in clear."""

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
            message_encryption="always" if endpoint.scheme == "http" else "never",
            service="HTTP",
            proxy="",  # None would have requests write no_proxy into the environment, which threads share
        )

    def build_session(self) -> requests.Session:
        """The session, logged in where messages are sealed."""
        if self.session is None:
            _strict(super().build_session())
        return super().build_session()

    def setup_encryption(self, session: requests.Session) -> None:
        """Log in, so that messages can be sealed."""
        super().setup_encryption(_strict(session))

    def _get_message_response_text(self, response: requests.Response) -> bytes:
        """What an answer holds; pywinrm would take one in clear, whoever put it there."""
        sealed = is_sealed(response.headers.get("Content-Type", ""))
        if self.encryption is not None and response.ok and not sealed:
            raise WsmanError("answer", NOT_SEALED)
        try:
            return super()._get_message_response_text(response) if sealed else response.content
        except WinRMError as error:
            raise WsmanError("answer", f"a sealed answer: {error}") from error


class NtlmTransport(StrictTransport):
    """NTLM over http, with every message sealed.

    It logs in without being asked to, and so takes one request less than pywinrm; an answer that is not sealed is
    no answer; and a connection that the other side ended is not logged in again behind the caller's back, which
    would seal for one connection and send on another.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint)
        self._host = endpoint.host
        self._login: Ntlm | None = None
        self._request: requests.PreparedRequest | None = None

    def setup_encryption(self, session: requests.Session) -> None:
        """Log in with two empty requests: services other than Windows take no message before the end of it."""
        _strict(session).auth = None
        login = Ntlm(self.username or "", self.password or "", self._host)
        challenge = self._post(session, {"Authorization": login.offer()})
        if challenge.status_code != requests.codes.unauthorized:
            raise WsmanError("not_wsman", f"HTTP status {challenge.status_code} in place of a challenge")
        response = login.respond(challenge.headers.get("WWW-Authenticate", ""))
        if self._post(session, {"Authorization": response}).status_code == requests.codes.unauthorized:
            raise InvalidCredentialsError("name or password are wrong")
        self._login = login

    def send_message(self, message: str | bytes) -> bytes:
        """The answer to a message; both sealed."""
        session = self.build_session()
        if self._login is None:
            raise InvalidCredentialsError("not logged in")
        sealed = framed(message.encode() if isinstance(message, str) else message, self._login)
        answer = self._post(session, {"Content-Type": CONTENT_TYPE}, sealed)
        if answer.status_code == requests.codes.unauthorized:
            raise InvalidCredentialsError("the connection is not logged in")
        ok = answer.status_code == requests.codes.ok
        opened = self._opened(answer, self._login, sealed_only=ok)
        if not ok:
            raise WinRMTransportError("http", answer.status_code, opened.decode(errors="replace"))
        return opened

    def _post(self, session: requests.Session, headers: dict[str, str], body: bytes = b"") -> requests.Response:
        if self._request is None:
            self._request = session.prepare_request(requests.Request("POST", self.endpoint))
        request = self._request.copy()  # making one anew takes as long as sealing a message
        request.headers.update({**headers, "Content-Length": str(len(body))})
        request.body = body
        return session.send(request, timeout=self.read_timeout_sec)

    def _opened(self, answer: requests.Response, login: Ntlm, *, sealed_only: bool) -> bytes:
        """What an answer holds; a failure may come in clear, as from what stands between here and there."""
        if is_sealed(answer.headers.get("Content-Type", "")):
            return unframed(answer.content, login)
        if sealed_only:
            raise WsmanError("answer", NOT_SEALED)
        return answer.content


def _strict(session: requests.Session) -> requests.Session:
    """Follow no redirect, and take neither proxies nor accounts from the environment or from files."""
    session.max_redirects = 0
    session.trust_env = False
    return session


def _system_authorities() -> str | None:
    """Where the system keeps the CA certificates that it trusts."""
    paths = ssl.get_default_verify_paths()
    return paths.cafile or paths.capath
