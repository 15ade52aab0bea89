"""A conversation with one terminal: queries, instances, methods, in as few round trips as the protocol allows.

pywinrm logs in, seals and opens messages; what is in them is built and read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self

from winrm.exceptions import WinRMTransportError
from winrm.transport import Transport

from sanso.wsman.answers import Instance, Page, read_instance, read_output, read_page
from sanso.wsman.endpoint import Endpoint
from sanso.wsman.messages import Envelopes, Value
from sanso.wsman.names import CimClass
from sanso.wsman.trouble import TROUBLE, refusal, told_apart

MARGIN = 10.0
"""Seconds beyond the terminal's own limit in which its answer may still come."""


class Client:
    """A logged-in client; use it as a context manager.

    Every method raises :class:`WsmanError`, and nothing else, when the terminal fails.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.envelopes = Envelopes(endpoint.url, endpoint.timeout)
        self.sent = 0
        """Messages so far."""
        self._transport = _transport(endpoint)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._transport.close_session()

    def query(self, query: str, namespace: str = "root/cimv2") -> list[Instance]:
        """Every instance that a WQL query selects."""
        return [item for page in self._pages(query, namespace) for item in page.items]

    def _pages(self, query: str, namespace: str) -> Iterator[Page]:
        page = read_page(self._send(self.envelopes.enumerate(query, namespace)))
        yield page
        while page.context:
            page = read_page(self._send(self.envelopes.pull(page.context, namespace)))
            yield page

    def get(self, cim: CimClass, keys: Mapping[str, str]) -> Instance:
        """One instance, by its keys."""
        return read_instance(self._send(self.envelopes.get(cim, keys)))

    def invoke(
        self,
        cim: CimClass,
        method: str,
        arguments: Mapping[str, Value] | None = None,
        keys: Mapping[str, str] | None = None,
    ) -> Instance:
        """Call a method; a return value other than 0 is an error as well."""
        return read_output(self._send(self.envelopes.invoke(cim, method, arguments or {}, keys)), method)

    def _send(self, message: bytes) -> bytes:
        self.sent += 1
        try:
            answer: bytes = self._transport.send_message(message)
        except WinRMTransportError as error:
            raise refusal(error) from error
        except TROUBLE as error:
            raise told_apart(error) from error
        return answer


def _transport(endpoint: Endpoint) -> Transport:
    """What pywinrm needs; no proxy, whatever the environment says: terminals are neighbours."""
    limits = (endpoint.connect_timeout, endpoint.timeout + MARGIN)
    return Transport(
        endpoint=endpoint.url,
        username=endpoint.username,
        password=endpoint.password,
        auth_method=endpoint.transport,
        cert_pem=endpoint.certificate or None,
        cert_key_pem=endpoint.key or None,
        ca_trust_path=endpoint.ca_file or None,  # type: ignore[arg-type]  # None is the system's, says Protocol
        read_timeout_sec=limits,  # type: ignore[arg-type]  # handed on to requests, which takes a pair
        message_encryption="auto",  # over http always, over https not twice
        service="HTTP",
        proxy="",  # None would have requests write no_proxy into the environment, which threads share
    )
