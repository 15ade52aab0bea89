"""Addresses in configurations: those of interfaces, and sets of them in filters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Interface, IPv6Interface
from socket import AF_INET, AF_INET6, inet_pton

from sanso.network.facts import Family
from sanso.network.packets import BITS, Ranges

PIECES = 12
"""A wildcard with holes is read as address ranges where these are at most 2 to the power of this many."""
_SOCKET_FAMILY = {"ipv4": AF_INET, "ipv6": AF_INET6}


def address_number(family: Family, text: str) -> int:
    """An address as a number.

    Raises:
        ValueError: the text is no address.
    """
    try:
        return int.from_bytes(inet_pton(_SOCKET_FAMILY[family], text), "big")
    except OSError as error:
        raise ValueError(f"{text!r} is no address") from error


@lru_cache(maxsize=2**14)
def host_range(family: Family, text: str) -> Ranges:
    """A single address."""
    number = address_number(family, text)
    return ((number, number),)


@lru_cache(maxsize=2**14)
def prefix_range(family: Family, text: str) -> Ranges:
    """``A/L``."""
    address, _, length = text.partition("/")
    bits = BITS[family] - int(length)
    if not 0 <= bits <= BITS[family]:
        raise ValueError(f"{text!r} is no prefix")
    first = address_number(family, address) >> bits << bits
    return ((first, first + (1 << bits) - 1),)


@lru_cache(maxsize=2**14)
def wildcard_ranges(address: str, wildcard: str) -> Ranges:
    """``A W``, where the bits that are set in W may be anything; holes make several ranges.

    Raises:
        ValueError: one of them is no address, or there are too many ranges.
    """
    free, run, high = _free_bits(wildcard)
    starts = [address_number("ipv4", address) & ~free]
    for bit in high:
        starts += [start | bit for start in starts]
    return tuple([(start, start + run) for start in starts])


@lru_cache(maxsize=1024)
def _free_bits(wildcard: str) -> tuple[int, int, tuple[int, ...]]:
    """What may be anything: all bits, the lowest in a row as a number, and each of those above, lowest first."""
    free = address_number("ipv4", wildcard)
    low = (~free & (free + 1)).bit_length() - 1
    high = tuple(1 << bit for bit in range(low, 32) if free >> bit & 1)
    if len(high) > PIECES:
        raise ValueError(f"{wildcard} has too many holes")
    return free, (1 << low) - 1, high


def mask_range(address: str, mask: str) -> Ranges:
    """``A M``, where M is a network mask."""
    free = ~address_number("ipv4", mask) & 0xFFFFFFFF
    if free & (free + 1):
        raise ValueError(f"{mask} is no mask")
    first = address_number("ipv4", address) & ~free
    return ((first, first + free),)


def span(family: Family, first: str, last: str) -> Ranges:
    """``range A B``."""
    low, high = address_number(family, first), address_number(family, last)
    if low > high:
        raise ValueError("the range runs backwards")
    return ((low, high),)


def interface_ipv4(words: Sequence[str]) -> IPv4Interface:
    """``A M [secondary]``, ``A/L [secondary]`` or ``virtual A/L [secondary]``.

    Raises:
        ValueError: the words do not tell an address.
    """
    told = words[1:] if words[:1] == ["virtual"] else words
    plain = [word for word in told if word != "secondary"]
    if len(plain) != (1 if plain and "/" in plain[0] else 2):
        raise ValueError("no address")
    return IPv4Interface("/".join(plain))


def interface_ipv6(words: Sequence[str]) -> IPv6Interface:
    """``A/L [eui-64 | anycast | secondary]``, ``virtual A/L`` or ``A link-local``.

    The host's part of an EUI-64 address comes from the device's MAC address, so that only the prefix is told. A
    link-local address has no prefix that parts it from another interface's: it is given with its full length.

    Raises:
        ValueError: the words do not tell an address.
    """
    match list(words):
        case [address, "link-local"]:
            return IPv6Interface(f"{address.partition('/')[0]}/128")
        case [prefix, "eui-64"] if "/" in prefix:
            return IPv6Interface(IPv6Interface(prefix).network)
        case [prefix] | ["virtual", prefix] | [prefix, "anycast" | "secondary"] if "/" in prefix:
            return IPv6Interface(prefix)
        case _:
            raise ValueError("no address")
