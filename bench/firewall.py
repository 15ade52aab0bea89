"""Proving again after a change of a Linux firewall: eight zones, eighty approved flows, a rule for each."""

from __future__ import annotations

import json
import time
from ipaddress import ip_network
from random import Random

from sanso.network.packets import Match, network_range
from sanso.network.snapshot import Snapshot
from sanso.platforms import read_snapshot
from sanso.proof.approved import Approved
from sanso.proof.placement import Place, Placement
from sanso.proof.policy import Policy
from sanso.proof.proved import Proved
from sanso.proof.topology import Topology

ZONES, FLOWS = 8, 80
HEAD = "table inet filter {\n\tchain forward {\n\t\ttype filter hook forward priority filter; policy drop;\n"
TCP = ((6, 6),)


def firewall_times(changes: int) -> dict[str, list[float]]:
    """Processor time in seconds of each change, without reading the text, by what became of the proof."""
    random = Random(2)  # noqa: S311
    flows = [_flow(random) for _ in range(FLOWS)]
    rules = ["ct state established accept", *map(_rule, flows)]
    prefixes = {ip_network(f"10.{zone}.0.0/16"): Place(f"zone{zone}") for zone in range(ZONES)}
    topology = Topology({"fw": _read(rules)}, placement=Placement(prefixes=prefixes))
    proved = Proved.of(topology, Policy(tuple(part for flow in flows for part in _approved(*flow))))
    if not proved.holds:
        raise ValueError("the firewall is not proved")
    found: dict[str, list[float]] = {"a firewall: proved still": [], "a firewall: opened": []}
    for _ in range(changes):
        place = random.randrange(1, len(rules))
        line = rules[place]
        wide = f"{line.partition('tcp')[0]}accept"
        snapshot = _read([*rules[:place], *random.choice([[], [line, line], [wide]]), *rules[place + 1 :]])
        start = time.process_time()
        holds = proved.replaced("fw", snapshot).holds
        found[f"a firewall: {'proved still' if holds else 'opened'}"].append(time.process_time() - start)
    return found


def _flow(random: Random) -> tuple[int, str, int, str, int]:
    one, other = random.sample(range(ZONES), 2)
    subnet, server = f"10.{one}.{random.randrange(256)}.0/24", f"10.{other}.{random.randrange(256)}.0/28"
    return one, subnet, other, server, random.randint(1, 60) * 100


def _rule(flow: tuple[int, str, int, str, int]) -> str:
    one, subnet, other, server, port = flow
    ends = f'iifname "eth{one}" oifname "eth{other}" ip saddr {subnet} ip daddr {server}'
    return f"{ends} tcp dport {port} ct state new accept"


def _approved(one: int, subnet: str, other: int, server: str, port: int) -> tuple[Approved, Approved]:
    ends, ports = ((network_range(subnet),), (network_range(server),)), ((port, port),)
    call = Match("ipv4", *ends, TCP, target_ports=ports)
    reply = Match("ipv4", *ends[::-1], TCP, source_ports=ports, established=True)
    layers = f"zone{one}", f"zone{other}"
    return Approved("flow", call, False, *layers), Approved("flow", reply, True, *layers[::-1])


def _read(rules: list[str]) -> Snapshot:
    """The backup of a Linux host, read."""
    ports = [
        {
            "ifname": f"eth{zone}",
            "flags": ["UP"],
            "link_type": "ether",
            "addr_info": [{"local": f"10.{zone}.0.1", "prefixlen": 16}],
        }
        for zone in range(ZONES)
    ]
    said = {"ip -d -j address": ports, "ip -j route": [], "ip -6 -j route": [], "ip -j rule": [], "ip -6 -j rule": []}
    text = "".join(f"\t\t{rule}\n" for rule in rules)
    rest = "".join(f"# {command}\n{json.dumps(one)}\n" for command, one in said.items())
    return read_snapshot(f"# nft list ruleset\n{HEAD}{text}\t}}\n}}\n{rest}", "fw.cfg", "nftables")
