"""The kernel's own opinion: random rulesets are loaded in a network namespace, and packets sent past them.

What the kernel forwards the lists must permit, always; where no rule asks for a connection's state, nothing else.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from sanso.network.firewall import Firewall, Passage
from sanso.network.packets import Packet
from sanso.network.snapshot import Snapshot
from sanso.platforms import read_snapshot
from sanso.proof.interpreter import judge
from sanso.proof.passages import Through
from sanso.proof.walk import forwards

WORLD = Path(__file__).with_name("kernel_world.py")
JSON = "nft -j list ruleset"
TEXT = "nft list ruleset"


def world(rules: str, packets: list[dict[str, Any]]) -> dict[str, Any]:
    """Load rules, send packets; skips where that is not allowed."""
    for tool in ("unshare", "nsenter", "nft", "ip", "sysctl"):
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool} here")
    if subprocess.run(["unshare", "-n", "nft", "list", "ruleset"], check=False, capture_output=True).returncode:  # noqa: S607
        pytest.skip("network namespaces with nftables are not permitted here")
    command = ["unshare", "-n", sys.executable, str(WORLD)]
    asked = json.dumps({"rules": rules, "packets": packets})
    done = subprocess.run(command, check=False, input=asked, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"{done.stderr}\n{rules}"
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def snapshot(shown: dict[str, str], form: str) -> Snapshot:
    parts = (f"# {name}\n{text.rstrip()}\n" for name, text in shown.items() if name not in {JSON, TEXT} - {form})
    return read_snapshot("".join(parts), "fw.cfg", "nftables")


# ----- rules --------------------------------------------------------------------------------------------------

STATELESS = (
    'iifname "eth0"', 'iifname != "eth1"', 'oifname "eth2"', 'oifname { "eth1", "eth2" }', 'iifname "eth*"', "",
    'iifname . oifname { "eth0" . "eth1", "eth1" . "eth0" }', "ip saddr 10.0.0.0/24", "ip saddr != 10.0.0.2",
    "ip daddr { 10.1.0.2, 10.2.0.2-10.2.0.4 }", "ip saddr @hosts", "ip daddr != @hosts", "ip6 saddr fd00:0::/64",
    "ip6 daddr != fd00:1::2", "ip6 daddr { fd00:1::2, fd00:2::/64 }", "tcp dport 80", "tcp dport { 22, 80-443 }",
    "tcp dport != 80", "udp dport 53", "udp dport != { 53, 123 }", "meta l4proto { tcp, udp } th dport 53",
    "meta l4proto != tcp", "meta nfproto ipv4", "icmp type echo-request", "icmp type != echo-request",
    "icmpv6 type { echo-request, destination-unreachable }", "ip protocol udp", "tcp dport >= 443", "tcp dport < 80",
    "ip saddr . tcp dport @pairs", "ip daddr . udp dport { 10.1.0.2 . 53, 10.2.0.0/24 . 1-100 }", "meta protocol ip6",
    "ip saddr 10.0.0.0/24 tcp dport 22-80", "tcp flags & (syn | ack) == syn", "limit rate 1/day", "iif eth1",
)  # fmt: skip
DOUBTFUL = ("limit", "tcp flags")
STATEFUL = (
    *STATELESS, "ct state new", "ct state established", "ct state { established, related }", "ct state != new",
    "ct state new,established", "ct state invalid", "ct state vmap",
)  # fmt: skip
SETS = """
  set hosts { type ipv4_addr; flags interval; elements = { 10.0.0.2-10.0.0.3, 10.1.0.0/30, 10.2.0.5 } }
  set pairs { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.2 . 80, 10.1.0.0/24 . 22-443 } }
"""
VERDICTS = ("accept", "drop", "return", "accept", "drop", "reject", "continue", "counter")


def rules(draw: random.Random, pool: tuple[str, ...], *, exact: bool) -> str:
    """Chains that jump to later ones, and one or two hooks."""
    count = draw.randint(2, 4)
    chains = [chain(draw, pool, number, count, exact=exact) for number in range(count)]
    chains[0].insert(0, f"type filter hook forward priority filter; policy {draw.choice(('accept', 'drop'))};")
    family = draw.choice(("inet", "inet", "ip", "ip6")) if exact else "inet"
    late = f"""
