"""``show lldp neighbors detail`` of EOS, which takes no part in CDP."""

from __future__ import annotations

import re

from sanso.platforms.neighbours import NeighbourTable

TABLES = {
    "lldp": NeighbourTable(
        command="show lldp neighbors detail",
        template="arista_eos_show_lldp_neighbors_detail.textfsm",
        port="NEIGHBOR_INTERFACE",
        entry=re.compile(r'^\s+- System Name: "(?!")', re.MULTILINE),
        alive=re.compile(r"^Interface \S+ detected \d+ LLDP neighbors:", re.MULTILINE),
    ),
}
