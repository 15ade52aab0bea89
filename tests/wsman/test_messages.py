"""Messages against golden files, which were written from the specifications named in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sanso.wsman.errors import WsmanError
from sanso.wsman.messages import Envelopes
from sanso.wsman.names import CimClass

GOLDEN = Path(__file__).parent / "golden" / "sent"
TO = "http://terminal.city.example:5985/wsman"
CONTEXT = "uuid:11111111-2222-4333-8444-555555555555"
QUERY = "SELECT Name FROM Win32_Service WHERE Name <> 'a&b'"
SERVICE = CimClass("SoftwareLicensingService")
PRODUCT = CimClass("SoftwareLicensingProduct")
KEYS = {"ID": "0c3b0c1a-0000-4000-8000-00000000000a"}
VERSION = {"Version": "10.0.22621.4317"}
REGISTRY = CimClass("StdRegProv", "root/default")
ADAPTER = CimClass("Win32_NetworkAdapterConfiguration")

windows, dmtf = Envelopes(TO), Envelopes(TO, dialect="dmtf")
SENT: dict[str, Callable[[], bytes]] = {
    "enumerate": lambda: windows.enumerate(QUERY),
    "enumerate-dmtf": lambda: dmtf.enumerate(QUERY),
    "pull": lambda: windows.pull(CONTEXT),
    "release": lambda: windows.release(CONTEXT),
    "get": lambda: windows.get(SERVICE, VERSION),
    "get-dmtf": lambda: dmtf.get(SERVICE, VERSION),
    "invoke-instance": lambda: windows.invoke(PRODUCT, "Activate", {}, KEYS),
    "invoke-instance-dmtf": lambda: dmtf.invoke(PRODUCT, "SetKeyManagementServicePort", {"PortNumber": 1688}, KEYS),
    "invoke-static": lambda: windows.invoke(
        REGISTRY,
        "SetStringValue",
        {"hDefKey": 0x80000002, "sSubKeyName": r"SOFTWARE\City & Sons", "sValueName": None, "sValue": ""},
    ),
    "invoke-array": lambda: windows.invoke(
        ADAPTER,
        "Renew",
        {"DNSServerSearchOrder": ["10.0.0.53", "10.0.1.53"], "Full": True, "Quiet": False},
        {"Index": "1"},
    ),
}
S = "{http://www.w3.org/2003/05/soap-envelope}"
A = "{http://schemas.xmlsoap.org/ws/2004/08/addressing}"
W = "{http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd}"


def canonical(message: str) -> str:
    """A message without what may differ: prefixes, space between elements, its own id."""
    plain = ET.canonicalize(message, strip_text=True, rewrite_prefixes=True)
    return re.sub(r"uuid:[0-9A-F-]{36}(?=</n\d+:MessageID>)", "uuid:", plain)


@pytest.mark.parametrize("name", SENT)
def test_a_message_is_as_specified(name: str) -> None:
    assert canonical(SENT[name]().decode()) == canonical((GOLDEN / f"{name}.xml").read_text(encoding="utf-8"))


def test_every_golden_file_is_compared() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(SENT)


@pytest.mark.parametrize("name", SENT)
def test_headers_are_there_once_and_understood(name: str) -> None:
    """DSP0226, 5.4: what every request must carry, and which of it a service must not pass by."""
    envelope = ET.fromstring(SENT[name]())  # noqa: S314
    header, body = envelope
    assert (envelope.tag, header.tag, body.tag) == (f"{S}Envelope", f"{S}Header", f"{S}Body")
    tags = [child.tag for child in header]
    assert len(tags) == len(set(tags))
    assert {f"{A}To", f"{A}Action", f"{A}MessageID", f"{A}ReplyTo", f"{W}ResourceURI"} <= set(tags)
    for tag in (f"{A}Action", f"{W}ResourceURI", f"{W}MaxEnvelopeSize"):
        found = header.find(tag)
        assert found is not None
        assert found.get(f"{S}mustUnderstand") == "true"
    size = header.findtext(f"{W}MaxEnvelopeSize", "")
    assert int(size) >= 8192  # a service may refuse less (DSP0226, 6.2)
    assert len(body) <= 1


def test_ids_are_never_used_twice() -> None:
    found = {re.search(rb"<a:MessageID>uuid:([0-9A-F-]{36})<", SENT["get"]()) for _ in range(50)}
    assert None not in found
    assert len({one[1] for one in found if one}) == 50


@pytest.mark.parametrize("text", ["", " a  b ", "<&>\"'", "]]>", "端末\U0001f5a5", "a\r\nb\tc"])
def test_values_arrive_as_they_were_meant(text: str) -> None:
    sent = ET.fromstring(windows.invoke(REGISTRY, "M", {"sValue": text}, {"Key": text}))  # noqa: S314
    assert next(one for one in sent.iter() if one.tag.endswith("}sValue")).text == (text or None)
    selector = sent.find(f"{S}Header/{W}SelectorSet/{W}Selector")
    assert selector is not None
    assert selector.text == (text or None)


@pytest.mark.parametrize("text", ["\0", "a\x1bb", "\ud800", "\ufffe"])
def test_what_xml_cannot_carry_is_refused(text: str) -> None:
    with pytest.raises(WsmanError, match="cannot carry"):
        windows.invoke(REGISTRY, "M", {"sValue": text})
