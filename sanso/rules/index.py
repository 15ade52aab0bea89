"""What rules look up again and again: computed once for a city, and from whole references only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sanso.city.addressing import FAMILIES, Family, Network, share
from sanso.city.device import ApPort, Device, HypervisorPort, PortProfile, TrunkPort, UplinkPort
from sanso.city.links import Carried, ap_wlans, carried
from sanso.city.model import City
from sanso.city.ports import port_range
from sanso.city.segment import Layer
from sanso.city.virtual import Uplink, VirtualizationHost
from sanso.messages.source import Path
from sanso.rules.reference import Reference, references

LONGEST_RANGE = 512
"""Ports that one entry may stand for; a longer range is a slip of the pen (PORT-02)."""

SiteSegment = tuple[str, str]
"""Site, segment."""


@dataclass(frozen=True)
class Share:
    """Addresses of a segment at a site; ``path`` leads to the override or to the pool they come from."""

    site: str
    segment: str
    family: Family
    prefix: Network
    path: Path
    override: bool


@dataclass(frozen=True)
class End:
    """A trunk or uplink port."""

    device: Device
    port: str
    profile: TrunkPort | UplinkPort

    def __str__(self) -> str:
        return f"{self.device.hostname} {self.port}"


@dataclass(frozen=True)
class Link:
    """A trunk whose two ends name each other, within one site."""

    near: End
    far: End


class Index:
    """A city's shares, ports, links, access points and virtualization hosts."""

    def __init__(self, city: City) -> None:
        self.city = city

    @cached_property
    def site_segments(self) -> list[SiteSegment]:
        """Every segment of every site that is a segment of the city."""
        return [
            (site_id, name)
            for site_id, site in self.city.sites.items()
            for name in site.segments
            if name in self.layers
        ]

    @cached_property
    def references(self) -> list[Reference]:
        """Every name that must lead to something."""
        return list(references(self.city))

    @cached_property
    def layers(self) -> dict[str, Layer]:
        """Layer of each segment."""
        return {name: segment.layer for name, segment in self.city.segments.items()}

    @cached_property
    def shares(self) -> dict[SiteSegment, list[Share]]:
        """Shares of each site-segment, those that fit in their pool."""
        return {(site, segment): list(self._shares(site, segment)) for site, segment in self.site_segments}

    def _shares(self, site: str, segment: str) -> Iterator[Share]:
        override = self.city.sites[site].segments[segment]
        for family in FAMILIES:
            try:
                prefix = share(self.city, segment, site, family)
            except ValueError:
                continue  # ADDR-02 tells
            if prefix is not None:
                own = override is not None and getattr(override, family) is not None
                path = (
                    self.city.sites[site].at("segments", segment, family)
                    if own
                    else self.city.segments[segment].at(family, "pool")
                )
                yield Share(site, segment, family, prefix, path, own)

    def prefix(self, site: str, segment: str, family: Family) -> Network | None:
        """Prefix of a segment at a site."""
        found = self.shares.get((site, segment), [])
        return next((item.prefix for item in found if item.family == family), None)

    @cached_property
    def entries(self) -> dict[str, dict[str, list[str]]]:
        """Single ports of each entry of each device; of a range that makes no sense, the part that does."""
        return {
            name: {entry: port_names(entry) for entry in device.ports} for name, device in self.city.devices.items()
        }

    @cached_property
    def ports(self) -> dict[str, dict[str, PortProfile]]:
        """Every single port of every device."""
        return {
            name: {port: device.ports[entry] for entry, ports in self.entries[name].items() for port in ports}
            for name, device in self.city.devices.items()
        }

    @cached_property
    def ends(self) -> dict[tuple[str, str], End]:
        """Every trunk and uplink port, by device and port."""
        return {
            (name, port): End(self.city.devices[name], port, profile)
            for name, ports in self.ports.items()
            for port, profile in ports.items()
            if isinstance(profile, TrunkPort | UplinkPort)
        }

    def peer(self, end: End) -> End | None:
        """The trunk port that an end names, whether or not that one names it back."""
        if end.profile.to is None or end.profile.to_port is None:
            return None
        return self.ends.get((end.profile.to, end.profile.to_port))

    @cached_property
    def links(self) -> list[Link]:
        """Every whole trunk, once."""
        found: dict[frozenset[tuple[str, str]], Link] = {}
        for key, near in self.ends.items():
            far = self.peer(near)
            if far is None or (far.profile.to, far.profile.to_port) != key or far is near:
                continue
            if near.device.site == far.device.site:
                found.setdefault(frozenset({key, (far.device.hostname, far.port)}), Link(near, far))
        return list(found.values())

    def ends_of(self, device: str) -> list[End]:
        """Trunk and uplink ports of a device."""
        return [self.ends[device, port] for port in self.ports[device] if (device, port) in self.ends]

    def is_broken(self, end: End) -> bool:
        """Whether an end names another one, and the two are not a whole trunk."""
        return end.profile.to is not None and id(end) not in self._whole

    @cached_property
    def _whole(self) -> set[int]:
        return {id(end) for link in self.links for end in (link.near, link.far)}

    def carried(self, end: End) -> frozenset[str]:
        """Segments of the city that an end carries."""
        if end.device.site not in self.city.sites:
            return frozenset()
        return frozenset(carried(self.city, end.device, end.profile).segments) & self.layers.keys()

    @cached_property
    def hung(self) -> dict[str, ApPort]:
        """The switch port of each access point that hangs where one may: on a port for them, at its own site."""
        found: dict[str, ApPort] = {}
        for name, point in self.city.access_points.items():
            port = self.ports.get(point.switch, {}).get(point.port)
            if isinstance(port, ApPort) and self.city.devices[point.switch].site == point.site:
                found[name] = port
        return found

    def cable(self, host: VirtualizationHost, uplink: Uplink) -> Carried | None:
        """What a cable brings to a virtualization host; None where it ends at no port for one, at its own site."""
        port = self.ports.get(uplink.switch, {}).get(uplink.port)
        device = self.city.devices.get(uplink.switch)
        if device is None or device.site != host.site or not isinstance(port, HypervisorPort):
            return None
        return carried(self.city, device, port)

    @cached_property
    def cabled(self) -> dict[str, Carried]:
        """What the cables bring to each virtualization host, as its first one does (VIRT-06) where it may hang."""
        found = {name: self.cable(host, host.uplinks[0]) for name, host in self.city.virtualization_hosts.items()}
        return {name: carries for name, carries in found.items() if carries is not None}

    @cached_property
    def offered(self) -> dict[str, list[str]]:
        """WLANs that each of these access points offers, in one state of the city or another."""
        points = self.city.access_points
        return {
            name: ap_wlans(self.city, self.city.devices[points[name].switch], port)
            for name, port in self.hung.items()
        }


def last_host(prefix: Network) -> int:
    """Highest number that :func:`sanso.city.addressing.host_address` takes; below 1 where the prefix has no host."""
    return prefix.num_addresses - (1 if prefix.version == 6 else 2)


def port_names(entry: str) -> list[str]:
    """Single ports of an entry of ``sanso_ports``; none for a range that runs backwards."""
    try:
        return list(islice(port_range(entry), LONGEST_RANGE))
    except ValueError:
        return []
