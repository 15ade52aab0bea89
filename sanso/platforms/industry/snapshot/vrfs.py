"""VRFs: only what lets routes pass between them matters."""

from __future__ import annotations

from sanso.platforms.industry.snapshot.notes import Notes
from sanso.platforms.industry.snapshot.table import HARMLESS, Table, prefixes
from sanso.platforms.industry.snapshot.text import Block

_BELOW = Table(
    harmless=prefixes(
        {"": "address-family context description exit-address-family id exit maximum rd vnet vpn", "bgp": "next-hop"}
    ),
    matters={
        "vrf_leak": prefixes({"": "export import leak route-replicate route-target"}),
        "multicast": ["mdt"],
        "vxlan": ["evpn", "vni"],
    },
)


def read_vrf(block: Block, notes: Notes) -> None:
    """Read ``vrf definition``, ``vrf instance`` or ``ip vrf``: the names themselves come from the interfaces."""
    for row in block.rows:
        verdict = _BELOW.verdict(row.text.split())
        if verdict != HARMLESS:
            notes.unread(row, verdict or "line")
