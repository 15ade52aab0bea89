"""NTLM over http: the login, and the keys that it leaves to seal messages with (MS-NLMP, MS-WSMV 2.2.9.1.1)."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from functools import lru_cache
from typing import Any

import spnego
from spnego._ntlm_raw.crypto import ntowfv1
from spnego.exceptions import SpnegoError

from sanso.wsman.errors import WsmanError

_TOKEN = re.compile(r"\b(?:Negotiate|NTLM)[ \t]+([A-Za-z0-9+/]+=*)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _account(username: str, password: str) -> spnego.NTLMHash:
    """What NTLM makes of a password, once for all terminals: it costs a third of a login."""
    return spnego.NTLMHash(username, nt_hash=ntowfv1(password).hex())


class Ntlm:
    """One login on one connection; afterwards it seals and opens that connection's messages."""

    def __init__(self, username: str, password: str, host: str) -> None:
        self._context = spnego.client(
            _account(username, password),
            hostname=host,
            service="http",
            protocol="ntlm",
            options=spnego.NegotiateOptions.use_ntlm,
        )

    def offer(self) -> str:
        """What the first request carries in ``Authorization``."""
        return _written(self._context.step())

    def respond(self, challenge: str) -> str:
        """What the second request carries, to the challenge in ``WWW-Authenticate``.

        Raises:
            WsmanError: there is none, or it is not understood.
        """
        token = _TOKEN.search(challenge)
        if token is None:
            raise WsmanError("credentials", f"the listener takes no NTLM, but {challenge[:80] or 'nothing'}")
        try:
            return _written(self._context.step(base64.b64decode(token[1], validate=True)))
        except (SpnegoError, binascii.Error, ValueError, LookupError, struct.error) as error:
            raise WsmanError("answer", f"an NTLM challenge that cannot be read: {error}") from error

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
            return bytes(self._context.unwrap_winrm(signature, data))
        except SpnegoError as error:
            raise WsmanError("answer", f"an answer that is not sealed for this connection: {error}") from error


def _written(token: bytes | None) -> str:
    return f"Negotiate {base64.b64encode(token or b'').decode()}"
