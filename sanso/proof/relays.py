"""DHCP relays: broadcasts that a router carries to a server, past its own lists.

A relay to a server of the segment's own layer carries nothing between layers, whatever it carries (IOS relays eight
UDP services unless told otherwise).  Every other relay stays unread: where it leads is for a person to judge.
"""

from __future__ import annotations

import re
from dataclasses import replace
from ipaddress import ip_address, ip_network

from sanso.network.snapshot import Interface, Snapshot, Unread
from sanso.proof.placement import Placement

_RELAY = re.compile(r"\s*(?:ip helper-address|ipv6 dhcp relay destination)\s+(?P<server>[0-9A-Fa-f.:]+)\s*")
"""A server in the interface's own table, with no word behind it."""


def settled(snapshot: Snapshot, placement: Placement) -> Snapshot:
    """A device without the relays that stay within a layer."""
    left = tuple(one for one in snapshot.unread if not _stays(one, snapshot, placement))
    return snapshot if len(left) == len(snapshot.unread) else replace(snapshot, unread=left)


def _stays(line: Unread, snapshot: Snapshot, placement: Placement) -> bool:
    """Whether a line relays from a segment to a server of the same layer."""
    match = _RELAY.fullmatch(line.line.text) if line.why == "relay" else None
    interface = snapshot.interfaces.get(line.interface)
    if match is None or interface is None or interface.vrf:
        return False
    try:
        server = placement.subnet(ip_network(ip_address(match["server"])))
    except ValueError:
        return False
    return server is not None and _layers(interface, placement) == {server.layer}


def _layers(interface: Interface, placement: Placement) -> set[str | None]:
    """Layers of an interface's subnets; None among them where one has none, or several."""
    subnets = (one.interface.network for one in interface.addresses if not one.interface.is_link_local)
    places = (placement.subnet(subnet) for subnet in subnets)
    return {place.layer if place is not None else None for place in places}
