"""Static routes."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from sanso.lab.grammar import IncompleteCommand, InvalidInput, Match
from sanso.lab.ios import render
from sanso.lab.ios.names import parse_name
from sanso.lab.words import Word, ipv6_text

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell


def route4(shell: IosShell, match: Match) -> str | None:
    """``ip route [vrf V] NETWORK MASK {NEXTHOP | INTERFACE [NEXTHOP]} [distance] [name N] [tag T]``."""
    words, key = _start(match, "ip route")
    if len(words) < 2:
        raise IncompleteCommand
    try:
        network = ipaddress.IPv4Address(words[0].text)
        mask = ipaddress.IPv4Address(words[1].text)
    except ValueError:
        raise InvalidInput(words[0].start) from None
    if int(network) & ~int(mask):
        return "%Inconsistent address and mask"
    return _keep(shell, match, f"{key} {network} {mask}", words[2:], render.STATIC4)


def route6(shell: IosShell, match: Match) -> str | None:
    """``ipv6 route [vrf V] PREFIX/LENGTH {NEXTHOP | INTERFACE [NEXTHOP]} [distance] [name N] [tag T]``."""
    words, key = _start(match, "ipv6 route")
    if not words:
        raise IncompleteCommand
    try:
        network = ipaddress.IPv6Network(words[0].text, strict=False)
    except ValueError:
        raise InvalidInput(words[0].start) from None
    printed = f"{ipv6_text(network.network_address)}/{network.prefixlen}"
    return _keep(shell, match, f"{key} {printed}", words[1:], render.STATIC6)


def _start(match: Match, command: str) -> tuple[list[Word], str]:
    words = list(match.line.words[3 if match.negated or match.defaulted else 2 :])
    if words and words[0].lower == "vrf":
        if len(words) < 2:
            raise IncompleteCommand
        return words[2:], f"{command} vrf {words[1].text}"
    return words, command


def _keep(shell: IosShell, match: Match, network: str, words: list[Word], rank: int) -> str | None:
    settings = shell.device.config.settings
    hop, rest = _hop(words)
    if match.negated or match.defaulted:
        for entry in list(settings.under(f"{network} {hop}" if hop else network)):
            settings.remove(entry.key)
        return None
    if not hop:
        raise IncompleteCommand
    settings.set(f"{network} {hop}", _options(rest), rank)
    return None


def _hop(words: list[Word]) -> tuple[str, list[Word]]:
    """Take the next hop: an interface, an address, or both."""
    parts = []
    rest = list(words)
    if rest and (name := parse_name(rest[0].text)):
        parts.append(str(name))
        rest.pop(0)
    if rest and ("." in rest[0].text or ":" in rest[0].text):
        try:
            address = ipaddress.ip_address(rest[0].text)
        except ValueError:
            raise InvalidInput(rest[0].start) from None
        parts.append(ipv6_text(address) if isinstance(address, ipaddress.IPv6Address) else str(address))
        rest.pop(0)
    if words and not parts:
        raise InvalidInput(words[0].start)
    return " ".join(parts), rest


def _options(words: list[Word]) -> str:
    shown: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word.text.isdecimal() and 1 <= int(word.text) <= 255 and not shown:
            shown.append(word.text)
            continue
        name = next((one for one in ("name", "tag", "track", "permanent") if one.startswith(word.lower)), None)
        if name is None:
            raise InvalidInput(word.start)
        shown.append(name)
        if name != "permanent":
            if not rest:
                raise IncompleteCommand
            shown.append(rest.pop(0).text)
    return " ".join(shown)
