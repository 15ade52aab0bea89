"""What differs of a virtualization host itself: its switch, its own ports and its storage."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.change.compare import Difference, vlan_text
from sanso.change.virtual.words import Words
from sanso.network.virtual import HostFacts, Passing, PoolFacts
from sanso.proof.virtual import vlans_of


def host_differences(found: HostFacts, wanted: HostFacts, words: Words) -> Iterator[Difference]:
    """Differences of everything but machines.

    Args:
        found: what the host does.
        wanted: what it should do.
        words: of its city.
    """
    host = found.hostname
    yield from (Difference("host", host, "doubt", "", one) for one in found.doubts)
    yield from (Difference("host", host, "lacks", "", one) for one in found.lacks)
    if found.forwards != wanted.forwards:
        yield Difference("host", host, "forwards", _yes(wanted.forwards), _yes(found.forwards))
    if found.uplinks != wanted.uplinks:
        yield Difference("host", host, "uplinks", ", ".join(wanted.uplinks), ", ".join(found.uplinks))
    yield from _trunk(host, found.trunk, wanted.trunk, words)
    yield from _own(found, wanted, words)
    yield from _segments(found, wanted, words)
    for port, passing in found.ports.items():
        layers = words.layers(vlans_of(passing))
        yield Difference("port", port, "unknown_port", "", words.passing(passing), layers, crossed=len(layers) > 1)
    for name, pool in wanted.pools.items():  # one more is nobody's harm
        yield from _pool(name, found.pools.get(name), pool)


def _trunk(host: str, found: Passing, wanted: Passing, words: Words) -> Iterator[Difference]:
    if found.untagged != wanted.untagged:
        expected, was = (str(one.untagged or "") for one in (wanted, found))
        layers = words.layers(*(frozenset({one.untagged}) for one in (wanted, found) if one.untagged is not None))
        yield Difference("host", host, "native_vlan", expected, was, layers, crossed=len(layers) > 1)
    if found.tagged != wanted.tagged:
        odd = found.tagged ^ wanted.tagged
        crossed = words.crosses(found.tagged - wanted.tagged, words.layers(wanted.tagged))
        texts = (vlan_text(wanted.tagged), vlan_text(found.tagged))
        yield Difference("host", host, "allowed", *texts, words.layers(odd), crossed)


def _own(found: HostFacts, wanted: HostFacts, words: Words) -> Iterator[Difference]:
    for port in dict.fromkeys((*wanted.own, *found.own)):
        meant, here = wanted.own.get(port), found.own.get(port)
        if meant == here:
            continue
        own, vlans = (vlans_of(one) if one is not None else frozenset() for one in (meant, here))
        expected, was = ("" if one is None else words.passing(one) for one in (meant, here))
        crossed = words.crosses(vlans, words.layers(own))
        yield Difference("own", port, "own_port", expected, was, words.layers(own, vlans), crossed)
    for port in dict.fromkeys((*wanted.addresses, *found.addresses)):
        expected, was = (", ".join(sorted(map(str, side.addresses.get(port, ())))) for side in (wanted, found))
        if expected != was:
            yield Difference("own", port, "own_address", expected, was)


def _segments(found: HostFacts, wanted: HostFacts, words: Words) -> Iterator[Difference]:
    for name in dict.fromkeys((*wanted.segments, *found.segments)):
        meant, here = wanted.segments.get(name), found.segments.get(name)
        if meant == here:
            continue
        layers = words.layers(*(frozenset({one}) for one in (meant, here) if one is not None))
        if meant is not None and here is not None:
            crossed = words.crosses({here}, words.layers(frozenset({meant})))
            yield Difference("segment", name, "vlan", words.vlan(meant), words.vlan(here), layers, crossed)
            continue
        expected, was = ("" if one is None else words.group(name, one) for one in (meant, here))
        yield Difference("segment", name, "port_group", expected, was, layers)


def _pool(name: str, found: PoolFacts | None, wanted: PoolFacts) -> Iterator[Difference]:
    if found is None:
        yield Difference("pool", name, "pool", wanted.path, "")
        return
    if found.path != wanted.path:
        yield Difference("pool", name, "path", wanted.path, found.path)
    for attribute in ("active", "auto"):
        expected, was = (_yes(getattr(one, attribute)) for one in (wanted, found))
        if expected != was:
            yield Difference("pool", name, attribute, expected, was)


def _yes(held: bool) -> str:
    return "yes" if held else "no"
