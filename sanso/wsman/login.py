"""The login on a connection, and the keys that it leaves to seal with (RFC 4559, MS-WSMV 2.2.9.1, MS-CSSP)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import spnego
from spnego._ntlm_raw.crypto import ntowfv1
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

from sanso.wsman.endpoint import Endpoint
from sanso.wsman.errors import WsmanError
from sanso.wsman.kerberos import kerberos_trouble

BY_CONTEXT = {"ntlm": "NTLM", "kerberos": "Kerberos", "credssp": "CredSSP"}
"""Transports that log in by a security context, as people call them."""
_SAFE_CREDSSP = 5
"""The version of CredSSP from which on a man in the middle cannot use what it overhears (CVE-2018-0886)."""
_WRAP_TOKEN = b"\x05\x04"
"""What a token of Kerberos begins with (RFC 4121, 4.2.6.2). It is opened whole: Windows turns its parts, so that all
that is not data stands before them, and OMI does not."""
_LARGEST_RECORD = 16 * 1024
"""Bytes that one TLS record holds (RFC 8446, 5.1)."""


@lru_cache(maxsize=64)
def _account(username: str, password: str) -> spnego.NTLMHash:
    """What NTLM makes of a password, once for all terminals: it costs a third of a login."""
    return spnego.NTLMHash(username, nt_hash=ntowfv1(password).hex())


class Login:
    """One login on one connection; afterwards it seals and opens that connection's messages."""

    def __init__(self, endpoint: Endpoint, bindings: GssChannelBindings | None = None) -> None:
        """``bindings`` tie the login to the TLS connection that it is made on.

        Raises:
            WsmanError: there is no ticket, or a package for Kerberos is missing.
        """
        self._name = BY_CONTEXT[endpoint.transport]
        self._scheme = "CredSSP" if endpoint.transport == "credssp" else "Negotiate"
        schemes = "CredSSP" if self._scheme == "CredSSP" else "Negotiate|NTLM|Kerberos"
        self._token = re.compile(rf"\b(?:{schemes})[ \t]+([A-Za-z0-9+/]+=*)", re.IGNORECASE)
        self._bindings = bindings
        try:
            self._context = _context(endpoint)
        except ImportError as error:
            raise WsmanError("library", str(error)) from error
        except Exception as error:
            raise self._failed(error) from error

    @property
    def complete(self) -> bool:
        """Whether this side has nothing left to say."""
        return bool(self._context.complete)

    @property
    def mechanism(self) -> str:
        """What a sealed message says that it is sealed by."""
        return "CredSSP" if self._scheme == "CredSSP" else "SPNEGO"

    @property
    def largest(self) -> int:
        """Bytes that may be sealed at once; 0 where there is no limit."""
        return _LARGEST_RECORD if self._scheme == "CredSSP" else 0

    def offer(self) -> str:
        """What the first request carries in ``Authorization``."""
        return self._step(b"")

    def respond(self, said: str) -> str:
        """What the next request carries, to what ``WWW-Authenticate`` said; empty where nothing is left to say.

        Raises:
            WsmanError: there is no token in it, it is not understood, or it tells of a failure.
        """
        token = self._token.search(said)
        if token is None:
            raise self._refused(said)
        try:
            return self._step(base64.b64decode(token[1], validate=True))
        except binascii.Error as error:
            raise WsmanError("answer", f"a token of {self._name} that cannot be read: {error}") from error

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """Signature and sealed data."""
        sealed: Any = self._context.wrap_winrm(data)
        return sealed.header, sealed.data

    def open(self, signature: bytes, data: bytes) -> bytes:
        """The data behind a signature.

        Raises:
            WsmanError: the signature is another one's.
        """
        try:
            if signature.startswith(_WRAP_TOKEN):
                return bytes(self._context.unwrap(signature + data).data)
            return bytes(self._context.unwrap_winrm(signature, data))
        except SpnegoError as error:
            raise WsmanError("answer", f"an answer that is not sealed for this connection: {error}") from error

    def _step(self, token: bytes) -> str:
        try:
            answer = self._context.step(token or None, channel_bindings=self._bindings)
        except Exception as error:
            raise self._failed(error) from error
        return f"{self._scheme} {base64.b64encode(answer).decode()}" if answer else ""

    def _refused(self, said: str) -> WsmanError:
        """There is an end without a token: the mechanism is not taken, or what was told by it is refused."""
        if self._scheme.lower() not in said.lower():
            return WsmanError("transport", f"the listener takes no {self._name}, but {said[:80] or 'nothing'}")
        return WsmanError("service" if self._name == "Kerberos" else "credentials", f"it refused {self._name}")

    def _failed(self, error: Exception) -> WsmanError:
        if (trouble := kerberos_trouble(error)) is not None:
            return trouble
        told = getattr(getattr(error, "base_error", None), "winerror", None)
        if told is not None:  # CredSSP tells why, by a code of NT (MS-CSSP 2.2.1)
            return WsmanError("credentials", f"it refused {self._name} with 0x{told & 0xFFFFFFFF:08X}")
        return WsmanError("answer", f"a token of {self._name} that is not taken: {error}")


def _context(endpoint: Endpoint) -> spnego.ContextProxy:
    """The security context of a login that begins."""
    name: dict[str, Any] = {"hostname": endpoint.service_host or endpoint.host, "service": "HTTP"}
    match endpoint.transport:
        case "ntlm":
            return _ntlm(endpoint, "ntlm", spnego.NegotiateOptions.use_ntlm, name)
        case "credssp":
            password = spnego.Password(endpoint.username, endpoint.password)
            within = None  # Kerberos where it can be, as user@REALM tells where to ask for a ticket; else NTLM
            if "@" not in endpoint.username:
                within = _ntlm(endpoint, "negotiate", spnego.NegotiateOptions.use_negotiate, name)
            more: Any = {"credssp_min_protocol": _SAFE_CREDSSP, "credssp_negotiate_context": within}
            return spnego.client(password, protocol="credssp", **name, **more)
        case _:  # with a password a ticket is got; without one the ticket is taken that is there
            user, secret = endpoint.username or None, endpoint.password or None
            needed = spnego.NegotiateOptions.wrapping_winrm
            return spnego.client(user, secret, protocol="kerberos", options=needed, **name)


def _ntlm(
    endpoint: Endpoint, protocol: str, options: spnego.NegotiateOptions, name: Mapping[str, Any]
) -> spnego.ContextProxy:
    """A hash is of use to nothing but NTLM."""
    return spnego.client(_account(endpoint.username, endpoint.password), protocol=protocol, options=options, **name)
