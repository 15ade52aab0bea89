"""``show access-lists``: of IPv4, of IPv6, or both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match

if TYPE_CHECKING:
    from sanso.lab.ios.acl import AccessList
    from sanso.lab.ios.shell import IosShell


def both(shell: IosShell, match: Match) -> str:
    """``show access-lists [NAME]``."""
    return _show(shell, ("ip", "ipv6"), match.get("name"))


def of_ipv4(shell: IosShell, match: Match) -> str:
    """``show ip access-lists [NAME]``."""
    return _show(shell, ("ip",), match.get("name"))


def of_ipv6(shell: IosShell, match: Match) -> str:
    """``show ipv6 access-list [NAME]``."""
    return _show(shell, ("ipv6",), match.get("name"))


def _show(shell: IosShell, families: Iterable[str], name: str) -> str:
    lists = shell.device.config.acls.values()
    lines: list[str] = []
    for family in families:
        found = [one for one in lists if one.family == family and name in ("", one.name)]
        for acl in sorted(found, key=lambda one: (one.kind != "standard", one.name)):
            lines += _lines(acl)
    return "\n".join(lines)


def _lines(acl: AccessList) -> Iterator[str]:
    if acl.family == "ipv6":
        yield f"IPv6 access list {acl.name}"
        yield from (f"    {rule} sequence {number}" for number, rule in acl.rules())
        return
    yield f"{acl.kind.capitalize()} IP access list {acl.name}"
    for number, rule in acl.rules():
        yield f"    {number} {_with_words(rule) if acl.kind == 'standard' else rule}"


def _with_words(rule: str) -> str:
    """A standard list's wildcard is told in words."""
    action, address, *rest = rule.split()
    if rest and rest[0] != "log":
        return " ".join([action, f"{address},", "wildcard bits", *rest])
    return rule


def list_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show access-lists [<name:word>]", both, help="List access lists"),
        Command("show ip access-lists [<name:word>]", of_ipv4),
        Command("show ipv6 access-list [<name:word>]", of_ipv6),
    ]
