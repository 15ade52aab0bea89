"""Services as bits: what filter lines tell apart beside addresses.

Protocol × source port × target port × ICMP type and code × TCP's state is cut into *atoms*: packets whose services
fall into the same atom are matched by the same lines.  A set of services is an ``int`` with one bit for each atom,
so that union, intersection and difference are ``|``, ``&`` and ``& ~``.

TCP with neither ACK nor RST and TCP with one of them are cut apart, as if they were two protocols: return traffic is
told by its source port, new connections by their target port, and so neither pays for the cuts of the other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from sanso.network.packets import ANY_BYTE, ANY_PORT, Match, Packet, Range, Ranges
from sanso.proof.axis import Axis

ICMP, TCP, UDP, ICMP6, SCTP = 1, 6, 17, 58, 132
"""IP protocol numbers (IANA) whose headers a filter looks into."""
PORT_PROTOCOLS, ICMP_PROTOCOLS = (TCP, UDP, SCTP), (ICMP, ICMP6)

_SPECIAL: tuple[Ranges, ...] = tuple(((number, number),) for number in (*PORT_PROTOCOLS, *ICMP_PROTOCOLS))
_ECHO = {ICMP: 8, ICMP6: 128}
"""Type of an echo request (RFC 792, RFC 4443)."""
_EPHEMERAL = 49152
"""First dynamic port (RFC 6335): the source port of a witness, where it may be."""


class Service(NamedTuple):
    """The part of a :class:`~sanso.network.packets.Match` that is not addresses."""

    protocols: Ranges = ANY_BYTE
    source_ports: Ranges = ANY_PORT
    target_ports: Ranges = ANY_PORT
    icmp_types: Ranges = ANY_BYTE
    icmp_codes: Ranges = ANY_BYTE
    established: bool | None = None


ANY_SERVICE = Service()


_parts = attrgetter(*Service._fields)


def service_of(match: Match) -> Service:
    """What a match asks beside addresses."""
    return Service._make(_parts(match))


class _Kind(NamedTuple):
    """A protocol, TCP in one of its two states; a witness shows the first kind that there is."""

    protocol: int
    established: bool | None = None


_KINDS = (_Kind(TCP, False), _Kind(TCP, True), _Kind(UDP), _Kind(ICMP), _Kind(ICMP6), _Kind(SCTP))


class Services:
    """The atoms of everything that some matches ask, and the way from matches to bits and back to packets."""

    def __init__(self, matches: Iterable[Match] = (), services: Iterable[Service] = ()) -> None:
        asked = self.asked = tuple(
            Service._make(parts) for parts in dict.fromkeys((*services, *map(_parts, matches)))
        )
        self._grids: list[_Grid] = []
        base = 0
        for kind in _KINDS:
            grid = _Grid(kind, base, [sides for service in asked if (sides := _sides(service, kind))])
            self._grids.append(grid)
            base += grid.size
        self._others = Axis(
            [service.protocols for service in asked if _unrestricted(service)] + [*_SPECIAL], (0, 255)
        )
        self._ignored = sum(self._others.mask(special) for special in _SPECIAL)
        self._base = base
        self._starts = [grid.base for grid in self._grids]
        self._known: dict[Service, int] = {}
        self.every = self.of_service(ANY_SERVICE)
        """All services."""

    def __len__(self) -> int:
        """How many atoms there are."""
        return self.every.bit_count()

    def of(self, match: Match) -> int:
        """Services that a match asks.

        Raises:
            ValueError: the match divides an atom; it was not among those that the atoms were made from.
        """
        return self.of_service(service_of(match))

    def of_service(self, service: Service) -> int:
        """Atoms of a service; raises as :meth:`of` does."""
        found = self._known.get(service)
        if found is None:
            found = self._known[service] = self._bits(service)
        return found

    def knows(self, match: Match) -> bool:
        """Whether the atoms are fine enough for a match."""
        try:
            self.of(match)
        except ValueError:
            return False
        return True

    def divided(self, matches: Iterable[Match]) -> Services:
        """Finer atoms, that some more matches divide no more; :meth:`translated` tells what old ones are there."""
        return Services(matches, self.asked)

    def translated(self, services: int, finer: Services) -> int:
        """The same services in the finer atoms that these ones were :meth:`divided` into."""
        bits = 0
        for service in self.described(services):
            bits |= finer.of_service(service)
        return bits

    def example(self, services: int) -> tuple[int, int, int, int, int, bool]:
        """Protocol, ports, ICMP type and code and state of one packet; what begins a connection comes first.

        Raises:
            ValueError: there are no services.
        """
        if not services:
            raise ValueError("no services")
        atom = (services & -services).bit_length() - 1
        if atom >= self._base:
            return self._others.classes[atom - self._base][0][0], 0, 0, 0, 0, False
        return self._grids[bisect_right(self._starts, atom) - 1].example(services)

    def atom_of(self, packet: Packet) -> int:
        """The services, one bit, that a packet belongs to."""
        for grid in self._grids:
            kind = grid.kind
            if kind.protocol == packet.protocol and kind.established in (None, packet.established):
                if kind.protocol in ICMP_PROTOCOLS:
                    return grid.atom(packet.icmp_type, packet.icmp_code)
                return grid.atom(packet.source_port, packet.target_port)
        return 1 << (self._base + self._others.class_of(packet.protocol))

    def described(self, services: int) -> tuple[Service, ...]:
        """The same services as few as can be said by rows: source ports together that have the same targets."""
        found: list[Service] = []
        for grid in self._grids:
            found += grid.described(services >> grid.base & ((1 << grid.size) - 1))
        others = self._others.ranges(services >> self._base)
        if others:
            found.append(Service(protocols=others))
        return tuple(found)

    def _bits(self, service: Service) -> int:
        bits = 0
        for grid in self._grids:
            if sides := _sides(service, grid.kind):
                bits |= grid.bits(*sides)
        if _unrestricted(service):
            bits |= (self._others.mask(service.protocols) & ~self._ignored) << self._base
        return bits


class _Grid:
    """Atoms of one kind: classes of source ports × classes of target ports, or of types × codes."""

    def __init__(self, kind: _Kind, base: int, asked: list[tuple[Ranges, Ranges]]) -> None:
        whole: Range = (0, 255) if kind.protocol in ICMP_PROTOCOLS else (0, 65535)
        self.kind = kind
        self.base = base
        self.rows = Axis((rows for rows, _ in asked), whole)
        self.columns = Axis((columns for _, columns in asked), whole)
        self.width = len(self.columns.classes)
        self.size = len(self.rows.classes) * self.width
        self._spread = cache(self._spread_rows)

    def bits(self, rows: Ranges, columns: Ranges) -> int:
        return self._spread(self.rows.mask(rows)) * self.columns.mask(columns) << self.base

    def atom(self, row: int, column: int) -> int:
        return 1 << (self.base + self.rows.class_of(row) * self.width + self.columns.class_of(column))

    def example(self, services: int) -> tuple[int, int, int, int, int, bool]:
        own = services >> self.base & ((1 << self.size) - 1)
        if (echo := _ECHO.get(self.kind.protocol)) is not None:
            own = own & (self.atom(echo, 0) >> self.base) or own
        row, column = divmod((own & -own).bit_length() - 1, self.width)
        rows, columns = self.rows.classes[row], self.columns.classes[column]
        if self.kind.protocol in ICMP_PROTOCOLS:
            return self.kind.protocol, 0, 0, rows[0][0], columns[0][0], False
        source, target = _near(rows, _EPHEMERAL), _near(columns, 1)
        return self.kind.protocol, source, target, 0, 0, bool(self.kind.established)

    def described(self, bits: int) -> Iterator[Service]:
        by_columns: dict[int, int] = {}
        row = 0
        while bits:
            columns = bits & ((1 << self.width) - 1)
            if columns:
                by_columns[columns] = by_columns.get(columns, 0) | 1 << row
            bits >>= self.width
            row += 1
        protocol: Ranges = ((self.kind.protocol, self.kind.protocol),)
        for columns, rows in by_columns.items():
            sides = self.rows.ranges(rows), self.columns.ranges(columns)
            if self.kind.protocol in ICMP_PROTOCOLS:
                yield Service(protocol, icmp_types=sides[0], icmp_codes=sides[1])
            else:
                yield Service(protocol, *sides, established=self.kind.established)

    def _spread_rows(self, mask: int) -> int:
        """Bit ``i`` to bit ``i × width``: times a column mask, that column mask in each of the rows."""
        return sum(1 << (row * self.width) for row in range(mask.bit_length()) if mask >> row & 1)


def _sides(service: Service, kind: _Kind) -> tuple[Ranges, Ranges] | None:
    """What a service asks of a kind's two axes; None where it matches no packet of the kind."""
    if not any(first <= kind.protocol <= last for first, last in service.protocols):
        return None
    if service.established is not None and service.established != kind.established:
        return None
    ports, types = (service.source_ports, service.target_ports), (service.icmp_types, service.icmp_codes)
    if kind.protocol in ICMP_PROTOCOLS:
        return types if ports == (ANY_PORT, ANY_PORT) else None
    return ports if types == (ANY_BYTE, ANY_BYTE) else None


def _unrestricted(service: Service) -> bool:
    """Whether a service asks for nothing but protocols."""
    return service == Service(service.protocols)


def _near(ranges: Ranges, wanted: int) -> int:
    """The first number from the wanted one on, or the first of all."""
    for first, last in ranges:
        if last >= wanted:
            return max(first, wanted)
    return ranges[0][0]
