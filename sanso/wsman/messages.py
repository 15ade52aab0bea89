"""The messages that a client sends: Enumerate, Pull, Release, Get and methods (DSP0226, DSP0227, MS-WSMV)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4
from xml.etree import ElementTree as ET

from sanso.wsman.names import (
    ADDRESSING,
    ANONYMOUS,
    ENUMERATE,
    ENUMERATION,
    GET,
    MICROSOFT,
    PULL,
    RELEASE,
    SOAP,
    WQL,
    WSMAN,
    XML,
    XSI,
    CimClass,
    query_uri,
)

Value = str | int | bool | None | Sequence[str | int]
"""What a method takes; None is null, a sequence is an array."""

MAX_ENVELOPE = 153_600
"""Bytes of an answer; what Windows grants unless somebody raised it (MaxEnvelopeSizekb 500 since 2012)."""
MOST_ITEMS = 1_000


def _new_id() -> str:
    return f"uuid:{str(uuid4()).upper()}"


@dataclass(frozen=True)
class Envelopes:
    """Builds the messages to one endpoint.

    ``timeout`` is in seconds: how long the terminal may work on one message before it answers with a fault.
    """

    to: str
    timeout: float = 20.0
    locale: str = "en-US"
    _ids: list[str] = field(default_factory=list, repr=False)
    """Message ids to use, for tests; new ones when it is empty."""

    def enumerate(self, query: str, namespace: str = "root/cimv2") -> bytes:
        """Ask for the instances that a WQL query selects; the answer may carry the first of them."""
        envelope, body = self._envelope(ENUMERATE, query_uri(namespace))
        request = ET.SubElement(body, f"{{{ENUMERATION}}}Enumerate")
        ET.SubElement(request, f"{{{WSMAN}}}OptimizeEnumeration")
        ET.SubElement(request, f"{{{WSMAN}}}MaxElements").text = str(MOST_ITEMS)
        ET.SubElement(request, f"{{{WSMAN}}}Filter", {"Dialect": WQL}).text = query
        return _written(envelope)

    def pull(self, context: str, namespace: str = "root/cimv2") -> bytes:
        """Go on with an enumeration."""
        envelope, body = self._envelope(PULL, query_uri(namespace))
        request = ET.SubElement(body, f"{{{ENUMERATION}}}Pull")
        ET.SubElement(request, f"{{{ENUMERATION}}}EnumerationContext").text = context
        ET.SubElement(request, f"{{{ENUMERATION}}}MaxElements").text = str(MOST_ITEMS)
        return _written(envelope)

    def release(self, context: str, namespace: str = "root/cimv2") -> bytes:
        """Leave an enumeration before its end."""
        envelope, body = self._envelope(RELEASE, query_uri(namespace))
        request = ET.SubElement(body, f"{{{ENUMERATION}}}Release")
        ET.SubElement(request, f"{{{ENUMERATION}}}EnumerationContext").text = context
        return _written(envelope)

    def get(self, cim: CimClass, keys: Mapping[str, str]) -> bytes:
        """Ask for one instance, by its keys."""
        envelope, _ = self._envelope(GET, cim.uri, keys)
        return _written(envelope)

    def invoke(
        self, cim: CimClass, method: str, arguments: Mapping[str, Value], keys: Mapping[str, str] | None = None
    ) -> bytes:
        """Call a method of an instance, or of the class where there are no keys (DSP0227, 9)."""
        envelope, body = self._envelope(f"{cim.uri}/{method}", cim.uri, keys or {})
        request = ET.SubElement(body, f"{{{cim.uri}}}{method}_INPUT")
        for name, value in arguments.items():
            _add_argument(request, f"{{{cim.uri}}}{name}", value)
        return _written(envelope)

    def _envelope(
        self, action: str, resource: str, keys: Mapping[str, str] | None = None
    ) -> tuple[ET.Element, ET.Element]:
        envelope = ET.Element(f"{{{SOAP}}}Envelope")
        header = ET.SubElement(envelope, f"{{{SOAP}}}Header")
        must, may = ({f"{{{SOAP}}}mustUnderstand": value} for value in ("true", "false"))
        language = {f"{{{XML}}}lang": self.locale, **may}
        ET.SubElement(header, f"{{{ADDRESSING}}}To").text = self.to
        ET.SubElement(header, f"{{{WSMAN}}}ResourceURI", must).text = resource
        reply = ET.SubElement(header, f"{{{ADDRESSING}}}ReplyTo")
        ET.SubElement(reply, f"{{{ADDRESSING}}}Address", must).text = ANONYMOUS
        ET.SubElement(header, f"{{{ADDRESSING}}}Action", must).text = action
        ET.SubElement(header, f"{{{WSMAN}}}MaxEnvelopeSize", must).text = str(MAX_ENVELOPE)
        ET.SubElement(header, f"{{{ADDRESSING}}}MessageID").text = self._ids.pop(0) if self._ids else _new_id()
        ET.SubElement(header, f"{{{WSMAN}}}Locale", language)
        ET.SubElement(header, f"{{{MICROSOFT}}}DataLocale", language)
        ET.SubElement(header, f"{{{WSMAN}}}OperationTimeout").text = f"PT{self.timeout:.3f}S"
        if keys:
            selectors = ET.SubElement(header, f"{{{WSMAN}}}SelectorSet")
            for name, value in keys.items():
                ET.SubElement(selectors, f"{{{WSMAN}}}Selector", {"Name": name}).text = value
        return envelope, ET.SubElement(envelope, f"{{{SOAP}}}Body")


def _add_argument(request: ET.Element, tag: str, value: Value) -> None:
    if value is None:
        ET.SubElement(request, tag, {f"{{{XSI}}}nil": "true"})
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            ET.SubElement(request, tag).text = str(item)
    else:
        ET.SubElement(request, tag).text = str(value).lower() if isinstance(value, bool) else str(value)


def _written(envelope: ET.Element) -> bytes:
    written: bytes = ET.tostring(envelope, encoding="utf-8", xml_declaration=True)
    return written
