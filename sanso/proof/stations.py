"""What of a known layer stands in which broadcast domain, and which of them come together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from sanso.proof.layer2 import Layer2


class Station(NamedTuple):
    """A VLAN by its number, hosts behind a port, a subnet of an interface, or an outside network."""

    device: str
    what: str
    layer: str

    def __str__(self) -> str:
        return f"{self.device} {self.what}".strip()


class Joined(NamedTuple):
    """Stations of two layers in one broadcast domain, and the devices that it spans."""

    one: Station
    other: Station
    devices: frozenset[str]


class Stations:
    """The stations of a network."""

    def __init__(self, layer2: Layer2) -> None:
        self.layer2 = layer2

    @cached_property
    def domains(self) -> dict[Station, set[int]]:
        """Broadcast domains of each."""
        layer2 = self.layer2
        found: dict[Station, set[int]] = {}
        for domain in layer2.domains.values():
            for device, vlan in domain.vlans:
                if (place := layer2.placement.vlan(vlan)) is not None:
                    found.setdefault(Station(device, f"VLAN {vlan}", str(place.layer)), set()).add(domain.id)
            for cloud in domain.clouds:
                found.setdefault(Station("", cloud, cloud), set()).add(domain.id)
        for leaf in layer2.leaves:
            key = Station(leaf.step.device, f"{leaf.step.port} {leaf.name}", str(leaf.place.layer))
            found.setdefault(key, set()).add(layer2.find(leaf.node))
        return found

    def joined(self, others: Sequence[Stations]) -> Iterator[Joined]:
        """Stations of two layers in one domain here, which are together in none of some other networks.

        Those that share their domains everywhere are told of once.
        """
        domains = self.layer2.domains
        leaky = {one.id for one in domains.values() if len(one.layers) + len(one.clouds) > 1}
        groups: dict[int, dict[_Kind, Station]] = {}
        for station, roots in self.domains.items():
            elsewhere = tuple(frozenset(other.domains.get(station, ())) for other in others)
            for root in roots & leaky:
                groups.setdefault(root, {}).setdefault(_Kind(station.layer, elsewhere), station)
        for root, found in groups.items():
            devices = frozenset(device for device, _ in domains[root].vlans)
            for (one, here), (other, there) in combinations(found.items(), 2):
                together = any(not a.isdisjoint(b) for a, b in zip(one.elsewhere, other.elsewhere, strict=True))
                if one.layer != other.layer and not together:
                    yield Joined(here, there, devices)


class _Kind(NamedTuple):
    """What stations have in common that need be looked at once."""

    layer: str
    elsewhere: tuple[frozenset[int], ...]
    """Domains in the other networks."""
