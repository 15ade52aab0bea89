"""What the network lets pass between every two segments and every two layers, approved or not.

Hosts send from the addresses that they should have; what passes only with forged ones is told apart.  Packets are
counted: a pair is *allowed* where so many pass as there are, from any address to any, of any service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from sanso.city.addressing import FAMILIES
from sanso.network.facts import Family
from sanso.network.packets import Range, Ranges, joined
from sanso.proof.boxes import Box
from sanso.proof.cells import OUTSIDE, Cell, Cells, Counter, place_of
from sanso.proof.frame import Frame
from sanso.proof.hosts import Hosts, Sieve, hosts_of
from sanso.proof.placement import Place
from sanso.proof.services import Services
from sanso.proof.space import Space, union

__all__ = ["OUTSIDE", "Cell", "Cells", "Matrix", "Traffic"]


class Traffic(NamedTuple):
    """Packets of a family: each of the services from each of the sources to each of the targets."""

    family: Family
    sources: Ranges
    targets: Ranges
    services: int


class Matrix:
    """Every pair of segments of a network, and of layers.

    A segment is a place without a site: it is one, however many sites have it.  What comes in from outside the city
    is not looked at.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.hosts = hosts_of(frame)

    @property
    def services(self) -> Services:
        """What the bits of cells mean."""
        return self.frame.services

    @cached_property
    def segments(self) -> Cells:
        """Source → target, the Internet among the targets."""
        counter = Counter(self.frame)
        for hosts in self.hosts:
            counter.count(hosts)
        return counter.cells

    @cached_property
    def layers(self) -> Mapping[tuple[str, str], Cell]:
        """Source → target; the Internet is ``outside``."""
        found: dict[tuple[str, str], Cell] = {}
        for (source, target), cell in self.segments.items():
            found.setdefault((source.layer, target.layer), Cell()).add(cell)
        return found

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Each segment at each site that has a subnet of it."""
        return tuple(
            dict.fromkeys(place_of(target) for target in self.frame.topology.targets() if not target.outside)
        )

    def traffic(self, source: Place, target: Place) -> list[Traffic]:
        """Exactly what passes from one place to another, forged addresses aside.

        A place without a site is all of them, one without a segment the whole layer.
        """
        found: list[Traffic] = []
        for family in FAMILIES:
            mine = (one for one in self.hosts if one.family == family and _within(one.place, source))
            packets = union(box for hosts in mine for box in self._open(hosts, target))
            found += [Traffic(family, *row) for row in _rows(packets)]
        return found

    def _open(self, hosts: Hosts, place: Place) -> Iterator[Box]:
        """What gets from some hosts to a place; boxes may overlap."""
        targets = self.frame.topology.targets()
        asked = [one for one in targets if one.family == hosts.family and _within(place_of(one), place)]
        own = hosts.sent(self.frame)
        for target in filter(hosts.is_near, asked):
            yield from own & self.frame.area(target)
        sieve = Sieve(self.frame, hosts.family)
        for alike, ways in hosts.alike(self.frame):
            for target in set(asked).intersection(alike):
                yield from sieve.of(ways) & own & self.frame.area(target)


def _within(place: Place, asked: Place) -> bool:
    return place.layer == asked.layer and asked.segment in ("", place.segment) and asked.site in ("", place.site)


def _rows(packets: Space) -> Iterator[tuple[Ranges, Ranges, int]]:
    """Boxes that share one side and their services, together."""
    targets: dict[tuple[Range, int], list[Range]] = {}
    for s0, s1, t0, t1, bits in packets:
        targets.setdefault(((s0, s1), bits), []).append((t0, t1))
    sources: dict[tuple[Ranges, int], list[Range]] = {}
    for (source, bits), ranges in targets.items():
        sources.setdefault((joined(ranges), bits), []).append(source)
    for (ends, bits), begins in sorted(sources.items(), key=lambda row: (joined(row[1]), row[0])):
        yield joined(begins), ends, bits
