"""What an installer knows of the place where a device goes: its line, its routes, its servers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv4Network,
    IPv6Address,
    IPv6Interface,
    IPv6Network,
    collapse_addresses,
    ip_network,
)

from sanso.city import City
from sanso.city.addressing import Network, gateway_address
from sanso.city.device import Device, ExternalPort
from sanso.city.flow import NodeRole
from sanso.city.links import is_gateway
from sanso.city.segment import EGRESS_LAYERS

FROM_OUTSIDE = "FROM-OUTSIDE"
"""Name of the lists that let answers in, and nothing else."""
ANSWERS4 = (
    "tcp any {to} established",
    "udp any range 1 1023 {to} gt 1023",
    "icmp any {to} echo-reply",
    "icmp any {to} unreachable",
    "icmp any {to} time-exceeded",
    "icmp any {to} parameter-problem",
)
"""Answers as both platforms write them; a list without a memory tells them by what they are."""
ANSWERS6 = (
    "tcp any {to} established",
    "udp any range 1 1023 {to} gt 1023",
    *(f"{{icmp}} any {{to}} {kind}" for kind in ("echo-reply", "unreachable", "packet-too-big", "time-exceeded")),
    "{icmp} any {to} parameter-problem",
)


@dataclass(frozen=True)
class LinePort:
    """A routed port towards somebody else's router."""

    port: str
    ipv4: IPv4Interface
    ipv6: IPv6Interface | None
    outer: bool = False
    """Whether it leads out of the city and nowhere else: only answers may come in by it (LBO-03)."""

    @property
    def next_hops(self) -> tuple[IPv4Address, IPv6Address | None]:
        """The other end: the address after ours."""
        return self.ipv4.ip + 1, None if self.ipv6 is None else self.ipv6.ip + 1


@dataclass(frozen=True)
class Route:
    """A static route."""

    prefix: Network
    next_hop: IPv4Address | IPv6Address


@dataclass(frozen=True)
class Login:
    """The user that the installer made, and the secret for ``enable``."""

    username: str
    password: str
    secret: str


@dataclass(frozen=True)
class Place:
    """A device's surroundings; ``routes`` of a switch that does not route is its way to the management segment."""

    hostname: str
    site: str
    login: Login
    gateway: bool
    lines: tuple[LinePort, ...]
    routes: tuple[Route, ...]
    management_gateway: IPv4Address | None
    ntp: tuple[str, ...]
    syslog: tuple[str, ...]
    egress: tuple[Network, ...] = ()
    """Pools of the layers that may send out, for whom answers come in."""

    @property
    def outer(self) -> bool:
        """Whether one of the lines leads out of the city."""
        return any(line.outer for line in self.lines)


def place_of(city: City, device: Device, login: Login) -> Place:
    """Surroundings of a device of the city."""
    gateway = is_gateway(city, device)
    lines = tuple(_lines(city, device)) if gateway else ()
    return Place(
        hostname=device.hostname,
        site=device.site,
        login=login,
        gateway=gateway,
        lines=lines,
        routes=tuple(_routes(city, device, lines)),
        management_gateway=_management_gateway(city, device),
        ntp=servers(city, "ntp"),
        syslog=servers(city, "syslog"),
        egress=tuple(_egress(city)),
    )


def _egress(city: City) -> Iterator[Network]:
    pools = [
        pool.pool
        for segment in city.segments.values()
        if segment.layer in EGRESS_LAYERS
        for pool in (segment.ipv4, segment.ipv6)
        if pool is not None
    ]
    yield from collapse_addresses(pool for pool in pools if isinstance(pool, IPv4Network))
    yield from collapse_addresses(pool for pool in pools if isinstance(pool, IPv6Network))


def _lines(city: City, device: Device) -> Iterator[LinePort]:
    external = [name for name, port in city.ports[device.hostname].items() if isinstance(port, ExternalPort)]
    number = city.sites[device.site].number
    for index, port in enumerate(external):
        # a city hall has two such ports, so two links are set aside for each site
        ipv4, ipv6 = _link(city, number * 2 + index)
        last = index > 0 and index == len(external) - 1
        yield LinePort(port, ipv4, ipv6, outer=last and device.site == city.settings.egress.site)


def _link(city: City, number: int) -> tuple[IPv4Interface, IPv6Interface | None]:
    """Our end of link ``number``, cut from the last part of the city's prefixes, where no segment is."""
    v4 = city.settings.prefixes.ipv4[0]
    first = int(v4.broadcast_address) + 1 - v4.num_addresses // 256
    ipv4 = IPv4Interface((first + 4 * number + 1, 30))
    if not city.settings.prefixes.ipv6:
        return ipv4, None
    v6 = city.settings.prefixes.ipv6[0]
    last64 = int(v6.broadcast_address) >> 64 << 64
    return ipv4, IPv6Interface((last64 + 2 * number, 127))


def _routes(city: City, device: Device, lines: tuple[LinePort, ...]) -> Iterator[Route]:
    """At the egress site the last line leads out and the others to the branches; elsewhere all leads to the hall."""
    if not lines:
        return
    *inner, outer = lines
    own: list[IPv4Network | IPv6Network] = [*city.settings.prefixes.ipv4, *city.settings.prefixes.ipv6]
    if device.site == city.settings.egress.site:
        for line in inner:
            yield from _through(line, own)
    yield from _through(outer, [ip_network("0.0.0.0/0"), ip_network("::/0")])


def _through(line: LinePort, prefixes: list[IPv4Network | IPv6Network]) -> Iterator[Route]:
    next4, next6 = line.next_hops
    for prefix in prefixes:
        if prefix.version == 4:
            yield Route(prefix, next4)
        elif next6 is not None:
            yield Route(prefix, next6)


def _management_gateway(city: City, device: Device) -> IPv4Address | None:
    segment = city.settings.management_segment
    if segment not in city.sites[device.site].segments:
        return None
    address = gateway_address(city, segment, device.site, "ipv4")
    return address.ip if isinstance(address, IPv4Interface) else None


def servers(city: City, role: NodeRole) -> tuple[str, ...]:
    """Addresses of the nodes of a role."""
    nodes = [node for node in city.nodes.values() if node.role == role]
    return tuple(str(face.ipv4) for node in nodes for face in node.interfaces if face.ipv4 is not None)
