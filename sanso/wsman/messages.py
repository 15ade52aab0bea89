"""The messages that a client sends: Enumerate, Pull, Release, Get and methods (DSP0226, DSP0227, MS-WSMV).

They are written as text: building trees of a few dozen elements costs more than all that is in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4
from xml.sax.saxutils import escape, quoteattr

from sanso.wsman.dialect import Dialect, Resource, of_class, of_query
from sanso.wsman.errors import WsmanError
from sanso.wsman.names import (
    ADDRESSING,
    ANONYMOUS,
    ENUMERATE,
    ENUMERATION,
    GET,
    IDENTITY,
    MICROSOFT,
    PULL,
    RELEASE,
    SOAP,
    WQL,
    WSMAN,
    XSI,
    CimClass,
)

Value = str | int | bool | None | Sequence[str | int]
"""What a method takes; None is null, a sequence is an array."""

MAX_ENVELOPE = 153_600
"""Bytes of an answer; what Windows grants unless somebody raised it (MaxEnvelopeSizekb 500 since 2012)."""
MOST_ITEMS = 1_000
"""Items in an answer; the envelope is full before that."""

_BEYOND_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold (XML 1.0, 2.2)."""
_OPEN = f'<s:Envelope xmlns:s="{SOAP}" xmlns:a="{ADDRESSING}" xmlns:n="{ENUMERATION}" xmlns:w="{WSMAN}"'
_OPEN += f' xmlns:p="{MICROSOFT}" xmlns:xsi="{XSI}"><s:Header>'
_REPLY = f'<a:ReplyTo><a:Address s:mustUnderstand="true">{ANONYMOUS}</a:Address></a:ReplyTo>'
_SIZE = f'<w:MaxEnvelopeSize s:mustUnderstand="true">{MAX_ENVELOPE}</w:MaxEnvelopeSize>'
IDENTIFY = (
    f'<s:Envelope xmlns:s="{SOAP}" xmlns:i="{IDENTITY}"><s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>'
).encode()
"""Ask a service what it is; it needs no header, whatever the service speaks (DSP0226, 11)."""


@dataclass(frozen=True)
class Envelopes:
    """Builds the messages to one endpoint.

    ``timeout`` is in seconds: how long the terminal may work on one message before it answers with a fault.
    Every method raises :class:`WsmanError` where a value holds characters that XML cannot carry.
    """

    to: str
    timeout: float = 20.0
    dialect: Dialect = "windows"
    locale: str = "en-US"

    def enumerate(self, query: str, namespace: str = "root/cimv2") -> bytes:
        """Ask for the instances that a WQL query selects; the answer may carry the first of them."""
        most = f"<w:OptimizeEnumeration/><w:MaxElements>{MOST_ITEMS}</w:MaxElements>"
        chosen = f'<w:Filter Dialect="{WQL}">{_text(query)}</w:Filter>'
        body = f"<n:Enumerate>{most}{chosen}</n:Enumerate>"
        return self._envelope(ENUMERATE, of_query(namespace, self.dialect), body)

    def pull(self, context: str, namespace: str = "root/cimv2") -> bytes:
        """Go on with an enumeration."""
        most = f"<n:MaxElements>{MOST_ITEMS}</n:MaxElements>"
        body = f"<n:Pull>{_context(context)}{most}</n:Pull>"
        return self._envelope(PULL, of_query(namespace, self.dialect), body)

    def release(self, context: str, namespace: str = "root/cimv2") -> bytes:
        """Leave an enumeration before its end."""
        body = f"<n:Release>{_context(context)}</n:Release>"
        return self._envelope(RELEASE, of_query(namespace, self.dialect), body)

    def get(self, cim: CimClass, keys: Mapping[str, str]) -> bytes:
        """Ask for one instance, by its keys."""
        return self._envelope(GET, of_class(cim, self.dialect, keys))

    def invoke(
        self, cim: CimClass, method: str, arguments: Mapping[str, Value], keys: Mapping[str, str] | None = None
    ) -> bytes:
        """Call a method of an instance, or of the class where there are no keys (DSP0227)."""
        resource = of_class(cim, self.dialect, keys)
        given = "".join(_argument(name, value) for name, value in arguments.items())
        body = f"<c:{method}_INPUT xmlns:c={quoteattr(resource.uri)}>{given}</c:{method}_INPUT>"
        return self._envelope(f"{resource.uri}/{method}", resource, body)

    def _envelope(self, action: str, resource: Resource, body: str = "") -> bytes:
        language = f'xml:lang={quoteattr(self.locale)} s:mustUnderstand="false"'
        selectors = "".join(
            f"<w:Selector Name={quoteattr(name)}>{_text(value)}</w:Selector>"
            for name, value in resource.selectors.items()
        )
        parts = (
            _OPEN,
            f"<a:To>{_text(self.to)}</a:To>",
            f'<w:ResourceURI s:mustUnderstand="true">{_text(resource.uri)}</w:ResourceURI>',
            _REPLY,
            f'<a:Action s:mustUnderstand="true">{_text(action)}</a:Action>',
            _SIZE,
            f"<a:MessageID>uuid:{str(uuid4()).upper()}</a:MessageID>",
            f"<w:Locale {language}/><p:DataLocale {language}/>",
            f"<w:OperationTimeout>PT{self.timeout:.3f}S</w:OperationTimeout>",
            f"<w:SelectorSet>{selectors}</w:SelectorSet>" if selectors else "",
            f"</s:Header><s:Body>{body}</s:Body></s:Envelope>",
        )
        return "".join(parts).encode()


def _context(context: str) -> str:
    return f"<n:EnumerationContext>{_text(context)}</n:EnumerationContext>"


def _argument(name: str, value: Value) -> str:
    """An argument; an array is its element repeated (DSP0230)."""
    if value is None:
        return f'<c:{name} xsi:nil="true"/>'
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "".join(_argument(name, item) for item in value)
    return f"<c:{name}>{_text(str(value).lower() if isinstance(value, bool) else str(value))}</c:{name}>"


def _text(value: str) -> str:
    if _BEYOND_XML.search(value):
        raise WsmanError("fault", "a value holds characters that XML cannot carry")
    return escape(value, {"\r": "&#13;"})
