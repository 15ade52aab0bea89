"""What virtualization hosts really tag on their cables, for the proof of the whole network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sanso.city.model import City
from sanso.network.virtual import HostFacts, MachineFacts
from sanso.proof.edges import UNTAGGED, ReadEdge
from sanso.proof.links import End
from sanso.proof.placement import Place
from sanso.proof.virtual import passings, vlans_of
from sanso.render import HostIntent, intend_hosts


def host_edges(read: Mapping[str, HostFacts], city: City) -> list[ReadEdge]:
    """Hosts behind the switch ports of virtualization hosts, as these were read.

    A machine is a host of the segment that the inventory gives it, by whatever tag its frames have; a machine or a
    port that the inventory does not know is one of the VLAN that it is in.
    """
    intents = intend_hosts(city)
    return [edge for host, facts in read.items() for edge in _Reader(facts, intents, city).edges()]


class _Reader:
    def __init__(self, facts: HostFacts, intents: Mapping[str, HostIntent], city: City) -> None:
        self.facts = facts
        self.intent = intents[facts.hostname]
        self.city = city
        self.host = city.virtualization_hosts[facts.hostname]
        self._known = {name: one for intent in intents.values() for name, one in intent.facts.machines.items()}

    def edges(self) -> Iterator[ReadEdge]:
        """Each host behind each of the cables: a bond uses one of them, and nobody knows which."""
        for name, vlan, place in self._hosts():
            tag = self._tag(vlan)
            if place is not None and tag is not None:
                for uplink in self.host.uplinks:
                    yield ReadEdge(name, tag, place, End(uplink.switch, uplink.port))

    def _hosts(self) -> Iterator[tuple[str, int, Place | None]]:
        """Name, VLAN on the virtual switch, and where they belong."""
        for segment, vlan in self.facts.segments.items():
            yield segment, vlan, self._place(segment) or self._of_vlan(vlan)
        for port, passing in self.facts.own.items():
            meant = self.intent.facts.own.get(port)
            segment = self._segment(meant.vlans) if meant is not None else ""
            for vlan in vlans_of(passing):
                yield segment or port, vlan, self._place(segment) or self._of_vlan(vlan)
        for name, machine in self.facts.machines.items():
            yield from self._machine(name, machine)
        for port, passing in self.facts.ports.items():
            for vlan in vlans_of(passing):
                yield port, vlan, self._of_vlan(vlan)

    def _machine(self, name: str, machine: MachineFacts) -> Iterator[tuple[str, int, Place | None]]:
        known = self._known.get(name)
        for nic, facts in machine.nics.items():
            meant = None if known is None else known.nics.get(nic) or next(iter(known.nics.values()))
            for vlan in sorted({vlan for one in passings(facts, self.facts) for vlan in vlans_of(one)}):
                place = self._of_vlan(vlan) if meant is None else self._place(meant.segment)
                yield f"{name} {nic}", vlan, place

    def _tag(self, vlan: int) -> int | None:
        """The tag on the cable of frames that are in a VLAN; None: they do not get there."""
        trunk = self.facts.trunk
        if vlan not in vlans_of(trunk):
            return None
        return UNTAGGED if vlan == (trunk.untagged or UNTAGGED) else vlan

    def _place(self, segment: str) -> Place | None:
        one = self.city.segments.get(segment)
        return Place(one.layer, segment, self.host.site) if one is not None else None

    def _of_vlan(self, vlan: int) -> Place | None:
        return self._place(self.intent.names.get(vlan, ""))

    def _segment(self, vlans: Iterable[int]) -> str:
        return next((self.intent.names[vlan] for vlan in vlans if vlan in self.intent.names), "")
