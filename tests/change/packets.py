"""A small world of packets, and what an ACL or a port lets through in it: the slow, plain way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import product

from hypothesis import strategies as st

from sanso.network.facts import Acl, Entry, Port, Ports

SOURCES = tuple(ip_address(f"10.0.0.{n}") for n in (1, 2, 9))
TARGETS = tuple(ip_address(f"10.1.0.{n}") for n in (1, 2, 9))
PORTS = (22, 443, 1024)
_TEXTS = ("10.0.0.0/29", "10.0.0.1/32", "10.1.0.0/29", "10.1.0.2/32", "10.0.0.0/8")
NETWORKS = tuple(ip_network(text) for text in _TEXTS)


@dataclass(frozen=True)
class Packet:
    protocol: str
    source: IPv4Address | IPv6Address
    target: IPv4Address | IPv6Address
    port: int
    acknowledged: bool


PACKETS = tuple(
    Packet(*fields)
    for fields in product(("tcp", "udp"), SOURCES, TARGETS, PORTS, (False, True))
    if fields[0] == "tcp" or not fields[4]
)


def permitted(entries: Iterable[Entry]) -> frozenset[Packet]:
    """Packets of the world that a list lets through; one without entries lets everything through, as on IOS."""
    active = [entry for entry in entries if entry.action != "remark"]
    if not active:
        return frozenset(PACKETS)
    return frozenset(packet for packet in PACKETS if _first_match(active, packet))


def acl_permits(acl: Acl | None) -> frozenset[Packet]:
    """What an interface with this ACL lets in; without one, everything."""
    return frozenset(PACKETS) if acl is None else permitted(acl.entries.values())


def _first_match(entries: list[Entry], packet: Packet) -> bool:
    for entry in entries:
        if _matches(entry, packet):
            return entry.action == "permit"
    return False


def _matches(entry: Entry, packet: Packet) -> bool:
    return (
        entry.protocol in ("ip", packet.protocol)
        and (entry.source is None or packet.source in entry.source)
        and (entry.target is None or packet.target in entry.target)
        and entry.target_ports.first <= packet.port <= entry.target_ports.last
        and (packet.acknowledged or not entry.established)
    )


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    action = draw(st.sampled_from(["permit", "deny"]))
    protocol = draw(st.sampled_from(["ip", "tcp", "udp"]))
    ports = Ports() if protocol == "ip" else draw(st.sampled_from([Ports(), Ports(22, 22), Ports(400, 500)]))
    return Entry(
        action,
        protocol,
        draw(st.sampled_from([None, *NETWORKS])),
        target=draw(st.sampled_from([None, *NETWORKS])),
        target_ports=ports,
        established=protocol == "tcp" and draw(st.booleans()),
        log=action == "deny" and draw(st.booleans()),
    )


@st.composite
def acls(draw: st.DrawFn, name: str = "SANSO-a-IN-V4") -> Acl:
    listed = draw(st.lists(entries(), min_size=1, max_size=6, unique=True))
    return Acl("ipv4", name, {10 * (index + 1): entry for index, entry in enumerate(listed)})


def membership(port: Port | None) -> frozenset[int]:
    """VLANs whose frames can pass a port; one that negotiates may become a trunk."""
    if port is None or port.shutdown or port.mode == "routed":
        return frozenset()
    access = {port.access_vlan} | ({port.voice_vlan} if port.voice_vlan else set())
    trunk = set(port.allowed)
    return frozenset({"access": access, "trunk": trunk, "dynamic": access | trunk}[port.mode])
