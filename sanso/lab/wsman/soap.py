"""Messages of WS-Management, seen from a terminal: what was asked, answers and faults (DSP0226, MS-WSMV)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4
from xml.etree import ElementTree as ET

S = "http://www.w3.org/2003/05/soap-envelope"
A = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
N = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
X = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
W = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
F = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"
CIM = "http://schemas.dmtf.org/wbem/wscim/1/common"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
WMI = "http://schemas.microsoft.com/wbem/wsman/1/wmi/"
INVALID_SELECTORS = 0x8033805B
"""ERROR_WSMAN_INVALID_SELECTORS."""
ANONYMOUS = f"{A}/role/anonymous"
FAULT_ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"
KNOWN = {
    f"{{{A}}}To",
    f"{{{A}}}ReplyTo",
    f"{{{A}}}Action",
    f"{{{A}}}MessageID",
    f"{{{W}}}ResourceURI",
    f"{{{W}}}MaxEnvelopeSize",
    f"{{{W}}}OperationTimeout",
    f"{{{W}}}Locale",
    f"{{{W}}}SelectorSet",
    f"{{{W}}}OptionSet",
    "{http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd}DataLocale",
}
"""Headers that a terminal understands."""

LEAST_ENVELOPE, MOST_ENVELOPE = 8192, 512_000
"""Bytes: what a client must take (DSP0226, 6.2), and what a terminal sends (MaxEnvelopeSizekb)."""

Value = str | int | bool | datetime | None | Sequence[str]
Properties = Mapping[str, Value]


class Fault(Exception):  # noqa: N818 - the specification's word
    """What a terminal answers in place of a result; ``code`` is the Windows code behind it."""

    def __init__(self, subcode: str, reason: str, code: int = 0, *, provider: bool = False) -> None:
        super().__init__(reason)
        self.subcode = subcode
        self.reason = reason
        self.code = code
        self.provider = provider
        """Whether the code is a provider's, below WMI."""


@dataclass(frozen=True)
class Asked:
    """A message, understood."""

    action: str
    resource: str
    message_id: str
    selectors: Mapping[str, str] = field(default_factory=dict)
    most: int = MOST_ENVELOPE
    """Bytes that the answer may have."""
    body: ET.Element = field(default_factory=lambda: ET.Element("Body"), repr=False)

    @property
    def namespace(self) -> str:
        """CIM namespace of the resource, such as ``root/cimv2``."""
        return self.resource.removeprefix(WMI).rpartition("/")[0].lower()

    @property
    def name(self) -> str:
        """Class of the resource, or ``*``."""
        return self.resource.rpartition("/")[2]


def read(message: bytes) -> Asked:
    """Take a message apart.

    Raises:
        Fault: it is not one, lacks a header, or demands one that nobody understands (DSP0226, 5.4).
    """
    try:
        root = ET.fromstring(message)  # noqa: S314 - an emulated terminal's own clients
    except ET.ParseError as error:
        raise Fault("w:SchemaValidationError", f"no XML: {error}") from error
    header, body = root.find(f"{{{S}}}Header"), root.find(f"{{{S}}}Body")
    if root.tag != f"{{{S}}}Envelope" or header is None or body is None or len(body) > 1:
        raise Fault("w:SchemaValidationError", "no SOAP 1.2 envelope")
    for child in header:
        if child.tag not in KNOWN and child.get(f"{{{S}}}mustUnderstand") in {"1", "true"}:
            raise Fault("s:MustUnderstand", f"{child.tag} is not understood")
    asked = Asked(
        _required(header, f"{{{A}}}Action"),
        _required(header, f"{{{W}}}ResourceURI"),
        _required(header, f"{{{A}}}MessageID"),
        _selectors(header),
        _most(header),
        body,
    )
    _required(header, f"{{{A}}}To")
    if _required(header, f"{{{A}}}ReplyTo") != ANONYMOUS:
        raise Fault("a:DestinationUnreachable", "only the anonymous reply address is served")
    if not asked.resource.startswith(WMI):
        raise Fault("a:DestinationUnreachable", f"there is no resource {asked.resource}", 0x803381FE)
    return asked


def _required(header: ET.Element, tag: str) -> str:
    found = header.find(tag)
    text = "".join(found.itertext()).strip() if found is not None else ""
    if not text:
        raise Fault("a:MessageInformationHeaderRequired", f"the header {tag} is missing")
    return text


