"""Sets of packets of one family, as disjoint boxes: source range × target range × services."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from sanso.network.facts import Family
from sanso.network.packets import BITS, Match, Packet
from sanso.proof.boxes import Box, Cut, carved, merged, overlap
from sanso.proof.index import Index
from sanso.proof.services import Services


class Space:
    """A set of packets; it never changes.

    Boxes are plain tuples whose numbers are those of the lines they come from, so that a set costs about as much
    memory as the references in it.  Services are bits of one :class:`~sanso.proof.services.Services`, which all the
    sets that meet must share.
    """

    __slots__ = ("_cuts", "boxes")

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        """Take boxes that are disjoint already; :func:`union` takes any."""
        self.boxes: tuple[Box, ...] = tuple(boxes)
        self._cuts: Index | None = None

    def __bool__(self) -> bool:
        return bool(self.boxes)

    def __len__(self) -> int:
        return len(self.boxes)

    def __iter__(self) -> Iterator[Box]:
        return iter(self.boxes)

    def __repr__(self) -> str:
        return f"Space({list(self.boxes)!r})"

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same packets, however they are cut."""
        if not isinstance(other, Space):
            return NotImplemented
        return self.boxes == other.boxes or (self <= other and other <= self)

    def __hash__(self) -> int:
        raise TypeError("equal sets of packets may be cut differently and have no common hash")

    def __le__(self, other: Space) -> bool:
        cuts = other.index
        return not any(part for box in self.boxes for part in carved(box, cuts.touching(box)))

    def __and__(self, other: Space) -> Space:
        few, many = sorted((self, other), key=len)
        cuts = many.index
        return Space(merged(part for box in few for cut in cuts.touching(box) if (part := overlap(box, cut))))

    def __sub__(self, other: Space) -> Space:
        if not self.boxes or not other.boxes:
            return self
        cuts = other.index
        return Space(merged(part for box in self.boxes for part in carved(box, cuts.touching(box))))

    def __or__(self, other: Space) -> Space:
        few, many = sorted((self, other), key=len)
        return Space(merged((*many.boxes, *(few - many).boxes)))

    def holds(self, packet: Packet, services: Services) -> bool:
        """Whether a packet is in the set."""
        atom = services.atom_of(packet)
        return any(
            s0 <= packet.source <= s1 and t0 <= packet.target <= t1 and bits & atom
            for s0, s1, t0, t1, bits in self.boxes
        )

    @property
    def index(self) -> Index:
        """The boxes as cuts, numbered from 0: kept, since one set is often asked many times."""
        if self._cuts is None:
            self._cuts = Index([(*box, place) for place, box in enumerate(self.boxes)])
        return self._cuts


EMPTY = Space()


def everything(family: Family, services: Services) -> Space:
    """Every packet of a family."""
    last = 2 ** BITS[family] - 1
    return Space([(0, last, 0, last, services.every)])


def matched(match: Match, services: Services) -> list[Box]:
    """What one match holds; boxes are disjoint, since its ranges are."""
    bits = services.of(match)
    return [(*source, *target, bits) for source, target in product(match.sources, match.targets)] if bits else []


def union(boxes: Iterable[Box]) -> Space:
    """The set of boxes that may overlap."""
    cuts: list[Cut] = [(*box, place) for place, box in enumerate(merged(boxes))]
    index = Index(cuts)
    return Space(merged(part for cut in cuts for part in carved(cut[:5], index.touching(cut[:5], before=cut[5]))))


def packet_in(box: Box, family: Family, services: Services) -> Packet:
    """A packet of a box: hosts rather than the addresses of networks, a new TCP connection where there is one."""
    s0, s1, t0, t1, bits = box
    return Packet(family, _host(s0, s1), _host(t0, t1), *services.example(bits))


def pick(space: Space, family: Family, services: Services) -> Packet:
    """A packet of a set, the same one however the set is cut: of the lowest target, to hosts where it may be.

    Raises:
        ValueError: the set is empty.
    """
    target = min(box[2] for box in space)
    source = min(box[0] for box in space if box[2] == target)
    bits = 0
    for box in space:
        bits |= box[4] if (box[0], box[2]) == (source, target) else 0
    kind = services.example(bits)
    near = (Packet(family, source + s, target + t, *kind) for s, t in ((1, 1), (0, 1), (1, 0)))
    return next((packet for packet in near if space.holds(packet, services)), Packet(family, source, target, *kind))


def translated(space: Space, services: Services, finer: Services) -> Space:
    """The same packets, in atoms that the services were divided into."""
    known: dict[int, int] = {}
    for box in space:
        if box[4] not in known:
            known[box[4]] = services.translated(box[4], finer)
    return Space((*box[:4], known[box[4]]) for box in space)


def witness(space: Space, family: Family, services: Services) -> Packet | None:
    """A packet of a set; None if it is empty."""
    return packet_in(space.boxes[0], family, services) if space else None


def _host(first: int, last: int) -> int:
    return first + 1 if last - first > 1 else first
