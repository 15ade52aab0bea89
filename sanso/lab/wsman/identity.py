"""What a terminal says that it is: Identify, the one message without headers (DSP0226, 11; MS-WSMV)."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from sanso.lab.wsman.soap import S, W

I = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"  # noqa: E741 - the specification's prefix
_IDENTITY = {
    "ProtocolVersion": W,
    "ProductVendor": "Microsoft Corporation",
    "ProductVersion": "OS: 10.0.22621 SP: 0.0 Stack: 3.0",
}


def asks_identity(message: bytes) -> bool:
    """Whether a message is Identify."""
    if b"Identify" not in message:
        return False  # sooner told than by reading it
    try:
        root = ET.fromstring(message)  # noqa: S314 - an emulated terminal's own clients
    except ET.ParseError:
        return False
    return root.find(f"{{{S}}}Body/{{{I}}}Identify") is not None


def identity() -> bytes:
    """The answer to Identify."""
    envelope = ET.Element(f"{{{S}}}Envelope")
    ET.SubElement(envelope, f"{{{S}}}Header")
    response = ET.SubElement(ET.SubElement(envelope, f"{{{S}}}Body"), f"{{{I}}}IdentifyResponse")
    for name, value in _IDENTITY.items():
        ET.SubElement(response, f"{{{I}}}{name}").text = value
    written: bytes = ET.tostring(envelope, encoding="utf-8")
    return written
