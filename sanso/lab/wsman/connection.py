"""One connection to a terminal: log in, open what is sealed, hand messages to the terminal, seal its answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from spnego.channel_bindings import GssChannelBindings

from sanso.lab.wsman.http import BadRequestError, Request, Response, read_request
from sanso.lab.wsman.login import CERTIFICATE, Login, basic, has_certificate
from sanso.lab.wsman.sealing import SealError, framed, is_sealed, unframed

SOAP = "application/soap+xml;charset=UTF-8"
Handler = Callable[[bytes], Awaitable[tuple[int, bytes]]]
"""From a message to an HTTP status and the answer."""


@dataclass(frozen=True)
class Listener:
    """What all connections to one terminal share."""

    hostname: str
    accounts: Mapping[str, str] = field(repr=False)
    handle: Handler = field(repr=False)
    bindings: GssChannelBindings | None = field(default=None, repr=False)
    """Over https, those of its certificate."""

    @property
    def https(self) -> bool:
        """Whether it listens over https."""
        return self.bindings is not None


class Connection:
    """Serves one connection until either side ends it."""

    def __init__(self, listener: Listener, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._listener = listener
        self._reader = reader
        self._writer = writer
        self._login: Login | None = None
        self._known = False
        self._last: tuple[tuple[str, str], ...] = ()
        """What the login has left to say: by it, the client knows the terminal."""

    async def serve(self) -> None:
        """Answer every request."""
        try:
            while (request := await read_request(self._reader)) is not None:
                self._writer.write((await self._answer(request)).written())
                await self._writer.drain()
        except BadRequestError:
            self._writer.write(Response(400).written())
        except ConnectionError:
            pass  # the client has gone, which is its right
        finally:
            self._writer.close()

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST" or request.path.partition("?")[0] != "/wsman":
            return Response(404)
        if (refused := self._log_in(request.headers.get("authorization", ""))) is not None:
            return refused
        answer = await self._handled(request)
        last, self._last = self._last, ()
        return replace(answer, headers=(*answer.headers, *last))

    async def _handled(self, request: Request) -> Response:
        if not request.body:
            return Response(200)
        sealed = is_sealed(request.headers.get("content-type", ""))
        if not sealed and not self._listener.https:
            return Response(500)  # AllowUnencrypted is false, as it is on every terminal unless somebody set it
        return await self._message(request.body, sealed=sealed)

    async def _message(self, body: bytes, *, sealed: bool) -> Response:
        if not sealed:
            status, answer = await self._listener.handle(body)
            return Response(status, answer, (("Content-Type", SOAP),))
        if self._login is None or not self._login.complete:
            return Response(400)
        try:
            message = unframed(body, self._login, credssp=self._login.credssp)
        except SealError:
            return Response(400)
        status, answer = await self._listener.handle(message)
        content_type, sealed_answer = framed(answer, self._login, credssp=self._login.credssp)
        return Response(status, sealed_answer, (("Content-Type", content_type),))

    # ----- login ----------------------------------------------------------------------------------------------

    def _log_in(self, authorization: str) -> Response | None:
        """None where the client is known; else what it is told."""
        scheme, _, rest = authorization.partition(" ")
        if not authorization:
            return None if self._known else self._unauthorized()
        match scheme.lower():
            case "negotiate" | "ntlm" | "kerberos" | "credssp":
                return self._step(scheme, rest)
            case "basic" if self._listener.https:
                self._known = basic(rest, self._listener.accounts)
            case _:
                self._known = authorization == CERTIFICATE and has_certificate(
                    self._writer.get_extra_info("ssl_object")
                )
        return None if self._known else self._unauthorized()

    def _step(self, scheme: str, token: str) -> Response | None:
        if self._login is None or self._login.complete:
            self._login = Login(self._listener.hostname, scheme, self._listener.bindings)
        answer = self._login.step(token)
        if answer is None:
            self._login = None
            return self._unauthorized()
        told = (("WWW-Authenticate", f"{scheme} {answer}"),)
        if not self._login.complete:
            return Response(401, headers=told)
        self._known, self._last = True, told if answer else ()
        return None

    def _unauthorized(self) -> Response:
        self._known = False
        offers = ["Negotiate", "CredSSP", *(['Basic realm="WSMAN"'] if self._listener.https else [])]
        return Response(401, headers=tuple(("WWW-Authenticate", offer) for offer in offers))
