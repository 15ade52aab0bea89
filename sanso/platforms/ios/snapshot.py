"""Snapshots of Cisco IOS and IOS XE, switches and routers."""

from __future__ import annotations

from sanso.platforms.industry.snapshot import SnapshotDialect, SnapshotReader
from sanso.platforms.ios import DIALECT

READER = SnapshotReader(
    SnapshotDialect(
        base=DIALECT,
        channel="Port-channel",
        routing={"ipv4": True, "ipv6": False},
        by_address=True,
        vlans={
            1: "default",
            1002: "fddi-default",
            1003: "token-ring-default",
            1004: "fddinet-default",
            1005: "trnet-default",
        },
        vlans_told=False,
        marks=(
            r"version 1\d\.\d",
            r"Building configuration",
            r"boot-start-marker",
            r"service timestamps ",
            r"ip vrf \S+$",
            r"vrf definition ",
            r"vtp mode ",
            r"interface (?:\w*GigabitEthernet|FastEthernet|\w+GigE|Serial|Port-channel)\d",
            r"ip access-list extended ",
            r"access-list \d+ ",
            r"line (?:vty|con|aux) ",
            r" +switchport (?:voice vlan|nonegotiate|trunk encapsulation)",
            r" +ip address \d[\d.]+ 255\.",
            r" +ipv6 traffic-filter ",
        ),
    )
)
