"""Faults: what went wrong, and the Windows code behind it (DSP0226, 14; MS-WSMV)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from sanso.wsman.errors import ForeignFaultError, WsmanError
from sanso.wsman.names import FAULT, SOAP, local

ACCESS_DENIED = 0x80070005
_DENIED_CODES = {5, ACCESS_DENIED, 0x80041003}
"""ERROR_ACCESS_DENIED, E_ACCESSDENIED, WBEM_E_ACCESS_DENIED (MS-ERREF, MS-WMI)."""
_PROVIDER_CODES = {"StatusCode", "error_Code", "HRESULT", "hresult"}
"""Properties of the error instances that providers below WMI hand on."""
_OF_WINDOWS = {"WSManFault", "MSFT_WmiError"}
_CIM_STATUS: Mapping[int, int] = {
    2: 0x80041003,
    3: 0x8004100E,
    4: 0x80041008,
    5: 0x80041010,
    6: 0x80041002,
    7: 0x8004100C,
    15: 0x80041017,
    16: 0x80041055,
    17: 0x8004102E,
}
"""CIM status (DSP0223) → the code by which WMI says the same (MS-WMI 2.2.11)."""
_HRESULT = re.compile(r"\b0x([0-9A-Fa-f]{8})\b")
_NUMBER = re.compile(r"[+-]?\d{1,20}|0[xX][0-9A-Fa-f]{1,16}")


def fault(element: ET.Element) -> WsmanError:
    """What a SOAP fault says."""
    reason = " ".join(element.findtext(f"{{{SOAP}}}Reason/{{{SOAP}}}Text", "").split()) or "a fault without a reason"
    subcode = element.findtext(f"{{{SOAP}}}Code/{{{SOAP}}}Subcode/{{{SOAP}}}Value", "")
    match subcode.strip().rpartition(":")[2]:
        case "AccessDenied":
            return WsmanError("denied", reason, ACCESS_DENIED)
        case "TimedOut":
            return WsmanError("timeout", reason)
    error = failed(reason, _code(element))
    if error.cause == "fault" and not any(local(inner.tag) in _OF_WINDOWS for inner in element.iter()):
        return ForeignFaultError("fault", reason, error.hresult)
    return error


def failed(reason: str, code: int | None) -> WsmanError:
    """The error behind a code."""
    if code in _DENIED_CODES:
        return WsmanError("denied", reason, ACCESS_DENIED)
    return WsmanError("fault", reason, code)


def number(text: str | None) -> int | None:
    """A code in decimal (of either sign) or hexadecimal, as 32 bits without sign; None where it is none."""
    plain = (text or "").strip()
    if not _NUMBER.fullmatch(plain):
        return None
    return int(plain, 16 if plain[:2].lower() == "0x" else 10) & 0xFFFFFFFF


def _code(element: ET.Element) -> int | None:
    """The innermost code: a provider's, that of WMI, one told in words, that of WinRM itself, the CIM status."""
    for kind in (_of_provider, _of_wmi, _told, _of_winrm, _of_cim):
        for code in kind(element):
            if code:
                return code
    return None


def _of_provider(element: ET.Element) -> Iterator[int | None]:
    """``f:ProviderFault`` holds an error instance, or another fault."""
    for provider in element.iter(f"{{{FAULT}}}ProviderFault"):
        for inner in provider.iter():
            if local(inner.tag) in _PROVIDER_CODES:
                yield number(inner.text)
            elif local(inner.tag) == "WSManFault":
                yield number(inner.get("Code"))


def _of_wmi(element: ET.Element) -> Iterator[int | None]:
    return (number(inner.text) for inner in element.iter() if local(inner.tag) == "error_Code")


def _told(element: ET.Element) -> Iterator[int | None]:
    return (int(one, 16) for one in _HRESULT.findall(" ".join(element.itertext())))


def _of_winrm(element: ET.Element) -> Iterator[int | None]:
    return (number(inner.get("Code")) for inner in element.iter(f"{{{FAULT}}}WSManFault"))


def _of_cim(element: ET.Element) -> Iterator[int | None]:
    """``CIM_Error`` and what is derived from it (DSP0227)."""
    for inner in element.iter():
        if local(inner.tag) == "CIMStatusCode":
            yield _CIM_STATUS.get(number(inner.text) or 0)
