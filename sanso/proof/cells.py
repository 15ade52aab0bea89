"""Counts packets that pass between segments, without asking which they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sanso.city.addressing import FAMILIES
from sanso.network.facts import Family
from sanso.proof.boxes import Cut
from sanso.proof.chains import Target
from sanso.proof.frame import UNKNOWN, Frame
from sanso.proof.hosts import Hosts, Sieve
from sanso.proof.index import Index
from sanso.proof.placement import Place
from sanso.proof.space import Space, union

OUTSIDE = Place("outside")
"""Where the Internet is, as a target: no place of the city."""

State = Literal["denied", "partly", "allowed"]


@dataclass
class Cell:
    """What passes from one place to another, both families together; sets of services are bits."""

    open: int = 0
    """Services that pass from some address that hosts there should have to some address of the target."""
    forged: int = 0
    """Services that pass from some other address."""
    approved: int = 0
    """Services of ``open`` that pass between layers because approved flows ask for them."""
    unapproved: int = 0
    """Services that pass, forged or not, between layers where no approved flow asks for them."""
    passing: int = 0
    """So many packets pass, of those that are not forged: addresses × addresses × services."""
    asked: int = 0
    """So many there are."""

    @property
    def state(self) -> State:
        """Whether nothing passes, something or everything; forged addresses aside."""
        if not self.passing:
            return "denied"
        return "allowed" if self.passing == self.asked else "partly"

    @property
    def forged_only(self) -> int:
        """Services that pass with forged source addresses alone."""
        return self.forged & ~self.open

    def add(self, other: Cell) -> None:
        """Take in what passes between two other places."""
        self.open |= other.open
        self.forged |= other.forged
        self.approved |= other.approved
        self.unapproved |= other.unapproved
        self.passing += other.passing
        self.asked += other.asked


Cells = Mapping[tuple[Place, Place], Cell]
"""By source and target segment."""


def place_of(target: Target) -> Place:
    """Where a target is."""
    return OUTSIDE if target.outside else target.place or Place(UNKNOWN)


def segment_of(place: Place) -> Place:
    """A place at whichever site."""
    return Place(place.layer, place.segment)


class Counter:
    """Counts what hosts may send, and what becomes of it, into the cells of their segments."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.cells: dict[tuple[Place, Place], Cell] = {}
        self._shares: dict[tuple[Target, ...], _Shares] = {}
        targets = frame.topology.targets()
        self._every = {family: tuple(one for one in targets if one.family == family) for family in FAMILIES}
        self._near: dict[tuple[Family, int], list[Target]] = {}
        for target in targets:
            self._near.setdefault((target.family, target.domain), []).append(target)

    def count(self, hosts: Hosts) -> None:
        """All that some hosts may send."""
        row = _Row(self.cells, segment_of(hosts.place))
        own = hosts.sent(self.frame)
        row.ask(own, self._of(self._every[hosts.family]))
        near = tuple(self._near.get((hosts.family, hosts.domain), ()))
        self._pass(row, hosts, union(box for target in near for box in self.frame.area(target)), near)
        sieve = Sieve(self.frame, hosts.family)
        for targets, ways in hosts.alike(self.frame):
            passing = sieve.of(ways)
            self._pass(row, hosts, passing, targets)
            if twice := tuple(self._of(targets).targets.intersection(near)):  # what needs no router is counted
                row.count(passing & own, self._of(twice), -1)

    def _pass(self, row: _Row, hosts: Hosts, passing: Space, targets: tuple[Target, ...]) -> None:
        """What passes to some targets."""
        shares, own = self._of(targets), hosts.sent(self.frame)
        key = (hosts.place.layer, hosts.family)
        foreign, flows = self.frame.foreign(*key), self.frame.flows(*key)
        usual, forged = passing & own, passing - own
        abroad = usual & foreign
        unapproved = abroad - flows
        row.count(usual, shares)
        for mark, packets in (
            ("forged", forged),
            ("approved", abroad - unapproved),
            ("unapproved", unapproved),
            ("unapproved", (forged & foreign) - flows),
        ):
            row.mark(mark, packets, shares, self.frame.policy.egress)

    def _of(self, targets: tuple[Target, ...]) -> _Shares:
        if targets not in self._shares:
            self._shares[targets] = _Shares(self.frame, targets)
        return self._shares[targets]


class _Row:
    """The cells of one source segment."""

    def __init__(self, cells: dict[tuple[Place, Place], Cell], source: Place) -> None:
        self.cells = cells
        self.source = source

    def ask(self, packets: Space, shares: _Shares) -> None:
        for s0, s1, t0, t1, bits in packets:
            for place, size in shares.of(t0, t1):
                self._cell(place).asked += (s1 - s0 + 1) * size * bits.bit_count()

    def count(self, packets: Space, shares: _Shares, sign: int = 1) -> None:
        for s0, s1, t0, t1, bits in packets:
            many = sign * (s1 - s0 + 1) * bits.bit_count()
            for place, size in shares.of(t0, t1):
                cell = self._cell(place)
                cell.open |= bits
                cell.passing += many * size

    def mark(self, mark: str, packets: Space, shares: _Shares, egress: frozenset[str]) -> None:
        for _, _, t0, t1, bits in packets:
            for place, _ in shares.of(t0, t1):
                if mark == "forged" or self._is_foreign(place, egress):
                    cell = self._cell(place)
                    setattr(cell, mark, getattr(cell, mark) | bits)

    def _is_foreign(self, place: Place, egress: frozenset[str]) -> bool:
        layer = self.source.layer
        return layer not in egress if place == OUTSIDE else layer != place.layer or layer == UNKNOWN

    def _cell(self, target: Place) -> Cell:
        return self.cells.setdefault((self.source, target), Cell())


class _Shares:
    """How many addresses of a range lie in each segment, among some targets."""

    def __init__(self, frame: Frame, targets: tuple[Target, ...]) -> None:
        self.targets = frozenset(targets)
        self._places: list[Place] = []
        cuts: list[Cut] = []
        for target in targets:
            for _, _, t0, t1, _ in frame.area(target):
                cuts.append((0, 0, t0, t1, 1, len(cuts)))
                self._places.append(segment_of(place_of(target)))
        self._index = Index(cuts)
        self._known: dict[tuple[int, int], list[tuple[Place, int]]] = {}

    def of(self, first: int, last: int) -> list[tuple[Place, int]]:
        """Segments that a range of addresses touches, and in how many addresses."""
        key = (first, last)
        if key not in self._known:
            sizes: dict[Place, int] = {}
            for _, _, t0, t1, _, number in self._index.touching((0, 0, first, last, 1)):
                place = self._places[number]
                sizes[place] = sizes.get(place, 0) + min(last, t1) - max(first, t0) + 1
            self._known[key] = list(sizes.items())
        return self._known[key]
