"""What the city intends for a port, to tell which end of a fault is wrong and what its line should say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanso.city.addressing import Network, share
from sanso.city.device import AccessPort, ExternalPort, UnusedPort
from sanso.city.links import carried, is_gateway
from sanso.city.model import City
from sanso.network.facts import Family
from sanso.proof.edges import UNTAGGED
from sanso.proof.findings import ranges
from sanso.proof.links import End
from sanso.proof.placement import Place
from sanso.render.names import acl_name

Tags = frozenset[tuple[int, int]]
"""Tag on the cable → VLAN id."""


@dataclass(frozen=True)
class Wanted:
    """A port as the city wants it."""

    variant: str
    """``access``, ``trunk`` or ``unused``: picks the words of the mend."""
    tags: Tags = frozenset()
    native: int = 0

    @property
    def words(self) -> dict[str, str]:
        """Arguments of the mend's words."""
        return {
            "access": ranges([vlan for tag, vlan in self.tags if tag == UNTAGGED]),
            "native": str(self.native),
            "allowed": ranges([vlan for _, vlan in self.tags]),
        }


class Intended:
    """Looks ports and interfaces up in a city; without one it knows of none."""

    def __init__(self, city: City | None) -> None:
        self.city = city

    def port(self, end: End) -> Wanted | None:
        """What the city wants of a port; a port that the inventory does not name is to be unused."""
        if self.city is None or end.device not in self.city.devices:
            return None
        profile = self.city.ports[end.device].get(end.port)
        if isinstance(profile, ExternalPort):
            return None
        if profile is None or isinstance(profile, UnusedPort):
            return Wanted("unused")
        segments = carried(self.city, self.city.devices[end.device], profile)
        vlans = {name: self.city.segments[name].vlan for name in segments.segments if name in self.city.segments}
        tags = {(UNTAGGED if name == segments.untagged else vlan, vlan) for name, vlan in vlans.items()}
        variant = "access" if isinstance(profile, AccessPort) else "trunk"
        return Wanted(variant, frozenset(tags), vlans.get(segments.untagged or "", self.city.settings.native_vlan))

    def share(self, place: Place | None, family: Family) -> Network | None:
        """The prefix of a segment at a site; None where the place is no such."""
        if self.city is None or place is None or not place.site:
            return None
        return share(self.city, place.segment, place.site, family)

    def svi(self, device: str, vlan: int | None) -> bool:
        """Whether the city wants a device to have an address in a VLAN; True where that is not for it to say."""
        return self._svi(device, vlan, unknown=True)

    def wants_svi(self, device: str, vlan: int | None) -> bool:
        """Whether the city asks for that address; False where that is not for it to say."""
        return self._svi(device, vlan, unknown=False)

    def list_of(self, device: str, vlan: int | None, family: Family) -> str | None:
        """The list that is to be bound where a site's gateway takes packets in from a segment."""
        segment = next((name for name, own in self._vlans.items() if own == vlan), None)
        return acl_name(segment, family) if segment is not None and self.wants_svi(device, vlan) else None

    def segment_of_list(self, acl: str, family: Family) -> str | None:
        """The segment whose list has a name."""
        return next((name for name in self._vlans if acl_name(name, family) == acl), None)

    @property
    def _vlans(self) -> Mapping[str, int]:
        return {name: one.vlan for name, one in self.city.segments.items()} if self.city is not None else {}

    def _svi(self, device: str, vlan: int | None, *, unknown: bool) -> bool:
        if self.city is None or device not in self.city.devices:
            return unknown
        segment = next((name for name, own in self._vlans.items() if own == vlan), None)
        if segment is None:
            return unknown
        if is_gateway(self.city, self.city.devices[device]):
            return segment in self.city.sites[self.city.devices[device].site].segments
        return segment == self.city.settings.management_segment
