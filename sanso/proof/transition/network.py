"""A network while its devices change, held to what it is before and after: whatever the order of the devices.

Two kinds of opening are looked for, the same that the separation proof finds: layers that come into one broadcast
domain, and packets from an interface to a subnet of another layer that no flow asks for. First in the network in
which every device that changes is its envelope: what is not open there is open at no time. What is open there and at
neither end may be open at no time all the same, and is for the caller to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sanso.network.packets import Packet
from sanso.network.snapshot import Snapshot
from sanso.proof.chains import Source, Target
from sanso.proof.filters import Filter, Reading, services_of
from sanso.proof.frame import Frame, ListAt
from sanso.proof.outside import ANSWERS
from sanso.proof.policy import Policy
from sanso.proof.prove import Prover
from sanso.proof.services import Services
from sanso.proof.space import EMPTY, Space, pick, union
from sanso.proof.stations import Stations
from sanso.proof.topology import Topology

Snapshots = Mapping[str, Snapshot]


@dataclass(frozen=True)
class Excess:
    """What is open in a network, and in neither of two others."""

    one: str
    other: str
    layers: tuple[str, str]
    packet: Packet | None
    """None where frames pass."""
    devices: frozenset[str]
    """Those that have a part in it."""


class Network:
    """A network and what it is held to.

    Args:
        topology: how its devices are put together.
        policy: what may pass.
        services: atoms that all networks share which are held against each other.
        rewritten: lists that change; a line in them that was not understood may not mean the same all the time.
    """

    def __init__(self, topology: Topology, policy: Policy, services: Services, rewritten: frozenset[ListAt]) -> None:
        self.frame = Frame(topology, policy)
        self.frame.services = services
        self._rewritten = rewritten
        self._sure: dict[ListAt, Filter] = {}

    @cached_property
    def stations(self) -> Stations:
        """What of a known layer stands in which broadcast domain."""
        return Stations(self.frame.topology.layer2)

    @cached_property
    def _sources(self) -> dict[tuple[str, str, str], Source]:
        return {(one.device, one.interface, one.family): one for one in self.frame.topology.sources()}

    @cached_property
    def _targets(self) -> dict[object, list[Target]]:
        found: dict[object, list[Target]] = {}
        for one in self.frame.topology.targets():
            found.setdefault((one.family, one.prefix, one.outside), []).append(one)
        return found

    def surely(self, source: Source, target: Target, within: Space) -> Space:
        """What of some packets passes between the same two places here, whatever doubtful lines mean."""
        here = self._sources.get((source.device, source.interface, source.family))
        there = [
            one for one in self._targets.get((target.family, target.prefix, target.outside), []) if _same(one, target)
        ]
        if here is None:
            return EMPTY
        found = []
        for one in there:
            for chain in self.frame.topology.chains(here, one):
                space = within
                for stage in chain.filters:
                    key: ListAt = (stage.device, source.family, str(stage.acl))
                    if key not in self._sure:
                        acl = self.frame.list_at(stage, source.family)
                        reading = Reading.MUST if key in self._rewritten else Reading.MAY
                        self._sure[key] = Filter(acl, self.frame.services, reading)
                    space = self._sure[key].space(space)
                found += list(space)
        return union(found)


def _same(one: Target, other: Target) -> bool:
    """Whether a subnet is at the same interface of a router."""
    if one.outside:
        return True
    return not {(leg.router, leg.name) for leg in one.legs}.isdisjoint((leg.router, leg.name) for leg in other.legs)


def shared_services(networks: list[Snapshots], policy: Policy) -> Services:
    """Atoms for the lists of several networks."""
    lists = {id(acl): acl for one in networks for snapshot in one.values() for acl in snapshot.acls.values()}
    return services_of(lists.values(), [*(one.match for one in policy.approved), *ANSWERS])


def excesses(now: Network, ends: tuple[Network, Network]) -> list[Excess]:
    """What is open in a network, and in neither of two others."""
    return [*_joined(now, ends), *_crossing(now, ends)]


def _joined(now: Network, ends: tuple[Network, Network]) -> Iterator[Excess]:
    for one, other, devices in now.stations.joined([end.stations for end in ends]):
        yield Excess(str(one), str(other), (one.layer, other.layer), None, devices)


def _crossing(now: Network, ends: tuple[Network, Network]) -> Iterator[Excess]:
    """Packets to another layer that no flow asks for, and that pass at neither end."""
    frame = now.frame
    for source, look in Prover(frame).look_around().items():
        for target in dict.fromkeys(arrival.target for arrival in look.arrivals):
            if source.domain == target.domain:
                continue  # no list is passed on the way: that frames get there is told by itself
            left = frame.reached(source, target, look.suspect)
            for end in ends:
                left = left - end.surely(source, target, left) if left else left
            if left:
                honest = left & frame.from_subnets(source)  # no forged source address, where it needs none
                packet = pick(honest or left, source.family, frame.services)
                where = target.outside or str(target.prefix)
                layers = frame.source_layer(source), frame.target_layer(target)
                devices = _devices(now, source, target)
                yield Excess(f"{source.device} {source.interface}", where, layers, packet, devices)


def _devices(now: Network, source: Source, target: Target) -> frozenset[str]:
    """Routers on any way, and switches of the domains at its ends."""
    topology = now.frame.topology
    found = {stage.device for chain in topology.chains(source, target) for stage in chain.stages}
    for domain in (source.domain, target.domain):
        if domain in topology.layer2.domains:
            found |= {device for device, _ in topology.layer2.domains[domain].vlans}
    return frozenset(found)
