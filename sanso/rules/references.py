"""REF: every name in the city leads to something."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sanso.city.model import City
from sanso.city.services import well_known
from sanso.messages import Finding
from sanso.rules.reference import Kind
from sanso.rules.rule import Rule
from sanso.rules.words import nearest


class UnknownName(Rule):
    """A segment, site, node, service, WLAN, host or machine is named and not declared anywhere."""

    id = "REF-01"

    def check(self) -> Iterator[Finding]:
        known = known_names(self.city)
        for reference in self.index.references:
            if reference.name not in known[reference.kind]:
                near = nearest(reference.name, known[reference.kind])
                yield self.finding(reference.path, reference.kind, name=reference.name, near=near)


class AbsentSegment(Rule):
    """A port, node, flow, WLAN or breakout uses a segment at a site that does not have it."""

    id = "REF-02"

    def check(self) -> Iterator[Finding]:
        for reference in self.index.references:
            if reference.kind != "segment" or reference.name not in self.city.segments:
                continue
            site = self.city.sites.get(reference.site or "")
            if site is not None and reference.name not in site.segments:
                near = nearest(reference.name, site.segments)
                yield self.finding(reference.path, segment=reference.name, site=site.id, near=near)


class AbsentWlan(Rule):
    """An access point's port names a WLAN that is not offered at its site."""

    id = "REF-03"

    def check(self) -> Iterator[Finding]:
        for reference in self.index.references:
            wlan = self.city.wlans.get(reference.name) if reference.kind == "wlan" else None
            if wlan is not None and reference.site in self.city.sites and reference.site not in wlan.sites:
                here = [name for name, other in self.city.wlans.items() if reference.site in other.sites]
                near = nearest(reference.name, here)
                yield self.finding(reference.path, wlan=reference.name, site=reference.site, near=near)


def known_names(city: City) -> dict[Kind, Collection[str]]:
    """What each kind of name may be."""
    return {
        "segment": city.segments,
        "site": city.sites,
        "node": city.nodes,
        "service": {*city.services, *well_known()},
        "wlan": city.wlans,
        "access_point": city.access_points,
        "controller": city.controllers,
        "virtualization_host": city.virtualization_hosts,
        "machine": city.machines,
    }
