"""Commands inside a VLAN and inside an access list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, InvalidInput, Match
from sanso.lab.ios.acl import AccessList, Refused
from sanso.lab.ios.rules import parse_rule
from sanso.lab.ios.vlans import Vlan
from sanso.lab.words import split

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

_LONGEST_NAME = 32


def _vlans(shell: IosShell) -> list[Vlan]:
    known = shell.device.config.vlans
    return [known.setdefault(number, Vlan(number)) for number in shell.target]


def vlan_name(shell: IosShell, match: Match) -> str | None:
    """``name NAME``: at most 32 letters, and no other VLAN's."""
    name = "" if match.negated or match.defaulted else match["name"].strip('"')
    if len(name) > _LONGEST_NAME:
        return (
            "%You must disable VTPv1 and VTPv2 or switch to VTPv3 before configuring a VLAN name longer than"
            f" {_LONGEST_NAME} characters"
        )
    chosen = _vlans(shell)
    if name and len(chosen) > 1:
        return "Command rejected: a name can be given to one VLAN only."
    for vlan in chosen:
        if vlan.number == 1:
            return "%Default VLAN 1 may not have its name changed."
        for other in shell.device.config.vlans.values():
            if name and other is not vlan and other.title == name:
                return f"VLAN #{vlan.number} and #{other.number} have an identical name: {name}"
        vlan.name = "" if name == f"VLAN{vlan.number:04}" else name
    return None


def vlan_state(shell: IosShell, match: Match) -> str | None:
    """``state active|suspend``."""
    for vlan in _vlans(shell):
        if vlan.number == 1:
            return "%Default VLAN 1 may not have its state changed."
        vlan.state = "suspend" if match.get("suspend") and not (match.negated or match.defaulted) else "active"
    return None


def vlan_shutdown(shell: IosShell, match: Match) -> str | None:
    """``shutdown``: stop the VLAN on this switch."""
    for vlan in _vlans(shell):
        if vlan.number == 1:
            return "%Default VLAN 1 may not be shutdown."
        vlan.shutdown = not (match.negated or match.defaulted)
    return None


def _list(shell: IosShell) -> AccessList:
    family, name = shell.target
    lists = shell.device.config.acls
    found = lists.get((family, name))
    if found is None:
        # another session removed it meanwhile: IOS makes it anew
        kind = "standard" if shell.mode.name == "acl-std" else "extended"
        found = lists[family, name] = AccessList(family, kind, name)
    return found


def entry(shell: IosShell, match: Match) -> str | None:
    """``[N] permit …``, ``[N] remark …``; ``no`` takes a number, an entry, or both."""
    acl = _list(shell)
    negated = match.negated or match.defaulted
    words = match.line.words
    first = 1 if negated else 0
    if acl.family == "ipv6" and "sequence".startswith(words[first].lower) and len(words[first].text) > 1:
        first += 1
    number = int(match["number"]) if match.get("number") else None
    first += number is not None
    if first >= len(words):
        if not negated or number is None:
            raise InvalidInput(words[-1].start)
        acl.remove(number)
        return None
    if "remark".startswith(words[first].lower) and words[first].lower.startswith("r"):
        _remark(acl, match.line.rest(first + 1), number, negated)
        return None
    line = match.line
    if (
        acl.family == "ipv6"
        and len(words) - first > 3
        and words[-2].lower == "sequence"
        and words[-1].text.isdecimal()
    ):
        # the number may stand at the end too, as `show ipv6 access-list` has it
        number, line = int(words[-1].text), split(line.raw[: words[-2].start])
    rule = parse_rule(line, first, acl.family, acl.kind)
    if negated:
        acl.remove_rule(rule)
        return None
    try:
        acl.add(rule, number)
    except Refused as refused:
        return str(refused)
    return None


def _remark(acl: AccessList, text: str, number: int | None, negated: bool) -> None:
    if negated:
        acl.remove_remark(text)
    elif text:
        acl.remark(text[:100], number)


def vlan_commands() -> list[Command]:
    """Give the commands of a VLAN."""
    return [
        Command("name ~ <name:word>", vlan_name),
        Command("state ~ {active|suspend}", vlan_state),
        Command("shutdown", vlan_shutdown),
    ]


def acl_commands(family: str) -> list[Command]:
    """Give the commands of an access list of a family."""
    numbered = "sequence <number:1-2147483647>" if family == "ipv6" else "<number:1-2147483647>"
    return [
        Command("{permit|deny|remark} ~ <rest:line>", entry),
        Command(f"{numbered} ~ {{permit|deny|remark}} <rest:line>", entry),
    ]
