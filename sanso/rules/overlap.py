"""Which prefixes lie in one another, in the time it takes to sort them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network
from typing import TypeVar

Network = IPv4Network | IPv6Network
T = TypeVar("T")


def overlaps(
    items: Iterable[T], prefix: Callable[[T], Network], owner: Callable[[T], Hashable]
) -> Iterator[tuple[T, T]]:
    """Pairs (inner, outer) of items of different owners whose prefixes overlap: every inner item once.

    Prefixes either nest or are disjoint, so after sorting, those around an item are the ones still open.  The outer
    item is the narrowest of another owner; among equal prefixes the earlier item counts as the outer one.
    """
    ordered = sorted(enumerate(items), key=lambda entry: (*_key(prefix(entry[1])), entry[0]))
    around: list[T] = []
    for _, item in ordered:
        network = prefix(item)
        while around and not _contains(prefix(around[-1]), network):
            around.pop()
        outer = next((other for other in reversed(around) if owner(other) != owner(item)), None)
        if outer is not None:
            yield item, outer
        around.append(item)


def _key(network: Network) -> tuple[int, int, int]:
    return network.version, int(network.network_address), network.prefixlen


def _contains(outer: Network, inner: Network) -> bool:
    return (
        outer.version == inner.version
        and outer.prefixlen <= inner.prefixlen
        and int(inner.network_address) >> (inner.max_prefixlen - outer.prefixlen)
        == int(outer.network_address) >> (outer.max_prefixlen - outer.prefixlen)
    )
