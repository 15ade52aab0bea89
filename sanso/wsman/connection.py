"""The one connection that a login is made on, and that is the user's from then on (MS-NTHT, RFC 4559)."""

from __future__ import annotations

from typing import Any, NoReturn

from requests import PreparedRequest
from requests.adapters import HTTPAdapter


class OneConnection(HTTPAdapter):
    """Opens it before anything is asked, and not once more after the login.

    requests would send a message on another connection, which nobody is logged in on; OMI never answers there.
    """

    def certificate(self, request: PreparedRequest, verify: str | bool, timeout: float) -> bytes:
        """The server's (DER), for a request that is to be sent; ``timeout`` is in seconds, to connect."""
        pool, connection = self._taken(request, verify)
        connection.timeout = timeout
        connection.connect()
        certificate: bytes = connection.sock.getpeercert(binary_form=True)
        pool._put_conn(connection)
        return certificate

    def hold(self, request: PreparedRequest, verify: str | bool) -> None:
        """Let what is sent go by the connection that is there, or else fail as one that was reset."""
        pool, connection = self._taken(request, verify)
        connection.connect = _ended
        pool._put_conn(connection)

    def _taken(self, request: PreparedRequest, verify: str | bool) -> tuple[Any, Any]:
        """The pool, and the last connection of it."""
        pool: Any = self.get_connection_with_tls_context(request, verify)
        return pool, pool._get_conn()


def _ended() -> NoReturn:
    raise ConnectionResetError("the connection that was logged in on has ended")
