"""Entering, leaving and committing configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.eos.candidate import Candidate, Refused
from sanso.lab.eos.config import EosConfig
from sanso.lab.grammar import Command, InvalidInput, Match

if TYPE_CHECKING:
    from sanso.lab.eos.shell import EosShell


def seconds(text: str) -> int:
    """Read ``HH:MM:SS``."""
    hours, minutes, rest = (int(part) for part in text.split(":"))
    return hours * 3600 + minutes * 60 + rest


def configure(shell: EosShell, _: Match) -> None:
    """``configure [terminal]``."""
    shell.go("config")


def session(shell: EosShell, match: Match) -> str | None:
    """``configure session [NAME] [commit [timer T] | abort]``."""
    candidates = shell.device.candidates
    name = match.get("name")
    try:
        if match.get("abort"):
            candidates.abort(candidates.find(name))
        elif match.get("commit"):
            _commit(shell, candidates.find(name), match)
        else:
            _enter(shell, candidates.open(name, shell.username))
    except Refused as refused:
        return str(refused)
    return None


def _enter(shell: EosShell, candidate: Candidate) -> None:
    shell.candidate = candidate
    candidate.shells.append(shell)
    shell.go("config")


def _commit(shell: EosShell, candidate: Candidate, match: Match) -> None:
    shell.device.candidates.commit(candidate, seconds(match["time"]) if match.get("timer") else None)


def _candidate(shell: EosShell) -> Candidate:
    if shell.candidate is None:
        raise InvalidInput
    return shell.candidate


def commit(shell: EosShell, match: Match) -> str | None:
    """``commit [timer T]`` inside a configuration session, which it leaves."""
    candidate = _candidate(shell)
    shell.end()
    try:
        _commit(shell, candidate, match)
    except Refused as refused:
        return str(refused)
    return None


def abort(shell: EosShell, _: Match) -> None:
    """``abort`` inside a configuration session: drop it."""
    candidate = _candidate(shell)
    shell.end()
    shell.device.candidates.abort(candidate)


def rollback(shell: EosShell, match: Match) -> str | None:
    """``rollback clean-config`` and ``rollback to FILE``: begin the candidate anew from there."""
    candidate = _candidate(shell)
    if match.get("clean-config"):
        candidate.config = EosConfig(shell.device.spec.interfaces)
        return None
    text = shell.device.read_file(match["where"])
    if text is None:
        return f"% Error: {match['where']} not found"
    candidate.config = shell.device.parsed(text)
    return None


def up(shell: EosShell, _: Match) -> None:
    """``exit``."""
    shell.leave()


def end(shell: EosShell, _: Match) -> None:
    """``end``."""
    shell.end()


def passed_on(shell: EosShell, match: Match) -> str:
    """``show …`` and a few more commands of the exec mode, which EOS takes in configuration too."""
    return shell.run(match.line.raw, shell.modes["exec"])


def do(shell: EosShell, match: Match) -> str:
    """``do EXEC-COMMAND`` in configuration."""
    return shell.run(match["command"], shell.modes["exec"])


def configure_commands() -> list[Command]:
    """Give the exec commands."""
    return [
        Command("configure [terminal]", configure, 15, "Enter configuration mode"),
        Command("configure session [<name:word>]", session, 15),
        Command("configure session <name:word> {abort | commit [timer <time:time>]}", session, 15),
    ]


def configuration_commands() -> list[Command]:
    """Give the commands every mode of configuration has."""
    return [
        Command("exit", up, help="Leave this mode"),
        Command("end", end, help="Leave configuration"),
        Command("do <command:line>", do),
        Command("show <command:line>", passed_on),
        Command("{write|copy|terminal|ping|dir} [<command:line>]", passed_on),
        Command("commit [timer <time:time>]", commit),
        Command("abort", abort),
        Command("rollback {clean-config | to <where:file>}", rollback),
    ]
