"""Static routes."""

from __future__ import annotations

import shlex
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from sanso.network.snapshot import Line, Route
from sanso.platforms.industry.snapshot.names import InterfaceNames
from sanso.platforms.industry.snapshot.words import NotUnderstood, Words

_WITH_VALUE = frozenset({"tag", "name", "metric", "track", "weight", "distance", "preference"})
_ALONE = frozenset({"permanent", "multicast", "bfd", "unicast"})


def read_route(line: Line, names: InterfaceNames) -> Route:
    """Read ``ip route …`` or ``ipv6 route …``.

    Distances and tracked objects are passed by: any static route may be the one in use.

    Raises:
        NotUnderstood: the line says what a route has no place for.
    """
    try:
        words = Words(shlex.split(line.text) if '"' in line.text else line.text.split())
        return _route(words, line, names)
    except ValueError:
        raise NotUnderstood from None


def _route(words: Words, line: Line, names: InterfaceNames) -> Route:
    version = 4 if words.take() == "ip" else 6
    words.take()
    vrf = _vrf(words)
    prefix = _prefix(version, words)
    next_vrf: str | None = None
    if words.next == "egress-vrf":
        words.take()
        next_vrf = _named(words.take())
    interface, next_hop = "", None
    if not _is_address(version, words.next):
        interface = names.full(_interface(words))
    if _is_address(version, words.next):
        next_hop = ip_address(words.take())
    told = _options(words)
    next_vrf = next_vrf if told is None else told
    if interface.lower() == "null0":
        interface = ""
    elif not interface and next_hop is None:
        raise NotUnderstood
    return Route(prefix, line, vrf, next_hop, None if next_vrf == vrf else next_vrf, interface)


def _vrf(words: Words) -> str:
    if words.next != "vrf":
        return ""
    words.take()
    return _named(words.take())


def _named(vrf: str) -> str:
    return "" if vrf in ("default", "global") else vrf


def _prefix(version: int, words: Words) -> IPv4Network | IPv6Network:
    """``A/L`` or ``A M``."""
    word = words.take()
    if "/" not in word:
        if version == 6:
            raise NotUnderstood
        word = f"{word}/{words.take()}"
    return _network(word)


@lru_cache(maxsize=4096)
def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text, strict=False)


def _interface(words: Words) -> str:
    """An interface's name, which may have a blank before its number."""
    name = words.take()
    if not name[:1].isalpha() or name in ("dhcp", "nexthop-group", "recursive", "label"):
        raise NotUnderstood
    if name.isalpha() and words.next[:1].isdecimal() and "." not in words.next.partition("/")[0]:
        name += words.take()
    return name


def _is_address(version: int, word: str) -> bool:
    mark = "." if version == 4 else ":"
    if mark not in word or (version == 6 and not all(part in "0123456789abcdefABCDEF:." for part in word)):
        return False
    try:
        address: IPv4Address | IPv6Address = ip_address(word)
    except ValueError:
        return False
    return address.version == version


def _options(words: Words) -> str | None:
    """Pass by what does not matter; the VRF of the next hop, if the words tell one."""
    vrf: str | None = None
    while words.next:
        word = words.take()
        if word in _WITH_VALUE:
            words.take()
        elif word == "global":
            vrf = ""
        elif word == "nexthop-vrf":
            vrf = _named(words.take())
        elif not word.isdecimal() and word not in _ALONE:
            raise NotUnderstood
    return vrf
