"""The host's own network, as its kernel has it: addresses, forwarding, and interfaces that join other things."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Set
from ipaddress import ip_interface

from sanso.network.virtual import Address

Link = Mapping[str, str]
"""An interface: its ``name``, its ``kind`` (a card has none), what it is made on (``below``), what it is ``in``."""
OWN_LINKS = frozenset({"lo", "ovs-system", "ovs-netdev"})
"""Interfaces that are on every such host; the last two are Open vSwitch's own datapaths."""


def read_addresses(text: str) -> dict[str, frozenset[Address]]:
    """Addresses of each interface that has any, link-local ones and the loopback's left out.

    Raises:
        ValueError, LookupError: the text is not what ``ip -json address`` prints.
    """
    found = {
        link["ifname"]: frozenset(
            ip_interface(f"{one['local']}/{one['prefixlen']}")
            for one in link.get("addr_info", ())
            if one["scope"] not in ("link", "host")
        )
        for link in json.loads(text)
        if link
    }
    return {name: addresses for name, addresses in found.items() if addresses}


def read_forwarding(text: str) -> bool:
    """Whether the kernel forwards packets, by any of its settings."""
    return any(line.rpartition("=")[2].strip() not in ("0", "") for line in text.splitlines())


def read_links(text: str) -> list[Link]:
    """Interfaces of the kernel.

    Raises:
        ValueError, LookupError: the text is not what ``ip -json -details link`` prints.
    """
    return [
        {
            "name": link["ifname"],
            "kind": link.get("linkinfo", {}).get("info_kind", ""),
            "below": link.get("link", ""),
            "in": link.get("master", ""),
        }
        for link in json.loads(text)
        if link
    ]


def link_doubts(links: Iterable[Link], known: Set[str]) -> Iterator[str]:
    """Interfaces that lead frames past the virtual switch.

    Args:
        links: interfaces.
        known: ports of the virtual switch and cables, which are judged there.
    """
    for link in links:
        name, joined = link["name"], link["in"] not in ("", "ovs-system")
        usual = name in known | OWN_LINKS or not link["kind"]
        if joined or not usual:
            below = f" on {link['below']}" if link["below"] else ""
            master = f" in {link['in']}" if joined else ""
            yield f"interface {name}: {link['kind'] or 'a card'}{below}{master}"
