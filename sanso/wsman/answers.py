"""The messages that a terminal answers with: instances, what methods give back, and faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from sanso.wsman.errors import WsmanError
from sanso.wsman.faults import failed, fault, number
from sanso.wsman.names import ENUMERATION, SOAP, XSI, local

Property = str | None | list[str]
"""A value as text; None is null, a list an array of two values or more."""
Instance = dict[str, Property]


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
    """What a method gave back: in ``<method>_OUTPUT`` (DSP0227), which OMI calls as the method itself.

    Raises:
        WsmanError: it is a fault, or its ``ReturnValue`` is not 0.
    """
    output = _instance(_content(answer, f"{method}_OUTPUT", method))
    value = output.get("ReturnValue")
    if value is None:
        return output
    code = number(value) if isinstance(value, str) else None
    if code is None:
        raise WsmanError("answer", f"{method}: a number expected as ReturnValue, found {value!r:.80}")
    if code:
        raise failed(f"{method}: 0x{code:08X}", code)
    return output


def raise_fault(answer: bytes) -> None:
    """Raise the fault that an answer carries, if it carries one."""
    found = _body(answer).find(f"{{{SOAP}}}Fault")
    if found is not None:
        raise fault(found)


def _content(answer: bytes, *names: str) -> ET.Element:
    """The one element in the body."""
    body = _body(answer)
    for child in body:
        if child.tag == f"{{{SOAP}}}Fault":
            raise fault(child)
        if not names or local(child.tag) in names:
            return child
    raise WsmanError("answer", f"{' or '.join(names) or 'an instance'} expected, found {_outline(body)}")


def _body(answer: bytes) -> ET.Element:
    try:
        root = ET.fromstring(answer)  # noqa: S314 - expat bounds what entities may grow to, and fetches none
    except (ET.ParseError, ValueError, LookupError) as error:  # the last two: of encodings that nobody knows
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
    """A value as text; dates stand in an element of their own, of any namespace (DSP0230).

    Of an embedded instance or a reference it is the words in it: nobody asks for one yet.
    """
    if element.get(f"{{{XSI}}}nil") in {"true", "1"}:
        return None
    if len(element) == 0:
        return element.text or ""
    return " ".join(" ".join(element.itertext()).split())
