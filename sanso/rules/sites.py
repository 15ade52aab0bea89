"""SITE: sites, their numbers, and lines."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.device import Device
from sanso.city.paths import behind
from sanso.city.site import Line, Site
from sanso.city.virtual import VirtualizationHost
from sanso.city.wireless import AccessPoint, Controller
from sanso.messages import Finding, Severity
from sanso.rules.rule import Rule
from sanso.rules.words import nearest, some


class ForeignSite(Rule):
    """The site of a host of the network is one of its groups; a copied file's old id is not."""

    id = "SITE-01"

    def check(self) -> Iterator[Finding]:
        hosts: dict[str, Device | AccessPoint | Controller | VirtualizationHost] = {
            **self.city.devices,
            **self.city.access_points,
            **self.city.controllers,
            **self.city.virtualization_hosts,
        }
        for name, device in hosts.items():
            if device.groups and device.site not in device.groups:
                yield self.finding(device.at("site"), device=name, site=device.site, groups=some(device.groups))


class DuplicateNumber(Rule):
    """Site numbers differ: each picks a site's share of every pool."""

    id = "SITE-02"

    def check(self) -> Iterator[Finding]:
        numbers = {site.number for site in self.city.sites.values()}
        free = next(number for number in range(len(numbers) + 1) if number not in numbers)
        first: dict[int, str] = {}
        for name, site in self.city.sites.items():
            other = first.setdefault(site.number, name)
            if other != name:
                yield self.finding(site.at("number"), site=name, number=site.number, other=other, free=free)


class LineFields(Rule):
    """The fields of an IPoE line stand on IPoE lines, and all of them do."""

    id = "SITE-04"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for site in self.city.sites.values():
            for key in ("delegation", "ipv4"):
                yield from self._field(site, site.line, key)

    def _field(self, site: Site, line: Line, key: str) -> Iterator[Finding]:
        value = getattr(line, key)
        if line.kind == "ipoe" and value is None:
            yield self.finding(line.at(), "lacking", site=site.id, key=key, choices=CHOICES[key])
        elif line.kind != "ipoe" and value is not None:
            yield self.finding(line.at(key), "idle", site=site.id, key=key, value=value, kind=line.kind)


class Canary(Rule):
    """The device of a site that is changed first is one that no other is reached through."""

    id = "SITE-05"

    def check(self) -> Iterator[Finding]:
        for name, site in self.city.sites.items():
            if site.canary is None:
                continue
            here = [device.hostname for device in self.city.devices_at[name]]
            args = {"site": name, "canary": site.canary}
            if site.canary not in here:
                yield self.finding(site.at("canary"), "elsewhere", **args, near=nearest(site.canary, here))
            elif others := behind(self.city, name, site.canary):
                ends = [one for one in here if not behind(self.city, name, one)]
                yield self.finding(site.at("canary"), "behind", **args, devices=some(others), ends=some(ends))


CHOICES = {"delegation": "ra, dhcpv6_pd", "ipv4": "map_e, ds_lite, ipip_fixed"}
