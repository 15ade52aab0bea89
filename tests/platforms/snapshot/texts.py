"""Snapshots of small texts."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

from sanso.network.snapshot import Interface, Rule, Snapshot
from sanso.platforms import read_snapshot


def snapshot(text: str, platform: str = "ios") -> Snapshot:
    """Snapshot of a text that is indented as the test is."""
    return read_snapshot(dedent(text), "sw1.cfg", platform)


def interface(lines: str, platform: str = "ios", name: str = "", more: str = "") -> Interface:
    """An interface that has these lines, separated by semicolons."""
    wanted = name or {"ios": "GigabitEthernet1/0/1", "eos": "Ethernet1"}[platform]
    body = "".join(f" {line.strip()}\n" for line in lines.split(";") if line.strip())
    return read_snapshot(f"{more}\ninterface {wanted}\n{body}", "sw1.cfg", platform).interfaces[wanted]


def whys(read: Snapshot) -> list[tuple[str, str]]:
    """What is unread: line and catalogue key."""
    return [(unread.line.text, unread.why) for unread in read.unread]


def rules(lines: Iterable[str], platform: str = "ios", family: str = "ipv4", more: str = "") -> tuple[Rule, ...]:
    """Rules of an extended list that has these lines."""
    kind = " extended" if platform == "ios" and family == "ipv4" else ""
    header = f"{'ip' if family == 'ipv4' else 'ipv6'} access-list{kind} A"
    text = "\n".join([more, header, *(f" {line}" for line in lines)])
    (found,) = read_snapshot(text, "sw1.cfg", platform).acls.values()
    return found.rules
