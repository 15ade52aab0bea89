"""``show lldp neighbors detail`` and ``show cdp neighbors detail`` of IOS and IOS XE."""

from __future__ import annotations

import re

from sanso.platforms.neighbours import NeighbourTable

TABLES = {
    "lldp": NeighbourTable(
        command="show lldp neighbors detail",
        template="cisco_ios_show_lldp_neighbors_detail.textfsm",
        port="NEIGHBOR_PORT_ID",
        entry=re.compile(r"^System Name: *\S", re.MULTILINE),
        alive=re.compile(r"^\s*Total entries displayed: *\d+", re.MULTILINE),
    ),
    "cdp": NeighbourTable(
        command="show cdp neighbors detail",
        template="cisco_ios_show_cdp_neighbors_detail.textfsm",
        port="NEIGHBOR_INTERFACE",
        entry=re.compile(r"^Device ID: *\S", re.MULTILINE),
        alive=re.compile(r"^(?:Device ID:|Total cdp entries displayed)|\A\s*\Z", re.MULTILINE),
    ),
}
"""Older releases say nothing at all where CDP hears of no neighbour."""
