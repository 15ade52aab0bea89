"""Terminals by site, where the inventory has them: hosts of the group ``endpoints``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sanso.city.model import City
from sanso.report.parameters.sheet import Names, Sheet, layer

GROUP = "endpoints"
PREFIX = "sanso_endpoint_"
SAID = ("number", "section", "os", "office", "mac", "note")
"""What ledgers may say of a terminal."""
VARIABLES = ("ansible_host", *(f"{PREFIX}{name}" for name in ("site", "layer", "segment", *SAID)))
"""Variables that a terminal is read from."""


@dataclass(frozen=True)
class Terminal:
    """A terminal: where it is, and what ledgers say of it."""

    host: str
    site: str = ""
    layer: str = ""
    segment: str = ""
    address: str = ""
    said: tuple[str, ...] = ("",) * len(SAID)

    @classmethod
    def of(cls, host: str, values: Mapping[str, Any], groups: Iterable[str], city: City) -> Terminal:
        """From variables of a host; what a template would say is taken from its groups and its segment."""
        plain = {name: str(value) for name, value in values.items() if "{{" not in str(value)}
        segment = plain.get(f"{PREFIX}segment", "")
        site = plain.get(f"{PREFIX}site") or next((group for group in groups if group in city.sites), "")
        known = str(city.segments[segment].layer) if segment in city.segments else ""
        said = tuple(plain.get(f"{PREFIX}{name}", "") for name in SAID)
        address = plain.get("ansible_host", "")
        return cls(host, site, plain.get(f"{PREFIX}layer") or known, segment, address, said)


def terminal_sheet(terminals: Iterable[Terminal], names: Names) -> Sheet:
    """Terminals by site, in the city's order of sites."""
    order = list(names.city.sites)
    known = sorted(terminals, key=lambda one: (order.index(one.site) if one.site in order else len(order), one.host))
    columns = ("host", "site", "layer", "segment", "address", *SAID)
    rows = [
        [
            *(one.host, names.site(one.site), layer(one.layer) if one.layer else ""),
            *(names.segment(one.segment), one.address, *one.said),
        ]
        for one in known
    ]
    return Sheet("terminals", columns, [list(row) for row in rows])
