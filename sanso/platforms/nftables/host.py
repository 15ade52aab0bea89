"""Interfaces and routes of a Linux host, as iproute2 shows them in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_interface, ip_network
from typing import Any

from sanso.network.snapshot import Address, Interface, Kind, Line, Route, Unread
from sanso.platforms.nftables.names import words
from sanso.platforms.nftables.sections import Section

Json = dict[str, Any]
TUNNELS = words(
    """gre gretap ip6gre ip6gretap ipip ip6tnl sit vti vti6 xfrm wireguard tun vxlan geneve erspan ip6erspan
    l2tp"""
)
SHARED = words("bridge macvlan macvtap ipvlan veth team openvswitch batadv hsr")
"""Kinds that join interfaces in ways that are not modelled."""
DAEMONS = words("zebra bird babel bgp isis ospf rip eigrp gated mrt openr dnrouted xorp ntk keepalived")
"""Protocols of routes that come from elsewhere (/etc/iproute2/rt_protos)."""
DROPPED = frozenset(("blackhole", "unreachable", "prohibit", "throw"))
RULES = frozenset({("0", "local"), ("32766", "main"), ("32767", "default")})
"""Priority and table of the rules that each host has."""


@dataclass
class Host:
    """What was read."""

    interfaces: dict[str, Interface] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read_links(section: Section, host: Host) -> None:
    """Read ``ip -d -j address``.

    Raises:
        ValueError: it is not that.
    """
    for number, body in section.objects():
        if not body:
            continue  # ip writes {} for what a filter leaves out
        name = body["ifname"]
        line = _line(section, number, {key: body[key] for key in ("ifname", "link", "master", "mtu") if key in body})
        kind = body.get("linkinfo", {}).get("info_kind", "")
        slave = body.get("linkinfo", {}).get("info_slave_kind", "")
        why = _why(body, kind, slave)
        if why:
            host.unread.append(Unread(line, why, name))
        vlan = body["linkinfo"].get("info_data", {}) if kind == "vlan" else {}
        host.interfaces[name] = Interface(
            name,
            _kind(body, kind),
            line,
            shutdown="UP" not in body.get("flags", []),
            vlan=vlan.get("id"),
            parent=body.get("link", "") if kind == "vlan" else "",
            channel=body.get("master", "") if slave == "bond" else "",
            addresses=tuple(
                Address(
                    ip_interface(f"{one['local']}/{one['prefixlen']}"), line._replace(text=f"{name} {one['local']}")
                )
                for one in body.get("addr_info", [])
                if "local" in one
            ),
            description=body.get("ifalias", ""),
        )


def _why(body: Json, kind: str, slave: str) -> str:
    """Why an interface is not understood; empty if it is."""
    if "linkinfo" not in body and (body.get("master") or body.get("link")):
        return "absent"  # ip without -d: what kind of interface it is, and of what, is not told
    if any("address" in one for one in body.get("addr_info", [])):
        return "address"  # of a line with two ends: the subnet is the other end's
    if kind in TUNNELS or body.get("link_type") in ("ppp", "none", "sit", "ipip", "gre"):
        return "tunnel"
    if (kind in SHARED and not _leads_out(body, kind)) or slave not in ("", "bond", "vrf"):
        return "bridging"
    if kind == "vrf" or slave == "vrf":
        return "vrf"
    if kind == "vlan" and body["linkinfo"].get("info_data", {}).get("protocol") == "802.1ad":
        return "tunnel_port"
    return "" if kind in ("", "vlan", "bond", "dummy", "ifb", "nlmon", "veth") else "port_kind"


def _leads_out(body: Json, kind: str) -> bool:
    """Whether the other end of a pair is not on this host, but where the host is a container of."""
    return kind == "veth" and "link" not in body


def _kind(body: Json, kind: str) -> Kind:
    if "LOOPBACK" in body.get("flags", []) or kind == "dummy":
        return Kind.LOOPBACK
    if kind == "vlan":
        return Kind.SUBINTERFACE
    return Kind.TUNNEL if kind in TUNNELS else Kind.ROUTED


def read_routes(section: Section, host: Host, version: int) -> None:
    """Read ``ip -j route`` or ``ip -6 -j route``; those to connected subnets are known from the addresses.

    Raises:
        ValueError: it is not that.
    """
    for number, body in section.objects():
        line = _line(section, number, body)
        if body.get("protocol") in DAEMONS:
            host.unread.append(Unread(line, "routing_protocol"))
        if body.get("table", "main") != "main" or body.get("type") in ("local", "broadcast", "multicast", "anycast"):
            continue
        everywhere = "0.0.0.0/0" if version == 4 else "::/0"
        prefix = ip_network(everywhere if body["dst"] == "default" else body["dst"])
        if body.get("type") in DROPPED:
            host.routes.append(Route(prefix, line))
        elif not (body.get("protocol") == "kernel" and "gateway" not in body):
            host.routes += _hops(body, prefix, line)
        if "encap" in body:
            host.unread.append(Unread(line, "tunnel"))


def _hops(body: Json, prefix: IPv4Network | IPv6Network, line: Line) -> Iterator[Route]:
    for hop in body.get("nexthops") or [body]:
        gateway = hop.get("gateway") or hop.get("via", {}).get("host")
        address = ip_address(gateway) if gateway else None
        if address is not None and address.version != prefix.version:
            address = None  # the other family's next hop: all that stand on the link are meant
        yield Route(prefix, line, next_hop=address, interface=hop.get("dev", ""))


def read_rules(section: Section, host: Host) -> None:
    """Read ``ip -j rule``: any but the three that each host has sends packets by something else than their target.

    Raises:
        ValueError: it is not that.
    """
    for number, body in section.objects():
        if (str(body.get("priority")), str(body.get("table"))) not in RULES or body.get("src") != "all":
            host.unread.append(Unread(_line(section, number, body), "policy_route"))


def _line(section: Section, number: int, body: Json) -> Line:
    """A line with no more of it than one object, which is often all in one line."""
    return section.line(number)._replace(text=json.dumps(body))
