"""The messages that a terminal answers with: instances, what methods give back, and faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from sanso.wsman.errors import WsmanError
from sanso.wsman.names import CIM, ENUMERATION, FAULT, SOAP, XSI, local

Property = str | None | list[str]
"""A value as text; None is null, a list an array of two values or more."""
Instance = dict[str, Property]

ACCESS_DENIED = 0x80070005
_DENIED_CODES = {5, ACCESS_DENIED, 0x80041003}
"""ERROR_ACCESS_DENIED, E_ACCESSDENIED, WBEM_E_ACCESS_DENIED (MS-ERREF, MS-WMI)."""
_HRESULT = re.compile(r"\b0x([0-9A-Fa-f]{8})\b")


@dataclass(frozen=True)
class Page:
    """A part of an enumeration; ``context`` is empty at its end."""

    items: list[Instance] = field(default_factory=list)
    context: str = ""


def read_page(answer: bytes) -> Page:
    """Items and context of an answer to Enumerate or Pull.

    Raises:
        WsmanError: it is a fault, or no such answer.
    """
    response = _content(answer, "EnumerateResponse", "PullResponse")
    holder = next((child for child in response if local(child.tag) == "Items"), None)
    items = [_instance(item) for item in holder] if holder is not None else []
    ended = any(local(child.tag) == "EndOfSequence" for child in response)
    context = response.findtext(f"{{{ENUMERATION}}}EnumerationContext", "")
    return Page(items, "" if ended else context.strip())


def read_instance(answer: bytes) -> Instance:
    """The instance of an answer to Get; raises as :func:`read_page` does."""
    return _instance(_content(answer))


def read_output(answer: bytes, method: str) -> Instance:
    """What a method gave back.

    Raises:
        WsmanError: it is a fault, or its ``ReturnValue`` is not 0.
    """
    output = _instance(_content(answer, f"{method}_OUTPUT"))
    value = output.get("ReturnValue")
    code = int(value) & 0xFFFFFFFF if isinstance(value, str) and re.fullmatch(r"-?\d+", value) else 0
    if code:
        raise _failed(f"{method}: 0x{code:08X}", code)
    return output


def raise_fault(answer: bytes) -> None:
    """Raise the fault that an answer carries, if it carries one."""
    fault = _body(answer).find(f"{{{SOAP}}}Fault")
    if fault is not None:
        raise _fault(fault)


def _content(answer: bytes, *names: str) -> ET.Element:
    """The one element in the body."""
    body = _body(answer)
    for child in body:
        if child.tag == f"{{{SOAP}}}Fault":
            raise _fault(child)
        if not names or local(child.tag) in names:
            return child
    raise WsmanError("answer", f"{' or '.join(names) or 'an instance'} expected, found {_outline(body)}")


def _body(answer: bytes) -> ET.Element:
    try:
        root = ET.fromstring(answer)  # noqa: S314 - expat bounds what entities may grow to, and fetches none
    except ET.ParseError as error:
        raise WsmanError("answer", f"no XML: {error}") from error
    body = root.find(f"{{{SOAP}}}Body")
    if body is None:
        raise WsmanError("not_wsman", f"no SOAP envelope, but {local(root.tag)}")
    return body


def _outline(body: ET.Element) -> str:
    return ", ".join(local(child.tag) for child in body) or "nothing"


def _instance(element: ET.Element) -> Instance:
    """Properties by name; a projection comes as a fragment whose children are the properties (DSP0226, 7.7)."""
    found: Instance = {}
    for child in element:
        name, value = local(child.tag), _value(child)
        if name not in found:
            found[name] = value
            continue
        before = found[name]
        found[name] = [*(before if isinstance(before, list) else [before or ""]), str(value or "")]
    return found


def _value(element: ET.Element) -> str | None:
    if element.get(f"{{{XSI}}}nil") in {"true", "1"}:
        return None
    date = element.find(f"{{{CIM}}}Datetime")
    inner = date if date is not None else next(iter(element), None)
    return (inner.text if inner is not None else element.text) or ""


# ----- faults -------------------------------------------------------------------------------------------------------


def _fault(fault: ET.Element) -> WsmanError:
    reason = " ".join(fault.findtext(f"{{{SOAP}}}Reason/{{{SOAP}}}Text", "").split()) or "a fault without a reason"
    subcode = _plain(fault.findtext(f"{{{SOAP}}}Code/{{{SOAP}}}Subcode/{{{SOAP}}}Value", ""))
    if subcode == "AccessDenied":
        return WsmanError("denied", reason, ACCESS_DENIED)
    if subcode == "TimedOut":
        return WsmanError("timeout", reason)
    return _failed(reason, _code(fault))


def _plain(name: str) -> str:
    """A qualified name without its prefix."""
    return name.strip().rpartition(":")[2]


def _failed(reason: str, code: int | None) -> WsmanError:
    if code in _DENIED_CODES:
        return WsmanError("denied", reason, ACCESS_DENIED)
    return WsmanError("fault", reason, code)


def _code(fault: ET.Element) -> int | None:
    """The innermost Windows code: a provider's, that of WMI, the one of WinRM itself, or one told in words."""
    codes = [code for kind in (_provider_codes, _wmi_codes, _wsman_codes) for code in kind(fault)]
    told = _HRESULT.findall(" ".join(fault.itertext()))
    severe = [code for code in (*codes, *(int(one, 16) for one in told)) if code]
    return severe[0] if severe else None


def _provider_codes(fault: ET.Element) -> Iterator[int]:
    """Codes of the provider below WMI: ``f:ProviderFault`` holds an error instance or another fault."""
    for provider in fault.iter(f"{{{FAULT}}}ProviderFault"):
        for element in provider.iter():
            if local(element.tag) in {"StatusCode", "error_Code", "HRESULT", "hresult"}:
                yield from _number(element.text)
            elif local(element.tag) == "WSManFault":
                yield from _number(element.get("Code"))


def _wmi_codes(fault: ET.Element) -> Iterator[int]:
    for element in fault.iter():
        if local(element.tag) == "error_Code":
            yield from _number(element.text)


def _wsman_codes(fault: ET.Element) -> Iterator[int]:
    for element in fault.iter(f"{{{FAULT}}}WSManFault"):
        yield from _number(element.get("Code"))


def _number(text: str | None) -> Iterator[int]:
    """A code in decimal (of either sign) or hexadecimal, as 32 bits without sign."""
    try:
        yield int(text or "", 0) & 0xFFFFFFFF
    except ValueError:
        return
