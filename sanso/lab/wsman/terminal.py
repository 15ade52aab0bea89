"""An emulated terminal: from a message to its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4
from xml.etree import ElementTree as ET

from sanso.lab.wsman import wql
from sanso.lab.wsman.classes import Classes
from sanso.lab.wsman.soap import WMI, Asked, Fault, N, Properties, Value, W, X, add, answer, fault, read

ACCESS_DENIED = 5
WQL = "http://schemas.microsoft.com/wbem/wsman/1/WQL"


@dataclass
class Behaviour:
    """What a terminal does wrong, on demand.

    ``delay`` is in seconds before each answer; ``denied`` lets in but allows nothing; ``first_items`` is how many
    instances an optimised Enumerate brings, the rest being for Pull.
    """

    delay: float = 0.0
    denied: bool = False
    first_items: int = 1


@dataclass
class _Enumeration:
    items: list[ET.Element]


@dataclass
class Terminal:
    """One terminal's WS-Management service."""

    classes: Classes
    behaviour: Behaviour = field(default_factory=Behaviour)
    messages: int = 0
    _open: dict[str, _Enumeration] = field(default_factory=dict, repr=False)

    async def handle(self, message: bytes) -> tuple[int, bytes]:
        """HTTP status and answer."""
        self.messages += 1
        if self.behaviour.delay:
            await asyncio.sleep(self.behaviour.delay)
        asked_id = ""
        try:
            asked = read(message)
            asked_id = asked.message_id
            if self.behaviour.denied:
                raise Fault("w:AccessDenied", "Access is denied.", ACCESS_DENIED)
            return 200, self._answer(asked)
        except Fault as error:
            return 500, fault(error, asked_id, self.classes.hostname)

    def _answer(self, asked: Asked) -> bytes:
        match asked.action:
            case action if action == f"{N}/Enumerate":
                return answer(asked, f"{N}/EnumerateResponse", self._enumerate(asked))
            case action if action == f"{N}/Pull":
                return answer(asked, f"{N}/PullResponse", self._pull(asked))
            case action if action == f"{N}/Release":
                self._open.pop(asked.body.findtext(f".//{{{N}}}EnumerationContext", ""), None)
                return answer(asked, f"{N}/ReleaseResponse", ET.Element("none"))
            case action if action == f"{X}/Get":
                return answer(asked, f"{X}/GetResponse", self._get(asked))
            case _:
                return self._invoke(asked)

    # ----- reading --------------------------------------------------------------------------------------------

    def _enumerate(self, asked: Asked) -> ET.Element:
        filter_ = asked.body.find(f"{{{N}}}Enumerate/{{{W}}}Filter")
        if filter_ is None or filter_.get("Dialect") != WQL:
            raise Fault("w:CannotProcessFilter", "only WQL is understood")
        query = wql.parse(filter_.text or "")
        kind = f"{WMI}{asked.namespace}/{query.name}"
        items = [
            self._item(kind, query.name, found, fragment=bool(query.names))
            for found in query.select(self.classes.instances(query.name))
        ]
        response = ET.Element(f"{{{N}}}EnumerateResponse")
        optimised = asked.body.find(f".//{{{W}}}OptimizeEnumeration") is not None
        most = int(asked.body.findtext(f".//{{{W}}}MaxElements", "1"))
        now = items[: min(most, self.behaviour.first_items)] if optimised else []
        self._page(response, W if now else "", now, items[len(now) :])
        return response

    def _pull(self, asked: Asked) -> ET.Element:
        context = asked.body.findtext(f".//{{{N}}}EnumerationContext", "").strip()
        enumeration = self._open.pop(context, None)
        if enumeration is None:
            raise Fault("n:InvalidEnumerationContext", "there is no such enumeration")
        most = int(asked.body.findtext(f".//{{{N}}}MaxElements", "1"))
        response = ET.Element(f"{{{N}}}PullResponse")
        self._page(response, N, enumeration.items[:most], enumeration.items[most:])
        return response

    def _page(self, response: ET.Element, namespace: str, now: list[ET.Element], later: list[ET.Element]) -> None:
        """Context, items and the end, in the order of the schema."""
        context = ET.SubElement(response, f"{{{N}}}EnumerationContext")
        if later:
            context.text = f"uuid:{str(uuid4()).upper()}"
            self._open[context.text] = _Enumeration(later)
        if namespace:
            ET.SubElement(response, f"{{{namespace}}}Items").extend(now)
        if not later:
            ET.SubElement(response, f"{{{namespace or W}}}EndOfSequence")

    def _item(self, kind: str, name: str, properties: Properties, *, fragment: bool) -> ET.Element:
        """An instance; of a projection, a fragment with its properties (DSP0226, 7.7)."""
        item = ET.Element(f"{{{W}}}XmlFragment" if fragment else f"{{{kind}}}{name}")
        add(item, kind, properties)
        return item

    def _get(self, asked: Asked) -> ET.Element:
        for instance in self.classes.instances(asked.name):
            if all(_same(instance.get(name), value) for name, value in asked.selectors.items()):
                return self._item(asked.resource, asked.name, instance, fragment=False)
        raise Fault("a:DestinationUnreachable", f"there is no such instance of {asked.name}", 0x80041002)

    # ----- methods --------------------------------------------------------------------------------------------

    def _invoke(self, asked: Asked) -> bytes:
        resource, _, name = asked.action.rpartition("/")
        if resource != asked.resource:
            raise Fault("a:ActionNotSupported", f"the action {asked.action} is not supported")
        given = asked.body.find(f"{{{resource}}}{name}_INPUT")
        if given is None:
            raise Fault("w:SchemaValidationError", f"{name}_INPUT is missing")
        method = self.classes.method(asked.name, asked.selectors, name)
        output = ET.Element(f"{{{resource}}}{name}_OUTPUT")
        add(output, resource, method({one.tag.rpartition("}")[2]: one.text for one in given}))
        return answer(asked, f"{asked.action}Response", output)


def _same(value: Value | Sequence[str], wanted: str) -> bool:
    return value is not None and str(value).lower() == wanted.lower()
