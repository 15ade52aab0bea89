"""What every question to a network shares: service atoms, the filters at each place, whose each end is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from ipaddress import ip_network
from typing import NamedTuple

from sanso.network.facts import Family
from sanso.network.packets import BITS, Match, joined
from sanso.network.snapshot import AccessList, Snapshot
from sanso.proof.chains import Chain, Source, Target
from sanso.proof.filters import Filter, bound_list, services_of
from sanso.proof.legs import Network, Stage
from sanso.proof.outside import ANSWERS, OUTSIDE, answers, is_known
from sanso.proof.policy import Policy
from sanso.proof.services import Services
from sanso.proof.space import Space, matched, translated, union
from sanso.proof.topology import Topology

ListAt = tuple[str, Family, str]
"""Device, family and name of a list."""
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


class _Coarse(NamedTuple):
    """What was known before atoms were divided, to be translated where it is asked for."""

    services: Services
    foreign: Mapping[tuple[str, Family], Space]
    flows: Mapping[tuple[str, Family], Space]


class Frame:
    """A network and the policy that it is held to, ready to be asked.

    Everything in it is made when it is first asked for, and kept.

    Args:
        topology: the network.
        policy: what is approved in it.
        asked: matches that the service atoms must be fine enough for too.
    """

    def __init__(self, topology: Topology, policy: Policy, asked: Iterable[Match] = ()) -> None:
        self.topology = topology
        self.policy = policy
        lists = [acl for snapshot in self.snapshots.values() for acl in snapshot.acls.values()]
        others = [*(one.match for one in policy.approved), *asked]
        if any(source.outside and is_known(topology, source) for source in topology.sources()):
            others += ANSWERS
        self.services: Services = services_of(lists, others)
        self._filters: dict[str, dict[tuple[Family, str], Filter]] = {}
        self._areas: dict[Target, Space] = {}
        self._foreign: dict[tuple[str, Family], Space] = {}
        self._flows: dict[tuple[str, Family], Space] = {}
        self._coarse: _Coarse | None = None

    @property
    def snapshots(self) -> Mapping[str, Snapshot]:
        """The devices, by host name."""
        return self.topology.snapshots

    @cached_property
    def entrances(self) -> Mapping[Source, str]:
        """Interfaces by which packets come in that can be proved, in order, each with the layer they come from."""
        return {
            source: self.source_layer(source)
            for source in self.topology.sources()
            if not source.outside or is_known(self.topology, source)
        }

    @cached_property
    def entrances_by_list(self) -> Mapping[ListAt, list[Source]]:
        """The same by the list that is bound where packets come in."""
        found: dict[ListAt, list[Source]] = {}
        for source in self.entrances:
            entry = source.leg.stage(source.family, "in")
            if entry.acl is not None:
                found.setdefault((entry.device, source.family, entry.acl), []).append(source)
        return found

    # ----- ends -----------------------------------------------------------------------------------------------

    def source_layer(self, source: Source) -> str:
        """Layer of the hosts behind an entrance; what comes from outside the city has one of its own."""
        if source.outside:
            return OUTSIDE
        return str(source.place.layer) if source.place is not None else UNKNOWN

    def target_layer(self, target: Target) -> str:
        """Layer of a subnet; what is outside the city counts as the Internet."""
        if target.outside:
            return INTERNET
        return str(target.place.layer) if target.place is not None else UNKNOWN

    def is_foreign(self, layer: str, target: Target) -> bool:
        """Whether hosts of a layer may reach a target by approved flows only; from outside, by answers only."""
        if layer == OUTSIDE:
            return not target.outside and target.domain not in self.topology.layer3.legs.outside
        if target.outside:
            return layer not in self.policy.egress
        if target.place is not None:
            return str(target.place.layer) != layer
        return layer != UNKNOWN and (
            layer not in self.policy.egress or self.policy.owns(target.prefix, target.family)
        )

    def foreign(self, layer: str, family: Family) -> Space:
        """Everything to targets that a layer's hosts may reach by approved flows only."""
        key = (layer, family)
        if key not in self._foreign and self._coarse is not None and key in self._coarse.foreign:
            self._foreign[key] = translated(self._coarse.foreign[key], self._coarse.services, self.services)
        if key not in self._foreign:
            targets = (one for one in self.topology.targets() if one.family == family)
            areas = (box for one in targets if self.is_foreign(layer, one) for box in self.area(one))
            last = 2 ** BITS[family] - 1
            self._foreign[key] = Space(
                (0, last, *span, self.services.every) for span in joined((box[2], box[3]) for box in areas)
            )
        return self._foreign[key]

    def flows(self, layer: str, family: Family) -> Space:
        """Approved flows, return traffic included, that begin in a layer."""
        key = (layer, family)
        if key not in self._flows and self._coarse is not None and key in self._coarse.flows:
            self._flows[key] = translated(self._coarse.flows[key], self._coarse.services, self.services)
        if key not in self._flows and layer == OUTSIDE:
            self._flows[key] = self._answers(family)
        if key not in self._flows:
            parts = (one.match for one in self.policy.approved if one.source_layer == layer)
            mine = (match for match in parts if match.family == family)
            self._flows[key] = union(box for match in mine for box in matched(match, self.services))
        return self._flows[key]

    def _answers(self, family: Family) -> Space:
        """Answers from the Internet, to subnets of the layers that may send there."""
        bits = 0
        for match in answers(family):
            bits |= self.services.of(match)
        targets = (one for one in self.topology.targets() if one.family == family and not one.outside)
        mine = (box for one in targets if self.target_layer(one) in self.policy.egress for box in self.area(one))
        return union((*box[:4], bits) for box in mine)

    def area(self, target: Target) -> Space:
        """Packets to a target from anywhere; the Internet is what is neither the city's own nor stays on a link."""
        if target not in self._areas:
            area = self.toward(target.prefix)
            if target.outside:
                aside = [*self.policy.prefixes[target.family], *UNROUTED[target.family]]
                area = area - union(box for prefix in aside for box in self.toward(prefix))
            self._areas[target] = area
        return self._areas[target]

    def toward(self, prefix: Network) -> Space:
        """Packets from anywhere to a prefix."""
        last = 2**prefix.max_prefixlen - 1
        return Space([(0, last, int(prefix.network_address), int(prefix.broadcast_address), self.services.every)])

    def from_subnets(self, source: Source) -> Space:
        """Packets from the addresses that hosts behind an entrance should have."""
        every = 2 ** BITS[source.family] - 1
        spans = ((int(one.network_address), int(one.broadcast_address)) for one in source.subnets)
        return union((first, last, 0, every, self.services.every) for first, last in spans)

    # ----- lists ----------------------------------------------------------------------------------------------

    def list_at(self, stage: Stage, family: Family) -> AccessList:
        """The list at a place; one without rules where the name there leads nowhere."""
        if stage.exit:
            return self.snapshots[stage.device].acls[family, str(stage.acl)]
        bindings = self.snapshots[stage.device].interfaces[stage.interface].bindings
        binding = next(
            one for one in bindings if (one.family, one.direction, one.name) == (family, stage.direction, stage.acl)
        )
        return bound_list(self.snapshots[stage.device], binding)

    def filter_at(self, stage: Stage, family: Family) -> Filter:
        """The same, ready to be asked."""
        known = self._filters.setdefault(stage.device, {})
        key = (family, str(stage.acl))
        if key not in known:
            known[key] = Filter(self.list_at(stage, family), self.services)
        return known[key]

    def placed(self, stage: Stage, family: Family) -> Stage:
        """The same place, with its line as the configuration has it now."""
        if stage.exit:
            firewall = self.snapshots[stage.device].firewall
            begins = firewall.line if firewall is not None else stage.line
            return stage._replace(line=begins if stage.acl is None else self.list_at(stage, family).line)
        if stage.direction == "route":
            lines = [one.line for one in self.snapshots[stage.device].routes if one.line.text == stage.line.text]
            return stage._replace(line=lines[-1]) if lines else stage
        interface = self.snapshots[stage.device].interfaces.get(stage.interface)
        if interface is None:
            return stage
        here = (family, stage.direction, stage.acl)
        lines = [one.line for one in interface.bindings if (one.family, one.direction, one.name) == here]
        return stage._replace(line=lines[-1] if lines else interface.line)

    def with_lists(self, snapshots: Mapping[str, Snapshot], changed: Mapping[str, Iterable[AccessList]]) -> Frame:
        """The same network where nothing but the access lists of some devices differs.

        What is kept of the other devices is shared.  Where a line tells services apart that none did so far, atoms
        are divided.

        Args:
            snapshots: of all devices.
            changed: device → its lists that are new or not what they were.
        """
        other = copy(self)
        other.topology = self.topology.with_lists(snapshots)
        other._filters = self._filters | {device: {} for device in changed}
        matches = [
            match for lists in changed.values() for acl in lists for rule in acl.rules for match in rule.matches
        ]
        if not all(map(self.services.knows, matches)):
            other._divide(matches)
        return other

    def _divide(self, matches: Iterable[Match]) -> None:
        self._coarse = _Coarse(self.services, self._foreign, self._flows)
        self.services = self.services.divided(matches)
        self._filters, self._areas, self._foreign, self._flows = {}, {}, {}, {}

    # ----- ways -----------------------------------------------------------------------------------------------

    def past(self, space: Space, chain: Chain, family: Family) -> Space:
        """What of some packets passes all lists of a way."""
        for stage in chain.filters:
            if not space:
                break
            space = self.filter_at(stage, family).space(space)
        return space

    def reached(self, source: Source, target: Target, within: Space) -> Space:
        """What of some packets gets from an entrance to a target, by any way."""
        asked = within & self.area(target)
        boxes = (
            box for chain in self.topology.chains(source, target) for box in self.past(asked, chain, source.family)
        )
        return union(boxes)
