"""RADIUS servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.c9800.secrets import kept_key
from sanso.lab.grammar import Match
from sanso.lab.keep import GAP, Block, Kept

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

_ADDRESS = Kept("address {ipv4|ipv6} ~ <server:host> [auth-port <auth:0-65535>] [acct-port <acct:0-65535>]")
_KEY = Kept("key ~ <key:line>")
_ROWS = (
    _ADDRESS,
    Kept("timeout ~ <seconds:1-1000>"),
    Kept("retransmit ~ <times:0-100>"),
    Kept("automate-tester ~ <how:line>"),
    _KEY,
)


def _set(shell: IosShell, match: Match, row: Kept, value: str) -> None:
    for section in shell.lines():
        section.remove(match.key)
        if not (match.negated or match.defaulted):
            section.set(match.key, value, _ROWS.index(row) * GAP)


def address(shell: IosShell, match: Match) -> None:
    """``address ipv4 HOST``: the ports are printed whether they were given or not."""
    ports = f"auth-port {match.get('auth') or 1645} acct-port {match.get('acct') or 1646}"
    _set(shell, match, _ADDRESS, f"{match.get('server')} {ports}")


def key(shell: IosShell, match: Match) -> None:
    """``key [0|6|7] WORD``."""
    _set(shell, match, _KEY, kept_key(match.get("key"), shell.device.config))


RADIUS_SERVER = Block(
    "radius server <name:word>",
    "config-radius-server",
    _ROWS,
    special={_ADDRESS.syntax: address, _KEY.syntax: key},
)
