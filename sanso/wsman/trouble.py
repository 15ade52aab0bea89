"""From what libraries raise to what is wrong with a terminal."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator

import requests
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ConnectTimeout, ReadTimeout, SSLError
from spnego.exceptions import SpnegoError
from winrm.exceptions import InvalidCredentialsError, WinRMError, WinRMTransportError

from sanso.wsman.answers import raise_fault
from sanso.wsman.errors import Cause, WsmanError

TROUBLE = (WinRMError, SpnegoError, requests.RequestException, OSError, ValueError)
"""All that pywinrm and what it stands on may raise."""

_GONE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ETIMEDOUT}


def told_apart(error: Exception) -> WsmanError:
    """The error of a terminal behind an exception."""
    match error:
        case InvalidCredentialsError() | SpnegoError():
            return WsmanError("credentials", str(error))
        case SSLError():
            return WsmanError("certificate", _innermost(error))
        case ConnectTimeout():
            return WsmanError("unreachable", "no answer to the connection")
        case ReadTimeout():
            return WsmanError("timeout", "no answer in time")
        case NoConnection() | OSError():
            return WsmanError(_unconnected(error), _innermost(error))
        case _:
            return WsmanError("answer", str(error))


def refusal(error: WinRMTransportError) -> WsmanError:
    """What an HTTP status of failure means: a fault, where its body is one; else no WS-Man service is there."""
    try:
        raise_fault(error.response_text.encode())
    except WsmanError as fault:
        if fault.cause not in {"answer", "not_wsman"}:
            return fault
    return WsmanError("not_wsman", f"HTTP status {error.code}")


def _unconnected(error: Exception) -> Cause:
    """Why there is no connection; libraries wrap the reason several times, and not always as a cause."""
    for one in _inside(error):
        if isinstance(one, socket.gaierror):
            return "name"
        if isinstance(one, ConnectionRefusedError):
            return "refused"
        if isinstance(one, OSError) and one.errno in _GONE:
            return "unreachable"
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
