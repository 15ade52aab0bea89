"""What cron writes of a Linux host, for worlds in which one is a firewall."""

from __future__ import annotations

import json
from collections.abc import Sequence

Json = dict[str, object]


def link(name: str, *addresses: str, vlan: int | None = None) -> Json:
    """An interface as ``ip -d -j address`` shows it; with a VLAN, a subinterface of eth0."""
    found: Json = {"ifname": name, "flags": ["BROADCAST", "UP", "LOWER_UP"], "link_type": "ether"}
    if vlan is not None:
        found |= {"link": "eth0", "linkinfo": {"info_kind": "vlan", "info_data": {"protocol": "802.1Q", "id": vlan}}}
    parts = [one.split("/") for one in addresses]
    return found | {"addr_info": [{"local": address, "prefixlen": int(length)} for address, length in parts]}


def backup(rules: str, links: Sequence[Json], routes: Sequence[Json] = (), routes6: Sequence[Json] = ()) -> str:
    """The whole backup; the rules stand below its first line."""
    parts = {
        "ip -d -j address": links,
        "ip -j route": routes,
        "ip -6 -j route": routes6,
        "ip -j rule": [],
        "ip -6 -j rule": [],
    }
    return f"# nft list ruleset\n{rules}" + "".join(f"# {cmd}\n{json.dumps(said)}\n" for cmd, said in parts.items())


def number(text: str, words: str) -> int:
    """The line of a backup that has some words."""
    return next(at for at, line in enumerate(text.splitlines(), 1) if words in line)
