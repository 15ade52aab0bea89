"""A conversation with one terminal: queries, instances, methods, in as few round trips as the protocol allows.

The transport logs in, seals and opens messages; what is in them is built and read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from winrm.exceptions import InvalidCredentialsError, WinRMTransportError
from winrm.transport import Transport

from sanso.wsman.answers import Instance, Page, read_instance, read_output, read_page
from sanso.wsman.dialect import spoken_by
from sanso.wsman.endpoint import Endpoint
from sanso.wsman.errors import ConnectionLostError, ForeignFaultError, WsmanError
from sanso.wsman.messages import IDENTIFY, Envelopes, Value
from sanso.wsman.names import CimClass
from sanso.wsman.transport import limits, transport
from sanso.wsman.trouble import ended, refusal, told_apart

MOST_PAGES = 1_000
"""Parts of one enumeration; a terminal that sends more will never end."""

T = TypeVar("T")


class Client:
    """A logged-in client; use it as a context manager.

    Every method raises :class:`WsmanError`, and nothing else, when the terminal fails.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.envelopes = Envelopes(endpoint.url, endpoint.timeout, endpoint.dialect or "windows")
        self.sent = 0
        """Messages so far."""
        self._transport: Transport | None = None
        self._answered = False
        """Whether this connection has brought an answer."""
        self._sure = endpoint.dialect is not None
        """Whether the dialect is known to be the terminal's."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection; the next message opens another."""
        if self._transport is not None:
            self._transport.close_session()
        self._transport, self._answered = None, False

    def query(self, query: str, namespace: str = "root/cimv2") -> list[Instance]:
        """Every instance that a WQL query selects."""
        return self._read(lambda: [item for page in self._pages(query, namespace) for item in page.items])

    def _pages(self, query: str, namespace: str) -> Iterator[Page]:
        page = read_page(self._send(self.envelopes.enumerate(query, namespace)))
        yield page
        for _ in range(MOST_PAGES):
            if not page.context:
                return
            page = read_page(self._send(self.envelopes.pull(page.context, namespace)))
            yield page
        self._send(self.envelopes.release(page.context, namespace))
        raise WsmanError("answer", f"an enumeration of more than {MOST_PAGES} parts")

    def get(self, cim: CimClass, keys: Mapping[str, str]) -> Instance:
        """One instance, by its keys."""
        return self._read(lambda: read_instance(self._send(self.envelopes.get(cim, keys))))

    def _read(self, ask: Callable[[], T]) -> T:
        """Ask; once more, from the start, where the terminal ended the connection, or speaks another dialect.

        Reading changes nothing, so it may be done twice.
        """
        again = self._told
        try:
            return self._told(ask)
        except ConnectionLostError:
            pass
        except ForeignFaultError:
            if self._sure:
                raise
            again = self._otherwise
        return again(ask)  # out here, or what fails now would be told as what failed before

    def _told(self, ask: Callable[[], T]) -> T:
        """Ask; an answer, or a fault that is no foreign one, shows that the dialect is the terminal's."""
        try:
            found = ask()
        except WsmanError as error:
            self._sure = self._sure or (error.cause == "fault" and not isinstance(error, ForeignFaultError))
            raise
        self._sure = True
        return found

    def _otherwise(self, ask: Callable[[], T]) -> T:
        """Ask in the other dialect; where that fails too, its fault tells more, but the dialect is left open."""
        windows, self.envelopes = self.envelopes, replace(self.envelopes, dialect="dmtf")
        try:
            return self._told(ask)
        except ForeignFaultError:
            self.envelopes = windows
            raise

    def invoke(
        self,
        cim: CimClass,
        method: str,
        arguments: Mapping[str, Value] | None = None,
        keys: Mapping[str, str] | None = None,
        *,
        reads: bool = False,
    ) -> Instance:
        """Call a method; a return value other than 0 is an error as well.

        It is called once: where the connection is lost nobody knows whether it was done. One that only ``reads`` may
        be called again.
        """

        def call() -> Instance:
            seconds = self.endpoint.method_timeout
            message = replace(self.envelopes, timeout=seconds).invoke(cim, method, arguments or {}, keys)
            return read_output(self._send(message, seconds), method)

        if reads:
            return self._read(call)
        if not self._sure:
            self._identify()
        return call()

    def _identify(self) -> None:
        """Learn the dialect: what is called once cannot be tried in one after the other."""
        identity = read_instance(self._send(IDENTIFY))
        self.envelopes, self._sure = replace(self.envelopes, dialect=spoken_by(identity)), True

    def _send(self, message: bytes, seconds: float = 0.0) -> bytes:
        """The answer to a message, on which the terminal may work so long; 0: as long as on a question."""
        self.sent += 1
        try:
            if self._transport is None:
                self._transport = transport(self.endpoint)
            patience = limits(self.endpoint, seconds or self.endpoint.timeout)
            self._transport.read_timeout_sec = patience  # type: ignore[assignment]  # requests takes a pair
            answer: bytes = self._transport.send_message(message)
        except WinRMTransportError as error:
            self._answered = True
            raise refusal(error) from error
        except WsmanError:
            self.close()
            raise
        except Exception as error:  # nothing else leaves, whatever the libraries make of what a terminal sends
            trouble = self._trouble(error)
            self.close()
            raise trouble from error
        self._answered = True
        return answer

    def _trouble(self, error: Exception) -> WsmanError:
        """What an exception means here: a connection that ended means something else at the start and later."""
        told = told_apart(error)
        if self._answered and (isinstance(error, InvalidCredentialsError) or ended(error)):
            return ConnectionLostError(told.detail)
        if self.endpoint.transport == "certificate" and ended(error):
            return WsmanError("credentials", f"the connection ended once the certificate was shown: {told.detail}")
        return told
