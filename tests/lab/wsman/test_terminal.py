"""An emulated terminal against messages in other words than our client's: it refuses what Windows refuses."""

from __future__ import annotations

import asyncio
from xml.etree import ElementTree as ET

import pytest

from sanso.lab.wsman.classes import Classes
from sanso.lab.wsman.licences import WINDOWS, Licence, Licences
from sanso.lab.wsman.terminal import Behaviour, Terminal
from sanso.lab.wsman.world import World

WMI = "http://schemas.microsoft.com/wbem/wsman/1/wmi"
ENUM = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
GET = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get"
DIALECT = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
PRODUCT = f"{WMI}/root/cimv2/SoftwareLicensingProduct"
SERVICE = f"{WMI}/root/cimv2/SoftwareLicensingService"
REGISTRY = f"{WMI}/root/default/StdRegProv"
HEADERS = {
    "to": "<wsa:To>https://t1:5986/wsman</wsa:To>",
    "about": "<wsman:ResourceURI>{resource}</wsman:ResourceURI>",
    "reply": "<wsa:ReplyTo><wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
    "</wsa:Address></wsa:ReplyTo>",
    "verb": "<wsa:Action>{action}</wsa:Action>",
    "id": "<wsa:MessageID>uuid:1c7b2f4e-0000-0000-0000-000000000000</wsa:MessageID>",
    "selectors": "",
    "more": "",
}


def message(resource: str, action: str, body: str = "", **headers: str) -> bytes:
    """A message with the prefixes that the specification uses in its examples."""
    parts = "".join({**HEADERS, **headers}.values()).format(resource=resource, action=action)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"'
        ' xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"'
        f' xmlns:wsen="{ENUM}" xmlns:wsman="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">\n'
        f"  <env:Header>{parts}</env:Header>\n  <env:Body>{body}</env:Body>\n</env:Envelope>"
    ).encode()


def query(text: str, *, resource: str = f"{WMI}/root/cimv2/*", dialect: str = DIALECT, **headers: str) -> bytes:
    chosen = f'<wsman:Filter Dialect="{dialect}">{text}</wsman:Filter>'
    wanted = "<wsman:OptimizeEnumeration/><wsman:MaxElements>99</wsman:MaxElements>"
    body = f"<wsen:Enumerate>{wanted}{chosen}</wsen:Enumerate>"
    return message(resource, f"{ENUM}/Enumerate", body, **headers)


def pull(context: str) -> bytes:
    body = f"<wsen:Pull><wsen:EnumerationContext>{context}</wsen:EnumerationContext></wsen:Pull>"
    return message(f"{WMI}/root/cimv2/*", f"{ENUM}/Pull", body)


def invoke(resource: str, method: str, arguments: str = "", **headers: str) -> bytes:
    body = f'<in:{method}_INPUT xmlns:in="{resource}">{arguments}</in:{method}_INPUT>'
    return message(resource, f"{resource}/{method}", body, **headers)


def selectors(**values: str) -> str:
    inner = "".join(f'<wsman:Selector Name="{name}">{value}</wsman:Selector>' for name, value in values.items())
    return f"<wsman:SelectorSet>{inner}</wsman:SelectorSet>"


def size(text: str) -> str:
    return f'<wsman:MaxEnvelopeSize env:mustUnderstand="true">{text}</wsman:MaxEnvelopeSize>'


@pytest.fixture
def terminal() -> Terminal:
    held = [Licence(WINDOWS, f"Windows {n}", "VOLUME_KMSCLIENT", "3V66T", 5) for n in range(40)]
    return Terminal(Classes("t1", Licences(World(), held)), Behaviour(first_items=99))


def ask(terminal: Terminal, sent: bytes) -> tuple[int, str]:
    """Status, and the answer with the prefixes left out."""
    status, answer = asyncio.run(terminal.handle(sent))
    root = ET.fromstring(answer)  # noqa: S314
    for one in root.iter():
        one.tag = one.tag.rpartition("}")[2]
    return status, ET.tostring(root, encoding="unicode")


NAMES = query("SELECT Name FROM SoftwareLicensingProduct WHERE Name = 'Windows 7'")
VERSION = selectors(Version="10.0.22621.4317")


def test_messages_in_other_words_are_understood(terminal: Terminal) -> None:
    assert ask(terminal, NAMES)[0] == 200
    assert ask(terminal, message(SERVICE, GET, selectors=VERSION))[0] == 200
    assert ask(terminal, invoke(SERVICE, "RefreshLicenseStatus", selectors=VERSION))[0] == 200
    assert ask(terminal, query("select * from Win32_OperatingSystem", more=size("8192")))[0] == 200


def test_fragments_and_dates_are_as_windows_writes_them(terminal: Terminal) -> None:
    _, answer = asyncio.run(terminal.handle(query("SELECT LocalDateTime FROM Win32_OperatingSystem")))
    fragment = next(one for one in ET.fromstring(answer).iter() if one.tag.endswith("}XmlFragment"))  # noqa: S314
    assert [one.tag for one in fragment.iter()][1:] == ["LocalDateTime", "Datetime"]
    _, answer = asyncio.run(terminal.handle(query("SELECT * FROM Win32_OperatingSystem")))
    assert b"http://schemas.dmtf.org/wbem/wscim/1/common" in answer


