"""What a Linux host's interfaces and switches say, beside its rules."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sanso.platforms import read_snapshot

RULES = '[{"priority": 0, "src": "all", "table": "local"}, {"priority": 32766, "src": "all", "table": "main"}]'


def backup(addresses: list[dict[str, Any]], switches: str = "net.ipv4.ip_forward = 1") -> str:
    parts = {
        "nft list ruleset": "",
        "ip -d -j address": json.dumps(addresses),
        "ip -j route": "[]",
        "ip -6 -j route": "[]",
        "ip -j rule": RULES,
        "ip -6 -j rule": RULES,
        "sysctl net.ipv4": switches,
    }
    return "".join(f"# {command}\n{said}\n" for command, said in parts.items())


def port(name: str, **more: Any) -> dict[str, Any]:
    return {"ifname": name, "flags": ["UP"], "link_type": "ether", "addr_info": [], **more}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, []),
        ({"master": "br0"}, ["absent"]),
        ({"link": "eth1"}, ["absent"]),
        ({"addr_info": [{"local": "10.1.0.1", "address": "10.2.0.1", "prefixlen": 24}]}, ["address"]),
        ({"addr_info": [{"local": "10.1.0.1", "prefixlen": 24}]}, []),
    ],
)
def test_what_an_interface_does_not_tell_is_unread(more: dict[str, Any], why: list[str]) -> None:
    read = read_snapshot(backup([port("eth0", **more)]), "fw.cfg", "nftables")
    assert [one.why for one in read.unread] == why


@pytest.mark.parametrize(
    ("switches", "routes"),
    [
        ("net.ipv4.ip_forward = 0", False),
        ("net.ipv4.conf.eth0.forwarding = 1\nnet.ipv4.ip_forward = 0", True),
        ("net.ipv4.ip_forward = 0\nnet.ipv4.conf.eth0.forwarding = 0", False),
    ],
)
def test_one_interface_that_forwards_is_enough(switches: str, routes: bool) -> None:
    assert read_snapshot(backup([port("eth0")], switches), "fw.cfg", "nftables").routing["ipv4"] is routes
