"""What backups without an inventory are held to: a YAML file of layers, approved flows and lines to the Internet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_network
from itertools import product
from pathlib import Path
from typing import Any

from sanso.city.addressing import FAMILIES
from sanso.city.flow import PortRange
from sanso.city.inventory import InventoryError, Variable, read_mapping
from sanso.messages import Finding, Severity
from sanso.messages.source import Location
from sanso.messages.source import Path as Steps
from sanso.network.facts import Family
from sanso.network.packets import Range
from sanso.network.snapshot import Snapshot
from sanso.proof.approved import Approved, FlowEnd, both_ways, crossing
from sanso.proof.asked import QuestionError, port_ranges
from sanso.proof.edges import INTERNET
from sanso.proof.legs import Network
from sanso.proof.links import End
from sanso.proof.placement import Place, Placement
from sanso.proof.policy import Policy
from sanso.rules.words import nearest

KEYS = ("vlans", "prefixes", "own", "egress", "internet", "flows")
FLOW_KEYS = ("name", "from", "to", "service", "expires")
LAST_VLAN = 4094


@dataclass(frozen=True)
class Layers:
    """What the file says."""

    placement: Placement
    policy: Policy
    places: Mapping[End, Location] = field(default_factory=dict)
    """Where each line to the Internet is named."""

    def check(self, snapshots: Mapping[str, Snapshot]) -> list[Finding]:
        """Lines to the Internet that no configuration has."""
        return [
            _finding(
                place,
                "device" if end.device not in snapshots else "port",
                value=end.port,
                near=near,
                device=end.device,
            )
            for end, place in self.places.items()
            if (near := _missing(end, snapshots))
        ]


def read_layers(file: Path, today: date) -> Layers:
    """Read a file of layers; ``docs/backups.md`` describes it.

    Args:
        file: the file.
        today: flows that ended before are refused.

    Raises:
        InventoryError: the file cannot be read, or says something else; with a finding for each place.
    """
    return _Reader(file, today).read()


class _Reader:
    def __init__(self, file: Path, today: date) -> None:
        self.data = read_mapping(file)
        self.today = today
        self.findings: list[Finding] = []
        for name, variable in self.data.items():
            if name not in KEYS:
                self._tell(variable.location(()), "key", value=name, near=nearest(name, KEYS))

    def read(self) -> Layers:
        """Everything in the file.

        Raises:
            InventoryError: something in it is wrong.
        """
        vlans = dict(self._vlans())
        prefixes = dict(self._prefixes())
        layers = {place.layer for place in (*vlans.values(), *prefixes.values())}
        own = [prefix for prefix, _ in self._networks("own")] or list(prefixes)
        places = dict(self._lines())
        placement = Placement(vlans, prefixes, dict.fromkeys(places, frozenset({INTERNET})))
        expires: dict[str, date] = {}
        approved = tuple(self._flows(_Ends(prefixes, layers), expires))
        policy = Policy(approved, frozenset(self._egress(layers)), _by_family(own), expires)
        if self.findings:
            raise InventoryError(self.findings)
        return Layers(placement, policy, places)

    def _tell(self, place: Location, variant: str, **args: object) -> None:
        self.findings.append(_finding(place, variant, **args))

    # ----- layers ---------------------------------------------------------------------------------------------

    def _entries(self, name: str) -> Iterator[tuple[str, Any, Location, Location]]:
        """Key, value and the places of both, of a mapping."""
        variable = self.data.get(name)
        if variable is None or variable.value is None:
            return
        if not isinstance(variable.value, dict):
            self._tell(variable.location(()), "mapping", value=name)
            return
        for key, value in variable.value.items():
            yield str(key), value, variable.key_location((str(key),)), variable.location((str(key),))

    def _vlans(self) -> Iterator[tuple[int, Place]]:
        seen: set[int] = set()
        for key, layer, place, value_place in self._entries("vlans"):
            vlans = _vlan_range(key)
            if vlans is None:
                self._tell(place, "vlan", value=key)
            elif not seen.isdisjoint(vlans):
                self._tell(place, "twice", value=key)
            elif self._is_layer(layer, value_place):
                seen.update(vlans)
                yield from ((vlan, Place(layer)) for vlan in vlans)

    def _prefixes(self) -> Iterator[tuple[Network, Place]]:
        for key, layer, place, value_place in self._entries("prefixes"):
            prefix = self._network(key, place)
            if prefix is not None and self._is_layer(layer, value_place):
                yield prefix, Place(layer)

    def _is_layer(self, layer: object, place: Location) -> bool:
        if not isinstance(layer, str) or not layer:
            self._tell(place, "layer", value=layer)
            return False
        return True

    def _network(self, text: object, place: Location) -> Network | None:
        try:
            return ip_network(str(text))
        except ValueError as problem:
            self._tell(place, "prefix", value=text, problem=problem)
            return None

    # ----- lists ----------------------------------------------------------------------------------------------

    def _items(self, name: str) -> Iterator[tuple[Any, Variable, Steps]]:
        variable = self.data.get(name)
        if variable is None or variable.value is None:
            return
        if not isinstance(variable.value, list):
            self._tell(variable.location(()), "list", value=name)
            return
        yield from ((value, variable, (number,)) for number, value in enumerate(variable.value))

    def _networks(self, name: str) -> Iterator[tuple[Network, Location]]:
        for value, variable, path in self._items(name):
            place = variable.location(path)
            if (prefix := self._network(value, place)) is not None:
                yield prefix, place

    def _egress(self, layers: set[str]) -> Iterator[str]:
        for value, variable, path in self._items("egress"):
            if value in layers:
                yield value
            else:
                self._tell(variable.location(path), "unknown", value=value, near=nearest(str(value), layers))

    def _lines(self) -> Iterator[tuple[End, Location]]:
        for device, ports, _, place in self._entries("internet"):
            names = ports if isinstance(ports, list) else [ports]
            if not all(isinstance(port, str) and port for port in names) or not names:
                self._tell(place, "ports", value=ports)
                continue
            yield from ((End(device, port), place) for port in names)

    # ----- flows ----------------------------------------------------------------------------------------------

    def _flows(self, ends: _Ends, expires: dict[str, date]) -> Iterator[Approved]:
        names: set[str] = set()
        for value, variable, path in self._items("flows"):
            place = variable.location(path)
            if not isinstance(value, dict):
                self._tell(place, "flow", value=value)
                continue
            for key in value:
                if key not in FLOW_KEYS:
                    where = variable.key_location((*path, str(key)))
                    self._tell(where, "key", value=key, near=nearest(str(key), FLOW_KEYS))
            missing = [key for key in FLOW_KEYS[:4] if not value.get(key)]
            if missing:
                self._tell(place, "missing", value=", ".join(missing))
                continue
            name = str(value["name"])
            if name in names:
                self._tell(variable.location((*path, "name")), "twice", value=name)
            names.add(name)
            self._expiry(name, value.get("expires"), variable.location((*path, "expires")), expires)
            yield from self._flow(name, value, variable, path, ends)

    def _expiry(self, name: str, value: object, place: Location, expires: dict[str, date]) -> None:
        if value is None:
            return
        if not isinstance(value, date):
            self._tell(place, "date", value=value)
        elif value < self.today:
            self._tell(place, "ended", value=value, flow=name)
        else:
            expires[name] = value

    def _flow(
        self, name: str, value: Mapping[str, Any], variable: Variable, path: Steps, ends: _Ends
    ) -> Iterator[Approved]:
        sides: list[list[FlowEnd]] = []
        for key in ("from", "to"):
            sides.append([])
            for number, word in enumerate(_listed(value[key])):
                found = ends.of(str(word))
                sides[-1] += found
                if not found:
                    step = (number,) if isinstance(value[key], list) else ()
                    self._tell(
                        variable.location((*path, key, *step)),
                        "end",
                        value=word,
                        near=nearest(str(word), ends.layers),
                    )
        services = list(self._services(value["service"], variable, (*path, "service")))
        for service, (source, target) in product(services, crossing(*sides)):
            yield from both_ways(name, service, source, target)

    def _services(self, value: object, variable: Variable, path: Steps) -> Iterator[PortRange]:
        for number, word in enumerate(_listed(value)):
            step = (number,) if isinstance(value, list) else ()
            try:
                yield from port_ranges(str(word), {})
            except QuestionError:
                self._tell(variable.location((*path, *step)), "service", value=word)


class _Ends:
    """Finds the addresses of layers and prefixes."""

    def __init__(self, prefixes: Mapping[Network, Place], layers: set[str]) -> None:
        self.prefixes = prefixes
        self.layers = layers
        self.placement = Placement(prefixes=prefixes)

    def of(self, word: str) -> list[FlowEnd]:
        """Ends by a layer's name, or as a prefix or address within one layer; none where it is neither."""
        if word in self.layers:
            return [
                FlowEnd(word, *one)
                for prefix, place in self.prefixes.items()
                if place.layer == word
                for one in self._own(prefix)
            ]
        try:
            prefix = ip_network(word)
        except ValueError:
            return []
        place = self.placement.subnet(prefix)
        return [] if place is None else [FlowEnd(place.layer, _family(prefix), _ends(prefix))]

    def _own(self, prefix: Network) -> Iterator[tuple[Family, Range]]:
        """Ranges of a prefix without those inside it that are other layers' own."""
        layer = self.prefixes[prefix].layer
        first, last = _ends(prefix)
        inner = (
            one for one, place in self.prefixes.items() if one.version == prefix.version and place.layer != layer
        )
        holes = sorted(_ends(one) for one in inner if _within(one, prefix))
        for low, high in holes:
            if first < low:
                yield _family(prefix), (first, low - 1)
            first = max(first, high + 1)
        if first <= last:
            yield _family(prefix), (first, last)


