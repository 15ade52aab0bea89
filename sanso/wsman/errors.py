"""What can go wrong between here and a terminal, told apart, so that each fails with the words that help."""

from __future__ import annotations

from typing import Literal

Cause = Literal[
    "name",  # the name does not resolve
    "unreachable",  # no way there, or nobody answers at all: off, asleep, unplugged
    "refused",  # the machine is there, nothing listens: WinRM is off
    "timeout",  # connected, but no answer in time
    "certificate",  # the TLS certificate is not the terminal's, or not of a trusted CA
    "credentials",  # 401: name or password are wrong
    "transport",  # 401: it takes other ways to log in
    "ticket",  # Kerberos: there is no ticket, or it has expired
    "service",  # Kerberos: the terminal's service name is unknown, or another account's
    "realm",  # Kerberos: no KDC is known for the realm, or none answers
    "clock",  # Kerberos: the clocks are too far apart
    "library",  # a package that the transport needs is not installed here
    "denied",  # logged in, but not allowed to
    "not_wsman",  # something else answers there
    "fault",  # the terminal refused the message, or the method failed
    "answer",  # an answer that cannot be read
]


class WsmanError(Exception):
    """A terminal failed; the others go on.

    ``hresult`` is the Windows code behind a fault (0 to 0xFFFFFFFF), where the fault tells one.
    """

    def __init__(self, cause: Cause, detail: str, hresult: int | None = None) -> None:
        super().__init__(detail)
        self.cause: Cause = cause
        self.detail = detail
        self.hresult = hresult

    @property
    def later(self) -> bool:
        """Whether it is worth another try later: nothing is known to be wrong with the terminal itself."""
        return self.cause in {"unreachable", "timeout"}


class ForeignFaultError(WsmanError):
    """A fault without any of the details that Windows gives: another service speaks there."""


class ConnectionLostError(WsmanError):
    """The terminal ended a connection that worked before; what was asked last may have been done or not."""

    def __init__(self, detail: str) -> None:
        super().__init__("unreachable", detail)
