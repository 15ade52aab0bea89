"""An emulated terminal: from a message to its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4
from xml.etree import ElementTree as ET

from sanso.lab.wsman import wql
from sanso.lab.wsman.classes import ARGUMENTS, INVALID_PARAMETERS, Classes
from sanso.lab.wsman.identity import asks_identity, identity
from sanso.lab.wsman.soap import (
    INVALID_SELECTORS,
    WMI,
    Asked,
    Fault,
    N,
    Properties,
    Value,
    W,
    X,
    add,
    answer,
    fault,
    read,
)

ACCESS_DENIED = 5
WQL = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
NOT_ALL_CLASSES, TOO_LARGE = 0x80338079, 0x80338050


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
class Terminal:
    """One terminal's WS-Management service."""

    classes: Classes
    behaviour: Behaviour = field(default_factory=Behaviour)
    messages: int = 0
    _open: dict[str, list[ET.Element]] = field(default_factory=dict, repr=False)

    async def handle(self, message: bytes) -> tuple[int, bytes]:
        """HTTP status and answer."""
        self.messages += 1
        if self.behaviour.delay:
            await asyncio.sleep(self.behaviour.delay)
        if asks_identity(message):
            return 200, identity()
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
                return self._enumerate(asked)
            case action if action == f"{N}/Pull":
                return self._pull(asked)
            case action if action == f"{N}/Release":
                self._context(asked)
                return answer(asked, f"{N}/ReleaseResponse")
            case action if action == f"{X}/Get":
                return answer(asked, f"{X}/GetResponse", self._get(asked))
            case _:
                return self._invoke(asked)

    # ----- reading --------------------------------------------------------------------------------------------

    def _enumerate(self, asked: Asked) -> bytes:
        filter_ = asked.body.find(f"{{{N}}}Enumerate/{{{W}}}Filter")
        if filter_ is None or filter_.get("Dialect") != WQL:
            raise Fault("n:FilterDialectRequestedUnavailable", "only WQL is understood")
        if asked.name != "*":
            raise Fault("w:CannotProcessFilter", "a WQL query goes to all classes of a namespace", NOT_ALL_CLASSES)
        query = wql.parse(filter_.text or "")
        self.classes.must_be_in(asked.namespace, query.name)
        kind = f"{WMI}{asked.namespace}/{query.name}"
        items = [
            self._item(kind, query.name, found, fragment=bool(query.names))
            for found in query.select(self.classes.instances(query.name))
        ]
        optimised = asked.body.find(f"{{{N}}}Enumerate/{{{W}}}OptimizeEnumeration") is not None
        most = int(asked.body.findtext(f"{{{N}}}Enumerate/{{{W}}}MaxElements", "1"))
        return self._page(asked, "Enumerate", items, min(most, self.behaviour.first_items) if optimised else 0)

    def _pull(self, asked: Asked) -> bytes:
        most = int(asked.body.findtext(f"{{{N}}}Pull/{{{N}}}MaxElements", "1"))
        return self._page(asked, "Pull", self._context(asked), most)

    def _context(self, asked: Asked) -> list[ET.Element]:
        """What is left of an enumeration, which nobody can ask for again under the same name."""
        name = asked.body.findtext(f".//{{{N}}}EnumerationContext", "").strip()
        if name not in self._open:
            raise Fault("n:InvalidEnumerationContext", "there is no such enumeration")
        return self._open.pop(name)

    def _page(self, asked: Asked, verb: str, items: list[ET.Element], most: int) -> bytes:
        """As many items as are wanted and fit, and the rest for later.

        Raises:
            Fault: not even one fits.
        """
        count = min(most, len(items))
        while True:
            context = f"uuid:{str(uuid4()).upper()}" if items[count:] else ""
            written = answer(asked, f"{N}/{verb}Response", _items(verb, items[:count], context))
            if len(written) <= asked.most:
                break
            if count <= 1:
                raise Fault("w:EncodingLimit", "the answer is larger than the envelope may be", TOO_LARGE)
            count //= 2
        if context:
            self._open[context] = items[count:]
        return written

    def _item(self, kind: str, name: str, properties: Properties, *, fragment: bool) -> ET.Element:
        """An instance; of a projection, a fragment with its properties (DSP0226, 7.7)."""
        item = ET.Element(f"{{{W}}}XmlFragment" if fragment else f"{{{kind}}}{name}")
        add(item, "" if fragment else kind, properties)
        return item

    def _get(self, asked: Asked) -> ET.Element:
        self._must_be_keys(asked)
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
        self._must_be_keys(asked)
        method = self.classes.method(asked.name, asked.selectors, name)
        arguments = {one.tag.rpartition("}")[2]: one.text for one in given}
        if unknown := arguments.keys() - ARGUMENTS.get(name, set()):
            raise Fault("w:InvalidParameter", f"{name} takes no {', '.join(sorted(unknown))}", INVALID_PARAMETERS)
        output = ET.Element(f"{{{resource}}}{name}_OUTPUT")
        add(output, resource, method(arguments))
        return answer(asked, f"{asked.action}Response", output)

    def _must_be_keys(self, asked: Asked) -> None:
        self.classes.must_be_in(asked.namespace, asked.name)
        if {one.lower() for one in asked.selectors} != self.classes.keys(asked.name):
            raise Fault("w:InvalidSelectors", f"these are not the keys of {asked.name}", INVALID_SELECTORS)


def _items(verb: str, items: list[ET.Element], context: str) -> ET.Element:
    """Context, items and the end, in the order of the schema, and each in the namespace where Windows has it."""
    response = ET.Element(f"{{{N}}}{verb}Response")
    namespace = W if verb == "Enumerate" else N
    ET.SubElement(response, f"{{{N}}}EnumerationContext").text = context
    if items or verb == "Pull":
        ET.SubElement(response, f"{{{namespace}}}Items").extend(items)
    if not context:
        ET.SubElement(response, f"{{{namespace}}}EndOfSequence")
    return response


def _same(value: Value | Sequence[str], wanted: str) -> bool:
    return value is not None and str(value).lower() == wanted.lower()
