"""SEG: the VLAN ids and names of segments."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.segment import Segment
from sanso.messages import Finding
from sanso.rules.index import Index
from sanso.rules.rule import Rule

DEFAULT_VLAN = 1
RESERVED_VLANS = range(1002, 1006)
"""Token ring and FDDI defaults, which Cisco's VLAN database cannot give away."""
TAKEN_NAMES = frozenset({"default", "dead", "native"})
"""VLAN names that devices or this project use; compared without regard to case."""


class DuplicateVlan(Rule):
    """Two segments of one layer have the same VLAN id: at one site an error, at different sites a warning."""

    id = "SEG-01"

    def check(self) -> Iterator[Finding]:
        for name, segment, other in same_vlan(self.index):
            if segment.layer is not self.city.segments[other].layer:
                continue  # SEP-01 tells
            sites = [site.id for site in self.city.sites.values() if {name, other} <= site.segments.keys()]
            free = free_vlan(self.index, segment.vlan)
            args = {"segment": name, "other": other, "vlan": segment.vlan, "free": free}
            if sites:
                yield self.finding(segment.at("vlan"), "same_site", **args, sites=", ".join(sites))
            else:
                yield self.warning(segment.at("vlan"), "apart", **args)


class ReservedVlan(Rule):
    """VLAN 1 and VLANs 1002 to 1005 belong to the switches themselves."""

    id = "SEG-02"

    def check(self) -> Iterator[Finding]:
        for segment in self.city.segments.values():
            if segment.vlan == DEFAULT_VLAN or segment.vlan in RESERVED_VLANS:
                yield self._finding(segment.at("vlan"), segment.vlan)
        settings = self.city.settings
        for key, vlan in (("dead_vlan", settings.dead_vlan), ("native_vlan", settings.native_vlan)):
            if vlan in RESERVED_VLANS:
                yield self._finding(settings.at(key), vlan)

    def _finding(self, path: tuple[str | int, ...], vlan: int) -> Finding:
        variant = "default" if vlan == DEFAULT_VLAN else "reserved"
        return self.finding(path, variant, vlan=vlan, free=free_vlan(self.index, vlan))


class RestingVlan(Rule):
    """The dead VLAN and the native VLAN hold nobody: no segment has their ids, and they differ."""

    id = "SEG-03"

    def check(self) -> Iterator[Finding]:
        settings = self.city.settings
        for name, segment in self.city.segments.items():
            for key in ("dead", "native"):
                if segment.vlan == getattr(settings, f"{key}_vlan"):
                    free = free_vlan(self.index, segment.vlan)
                    yield self.finding(segment.at("vlan"), key, segment=name, vlan=segment.vlan, free=free)
        if settings.dead_vlan == settings.native_vlan:
            free = free_vlan(self.index, settings.native_vlan)
            yield self.finding(settings.at("native_vlan"), "same", vlan=settings.native_vlan, free=free)


class TakenName(Rule):
    """A segment's name, which becomes its VLAN's name on the devices, is not one that is taken there."""

    id = "SEG-04"

    def check(self) -> Iterator[Finding]:
        for name, segment in self.city.segments.items():
            if name in TAKEN_NAMES or (name.startswith("vlan") and name[4:].isdigit()):
                yield self.finding(segment.at(), segment=name, layer=segment.layer)


def same_vlan(index: Index) -> Iterator[tuple[str, Segment, str]]:
    """Each segment whose VLAN id an earlier one has: its name, itself, the earlier one's name."""
    first: dict[int, str] = {}
    for name, segment in index.city.segments.items():
        other = first.setdefault(segment.vlan, name)
        if other != name:
            yield name, segment, other


def free_vlan(index: Index, near: int) -> int:
    """The id nearest to ``near`` that no segment has and that is nobody's; 0 where none is left."""
    settings = index.city.settings
    used = {segment.vlan for segment in index.city.segments.values()}
    used |= {DEFAULT_VLAN, *RESERVED_VLANS, settings.dead_vlan, settings.native_vlan}
    free = (vlan for vlan in range(2, 4095) if vlan not in used)
    return min(free, key=lambda vlan: (abs(vlan - near), vlan), default=0)