def _selectors(header: ET.Element) -> dict[str, str]:
    found = [(str(one.get("Name")), one.text or "") for one in header.iter(f"{{{W}}}Selector")]
    if len({name.lower() for name, _ in found}) < len(found):
        raise Fault("w:InvalidSelectors", "a selector is there twice", INVALID_SELECTORS)
    return dict(found)


def _most(header: ET.Element) -> int:
    """Bytes that the client takes; too few for a fault are refused (DSP0226, 6.2)."""
    text = header.findtext(f"{{{W}}}MaxEnvelopeSize", str(MOST_ENVELOPE)).strip()
    if not text.isdecimal():
        raise Fault("w:SchemaValidationError", f"MaxEnvelopeSize is no number: {text[:20]}")
    if int(text) < LEAST_ENVELOPE:
        raise Fault("w:EncodingLimit", f"MaxEnvelopeSize is less than {LEAST_ENVELOPE}")
    return min(int(text), MOST_ENVELOPE)


def answer(asked: Asked, action: str, content: ET.Element | None = None) -> bytes:
    """An answer with one element in its body, or none."""
    return _envelope(action, asked.message_id, content)


def fault(error: Fault, message_id: str, machine: str) -> bytes:
    """An answer that is a fault, in the shape in which Windows gives it."""
    found = ET.Element(f"{{{S}}}Fault")
    code = ET.SubElement(found, f"{{{S}}}Code")
    sender = error.subcode not in {"w:InternalError", "w:TimedOut"}
    ET.SubElement(code, f"{{{S}}}Value").text = "s:Sender" if sender else "s:Receiver"
    ET.SubElement(ET.SubElement(code, f"{{{S}}}Subcode"), f"{{{S}}}Value").text = error.subcode
    reason = ET.SubElement(found, f"{{{S}}}Reason")
    ET.SubElement(reason, f"{{{S}}}Text", {LANG: "en-US"}).text = error.reason
    detail = ET.SubElement(ET.SubElement(found, f"{{{S}}}Detail"), f"{{{F}}}WSManFault", {"Machine": machine})
    detail.set("Code", str(0x80338000 if error.provider or not error.code else error.code))
    message = ET.SubElement(detail, f"{{{F}}}Message")
    if error.provider:
        _provider(message, error)
    else:
        message.text = error.reason
    return _envelope(FAULT_ACTION, message_id, found)


def _provider(message: ET.Element, error: Fault) -> None:
    """The extended status that WMI hands on from a provider."""
    provider = ET.SubElement(message, f"{{{F}}}ProviderFault", {"provider": "WMI Provider"})
    status = f"{WMI}root/cimv2/__ExtendedStatus"
    extended = ET.SubElement(ET.SubElement(provider, f"{{{F}}}ExtendedError"), f"{{{status}}}__ExtendedStatus")
    ET.SubElement(extended, f"{{{status}}}Description", {f"{{{XSI}}}nil": "true"})
    ET.SubElement(extended, f"{{{status}}}Operation").text = "ExecMethod"
    ET.SubElement(extended, f"{{{status}}}StatusCode").text = str(error.code)


def _envelope(action: str, relates_to: str, content: ET.Element | None) -> bytes:
    envelope = ET.Element(f"{{{S}}}Envelope")
    header = ET.SubElement(envelope, f"{{{S}}}Header")
    ET.SubElement(header, f"{{{A}}}Action").text = action
    ET.SubElement(header, f"{{{A}}}MessageID").text = f"uuid:{str(uuid4()).upper()}"
    ET.SubElement(header, f"{{{A}}}To").text = ANONYMOUS
    ET.SubElement(header, f"{{{A}}}RelatesTo").text = relates_to
    ET.SubElement(envelope, f"{{{S}}}Body").extend([] if content is None else [content])
    written: bytes = ET.tostring(envelope, encoding="utf-8")
    return written


def add(parent: ET.Element, namespace: str, properties: Properties) -> None:
    """Add properties or arguments below an element; without namespace as Windows does in fragments."""
    for name, value in properties.items():
        tag = f"{{{namespace}}}{name}" if namespace else name
        if value is None:
            ET.SubElement(parent, tag, {f"{{{XSI}}}nil": "true"})
        elif isinstance(value, datetime):
            inner = f"{{{CIM}}}Datetime" if namespace else "Datetime"
            ET.SubElement(ET.SubElement(parent, tag), inner).text = f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for item in value:
                ET.SubElement(parent, tag).text = item
        else:
            ET.SubElement(parent, tag).text = str(value).lower() if isinstance(value, bool) else str(value)
