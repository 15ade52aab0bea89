"""GATE: from every port there is a way over trunks to the gateway of its segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sanso.city.device import ExternalPort, TrunkPort, UnusedPort, UplinkPort
from sanso.city.links import carried
from sanso.city.site import Site
from sanso.messages import Finding
from sanso.messages.source import Path
from sanso.rules.index import Index, Link
from sanso.rules.rule import Rule
from sanso.rules.words import nearest, some


class GatewayDevice(Rule):
    """A site's gateway is a managed device of that site."""

    id = "GATE-01"

    def check(self) -> Iterator[Finding]:
        for site in self.city.sites.values():
            here = [device.hostname for device in self.city.devices_at[site.id]]
            if site.gateway not in here:
                device = self.city.devices.get(site.gateway)
                args = {"gateway": site.gateway, "site": site.id, "near": nearest(site.gateway, here)}
                if device is None:
                    yield self.finding(site.at("gateway"), "undefined", **args)
                else:
                    yield self.finding(site.at("gateway"), "elsewhere", **args, other=device.site)


class GatewayAddress(Rule):
    """A routed segment has addresses, and one with addresses is routed, but where machines move between hosts."""

    id = "GATE-02"

    def check(self) -> Iterator[Finding]:
        hosts = self.city.virtualization_hosts.values()
        on_their_own = {host.migration.segment for host in hosts if host.migration is not None}
        for name, segment in self.city.segments.items():
            addressed = segment.ipv4 is not None or segment.ipv6 is not None
            if addressed and not segment.routed and name not in on_their_own:
                yield self.warning(segment.at("routed"), "unrouted", segment=name)
        for (site_id, name), shares in self.index.shares.items():
            segment, site = self.city.segments[name], self.city.sites[site_id]
            if segment.routed and not shares and segment.ipv4 is None and segment.ipv6 is None:
                yield self.finding(site.at("segments", name), "bare", segment=name, site=site_id)


class Unreachable(Rule):
    """Each device is linked to its site's gateway, and each segment used on it is carried all the way there."""

    id = "GATE-03"

    def check(self) -> Iterator[Finding]:
        links: dict[str, list[Link]] = defaultdict(list)
        for link in self.index.links:
            links[link.near.device.site].append(link)
        for site in self.city.sites.values():
            if any(device.hostname == site.gateway for device in self.city.devices_at[site.id]):
                yield from self._site(site, Topology(self.index, links[site.id]))

    def _site(self, site: Site, topology: Topology) -> Iterator[Finding]:
        parents = topology.reach(site.gateway)
        devices = [device.hostname for device in self.city.devices_at[site.id]]
        for island in topology.islands([name for name in devices if name not in parents]):
            if any(self.index.is_broken(end) for name in island for end in self.index.ends_of(name)):
                continue  # the LINK rules tell
            path = self.city.devices[island[0]].at("ports")
            yield self.finding(path, "island", devices=some(island), site=site.id, gateway=site.gateway)
        for segment, users in self._users(site).items():
            reached = topology.reach(site.gateway, segment)
            cut_off = [name for name in users if name in parents and name not in reached]
            for island in topology.islands(cut_off, segment):
                device = next(name for name in cut_off if name in island)
                gap = topology.gap(parents, device, segment)
                yield self.finding(
                    users[device],
                    "segment",
                    segment=segment,
                    device=device,
                    site=site.id,
                    gateway=site.gateway,
                    near=str(gap.near),
                    far=str(gap.far),
                )

    def _users(self, site: Site) -> dict[str, dict[str, Path]]:
        """Routed segments of the site → devices with a port or an address in them → where that is said."""
        users: dict[str, dict[str, Path]] = defaultdict(dict)
        for device in self.city.devices_at[site.id]:
            for port in device.ports.values():
                if isinstance(port, ExternalPort | UnusedPort):
                    continue
                if isinstance(port, TrunkPort | UplinkPort) and port.to is not None:
                    continue
                for segment in carried(self.city, device, port).segments:
                    users[segment].setdefault(device.hostname, port.at())
            if device.management_host is not None:
                path = device.at("management_host")
                users[self.city.settings.management_segment].setdefault(device.hostname, path)
        return {
            name: places
            for name, places in users.items()
            if name in site.segments and name in self.city.segments and self.city.segments[name].routed
        }


class Topology:
    """The whole trunks of one site.

    A segment counts as carried where either end carries it: that the ends disagree, LINK-04 tells.
    """

    def __init__(self, index: Index, links: Iterable[Link]) -> None:
        self._index = index
        self._neighbours: dict[str, list[tuple[str, Link]]] = defaultdict(list)
        self._carried: dict[int, frozenset[str]] = {}
        for link in links:
            near, far = link.near.device.hostname, link.far.device.hostname
            self._neighbours[near].append((far, link))
            self._neighbours[far].append((near, link))
            self._carried[id(link)] = index.carried(link.near) | index.carried(link.far)

    def carries(self, link: Link, segment: str | None) -> bool:
        """Whether a link carries a segment; any link carries None."""
        return segment is None or segment in self._carried[id(link)]

    def reach(self, start: str, segment: str | None = None) -> dict[str, tuple[str, Link] | None]:
        """Devices reached from one, each with the device before it and the link between."""
        parents: dict[str, tuple[str, Link] | None] = {start: None}
        queue = [start]
        for device in queue:
            for other, link in self._neighbours[device]:
                if other not in parents and self.carries(link, segment):
                    parents[other] = (device, link)
                    queue.append(other)
        return parents

    def islands(self, devices: list[str], segment: str | None = None) -> Iterator[list[str]]:
        """Groups of the given devices that reach one another."""
        left = dict.fromkeys(devices)
        while left:
            reached = self.reach(next(iter(left)), segment)
            island = [name for name in left if name in reached]
            for name in island:
                del left[name]
            yield island

    def gap(self, parents: dict[str, tuple[str, Link] | None], device: str, segment: str) -> Link:
        """The first link, on the way from a device to the gateway, that does not carry a segment."""
        here = parents[device]
        while here is not None:
            if not self.carries(here[1], segment):
                return here[1]
            here = parents[here[0]]
        raise ValueError(f"{segment} is carried from {device} to the gateway")
