"""VLANs and what passes a port, as people read them: with the segment and the layer."""

from __future__ import annotations

from collections.abc import Iterable

from sanso.change.compare import Said
from sanso.messages.catalogue import Phrase
from sanso.network.facts import VlanSet
from sanso.network.virtual import Passing
from sanso.network.vlans import write_vlans
from sanso.proof.virtual import vlans_of
from sanso.render import HostIntent


class Words:
    """Knows the segments and layers of a city's VLANs."""

    def __init__(self, intent: HostIntent) -> None:
        self._layers = intent.layers
        self._names = intent.names

    def layers(self, *sets: VlanSet) -> tuple[str, ...]:
        """Layers of sets of VLANs, each once, in the order of the sets."""
        return tuple(
            dict.fromkeys(self._layers[vlan] for vlans in sets for vlan in sorted(vlans) if vlan in self._layers)
        )

    def crosses(self, found: Iterable[int], own: Iterable[str]) -> bool:
        """Whether VLANs are of other layers than one's own; one that is no segment's is of none."""
        layers = set(own)
        return any(self._layers.get(vlan) not in layers for vlan in found)

    def vlan(self, vlan: int) -> Phrase:
        """A VLAN with its segment and layer."""
        if vlan not in self._names:
            return Phrase("drift.vlan_nobodys", {"vlan": vlan})
        return Phrase("drift.vlan_of", {"vlan": vlan, "segment": self._names[vlan], "layer": self._layers[vlan]})

    def group(self, segment: str, vlan: int | None) -> Said:
        """A port group with its VLAN; one that is not there by its name alone."""
        if vlan is None:
            return segment or "-"
        return Phrase("drift.group_of", {"segment": segment, "vlan": self.vlan(vlan)})

    def passing(self, passing: Passing) -> Phrase:
        """What passes a port."""
        vlans = vlans_of(passing)
        if not vlans:
            return Phrase("drift.vlan_none")
        if passing.untagged is not None and not passing.tagged:
            return self.vlan(passing.untagged)
        layers = ", ".join(self.layers(vlans)) or "-"
        return Phrase("drift.vlans_tagged", {"vlans": write_vlans(vlans - {0}), "layers": layers})
