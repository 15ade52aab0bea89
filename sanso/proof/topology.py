"""The network as a whole: broadcast domains, and chains of access lists between subnets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property

from sanso.city.model import City
from sanso.messages import Finding
from sanso.network.facts import Family
from sanso.network.snapshot import Snapshot
from sanso.proof.chains import Chain, Group, Source, Target
from sanso.proof.edges import ReadEdge, city_edges, city_lines
from sanso.proof.intended import Intended
from sanso.proof.layer2 import Domain, Layer2
from sanso.proof.layer3 import Layer3
from sanso.proof.leaks import Leaks
from sanso.proof.links import Links
from sanso.proof.passages import passable
from sanso.proof.placement import Placement
from sanso.proof.ports import PortChecks
from sanso.proof.relays import settled


class Topology:
    """How the devices of a network are put together.

    Args:
        snapshots: what each device's configuration says, by host name.
        city: the city that they belong to, if there is one.
        placement: layers of VLANs and subnets; by default the city's.
        edges: hosts as access points, controllers and hypervisors have them, where that was read.
    """

    def __init__(
        self,
        snapshots: Mapping[str, Snapshot],
        city: City | None = None,
        *,
        placement: Placement | None = None,
        edges: Sequence[ReadEdge] = (),
    ) -> None:
        self.city = city
        self.placement = placement or (Placement.of_city(city) if city is not None else Placement())
        self.snapshots: Mapping[str, Snapshot] = self.ready(snapshots)
        snapshots = self.snapshots
        self.edges = edges
        self._put_together = self
        self.links = Links(snapshots, city)
        hosts = city_edges(city, edges) if city is not None else []
        lines = city_lines(city) if city is not None else self.placement.lines
        self.layer2 = Layer2(snapshots, self.links, self.placement, hosts, lines)
        self.layer3 = Layer3(snapshots, self.layer2, city)

    def ready(self, snapshots: Mapping[str, Snapshot]) -> Mapping[str, Snapshot]:
        """Snapshots with firewalls as lists, and without relays that stay within a layer."""
        return {name: settled(passable(one), self.placement) for name, one in snapshots.items()}

    def anew(self, snapshots: Mapping[str, Snapshot]) -> Topology:
        """The network put together from other snapshots."""
        return Topology(snapshots, self.city, placement=self.placement, edges=self.edges)

    def with_lists(self, snapshots: Mapping[str, Snapshot]) -> Topology:
        """The same network where nothing but access lists differs, which this does not look into.

        Sources, targets and chains are kept; the lines that they carry may have moved in their files.
        """
        other = copy(self)
        other.snapshots = self.ready(snapshots)
        other.__dict__.pop("findings", None)
        return other

    @property
    def domains(self) -> list[Domain]:
        """Every broadcast domain."""
        return list(self.layer2.domains.values())

    def sources(self) -> list[Source]:
        """Interfaces by which routers take packets in, once for each family."""
        return self.layer3.sources

    def targets(self) -> list[Target]:
        """Connected subnets, and the Internet where a line leads there."""
        return self.layer3.targets

    def chains(self, source: Source, target: Target, family: Family | None = None) -> list[Chain]:
        """Ways between the two as chains of stages; none means no way, or not for that family."""
        if family not in {None, source.family}:
            return []
        return self.layer3.chains(source, target)

    def groups(self, source: Source) -> Iterator[Group]:
        """Everything that a source has a way to, grouped by the access lists on it: for all pairs at once."""
        return self.layer3.groups(source)

    @cached_property
    def findings(self) -> list[Finding]:
        """All that is wrong with it or not proved, what joins layers first."""
        if self._put_together is not self:  # the same, in lines that may have moved
            return self.anew(self.snapshots).findings if self._put_together.findings else []
        intended = Intended(self.city)
        return [
            *Leaks(self.layer2, intended).findings(),
            *PortChecks(self.layer2, self.links, intended).findings(),
            *self.links.findings,
            *self.layer3.findings(),
        ]
