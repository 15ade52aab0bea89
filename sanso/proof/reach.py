"""What gets where in a network, by names that hold in another state of it too."""

from __future__ import annotations

from sanso.network.facts import Family
from sanso.proof.chains import Chain, Source, Target
from sanso.proof.frame import Frame
from sanso.proof.legs import Network, Router
from sanso.proof.space import EMPTY, Space, everything, union

Entrance = tuple[str, str, Family]
"""Device, interface and family of a source."""
Where = tuple[Family, Network, str]
"""Family, prefix, and the name of what is outside the city."""
Place = tuple[str, str, str, str | None]
"""Device, interface, direction and list: a stage wherever its line stands."""
Ways = frozenset[tuple[Place, ...]]


class Reach:
    """What gets where in one state of a network, by names that other states share."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        topology = frame.topology
        self.sources = {(one.device, one.interface, one.family): one for one in topology.sources() if not one.outside}
        self.targets: dict[Where, list[Target]] = {}
        self._where: dict[int, Where] = {}
        for one in topology.targets():
            key = (one.family, one.prefix, one.outside)
            self.targets.setdefault(key, []).append(one)
            self._where[id(one)] = key
        self._tails: dict[tuple[Router, Family], dict[Where, Ways]] = {}
        self._near: dict[tuple[int, Family], frozenset[Where]] = {}

    def tails(self, source: Source) -> dict[Where, Ways]:
        """Ways from behind the entrance, which are the same for all entrances of a router."""
        key = (source.leg.router, source.family)
        if key not in self._tails:
            found: dict[Where, set[tuple[Place, ...]]] = {}
            head = 1 if source.leg.stage(source.family, "in").acl is not None else 0
            for number, (targets, chains) in enumerate(self.frame.topology.groups(source)):
                if number == 0 and chains == (Chain(()),) and targets[0].domain == source.domain:
                    continue  # near ones, which are told by themselves
                ways = {tuple(stage[:4] for stage in chain.stages[head:]) for chain in chains}
                for target in targets:
                    found.setdefault(self._where[id(target)], set()).update(ways)
            self._tails[key] = {where: frozenset(ways) for where, ways in found.items()}
        return self._tails[key]

    def near(self, source: Source) -> frozenset[Where]:
        """Subnets in the broadcast domain of an entrance."""
        key = (source.domain, source.family)
        if key not in self._near:
            same = (one for ones in self.targets.values() for one in ones if (one.domain, one.family) == key)
            self._near[key] = frozenset(self._where[id(one)] for one in same)
        return self._near[key]

    def entering(self, source: Source, within: Space | None = None) -> Space:
        """What of some packets the list lets in that is bound to an entrance."""
        entry = source.leg.stage(source.family, "in")
        if entry.acl is None:
            return everything(source.family, self.frame.services) if within is None else within
        return self.frame.filter_at(entry, source.family).space(within)

    def reached(self, source: Source | None, where: Where, within: Space) -> Space:
        """What of some packets gets to a subnet."""
        if source is None or not within:
            return EMPTY
        parts = [self.frame.reached(source, one, within) for one in self.targets.get(where, ())]
        return parts[0] if len(parts) == 1 else union(box for part in parts for box in part)

    def area(self, where: Where) -> Space:
        """Packets to a subnet."""
        return union(box for one in self.targets.get(where, ()) for box in self.frame.area(one))
