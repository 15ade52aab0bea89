"""How a client logs in: NTLM or Kerberos by Negotiate, CredSSP, and over https Basic or a certificate."""

from __future__ import annotations

import base64
import binascii
import ssl
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import spnego
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from spnego._ntlm_raw.crypto import ntowfv1
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

from sanso.lab.wsman.sealing import SealError

with suppress(ImportError):
    import gssapi

    gssapi.SecurityContext.__DEFER_STEP_ERRORS__ = False  # pyspnego would trip over one that comes later

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


class Login:
    """One connection's login by a security context; afterwards the connection is the user's, and seals messages.

    Kerberos takes the keys of the file that KRB5_KTNAME names.
    """

    def __init__(self, hostname: str, scheme: str, bindings: GssChannelBindings | None = None) -> None:
        self._about: dict[str, Any] = {"hostname": hostname, "service": "http", "channel_bindings": bindings}
        self.credssp = scheme.lower() == "credssp"
        self._context: spnego.ContextProxy | None = None

    def _begin(self, token: bytes) -> spnego.ContextProxy:
        """NTLM comes mostly by itself, else in the frame of SPNEGO, as Kerberos may."""
        options = spnego.NegotiateOptions.none
        if ntlm := token.startswith(b"NTLMSSP"):
            options = spnego.NegotiateOptions.use_ntlm
        protocol = "credssp" if self.credssp else "ntlm" if ntlm else "negotiate"
        return spnego.server(protocol=protocol, options=options, **self._about)

    @property
    def complete(self) -> bool:
        """Whether the user is known."""
        return self._context is not None and bool(self._context.complete)

    def step(self, token: str) -> str | None:
        """The answer to a client's token; empty at the end, None where the login failed without a word."""
        try:
            told = base64.b64decode(token, validate=True)
            self._context = self._context or self._begin(told)
            answer = self._context.step(told)
        except SpnegoError as error:
            answer = getattr(error.base_error, "token", None)  # by which Kerberos tells the client why
            return base64.b64encode(answer).decode() if answer else None
        except (binascii.Error, ValueError):
            return None
        return base64.b64encode(answer or b"").decode()

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """Signature and sealed data."""
        sealed: Any = self._known().wrap_winrm(data)
        return sealed.header, sealed.data

    def open(self, signature: bytes, data: bytes) -> bytes:
        """The data behind a signature.

        Raises:
            SealError: the signature is another one's.
        """
        try:
            return bytes(self._known().unwrap_winrm(signature, data))
        except SpnegoError as error:
            raise SealError("the signature does not fit") from error

    def _known(self) -> spnego.ContextProxy:
        if self._context is None:
            raise SealError("nobody is logged in")
        return self._context


def bindings(certificate: Path) -> GssChannelBindings:
    """What a login over https must be bound to, if to anything: the listener's certificate (RFC 5929, 4)."""
    digest = x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(SHA256())
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest)


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
