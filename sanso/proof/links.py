"""Which port is cabled to which: from the inventory, from what neighbours told, and last from equal subnets.

Interface descriptions are never trusted.  Where sources contradict each other all of their links are kept, so that
nothing is missed, and a finding tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from sanso.city.device import TrunkPort, UnusedPort, UplinkPort
from sanso.city.model import City
from sanso.messages import Finding, Severity
from sanso.network.snapshot import Interface, Kind, Line, Snapshot
from sanso.platforms import load_platform, platform_names
from sanso.proof.findings import error, warning

Snapshots = Mapping[str, Snapshot]


class End(NamedTuple):
    """A port of a device."""

    device: str
    port: str

    def __str__(self) -> str:
        return f"{self.device} {self.port}"


class Origin(StrEnum):
    """Who says that there is a link."""

    INVENTORY = "inventory"
    NEIGHBOUR = "neighbour"
    SUBNET = "subnet"
    """Nobody does: two interfaces have addresses of one subnet."""


class Link(NamedTuple):
    """A cable between two ports, or what stands for one."""

    near: End
    far: End
    origin: Origin


class Links:
    """All links of a network, each once, and what is wrong with them."""

    def __init__(self, snapshots: Snapshots, city: City | None = None) -> None:
        self.snapshots = snapshots
        self.city = city
        self.findings: list[Finding] = []
        self._links: dict[frozenset[End], Link] = {}
        self._claims: dict[End, dict[End, Origin]] = {}
        self._hosts = {name.lower(): name for name in snapshots}
        if city is not None:
            self._of_inventory(city)
        self._of_neighbours()
        self._of_subnets()
        self._contradictions()

    def __iter__(self) -> Iterator[Link]:
        return iter(self._links.values())

    @property
    def ends(self) -> frozenset[End]:
        """Every port that a link ends at."""
        return frozenset(end for link in self._links.values() for end in (link.near, link.far))

    @property
    def told(self) -> frozenset[End]:
        """Ports that have been dealt with, linked or not: the inventory or a neighbour names what they lead to."""
        named = {end for end, fars in self._claims.items() if not self._is_declared(end) or len(fars) > 1}
        return self.ends | named

    def _add(self, near: End, far: End, origin: Origin) -> None:
        if near != far:
            self._links.setdefault(frozenset((near, far)), Link(near, far, origin))

    def _of_inventory(self, city: City) -> None:
        for name, ports in city.ports.items():
            snapshot = self.snapshots.get(name)
            if snapshot is None:
                location = city.location(city.devices[name].at())
                args = {"device": name}
                self.findings.append(Finding("TOPO-06", Severity.ERROR, ("devices", name), location, args, "device"))
                continue
            for port, profile in ports.items():
                if isinstance(profile, TrunkPort | UplinkPort) and profile.to and profile.to_port:
                    self._claim(End(name, port), profile.to, profile.to_port, Origin.INVENTORY)

    def _of_neighbours(self) -> None:
        for name, snapshot in self.snapshots.items():
            for one in snapshot.neighbours:
                self._claim(End(name, one.port), one.host, one.host_port, Origin.NEIGHBOUR)

    def _claim(self, said_at: End, host: str, host_port: str, origin: Origin) -> None:
        """Take in that a port leads to a host's port, as somebody says."""
        near = self.end(*said_at)
        known = self._host(host)
        if near is None:
            line = Line(self.snapshots[said_at.device].file, 0, said_at.port)
            self.findings.append(error("TOPO-06", line, {"device": said_at.device, "port": said_at.port}, "port"))
            return
        claims = self._claims.setdefault(near, {})
        far = self.end(known, host_port) if known else None
        if far is not None:
            self._add(near, far, origin)
            claims.setdefault(far, origin)
        elif not any(_bare(host) == _bare(end.device) for end in claims):  # LLDP and CDP name its port differently
            self._unknown(near, host, host_port, known, origin)
            if not self._is_declared(near):
                claims[End(host, host_port)] = origin

    def _unknown(self, near: End, host: str, host_port: str, known: str | None, origin: Origin) -> None:
        """Tell of a neighbour that there is no configuration of; devices of the inventory are told of elsewhere."""
        line = self._interface(near).line
        if known is not None:
            if origin is Origin.NEIGHBOUR:  # the inventory's own claim is met again from the other end
                self.findings.append(error("TOPO-06", line, {"device": known, "port": host_port}, "port"))
        elif not self._is_out_of_scope(near) and (self.city is None or host not in self.city.devices):
            args = {"device": near.device, "port": near.port, "neighbour": host, "there": host_port}
            self.findings.append(error("TOPO-07", line, args, "neighbour"))

    def _is_out_of_scope(self, end: End) -> bool:
        """Whether it is not asked where a port leads: hosts stand there, or it is the port for management alone."""
        platform = self.snapshots[end.device].platform
        own = load_platform(platform).unmanaged_ports if platform in platform_names() else None
        return self._is_declared(end) or (own is not None and own.fullmatch(end.port) is not None)

    def _is_declared(self, end: End) -> bool:
        """Whether the inventory says what stands at a port: access points and terminals have no configuration."""
        profile = self.city.ports.get(end.device, {}).get(end.port) if self.city is not None else None
        return profile is not None and not isinstance(profile, TrunkPort | UplinkPort | UnusedPort)

    def _host(self, name: str) -> str | None:
        """A device by the name that its neighbour heard, with or without a domain."""
        return self._hosts.get(name.lower()) or self._hosts.get(_bare(name))

    def end(self, device: str, port: str) -> End | None:
        """A port by its full or abbreviated name; None where there is none, or several."""
        interfaces = self.snapshots[device].interfaces
        if port in interfaces:
            return End(device, port)
        stem, numbers = _parts(port)
        found = [
            name for name in interfaces if _parts(name)[1] == numbers and stem and _parts(name)[0].startswith(stem)
        ]
        return End(device, found[0]) if len(found) == 1 else None

    def _interface(self, end: End) -> Interface:
        return self.snapshots[end.device].interfaces[end.port]

    def _contradictions(self) -> None:
        """Ports that are said to lead to two places, or whose other end leads elsewhere."""
        for near, fars in self._claims.items():
            said = list(fars.items())
            for far, origin in said[1:]:
                self._contradiction(near, said[0], (far, origin))
            for far, origin in said:
                back = [(end, other) for end, other in self._claims.get(far, {}).items() if end != near]
                if back and near not in self._claims[far] and origin is Origin.NEIGHBOUR:
                    self._contradiction(far, (near, origin), back[0])

    def _contradiction(self, near: End, one: tuple[End, Origin], other: tuple[End, Origin]) -> None:
        args = {"here": near, "one": one[0], "by": one[1], "other": other[0], "other_by": other[1]}
        self.findings.append(warning("TOPO-04", self._interface(near).line, args))

    def _of_subnets(self) -> None:
        """Join interfaces of one subnet that no other source connects."""
        linked = {end.device for link in self._links.values() for end in (link.near, link.far)}
        cabled = self.ends
        by_subnet: dict[object, list[tuple[End, bool]]] = {}
        for name, snapshot in self.snapshots.items():
            for interface in snapshot.interfaces.values():
                if not interface.addresses or interface.shutdown or interface.kind is Kind.LOOPBACK:
                    continue
                end = End(name, interface.name)
                # An SVI's VLAN is followed along the links; only where there are none is its subnet a hint.
                loose = interface.kind is not Kind.SVI or (self.city is None and name not in linked)
                loose = loose and End(name, interface.parent or interface.name) not in cabled
                for subnet in _subnets(interface):
                    by_subnet.setdefault(subnet, []).append((end, loose))
        for members in by_subnet.values():
            self._join_subnet(members)

    def _join_subnet(self, members: list[tuple[End, bool]]) -> None:
        hub = next((end for end, loose in members if loose), None)
        for end, _ in members:
            if hub is not None and end.device != hub.device:
                self._add(hub, end, Origin.SUBNET)


def _subnets(interface: Interface) -> Iterator[object]:
    for address in interface.addresses:
        network = address.interface.network
        if network.prefixlen < network.max_prefixlen and not network.is_link_local:
            yield network


def _bare(name: str) -> str:
    """A host's name without its domain."""
    return name.lower().partition(".")[0]


@cache
def _parts(port: str) -> tuple[str, str]:
    """Letters and numbers of a port's name: ``Gi1/0/1`` → (``gi``, ``1/0/1``)."""
    match = re.match(r"([A-Za-z-]*?)\s*(\d.*)?$", port)
    return (match[1].lower(), match[2] or "") if match else (port.lower(), "")