def _within(inner: Network, outer: Network) -> bool:
    (a, b), (c, d) = _ends(inner), _ends(outer)
    return c <= a and b <= d and inner != outer


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _family(prefix: Network) -> Family:
    return FAMILIES[prefix.version // 2 - 2]


def _ends(prefix: Network) -> Range:
    return int(prefix.network_address), int(prefix.broadcast_address)


def _by_family(prefixes: Iterable[Network]) -> dict[Family, tuple[Network, ...]]:
    listed = list(prefixes)
    return {family: tuple(one for one in listed if _family(one) == family) for family in FAMILIES}


def _vlan_range(key: str) -> range | None:
    first, _, last = key.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal():
        return None
    found = range(int(first), int(last or first) + 1)
    return found if found and found[0] >= 1 and found[-1] <= LAST_VLAN else None


def _missing(end: End, snapshots: Mapping[str, Snapshot]) -> str:
    """What there is instead of a port that no configuration has; empty where it is there."""
    if end.device not in snapshots:
        return nearest(end.device, snapshots)
    interfaces = snapshots[end.device].interfaces
    return "" if end.port in interfaces else nearest(end.port, interfaces)


def _finding(place: Location, variant: str, **args: object) -> Finding:
    return Finding("LAYERS-01", Severity.ERROR, (), place, args, variant)
