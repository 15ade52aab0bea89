"""From hosts' variables to the city's document, and from a path in it back to the variable.

The document is plain data in the shape of :class:`sanso.city.model.City`.  Where the variables come from, and
what knows their lines, is the caller's business: Ansible's variable manager, or :mod:`sanso.city.inventory`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sanso.messages.source import Location, Path

CITY_VARIABLES = {
    "settings": "sanso_city",
    "segments": "sanso_segments",
    "services": "sanso_services",
    "nodes": "sanso_nodes",
    "flows": "sanso_flows",
    "breakouts": "sanso_breakouts",
    "wlans": "sanso_wlans",
    "machines": "sanso_machines",
    "calendar": "sanso_calendar",
    "situation": "sanso_state",
}
"""Part of the document → variable in ``group_vars/all`` that holds it."""

SITE_VARIABLE = "sanso_site"
DEVICE_VARIABLE = "sanso_device"
PORTS_VARIABLE = "sanso_ports"
PLATFORM_VARIABLE = "sanso_platform"
DEVICE_VARIABLES = (DEVICE_VARIABLE, PORTS_VARIABLE, PLATFORM_VARIABLE)
"""A host with one of these is a device: it must have all of them, and not be overlooked for want of one."""
HOST_VARIABLES = {
    "access_points": "sanso_access_point",
    "controllers": "sanso_controller",
    "virtualization_hosts": "sanso_virtualization_host",
}
"""Part of the document → variable that makes a host one of it, and no device."""
VARIABLES = (*CITY_VARIABLES.values(), SITE_VARIABLE, *DEVICE_VARIABLES, *HOST_VARIABLES.values())

LocateVariable = Callable[[str, str, Path], Location | None]
"""Host, variable, path inside its value → place of that value."""


@dataclass
class Document:
    """The city as plain data, and which variable of which host each part of it is."""

    data: dict[str, Any]
    roots: dict[Path, tuple[str, str]] = field(default_factory=dict)
    conflicts: list[tuple[str, str, str]] = field(default_factory=list)
    """City-wide variables that two hosts see differently: variable, host, other host."""

    def locator(self, locate: LocateVariable) -> Callable[[Path], Location | None]:
        """Function from a path in the document to the place of the nearest value at or around it."""

        def find(path: Path) -> Location | None:
            for length in range(len(path), 0, -1):
                if (root := self.roots.get(path[:length])) is not None:
                    return locate(*root, path[length:])
            return None

        return find


def assemble(hosts: Mapping[str, Mapping[str, Any]], groups: Mapping[str, Iterable[str]]) -> Document:
    """Put the hosts' ``sanso_*`` variables together to one document.

    A host with none of the variables that make it a device or one of :data:`HOST_VARIABLES` is passed over.

    Args:
        hosts: variables of each host; of each, only those in :data:`VARIABLES` matter.
        groups: names of the groups each host is in.
    """
    document = Document(data={"sites": {}, "devices": {}, **{part: {} for part in HOST_VARIABLES}})
    for host, variables in hosts.items():
        part = next((part for part, variable in HOST_VARIABLES.items() if variable in variables), "devices")
        if part == "devices" and not any(variable in variables for variable in DEVICE_VARIABLES):
            continue
        _add_city(document, host, variables)
        _add_host(document, part, host, variables, [str(group) for group in groups.get(host, ())])
    return document


def _add_city(document: Document, host: str, variables: Mapping[str, Any]) -> None:
    for part, variable in CITY_VARIABLES.items():
        if variable not in variables:
            continue
        known = document.roots.setdefault((part,), (host, variable))
        if known[0] == host:
            document.data[part] = variables[variable]
        elif document.data[part] is not variables[variable] and document.data[part] != variables[variable]:
            document.conflicts.append((variable, host, known[0]))


def _add_host(document: Document, part: str, host: str, variables: Mapping[str, Any], groups: list[str]) -> None:
    site = variables.get(SITE_VARIABLE)
    site_id = site.get("id") if isinstance(site, Mapping) else None
    if isinstance(site_id, str) and site_id not in document.data["sites"]:
        document.data["sites"][site_id] = site
        document.roots[("sites", site_id)] = (host, SITE_VARIABLE)
    own = HOST_VARIABLES.get(part, DEVICE_VARIABLE)
    if own not in variables:
        document.data[part][host] = None
        return
    given = variables[own]
    parts = {"platform": PLATFORM_VARIABLE, **({"ports": PORTS_VARIABLE} if part == "devices" else {})}
    document.data[part][host] = {
        **(given if isinstance(given, Mapping) else {}),
        "hostname": host,
        "groups": groups,
        **({"site": site_id} if site_id is not None else {}),
        **{key: variables[variable] for key, variable in parts.items() if variable in variables},
    }
    document.roots[(part, host)] = (host, own)
    for key, variable in {"site": SITE_VARIABLE, **parts}.items():
        if variable in variables:
            document.roots[(part, host, key)] = (host, variable)
