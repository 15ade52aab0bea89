"""XML as libvirt writes it: parsed without entities, and every element of it accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import (
    Element,
    ParseError,
    TreeBuilder,
    XMLParser,
    register_namespace,
    tostring,
)

from sanso.hypervisors.libvirt.names import METADATA

register_namespace("sanso", METADATA)
register_namespace("qemu", "http://libvirt.org/schemas/domain/qemu/1.0")

UNITS = {"": 2**10, "b": 1, "bytes": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
"""Bytes in libvirt's units of memory; KB and KiB begin alike, and what libvirt prints is KiB."""

Judge = Callable[[Element], bool]
"""Whether an element with all that is in it is harmless."""


class _NoDoctype(TreeBuilder):
    """Refuses a document type, and with it every entity that a text could define."""

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        """Never called for what libvirt writes."""
        raise ParseError(f"document type {name!r} in what should be plain XML")


def parse(text: str) -> Element:
    """The element of a text; texts come from a daemon of root's own, and a document type is refused all the same.

    Raises:
        ParseError: the text is no XML, or defines entities.
    """
    parser = XMLParser(target=_NoDoctype())  # noqa: S314  # a document type, and so any entity, is refused above
    parser.feed(text)
    element: Element = parser.close()
    return element


def written(element: Element) -> str:
    """An element on one line, without the layout between its parts."""
    return re.sub(r">\s+<", "><", " ".join(tostring(element, encoding="unicode").split()))


def anything(_element: Element) -> bool:
    """Judge of elements that are harmless whatever is in them."""
    return True


@dataclass(frozen=True)
class Strange:
    """What in an element is neither read nor harmless: a child of a parent, or one of its attributes."""

    parent: Element
    child: Element | None
    attribute: str = ""

    @property
    def text(self) -> str:
        """For people."""
        if self.child is not None:
            return written(self.child)
        return f'{self.parent.tag} {self.attribute}="{self.parent.get(self.attribute)}"'

    def remove(self) -> None:
        """Take it out."""
        if self.child is not None:
            self.parent.remove(self.child)
        else:
            del self.parent.attrib[self.attribute]


def strange(element: Element, known: Mapping[str, Judge | None], path: str = "") -> Iterator[Strange]:
    """What in an element is neither read nor harmless.

    Args:
        element: its own attributes are not looked at.
        known: path below it → judge; None: the element is read elsewhere, what is in it is looked at here.
            A path ending in ``@name`` is an attribute, ``@*`` all of them.
        path: where the element is, ending in ``/`` unless it is the whole.
    """
    for child in element:
        below = f"{path}{child.tag}"
        judge = known.get(below)
        if below not in known or (judge is not None and not judge(child)):
            yield Strange(element, child)
        elif judge is None:
            if f"{below}@*" not in known:
                yield from (Strange(child, None, name) for name in child.attrib if f"{below}@{name}" not in known)
            yield from strange(child, known, f"{below}/")


def text_of(element: Element, path: str) -> str:
    """Text of an element below, nothing where there is none."""
    return (element.findtext(path) or "").strip()


def attribute(element: Element, path: str, name: str) -> str:
    """Attribute of an element below, nothing where there is none."""
    found = element.find(path)
    return "" if found is None else found.get(name, "")


def mebibytes(element: Element | None) -> int:
    """Memory of an element with a unit, in MiB, rounded up."""
    if element is None:
        return 0
    unit = UNITS[element.get("unit", "").lower().removesuffix("ib")] if element.get("unit") != "bytes" else 1
    return -(-int(element.text or 0) * unit // 2**20)
