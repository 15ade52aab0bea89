"""``show ip access-lists`` and ``show ipv6 access-lists``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanso.lab.eos.acl import COUNTERS
from sanso.lab.grammar import Command, Match
from sanso.lab.tree import Entry, Section

if TYPE_CHECKING:
    from sanso.lab.eos.config import Interface
    from sanso.lab.eos.shell import EosShell


def access_lists(shell: EosShell, match: Match) -> str:
    """``show {ip|ipv6} access-lists [NAME]``: nothing of a list that is not defined."""
    family = match.key.split()[1]
    lists = [one for one in shell.device.config.acls(family) if match.get("name") in ("", one[0])]
    return shell.shown(
        lambda: {"aclList": [_data(shell, family, *one) for one in lists]},
        lambda: "\n".join(_text(shell, family, *one) for one in lists).rstrip("\n"),
    )


def _bound(shell: EosShell, family: str, name: str, way: str) -> list[Interface]:
    key = f"{family} access-group {way}"
    return [port for port in shell.device.config.interfaces() if port.lines.value(key) == name]


def _data(shell: EosShell, family: str, name: str, lines: Section) -> dict[str, Any]:
    def ports(way: str, active: bool) -> list[dict[str, str]]:
        bound = _bound(shell, family, name, way)
        return [{"name": str(port.name)} for port in bound if not active or shell.device.config.link_up(port)]

    return {
        "name": name,
        "type": "Ip4Acl" if family == "ip" else "Ip6Acl",
        "readonly": False,
        "dynamic": False,
        "standard": False,
        "countersEnabled": COUNTERS in lines,
        "configureIngress": ports("in", active=False),
        "configureEgress": ports("out", active=False),
        "activeIngress": ports("in", active=True),
        "activeEgress": ports("out", active=True),
        "sequence": [{"sequenceNumber": entry.rank, "text": entry.value} for entry in _rules(lines)],
    }


def _rules(lines: Section) -> list[Entry]:
    return [entry for entry in lines.ordered() if entry.key.isdecimal()]


def _text(shell: EosShell, family: str, name: str, lines: Section) -> str:
    title = "IP" if family == "ip" else "IPV6"
    rows = [f"{title} Access List {name}", *lines.render("        "), ""]
    rows.append(f"        Total rules configured: {len(_rules(lines))}")
    for way, direction in (("in", "Ingress"), ("out", "Egress")):
        bound = _bound(shell, family, name, way)
        for word, ports in (("Configured on", bound), ("Active on    ", [one for one in bound if not one.shut])):
            if ports:
                rows.append(f"        {word} {direction}: {','.join(port.name.short for port in ports)}")
    return "\n".join([*rows, ""])


def list_commands() -> list[Command]:
    """Give the commands."""
    return [Command("show {ip|ipv6} access-lists [<name:word>]", access_lists)]
