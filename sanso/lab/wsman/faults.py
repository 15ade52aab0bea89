"""What may be wrong with a terminal, on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sanso.lab.wsman.classes import Classes
from sanso.lab.wsman.terminal import Behaviour, Terminal

ASLEEP, OFF, LOST = "asleep", "winrm-off", "lost"
FAULTS: Mapping[str, str] = {
    "none": "nothing is wrong",
    ASLEEP: "nobody answers to a connection, as of a terminal that sleeps or is off",
    OFF: "nothing listens, as where WinRM was never enabled",
    "denied": "the login works, and nothing is allowed",
    "slow": "two seconds pass before each answer",
    "stuck": "the connection works, and no answer comes",
    "clock": "the clock is nine hours behind",
    "no-dns": "there is no DNS server",
    "kms-blocked": "no KMS host answers (0xC004F074)",
    "mak-used-up": "the multiple activation key has no activations left (0xC004C020)",
    LOST: "all licences are gone; they can be had again (it happens once)",
}
"""Fault → what it is, in words."""

_SLOW, _STUCK = 2.0, 3600.0
_BEHIND = -9 * 60.0


def afflict(terminal: Terminal, fault: str) -> None:
    """Set what is wrong with a terminal beside its listening; what was wrong before is right again."""
    terminal.behaviour = Behaviour(first_items=terminal.behaviour.first_items)
    terminal.classes.dns_servers = Classes.dns_servers
    terminal.classes.licences.clock_minutes = 0.0
    terminal.classes.licences.refuses.clear()
    if change := _CHANGES.get(fault):
        change(terminal)


def _slow(terminal: Terminal, seconds: float) -> None:
    terminal.behaviour.delay = seconds


def _denied(terminal: Terminal) -> None:
    terminal.behaviour.denied = True


def _clock(terminal: Terminal) -> None:
    terminal.classes.licences.clock_minutes = _BEHIND


def _no_dns(terminal: Terminal) -> None:
    terminal.classes.dns_servers = ()


def _refused(terminal: Terminal, code: int) -> None:
    terminal.classes.licences.refuses["Activate"] = code


def _lost(terminal: Terminal) -> None:
    for licence in terminal.classes.licences.held:
        if licence.partial_key:
            licence.unlicensed()


_CHANGES: Mapping[str, Callable[[Terminal], None]] = {
    "denied": _denied,
    "slow": lambda terminal: _slow(terminal, _SLOW),
    "stuck": lambda terminal: _slow(terminal, _STUCK),
    "clock": _clock,
    "no-dns": _no_dns,
    "kms-blocked": lambda terminal: _refused(terminal, 0xC004F074),
    "mak-used-up": lambda terminal: _refused(terminal, 0xC004C020),
    LOST: _lost,
}