REFUSED = {
    "no resource": (query("SELECT Name FROM X", about=""), "MessageInformationHeaderRequired"),
    "no action": (query("SELECT Name FROM X", verb=""), "MessageInformationHeaderRequired"),
    "no id": (query("SELECT Name FROM X", id=""), "MessageInformationHeaderRequired"),
    "no destination": (query("SELECT Name FROM X", to=""), "MessageInformationHeaderRequired"),
    "no reply address": (query("SELECT Name FROM X", reply=""), "MessageInformationHeaderRequired"),
    "an unknown header": (
        query("SELECT Name FROM X", more='<x:New xmlns:x="urn:x" env:mustUnderstand="1">1</x:New>'),
        "MustUnderstand",
    ),
    "an envelope too small": (query("SELECT Name FROM X", more=size("8191")), "EncodingLimit"),
    "an envelope of no size": (query("SELECT Name FROM X", more=size("large")), "SchemaValidationError"),
    "another dialect": (query("//Name", dialect="http://www.w3.org/TR/xpath"), "FilterDialectRequestedUnavailable"),
    "a query of one class": (query("SELECT Name FROM X", resource=PRODUCT), "CannotProcessFilter"),
    "no query": (query("Name, please"), "CannotProcessFilter"),
    "an unknown class": (query("SELECT Name FROM Win32_Toaster"), "DestinationUnreachable"),
    "an unknown property": (query("SELECT Colour FROM Win32_OperatingSystem"), "CannotProcessFilter"),
    "an unknown namespace": (query("SELECT Name FROM X", resource=f"{WMI}/root/toast/*"), "DestinationUnreachable"),
    "the registry elsewhere": (
        invoke(f"{WMI}/root/cimv2/StdRegProv", "GetStringValue"),
        "DestinationUnreachable",
    ),
    "the namespace of others": (
        invoke("http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/SoftwareLicensingService", "RefreshLicenseStatus"),
        "DestinationUnreachable",
    ),
    "no selectors": (message(SERVICE, GET), "InvalidSelectors"),
    "an unknown selector": (message(SERVICE, GET, selectors=selectors(Name="x")), "InvalidSelectors"),
    "a selector too many": (
        message(SERVICE, GET, selectors=selectors(Version="10.0.22621.4317", Name="x")),
        "InvalidSelectors",
    ),
    "a selector twice": (
        message(SERVICE, GET, selectors=selectors(Version="10.0.22621.4317", version="x")),
        "InvalidSelectors",
    ),
    "no such instance": (message(SERVICE, GET, selectors=selectors(Version="1")), "DestinationUnreachable"),
    "a method without instance": (invoke(SERVICE, "RefreshLicenseStatus"), "InvalidSelectors"),
    "a static method of an instance": (
        invoke(REGISTRY, "GetStringValue", selectors=selectors(Name="x")),
        "InvalidSelectors",
    ),
    "an unknown method": (invoke(SERVICE, "MakeToast", selectors=VERSION), "ActionNotSupported"),
    "a missing argument": (invoke(SERVICE, "InstallProductKey", selectors=VERSION), "InvalidParameter"),
    "an unknown argument": (
        invoke(SERVICE, "RefreshLicenseStatus", "<in:Deep>true</in:Deep>", selectors=VERSION),
        "InvalidParameter",
    ),
    "the input of another method": (
        message(SERVICE, f"{SERVICE}/RefreshLicenseStatus", f'<i:X_INPUT xmlns:i="{SERVICE}"/>', selectors=VERSION),
        "SchemaValidationError",
    ),
    "the action of another resource": (
        message(SERVICE, f"{PRODUCT}/RefreshLicenseStatus", selectors=VERSION),
        "ActionNotSupported",
    ),
    "a context of nobody's": (pull("uuid:0"), "InvalidEnumerationContext"),
    "no XML": (b"hello", "SchemaValidationError"),
    "SOAP 1.1": (
        NAMES.replace(b"http://www.w3.org/2003/05/soap-envelope", b"http://schemas.xmlsoap.org/soap/envelope/"),
        "SchemaValidationError",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_windows_refuses(terminal: Terminal, name: str) -> None:
    sent, subcode = REFUSED[name]
    status, answer = ask(terminal, sent)
    assert status == 500
    assert f":{subcode}</Value>" in answer


def test_an_answer_fits_into_its_envelope(terminal: Terminal) -> None:
    """DSP0226, 6.2: what does not fit is left for Pull; everything comes, and nothing twice."""
    found: list[str] = []
    sent = query("SELECT Name, Description FROM SoftwareLicensingProduct", more=size("8192"))
    for _ in range(50):
        _, answer = asyncio.run(terminal.handle(sent))
        assert len(answer) <= 8192
        root = ET.fromstring(answer)  # noqa: S314
        found += [one.text or "" for one in root.iter("Name")]
        context = root.findtext(f".//{{{ENUM}}}EnumerationContext")
        if not context:
            break
        sent = pull(context)
    assert found == [f"Windows {n}" for n in range(40)]


def test_what_fits_into_no_envelope(terminal: Terminal) -> None:
    terminal.classes.licences.held[0].name = "W" * 9000
    status, answer = ask(terminal, query("SELECT Name FROM SoftwareLicensingProduct", more=size("8192")))
    assert (status, ":EncodingLimit<" in answer) == (500, True)


def test_a_context_is_good_for_one_pull(terminal: Terminal) -> None:
    terminal.behaviour.first_items = 1
    _, answer = ask(terminal, query("SELECT Name FROM SoftwareLicensingProduct"))
    context = ET.fromstring(answer).findtext(".//EnumerationContext", "")  # noqa: S314
    assert ask(terminal, pull(context))[0] == 200
    assert ask(terminal, pull(context))[0] == 500
