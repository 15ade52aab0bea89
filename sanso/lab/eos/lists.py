"""Commands inside a VLAN and inside an access list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.eos.acl import COUNTERS, LAST, STEP, Draft
from sanso.lab.eos.rules import parse_rule
from sanso.lab.grammar import Command, InvalidInput, Match
from sanso.lab.keep import Kept, commands

if TYPE_CHECKING:
    from sanso.lab.eos.shell import EosShell

_LONGEST_NAME = 32

_VLAN = (
    Kept("name ~ <name:line>"),
    Kept("state ~ {active|suspend}"),
    Kept("trunk group <name:word>"),
    Kept("private-vlan ~ <how:line>"),
)


def vlan_name(shell: EosShell, match: Match) -> str | None:
    """``name NAME``: at most 32 letters without blanks; EOS's own name is not printed."""
    name = "" if match.negated or match.defaulted else match["name"].strip('"')
    if " " in name:
        raise InvalidInput
    if len(name) > _LONGEST_NAME:
        return f"% VLAN name is too long. The maximum length is {_LONGEST_NAME}"
    for (key,), lines in zip(shell.target, shell.lines(), strict=True):
        lines.remove("name")
        if name and name != f"VLAN{int(key.split()[1]):04}":
            lines.set("name", name)
    return None


def vlan_state(shell: EosShell, match: Match) -> None:
    """``state {active|suspend}``; ``active`` is the default, which EOS does not print."""
    for lines in shell.lines():
        lines.remove("state")
        if match.value == "suspend" and not (match.negated or match.defaulted):
            lines.set("state", "suspend", 1)


def vlan_commands() -> list[Command]:
    """Give the commands of a VLAN."""
    return commands(_VLAN, 0, "vlan", {_VLAN[0].syntax: vlan_name, _VLAN[1].syntax: vlan_state})


def _draft(shell: EosShell) -> Draft:
    draft = shell.draft
    if draft is None:
        raise InvalidInput
    return draft


def entry(shell: EosShell, match: Match) -> str | None:
    """``[N] permit …``, ``[N] deny …``; ``no`` takes a number or an entry."""
    draft = _draft(shell)
    removing = match.negated or match.defaulted
    number = int(match["number"]) if match.get("number") else None
    first = removing + (number is not None)
    if removing and number is not None and first >= len(match.line.words):
        draft.lines.remove(str(number))
        return None
    remark = "remark" in match.args
    text = f"remark {match['rest']}" if remark else parse_rule(match.line, first, draft.family)
    if removing:
        draft.remove(text)
        return None
    return draft.add(text, number)


def counters(shell: EosShell, match: Match) -> None:
    """``counters per-entry``, in older releases ``statistics per-entry``."""
    draft = _draft(shell)
    draft.lines.remove(COUNTERS)
    if not (match.negated or match.defaulted):
        draft.lines.set(COUNTERS)


def resequence(shell: EosShell, match: Match) -> None:
    """``resequence [START [STEP]]``."""
    _draft(shell).resequence(int(match.get("start") or STEP), int(match.get("step") or STEP))


def abort(shell: EosShell, _: Match) -> None:
    """``abort``: leave the list as it was."""
    shell.abandon()


def show(shell: EosShell, _: Match) -> str:
    """``show``: the list as it is being written."""
    draft = _draft(shell)
    title = "IP" if draft.family == "ip" else "IPV6"
    return "\n".join([f"{title} Access List {draft.name}", *draft.lines.render("        ")])


def acl_commands() -> list[Command]:
    """Give the commands of an access list."""
    return [
        Command("{permit|deny} <rest:line>", entry),
        Command("remark <rest:line>", entry),
        Command(f"<number:1-{LAST}> ~ {{permit|deny|remark}} <rest:line>", entry),
        Command("{counters|statistics} per-entry", counters),
        Command(f"resequence [<start:1-{LAST}> [<step:1-{LAST}>]]", resequence),
        Command("abort", abort),
        Command("show [pending]", show),
    ]
