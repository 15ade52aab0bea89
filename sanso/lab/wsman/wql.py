"""The part of WQL that clients of a terminal use: SELECT … FROM … WHERE … AND …."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanso.lab.wsman.soap import Fault, Properties, Value

INVALID_QUERY = 0x80041017
"""WBEM_E_INVALID_QUERY (MS-WMI 2.2.11)."""

_QUERY = re.compile(
    r"\s*SELECT\s+(?P<what>\*|\w+(?:\s*,\s*\w+)*)\s+FROM\s+(?P<name>\w+)(?:\s+WHERE\s+(?P<where>.+?))?\s*",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(
    r"""\s*(?P<name>\w+)\s*(?:
        IS\s+(?P<not>NOT\s+)?NULL |
        (?P<operator>=|<>|!=)\s*(?:'(?P<text>[^']*)'|"(?P<quoted>[^"]*)"|(?P<word>\w+))
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Condition:
    """One comparison; ``value`` None compares with null."""

    name: str
    equal: bool
    value: str | None

    def holds(self, properties: Properties) -> bool:
        """Whether an instance meets it; null is equal to nothing else."""
        found = _plain(_lookup(properties, self.name))
        if self.value is None or found is None:
            return (found is None and self.value is None) == self.equal
        return (found.lower() == self.value.lower()) == self.equal


@dataclass(frozen=True)
class Query:
    """A query; without names it asks for whole instances."""

    name: str
    names: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def select(self, instances: Iterator[Properties]) -> Iterator[dict[str, Value]]:
        """What the query gives of a class's instances.

        Raises:
            Fault: it names a property that the class does not have.
        """
        for instance in instances:
            for name in (*self.names, *(one.name for one in self.conditions)):
                _lookup(instance, name)
            if all(one.holds(instance) for one in self.conditions):
                yield {name: _lookup(instance, name) for name in self.names} if self.names else dict(instance)


def parse(text: str) -> Query:
    """Read a query.

    Raises:
        Fault: it is none, or beyond what is emulated.
    """
    match = _QUERY.fullmatch(text)
    if match is None:
        raise _invalid(text)
    names = () if match["what"] == "*" else tuple(re.split(r"\s*,\s*", match["what"].strip()))
    conditions = tuple(_condition(part) for part in re.split(r"\s+AND\s+", match["where"] or "", flags=re.I) if part)
    return Query(match["name"], names, conditions)


def _condition(text: str) -> Condition:
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise _invalid(text)
    if match["operator"] is None:
        return Condition(match["name"], match["not"] is None, None)
    value = next(one for one in (match["text"], match["quoted"], match["word"]) if one is not None)
    if value is match["word"] and value.upper() == "NULL":
        return Condition(match["name"], match["operator"] == "=", None)
    return Condition(match["name"], match["operator"] == "=", value)


def _lookup(properties: Mapping[str, Value], name: str) -> Value:
    for own, value in properties.items():
        if own.lower() == name.lower():
            return value
    raise _invalid(name)


def _plain(value: Value) -> str | None:
    return None if value is None else str(value)


def _invalid(text: str) -> Fault:
    return Fault("w:CannotProcessFilter", f"the query is invalid: {text}", INVALID_QUERY)
