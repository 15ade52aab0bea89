"""From what libraries raise to what is wrong with a terminal."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from collections.abc import Iterator

from requests.exceptions import (
    ConnectTimeout,
    ContentDecodingError,
    ReadTimeout,
    TooManyRedirects,
)
from spnego.exceptions import SpnegoError
from urllib3.exceptions import ConnectTimeoutError, HTTPError, IncompleteRead, ReadTimeoutError
from winrm.exceptions import WinRMError, WinRMTransportError

from sanso.wsman.answers import raise_fault
from sanso.wsman.errors import Cause, WsmanError

_GONE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ETIMEDOUT}
_ENDED = (
    *(ConnectionResetError, BrokenPipeError, ConnectionAbortedError, ssl.SSLEOFError),
    *(IncompleteRead, http.client.IncompleteRead),
)
_HANDSHAKE = ("CERTIFICATE_REQUIRED", "BAD_CERTIFICATE", "UNKNOWN_CA", "CERTIFICATE_UNKNOWN", "CERTIFICATE_EXPIRED")
"""Alerts by which a terminal refuses a client's certificate (RFC 8446, 6.2)."""


def told_apart(error: Exception) -> WsmanError:
    """The error of a terminal behind an exception."""
    match error:
        case SpnegoError() | WinRMError():  # of pywinrm: no name, no password
            return WsmanError("credentials", str(error))
        case ConnectTimeout() | ConnectTimeoutError():
            return WsmanError("unreachable", "no answer to the connection")
        case ReadTimeout():
            return WsmanError("timeout", "no answer in time")
        case TooManyRedirects():
            return WsmanError("not_wsman", "a redirect to elsewhere")
        case ContentDecodingError():
            return WsmanError("answer", str(error))
        case OSError() | HTTPError() | http.client.HTTPException():  # those of requests are of the first
            return WsmanError(_unconnected(error), _innermost(error))
        case _:
            return WsmanError("answer", str(error))


def ended(error: Exception) -> bool:
    """Whether the other side ended the connection, before an answer or in the middle of it."""
    return any(isinstance(one, _ENDED) for one in _inside(error))


def refusal(error: WinRMTransportError) -> WsmanError:
    """What an HTTP status of failure means: a fault, where its body is one; else no WS-Man service is there."""
    try:
        raise_fault(error.response_text.encode())
    except WsmanError as fault:
        if fault.cause not in {"answer", "not_wsman"}:
            return fault
    return WsmanError("not_wsman", f"HTTP status {error.code}")


def _unconnected(error: Exception) -> Cause:
    """Why there is no connection, or no answer; libraries wrap the reason several times, not always as a cause."""
    for one in _inside(error):
        match one:
            case socket.gaierror():
                return "name"
            case ConnectionRefusedError():
                return "refused"
            case ssl.SSLCertVerificationError():
                return "certificate"
            case ssl.SSLError() if "NO_CERTIFICATE_OR_CRL_FOUND" in str(one):  # the file of authorities holds none
                return "certificate"
            case ssl.SSLError() if not isinstance(one, _ENDED):
                return "credentials" if any(word in str(one) for word in _HANDSHAKE) else "not_wsman"
            case OSError() if one.errno in _GONE:
                return "unreachable"
            case ReadTimeoutError() | TimeoutError():
                return "timeout"
            case http.client.HTTPException() if not isinstance(one, _ENDED):
                return "not_wsman"
    return "unreachable"


def _inside(error: BaseException) -> Iterator[BaseException]:
    """An exception and all that it was made of."""
    seen: set[int] = set()
    todo: list[object] = [error]
    while todo:
        one = todo.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def _innermost(error: BaseException) -> str:
    """The words of the first cause; those around it repeat addresses and object names."""
    *_, last = _inside(error)
    return str(getattr(last, "strerror", None) or last)
