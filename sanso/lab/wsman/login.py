"""How a client of a terminal logs in: NTLM over Negotiate, Basic or a client certificate over https."""

from __future__ import annotations

import base64
import binascii
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import spnego
from spnego._ntlm_raw.crypto import ntowfv1
from spnego.exceptions import SpnegoError

from sanso.lab.wsman.sealing import SealError

CERTIFICATE = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"
"""What a client with a certificate puts into Authorization (DSP0226, C.2.1)."""
USERS = "NTLM_USER_FILE"
"""Environment variable that names the file of accounts, as pyspnego reads it."""


def write_users(file: Path, accounts: Mapping[str, str]) -> None:
    r"""Write accounts, ``DOMAIN\user`` or ``user`` → password, for every acceptor of this process.

    The form is that of smbpasswd: hashes, as to make them of passwords costs more than the rest of a login.
    """
    lines = [f"{account}:0:{'0' * 32}:{ntowfv1(password).hex()}:[U]:LCT-0" for account, password in accounts.items()]
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


class NtlmLogin:
    """One connection's login; afterwards the connection is the user's, and seals messages."""

    def __init__(self, hostname: str) -> None:
        self._context = spnego.server(
            hostname=hostname, service="http", protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm
        )

    @property
    def complete(self) -> bool:
        """Whether the user is known."""
        return bool(self._context.complete)

    def step(self, token: str) -> str | None:
        """The answer to a client's token; empty at the end, None where the login failed."""
        try:
            answer = self._context.step(base64.b64decode(token, validate=True))
        except (SpnegoError, binascii.Error, ValueError):
            return None
        return base64.b64encode(answer or b"").decode()

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """Signature and sealed data."""
        sealed: Any = self._context.wrap_winrm(data)
        return sealed.header, sealed.data

    def open(self, signature: bytes, data: bytes) -> bytes:
        """The data behind a signature.

        Raises:
            SealError: the signature is another one's.
        """
        try:
            return bytes(self._context.unwrap_winrm(signature, data))
        except SpnegoError as error:
            raise SealError("the signature does not fit") from error


def basic(credentials: str, accounts: Mapping[str, str]) -> bool:
    """Whether Basic credentials are an account's (RFC 7617)."""
    try:
        user, _, password = base64.b64decode(credentials, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return False
    return bool(password) and accounts.get(user) == password


def has_certificate(tls: ssl.SSLObject | None) -> bool:
    """Whether the client showed a certificate that the listener trusts."""
    return tls is not None and bool(tls.getpeercert())