table {family} late {{
  chain late {{
    type filter hook forward priority filter + 5; policy accept;
    {draw.choice(("iifname eth2 drop", "meta l4proto udp accept", "meta l4proto tcp counter"))}
  }}
}}
"""
    body = "".join(
        f"  chain c{n} {{\n    {at}\n  }}\n" for n, at in reversed([*enumerate(map("\n    ".join, chains))])
    )
    return f"table inet world {{{SETS}{body}}}\n{late}"


def chain(draw: random.Random, pool: tuple[str, ...], number: int, count: int, *, exact: bool) -> list[str]:
    found = []
    for _ in range(draw.randint(1, 6)):
        asked = [draw.choice(pool) for _ in range(draw.choice((1, 1, 2)))]
        if exact:
            asked = [one for one in asked if not one.startswith(DOUBTFUL)]
        later = [f"{word} c{one}" for one in range(number + 1, count) for word in ("jump", "goto")]
        verdict = draw.choice((*VERDICTS, *later, *later))
        if "ct state vmap" in asked:
            found.append("ct state vmap { established : accept, new : " + draw.choice(("accept", "continue")) + " }")
        elif draw.random() < 0.15:
            found.append(f"tcp dport vmap {{ 22 : accept, 80-90 : {draw.choice(['drop', *later])}, 443 : return }}")
        elif not sane(asked):
            continue
        else:
            found.append(f"{' '.join(asked)} {verdict}".strip())
    return found


def sane(asked: list[str]) -> bool:
    """Whether nft takes the conditions together: not of two families or protocols at once."""
    words = " ".join(asked)
    families = [any(mark in words for mark in marks) for marks in (("ip ", "icmp ", "ipv4"), ("ip6", "icmpv6"))]
    kinds = [mark in words for mark in ("tcp ", "udp ", "icmp ", "icmpv6 ", "l4proto", "ip protocol")]
    return sum(families) < 2 and sum(kinds) < 2


# ----- packets ------------------------------------------------------------------------------------------------


def packets(draw: random.Random, count: int) -> list[dict[str, Any]]:
    """Requests, each of a connection of its own and followed by its answer."""
    found: list[dict[str, Any]] = []
    for place in range(count):
        entrance, leaving = draw.sample(range(3), 2)
        pattern = draw.choice(("10.{}.0.{}", "fd00:{}::{}"))
        one = {
            "entrance": entrance,
            "exit": leaving,
            "source": pattern.format(entrance, draw.randint(2, 6)),
            "target": pattern.format(leaving, draw.randint(2, 6)),
            "protocol": draw.choice((6, 17, 6, 17, 1 if "." in pattern else 58)),
            "sport": 20000 + place,
            "dport": draw.choice((22, 53, 80, 85, 123, 443, 8080)),
            "established": False,
            "type": 8 if "." in pattern else 128,
            "code": 0,
            "id": place,
        }
        answer = {
            **one,
            "entrance": leaving,
            "exit": entrance,
            "source": one["target"],
            "target": one["source"],
            "sport": one["dport"],
            "dport": one["sport"],
            "established": True,
            "type": 0 if "." in pattern else 129,
        }
        found += [one, answer]
    return found


def packet(one: dict[str, Any]) -> Packet:
    number, ports = one["protocol"], one["protocol"] in (6, 17)
    source, target = ip_address(one["source"]), ip_address(one["target"])
    return Packet(
        "ipv4" if source.version == 4 else "ipv6",
        int(source),
        int(target),
        number,
        one["sport"] if ports else 0,
        one["dport"] if ports else 0,
        0 if ports else one["type"],
        0,
        established=number == 6 and one["established"],
    )


def judged(firewall: Firewall, one: dict[str, Any]) -> bool:
    """Whether the lists permit a packet; the naive walk agrees."""
    what = packet(one)
    passage = Passage(f"eth{one['entrance']}", f"eth{one['exit']}", what.family)
    found = Through(firewall).list_of(passage) if firewall not in KEPT else KEPT[firewall].list_of(passage)
    permitted = found is None or judge(found, what).permitted
    assert permitted == forwards(firewall, passage, what), what
    return permitted


KEPT: dict[Firewall, Through] = {}


@pytest.mark.parametrize("seed", range(4))
def test_without_states_lists_permit_what_the_kernel_forwards(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  # rules, not secrets
    compare(rules(draw, STATELESS, exact=True), packets(draw, 150), exact=True)


@pytest.mark.parametrize("seed", range(4))
def test_with_states_lists_permit_all_that_the_kernel_forwards(seed: int) -> None:
    draw = random.Random(100 + seed)  # noqa: S311  # rules, not secrets
    compare(rules(draw, STATEFUL, exact=False), packets(draw, 150), exact=False)


SLOTS = [(leaving, host) for leaving in range(3) for host in range(2, 7)]


@pytest.mark.parametrize("start", range(0, len(STATELESS), len(SLOTS)))
def test_each_condition_by_itself(start: int) -> None:
    """Each accepts for a target host of its own."""
    pool = [one for one in STATELESS[start : start + len(SLOTS)] if not one.startswith(DOUBTFUL)]
    chains, jumps = "", ""
    for number, (one, (leaving, host)) in enumerate(zip(pool, SLOTS, strict=False)):
        chains += f"  chain c{number} {{\n    {one} accept\n  }}\n"
        jumps += f"    ip daddr 10.{leaving}.0.{host} jump c{number}\n"
        jumps += f"    ip6 daddr fd00:{leaving}::{host} jump c{number}\n"
    forward = f"  chain f {{\n    type filter hook forward priority 0; policy drop;\n{jumps}  }}\n"
    draw = random.Random(start)  # noqa: S311  # packets, not secrets
    compare(f"table inet world {{{SETS}{chains}{forward}}}\n", packets(draw, 500), exact=True)


def compare(text: str, sent: list[dict[str, Any]], *, exact: bool) -> None:
    found = world(text, sent)
    one, other = (snapshot(found["shown"], form) for form in (TEXT, JSON))
    assert not one.unread, one.unread
    assert not other.unread
    assert one.firewall is not None
    assert other.firewall is not None
    assert bare(one.firewall) == bare(other.firewall), "text and JSON say the same"
    KEPT[one.firewall] = Through(one.firewall)
    for what, left in zip(sent, found["left"], strict=True):
        forwarded = left == what["exit"]
        permitted = judged(one.firewall, what)
        assert permitted or not forwarded, f"the kernel forwards {packet(what)}\n{found['shown'][TEXT]}"
        assert forwarded or not (exact and permitted), f"the kernel drops {packet(what)}\n{found['shown'][TEXT]}"


def bare(firewall: Firewall) -> object:
    """A firewall but for its lines."""
    return firewall.hooks, {
        name: (chain.policy, [(one.action, one.target, one.exact, one.cases) for one in chain.clauses])
        for name, chain in firewall.chains.items()
    }


def test_answers_pass_where_the_request_did() -> None:
    text = """
table inet filter {
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state vmap { established : accept, invalid : drop }
    iifname "eth0" tcp dport { 80, 443 } accept
    iifname "eth0" oifname "eth2" udp dport 53 accept
    iifname "eth0" icmp type echo-request accept
    iifname "eth0" icmpv6 type echo-request accept
  }
}
"""
    sent = packets(random.Random(7), 400)  # noqa: S311  # packets, not secrets
    found = world(text, sent)
    one = snapshot(found["shown"], TEXT)
    assert one.firewall is not None
    KEPT[one.firewall] = Through(one.firewall)
    forwarded = [left == what["exit"] for what, left in zip(sent, found["left"], strict=True)]
    assert any(forwarded[1::2])
    for place, what in enumerate(sent):
        answered = place % 2 == 0 or forwarded[place - 1]
        assert forwarded[place] == (judged(one.firewall, what) and answered), packet(what)
