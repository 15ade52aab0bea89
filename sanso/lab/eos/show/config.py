"""``show running-config`` and its kin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanso.lab.eos import render
from sanso.lab.eos.candidate import MAX_COMPLETED, MAX_PENDING, PENDING, Candidate
from sanso.lab.eos.names import parse_range
from sanso.lab.grammar import Command, Match

if TYPE_CHECKING:
    from sanso.lab.eos.config import EosConfig
    from sanso.lab.eos.shell import EosShell


def running(shell: EosShell, match: Match) -> str:
    """``show running-config [all] [sanitized | section WORD | interfaces NAMES | diffs]``."""
    device = shell.device
    if match.get("diffs"):
        return _diff_to_startup(shell)
    if not (match.get("pattern") or match.get("names") or match.get("sanitized") or shell.wants_json):
        return device.running_config()
    return _printed(shell, device.config, "show running-config", match)


def _printed(shell: EosShell, config: EosConfig, command: str, match: Match) -> str:
    lines = render.body(config)
    if match.get("sanitized"):
        lines = render.sanitized(lines)
    if match.get("names"):
        wanted = {f"interface {name}" for name in parse_range(match["names"]) or []}
        return "\n".join(line for block in render.blocks_of(lines) if block[0] in wanted for line in block)
    if match.get("pattern"):
        return "\n".join(render.section(lines, match["pattern"].strip('"')))
    return shell.shown(lambda: _tree(lines), lambda: render.titled(config, command, lines))


def _tree(lines: list[str]) -> dict[str, Any]:
    """Give a configuration as EOS's JSON: lines as keys, blocks below them."""
    top: dict[str, Any] = {}
    stack: list[tuple[int, dict[str, Any]]] = [(-1, top)]
    for line in lines:
        text = line.strip()
        if not text or text in ("!", "end"):
            continue
        depth = len(line) - len(line.lstrip())
        while stack[-1][0] >= depth:
            stack.pop()
        entry: dict[str, Any] = {"comments": [], "cmds": {}}
        stack[-1][1][text] = entry
        stack.append((depth, entry["cmds"]))
    return {"header": ["Command: show running-config"], "comments": [], "cmds": _pruned(top)}


def _pruned(tree: dict[str, Any]) -> dict[str, Any]:
    """Put nothing in the place of what has no lines below it, as EOS does."""
    return {
        line: {"comments": [], "cmds": _pruned(below["cmds"])} if below["cmds"] else None
        for line, below in tree.items()
    }


def startup(shell: EosShell, _: Match) -> str:
    """``show startup-config``."""
    device = shell.device
    text = device.startup_config()
    if text is None:
        return "% Error: startup-config is not present"
    config = device.parsed(text)
    saved = device.stamp(device.saved_at if device.saved_at is not None else device.booted_at)
    head = ["! Command: show startup-config", f"! Startup-config last modified at {saved} by {shell.username}"]
    return "\n".join([*head, *render.titled(config, "", text.splitlines()).split("\n")[1:]])


def _diff_to_startup(shell: EosShell) -> str:
    device = shell.device
    saved = (device.startup_config() or "").splitlines()
    now = render.body(device.config)
    return render.differences(saved, now, "flash:/startup-config", "system:/running-config")


def session_config(shell: EosShell, match: Match) -> str:
    """``show session-config [named NAME] [sanitized] [diffs]``."""
    name = match.get("name")
    candidate = shell.device.candidates.by_name.get(name) if name else shell.candidate
    if candidate is None:
        return f"% Session {name} does not exist" if name else "% No session is open"
    if not match.get("diffs"):
        return _printed(shell, candidate.config, "show session-config", match)
    old, new = render.body(shell.device.config), render.body(candidate.config)
    return render.differences(old, new, "system:/running-config", f"session:/{candidate.name}-session-config")


def sessions(shell: EosShell, match: Match) -> str:
    """``show configuration sessions [detail]``."""
    return shell.shown(lambda: _sessions_data(shell, bool(match.get("detail"))), lambda: _sessions_text(shell))


def _sessions_data(shell: EosShell, detail: bool) -> dict[str, Any]:
    candidates = shell.device.candidates
    data: dict[str, Any] = {
        "maxSavedSessions": MAX_COMPLETED,
        "maxOpenSessions": MAX_PENDING,
        "mergeOnCommit": False,
        "saveToStartupConfigOnCommit": False,
        "sessions": {one.name: _session_data(shell, one) for one in candidates.by_name.values()},
    }
    timed = candidates.timed
    if detail and timed is not None:
        # EOS counts from its boot
        data["commitTimerSessionName"] = timed.name
        data["commitTimerExpireTime"] = candidates.expires_at - shell.device.booted_at
    return data


def _session_data(shell: EosShell, candidate: Candidate) -> dict[str, Any]:
    instances = {
        str(1000 + place): {"user": one.username, "terminal": f"vty{place + 2}", "currentTerminal": one is shell}
        for place, one in enumerate(candidate.shells)
    }
    return {"state": candidate.state, "commitUser": candidate.user, "description": "", "instances": instances}


def _sessions_text(shell: EosShell) -> str:
    rows = []
    for one in shell.device.candidates.by_name.values():
        users = [other.username for other in one.shells] if one.state == PENDING else []
        mark = "*" if shell in one.shells else " "
        rows.append(f"{mark} {one.name:<20} {one.state:<20} {','.join(users)}".rstrip())
    return "\n".join(
        [
            f"Maximum number of completed sessions: {MAX_COMPLETED}",
            f"Maximum number of pending sessions: {MAX_PENDING}",
            "Merge on commit is disabled",
            "",
            f"  {'Name':<20} {'State':<20} {'User'}",
            f"  {'-' * 20} {'-' * 20} {'-' * 10}",
            *rows,
        ]
    )


def config_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command(
            "show <what:running> [all] [sanitized | section <pattern:line> | interfaces <names:interfaces> | diffs]",
            running,
            15,
        ),
        Command("show startup-config", startup, 15),
        Command("show session-config [named <name:word>] [sanitized] [diffs]", session_config, 15),
        Command("show configuration sessions [detail]", sessions, 15),
    ]
