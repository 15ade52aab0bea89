"""DEV: devices, what runs on them, and their own addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath

import sanso
from sanso.city.addressing import FAMILIES, Network
from sanso.city.device import Device
from sanso.city.wireless import Controller
from sanso.messages import Finding, Severity
from sanso.rules.index import last_host
from sanso.rules.rule import Rule
from sanso.rules.words import nearest


def platform_names() -> list[str]:
    """Network OSes of switches: folders of ``sanso/platforms`` with a session; only their names are known here."""
    return sorted(_folders("session.py") - _folders("controller.py"))


def controller_names() -> list[str]:
    """Network OSes of wireless controllers, in the same way."""
    return sorted(_folders("controller.py"))


def _folders(file: str) -> set[str]:
    return {entry.parent.name for entry in (FilePath(sanso.__path__[0]) / "platforms").glob(f"*/{file}")}


class UnknownPlatform(Rule):
    """The platform of a device or of a controller is a folder of ``sanso/platforms`` for such."""

    id = "DEV-01"

    def check(self) -> Iterator[Finding]:
        yield from self._hosts(self.city.devices, platform_names())
        yield from self._hosts(self.city.controllers, controller_names())

    def _hosts(self, hosts: Mapping[str, Device | Controller], known: list[str]) -> Iterator[Finding]:
        for name, host in hosts.items():
            if host.platform not in known:
                near = nearest(host.platform, known)
                yield self.finding(host.at("platform"), device=name, platform=host.platform, near=near)


class ManagementAddress(Rule):
    """A device's own address is its own: not another's, not the gateway's, and within the share."""

    id = "DEV-02"

    def check(self) -> Iterator[Finding]:
        used: dict[tuple[str, int], str] = {}
        for name, device in self.city.devices.items():
            number = device.management_host
            if number is None:
                continue
            path = device.at("management_host")
            other = used.setdefault((device.site, number), name)
            if number == 1:
                yield self.finding(path, "gateway", device=name, site=device.site, free=self._free(device.site))
            elif other != name:
                yield self.finding(
                    path, "twice", device=name, number=number, other=other, free=self._free(device.site)
                )
            elif (prefix := self._outside(device)) is not None:
                yield self.finding(
                    path, "outside", device=name, number=number, prefix=prefix, free=self._free(device.site)
                )

    def _outside(self, device: Device) -> Network | None:
        """The site's management prefix that has no such host."""
        for family in FAMILIES:
            prefix = self.index.prefix(device.site, self.city.settings.management_segment, family)
            if prefix is not None and (device.management_host or 0) > last_host(prefix):
                return prefix
        return None

    def _free(self, site: str) -> int:
        """Lowest host number that no device of the site has; 1 is the gateway's."""
        used = {device.management_host for device in self.city.devices_at[site]}
        return next(number for number in range(2, len(used) + 3) if number not in used)


class NoManagementAddress(Rule):
    """Every device but the gateway has an address in the management segment of its site."""

    id = "DEV-03"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        segment = self.city.settings.management_segment
        for name, device in self.city.devices.items():
            site = self.city.sites.get(device.site)
            if site is None:
                continue
            if segment in self.city.segments and segment not in site.segments:
                yield self.finding(device.at(), "segment", device=name, segment=segment, site=site.id)
            elif device.management_host is None and site.gateway != name:
                yield self.finding(device.at(), "host", device=name, segment=segment, site=site.id)


class SameHostname(Rule):
    """Host names differ by more than case, as name servers and logs see no other difference."""

    id = "DEV-04"

    def check(self) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for name, device in self.city.devices.items():
            other = first.setdefault(name.lower(), name)
            if other != name:
                yield self.finding(device.at(), device=name, other=other)
