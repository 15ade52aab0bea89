"""A file of what somebody read at access points, controllers and hypervisors: which tag stands for whose hosts.

::

    edges:
      - {name: CITY-LGWAN, tag: 210}
      - {name: db-1 eth0, tag: 340, device: hall-core-2, port: Ethernet2, segment: family_register}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sanso.city.inventory import InventoryError, Variable, read_mapping
from sanso.city.model import City
from sanso.messages import Finding, Severity
from sanso.messages.source import Location
from sanso.proof.edges import ReadEdge, place_of
from sanso.proof.links import End
from sanso.proof.placement import Place
from sanso.rules.words import nearest

EDGES = "edges.yml"
"""What the file is called in a folder of backups."""
KEYS = ("name", "tag", "device", "port", "segment", "layer")
LAST_VLAN = 4094


def read_edges(file: Path, city: City) -> list[ReadEdge]:
    """Read a file of edges; JSON is YAML too.

    Raises:
        InventoryError: the file cannot be read, or says what is not in the city; with a finding for each place.
    """
    reader = _Reader(read_mapping(file), city)
    found = list(reader.edges())
    if reader.findings:
        raise InventoryError(reader.findings)
    return found


class _Reader:
    def __init__(self, data: Mapping[str, Variable], city: City) -> None:
        self.data = data
        self.city = city
        self.findings: list[Finding] = []

    def edges(self) -> Iterator[ReadEdge]:
        """Edges in the order of the file."""
        for key, variable in self.data.items():
            if key != "edges":
                self._tell(variable.location(()), "key", value=key, near="edges")
            elif not isinstance(variable.value, list):
                self._tell(variable.location(()), "list", value=variable.value)
            else:
                for number, entry in enumerate(variable.value):
                    yield from self._edge(variable, number, entry)

    def _edge(self, variable: Variable, number: int, entry: Any) -> Iterator[ReadEdge]:
        before = len(self.findings)

        def at(key: str) -> Location:
            return variable.location((number, key))

        if not isinstance(entry, dict):
            self._tell(variable.location((number,)), "list", value=entry)
            return
        for key in entry:
            if key not in KEYS:
                self._tell(variable.key_location((number, str(key))), "key", value=key, near=nearest(str(key), KEYS))
        name, tag = entry.get("name"), entry.get("tag")
        if not isinstance(name, str) or not name:
            self._tell(at("name"), "name", value=name)
        if isinstance(tag, bool) or not isinstance(tag, int) or not 0 <= tag <= LAST_VLAN:
            self._tell(at("tag"), "tag", value=tag)
        end = self._end(entry, at("device"), at("port"))
        place = self._place(entry, str(name), at)
        if len(self.findings) == before:
            yield ReadEdge(str(name), int(tag or 0), place, end)

    def _end(self, entry: Mapping[str, Any], device_at: Location, port_at: Location) -> End | None:
        if "device" not in entry and "port" not in entry:
            return None
        device, port = str(entry.get("device", "")), str(entry.get("port", ""))
        if device not in self.city.devices:
            self._tell(device_at, "device", value=device, near=nearest(device, self.city.devices))
        elif port not in self.city.ports[device]:
            near = nearest(port, self.city.ports[device])
            self._tell(port_at, "port", value=port, device=device, near=near)
        return End(device, port)

    def _place(self, entry: Mapping[str, Any], name: str, at: Any) -> Place | None:
        """Where the hosts belong: as the entry says, else where the SSID or segment of that name does."""
        segment, layer = entry.get("segment"), entry.get("layer")
        if segment is not None:
            if segment in self.city.segments:
                return Place(self.city.segments[segment].layer, segment)
            self._tell(at("segment"), "segment", value=segment, near=nearest(str(segment), self.city.segments))
        elif layer is not None:
            layers = sorted({str(one.layer) for one in self.city.segments.values()})
            if layer in layers:
                return Place(layer)
            self._tell(at("layer"), "layer", value=layer, near=nearest(str(layer), layers))
        elif (place := place_of(self.city, name)) is not None:
            return place
        else:
            names = [*(wlan.ssid for wlan in self.city.wlans.values()), *self.city.segments]
            self._tell(at("name"), "whose", value=name, near=nearest(name, names))
        return None

    def _tell(self, place: Location, variant: str, **args: object) -> None:
        self.findings.append(Finding("EDGE-01", Severity.ERROR, (), place, args, variant))
