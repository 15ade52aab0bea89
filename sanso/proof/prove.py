"""The separation proof: every source against every subnet of another layer, less what the city approves.

For each interface that takes packets in: what its access list lets through to other layers, whatever source address
it carries, less the approved flows, is pushed through the lists on every way to the target. What is left after the
last one crosses: it is shown as a packet, which a second and naive interpreter must pass too, else it is a fault of
ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from itertools import product

from sanso.city.model import City
from sanso.city.segment import EGRESS_LAYERS
from sanso.network.facts import Family
from sanso.network.packets import BITS, Packet
from sanso.network.snapshot import AccessList, Line, Snapshot, Unread
from sanso.proof.approved import approved
from sanso.proof.chains import Chain, Source, Target
from sanso.proof.filters import Filter, bound_list, services_of
from sanso.proof.interpreter import judge
from sanso.proof.legs import Network, Stage
from sanso.proof.services import Services
from sanso.proof.space import Space, everything, matched, packet_in, union
from sanso.proof.topology import Topology

INTERNET = "internet"
UNKNOWN = "unknown"
"""Stands for a layer where nothing tells whose a subnet is; its hosts may go nowhere."""

UNROUTED: Mapping[Family, tuple[Network, ...]] = {
    "ipv4": tuple(
        map(ip_network, ("0.0.0.0/8", "255.255.255.255/32", "224.0.0.0/24", "169.254.0.0/16", "127.0.0.0/8"))
    ),
    "ipv6": tuple(map(ip_network, ("::/128", "::1/128", "fe80::/10", "ff01::/16", "ff02::/16"))),
}
"""Targets that no router forwards (RFC 919, RFC 5771, RFC 3927, RFC 1122; RFC 4291)."""


class ProofError(Exception):
    """The algebra and the naive interpreter disagree: a fault of this program, never a result."""


@dataclass(frozen=True)
class Passed:
    """A place that a packet passed, and the line of the list there that let it; None where nothing filters."""

    stage: Stage
    line: Line | None


@dataclass(frozen=True)
class Crossing:
    """Traffic that crosses between layers and is not approved, with one packet of it."""

    source: Source
    target: Target
    source_layer: str
    target_layer: str
    packet: Packet
    way: tuple[Passed, ...]
    boxes: int
    """Into how many boxes the traffic falls."""


@dataclass(frozen=True)
class Proof:
    """What was proved, and what was not."""

    crossings: list[Crossing]
    unread: list[Unread]
    """Lines that were not understood and could matter: over them nothing is proved."""
    sources: int
    targets: int
    pairs: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    """Layer → layer: whether anything but approved flows passes."""

    @property
    def holds(self) -> bool:
        """Whether the layers are apart, and every line was understood."""
        return not self.crossings and not self.unread


def prove(topology: Topology, city: City) -> Proof:
    """Prove that nothing crosses between layers but what the city approves.

    Raises:
        ProofError: a witness is not passed by the naive interpreter.
    """
    return _Prover(topology, city).prove()


class _Prover:
    def __init__(self, topology: Topology, city: City) -> None:
        self.topology = topology
        self.snapshots: Mapping[str, Snapshot] = topology.snapshots
        self.city = city
        self.approved = approved(city)
        lists = [acl for snapshot in self.snapshots.values() for acl in snapshot.acls.values()]
        self.services: Services = services_of(lists, (one.match for one in self.approved))
        self._filters: dict[tuple[str, Family, str], Filter] = {}
        self._foreigns: dict[tuple[str, Family], Space] = {}
        self._approved: dict[tuple[str, Family], Space] = {}
        self._areas: dict[Target, Space] = {}

    def prove(self) -> Proof:
        sources = [
            (source, str(source.place.layer) if source.place is not None else UNKNOWN)
            for source in self.topology.sources()
            if not source.outside
        ]
        crossings = [crossing for source, layer in sources for crossing in self._from(source, layer)]
        unread = [one for snapshot in self.snapshots.values() for one in snapshot.unread]
        layers = sorted({layer for _, layer in sources})
        open_pairs = {(crossing.source_layer, crossing.target_layer) for crossing in crossings}
        pairs = {(a, b): (a, b) in open_pairs for a in layers for b in layers if a != b}
        return Proof(crossings, unread, len(sources), len(self.topology.targets()), pairs)

    # ----- one source -----------------------------------------------------------------------------------------

    def _from(self, source: Source, layer: str) -> Iterator[Crossing]:
        """Crossings from one interface, at most one for each target."""
        entry = source.leg.stage(source.family, "in")
        entering = everything(source.family, self.services)
        if entry.acl is not None:
            entering = self._filter(entry, source.family).space()
        suspect = (entering & self._foreign(layer, source.family)) - self._flows(layer, source.family)
        if not suspect:
            return  # nearly all end here, before any way is looked at
        found: set[Target] = set()
        for targets, chains in self.topology.groups(source):
            foreign = [target for target in targets if self._is_foreign(layer, target)]
            for chain, target in product(chains, foreign):
                if target not in found and (left := self._left(suspect, chain, target)):
                    found.add(target)
                    yield self._crossing(source, layer, target, chain, left)

    def _foreign(self, layer: str, family: Family) -> Space:
        """Everything to targets that a layer's hosts may reach by approved flows only."""
        key = (layer, family)
        if key not in self._foreigns:
            targets = [target for target in self.topology.targets() if target.family == family]
            self._foreigns[key] = union(
                box for target in targets if self._is_foreign(layer, target) for box in self._area(target)
            )
        return self._foreigns[key]

    def _flows(self, layer: str, family: Family) -> Space:
        """Approved flows, return traffic included, that begin in a layer."""
        key = (layer, family)
        if key not in self._approved:
            mine = (one.match for one in self.approved if one.source_layer == layer and one.match.family == family)
            self._approved[key] = union(box for match in mine for box in matched(match, self.services))
        return self._approved[key]

    def _is_foreign(self, layer: str, target: Target) -> bool:
        if target.outside:
            return layer not in EGRESS_LAYERS
        if target.place is not None:
            return str(target.place.layer) != layer
        return layer != UNKNOWN and (layer not in EGRESS_LAYERS or self._is_own(target))

    def _is_own(self, target: Target) -> bool:
        """Whether a subnet has addresses that are the city's."""
        return any(target.prefix.overlaps(one) for one in getattr(self.city.settings.prefixes, target.family))

    def _left(self, suspect: Space, chain: Chain, target: Target) -> Space:
        """What of the suspect packets reaches a target past all lists of a way."""
        space = suspect & self._area(target)
        for stage in chain.filters:
            if not space:
                break
            space = self._filter(stage, target.family).space(space)
        return space

    def _area(self, target: Target) -> Space:
        """Packets to a target from anywhere; the Internet is what is neither the city's own nor stays on a link."""
        if target not in self._areas:
            area = self._to(target.prefix)
            if target.outside:
                aside = [*getattr(self.city.settings.prefixes, target.family), *UNROUTED[target.family]]
                area = area - union(box for prefix in aside for box in self._to(prefix))
            self._areas[target] = area
        return self._areas[target]

    def _to(self, prefix: Network) -> Space:
        last = 2**prefix.max_prefixlen - 1
        return Space([(0, last, int(prefix.network_address), int(prefix.broadcast_address), self.services.every)])

    # ----- lists ----------------------------------------------------------------------------------------------

    def _list(self, stage: Stage, family: Family) -> AccessList:
        snapshot = self.snapshots[stage.device]
        bindings = snapshot.interfaces[stage.interface].bindings
        binding = next(
            one for one in bindings if (one.family, one.direction, one.name) == (family, stage.direction, stage.acl)
        )
        return bound_list(snapshot, binding)

    def _filter(self, stage: Stage, family: Family) -> Filter:
        key = (stage.device, family, str(stage.acl))
        if key not in self._filters:
            self._filters[key] = Filter(self._list(stage, family), self.services)
        return self._filters[key]

    # ----- witnesses ------------------------------------------------------------------------------------------

    def _crossing(self, source: Source, layer: str, target: Target, chain: Chain, left: Space) -> Crossing:
        usual = left & self._from_subnets(source)  # no forged source address, where it needs none
        packet = packet_in((usual or left).boxes[0], source.family, self.services)
        whole = next((one for one in self.topology.chains(source, target) if one.filters == chain.filters), chain)
        # Where frames get there by themselves no router is passed: the way is the interface that shows the domain.
        stages = whole.stages or (Stage(source.device, source.interface, "in", None, source.leg.line),)
        way = tuple(self._passed(stage, packet) for stage in stages)
        other = INTERNET if target.outside else str(target.place.layer) if target.place is not None else UNKNOWN
        return Crossing(source, target, layer, other, packet, way, len(left))

    def _from_subnets(self, source: Source) -> Space:
        every = 2 ** BITS[source.family] - 1
        spans = ((int(one.network_address), int(one.broadcast_address)) for one in source.subnets)
        return union((first, last, 0, every, self.services.every) for first, last in spans)

    def _passed(self, stage: Stage, packet: Packet) -> Passed:
        if stage.acl is None:
            return Passed(stage, None)
        acl = self._list(stage, packet.family)
        verdict = judge(acl, packet)
        if not verdict.permitted:
            raise ProofError(f"{packet} was taken to pass {acl.name} of {stage.device}, which denies it")
        return Passed(stage, verdict.rule.line if verdict.rule is not None else acl.line)
