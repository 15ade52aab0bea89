"""Snapshots of Arista EOS."""

from __future__ import annotations

from sanso.platforms.eos import DIALECT
from sanso.platforms.industry.snapshot import SnapshotDialect, SnapshotReader

READER = SnapshotReader(
    SnapshotDialect(
        base=DIALECT,
        channel="Port-Channel",
        routing={"ipv4": False, "ipv6": False},
        by_address=False,
        vlans={1: "default"},
        vlans_told=True,
        marks=(
            r"! device:.*EOS",
            r"! boot system flash:.*EOS",
            r"transceiver qsfp ",
            r"daemon TerminAttr",
            r"service routing protocols model",
            r"vrf instance ",
            r"vlan internal order",
            r"management (?:api|ssh|console|security) ",
            r"mlag configuration",
            r"interface (?:Port-Channel|Management|Vxlan)\d",
            r"interface Ethernet\d+$",
            r"ip virtual-router mac-address",
            r"ip access-list (?!extended|standard)\S+$",
            r" +switchport phone ",
            r" +ip address (?:virtual )?[\d.]+/\d",
            r" +ipv6 access-group ",
        ),
    )
)
