"""Whether anything crosses, by trying packets: one for each way that the lines at hand can tell packets apart."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from itertools import product
from typing import NamedTuple

from sanso.network.facts import Family
from sanso.network.packets import BITS, Match, Packet, Ranges
from sanso.network.snapshot import AccessList, Interface
from sanso.proof.chains import Chain, Source, Target
from sanso.proof.filters import bound_list
from sanso.proof.frame import UNROUTED
from sanso.proof.interpreter import judge, matches
from sanso.proof.legs import Stage
from tests.proof.mutations.harness import Outcome

MAY_GO_OUT = {"internet", "public", "school"}
ABROAD = {"ipv4": int(ip_address("198.51.100.7")), "ipv6": int(ip_address("2001:db8::7"))}
"""Ordinary addresses of nobody in the city."""


class Fields(NamedTuple):
    """What of a packet is no address."""

    protocol: int
    source_port: int = 0
    target_port: int = 0
    icmp_type: int = 0
    established: bool = False


def crossing(outcome: Outcome, device: str, interface: str, family: Family) -> Packet | None:
    """A packet from an interface that gets to another layer, and that no flow asks for."""
    source = next(
        one
        for one in outcome.topology.sources()
        if (one.device, one.interface, one.family) == (device, interface, family)
    )
    assert source.place is not None
    layer = source.place.layer
    flows = outcome.flows.get(layer, [])
    acl = _bound(outcome, Stage(device, interface, "in", None, source.leg.line), family)
    lines = [match for rule in acl.rules for match in rule.matches] if acl is not None else []
    known = [match for match in (*lines, *flows) if match.family == family]
    tried = list(
        product(
            _alike(_bounds(family, (m.sources for m in known)), [m.sources for m in known]),
            _targets(outcome, source, layer, [m.targets for m in known]),
            _services(known),
        )
    )
    random.Random(len(tried)).shuffle(tried)  # noqa: S311  # what crosses is found sooner out of order
    for address, (target, chains), fields in tried:
        kind = fields.icmp_type
        packet = Packet(
            family,
            address,
            target,
            fields.protocol,
            fields.source_port,
            fields.target_port,
            kind,
            0,
            fields.established,
        )
        if any(_passes(outcome, chain, packet) for chain in chains) and not any(matches(m, packet) for m in flows):
            return packet
    return None


def _passes(outcome: Outcome, chain: Chain, packet: Packet) -> bool:
    lists = (_bound(outcome, stage, packet.family) for stage in chain.stages)
    return all(acl is None or judge(acl, packet).permitted for acl in lists)


def _bound(outcome: Outcome, stage: Stage, family: Family) -> AccessList | None:
    """The list at a place, as its interface says."""
    snapshot = outcome.snapshots[stage.device]
    interface: Interface | None = snapshot.interfaces.get(stage.interface)
    bindings = interface.bindings if interface is not None else ()
    bound = [one for one in bindings if (one.family, one.direction) == (family, stage.direction)]
    return bound_list(snapshot, bound[-1]) if bound else None


# ----- what to try --------------------------------------------------------------------------------------------


def _bounds(family: Family, known: Iterable[Ranges], last: int | None = None) -> list[int]:
    """Zero, and each number at which a range begins, or has just ended."""
    top = 2 ** BITS[family] - 1 if last is None else last
    edges = {edge for ranges in known for first, end in ranges for edge in (first, end + 1)}
    return sorted(edge for edge in edges | {0} if edge <= top)


def _alike(points: Iterable[int], known: list[Ranges]) -> list[int]:
    """One of all points that lie in the same ranges."""
    return list({_inside(point, known): point for point in points}.values())


def _inside(point: int, known: list[Ranges]) -> tuple[bool, ...]:
    return tuple(any(first <= point <= last for first, last in ranges) for ranges in known)


def _targets(
    outcome: Outcome, source: Source, layer: str, known: list[Ranges]
) -> Iterator[tuple[int, tuple[Chain, ...]]]:
    """Addresses of other layers and the ways there: one of those that no line and no way tells apart."""
    seen = set()
    for target in outcome.topology.targets():
        if target.family != source.family or not _is_foreign(target, layer):
            continue
        chains = tuple(outcome.topology.chains(source, target))
        met = tuple(chain.filters for chain in chains)
        for point in _abroad(outcome, target, known) if target.outside else _within(target, known):
            key = (_inside(point, known), met)
            if key not in seen:
                seen.add(key)
                yield point, chains


def _is_foreign(target: Target, layer: str) -> bool:
    if target.outside:
        return layer not in MAY_GO_OUT
    return target.place is not None and target.place.layer != layer


def _within(target: Target, known: list[Ranges]) -> list[int]:
    first, last = int(target.prefix.network_address), int(target.prefix.broadcast_address)
    return [first, *(point for point in _bounds(target.family, known, last) if first < point)]


def _abroad(outcome: Outcome, target: Target, known: list[Ranges]) -> list[int]:
    """Addresses of others: of the city's own and of those that no router forwards, only what comes after them."""
    family = target.family
    aside = [*getattr(outcome.city.settings.prefixes, family), *UNROUTED[family]]
    spans = [((int(one.network_address), int(one.broadcast_address)),) for one in aside]
    found = [ABROAD[family], *_bounds(family, [*known, *spans])]
    return [point for point in found if not any(_inside(point, list(spans)))]


def _services(known: list[Match]) -> list[Fields]:
    """One of all services that no line tells apart."""
    ports = [_alike(_bounds("ipv4", sets, 65535), sets) for sets in _port_sets(known)]
    types = _alike(_bounds("ipv4", (m.icmp_types for m in known), 255), [m.icmp_types for m in known])
    named = {first for match in known for first, last in match.protocols if first == last}
    found = [Fields(number) for number in [*sorted(named - {1, 6, 17, 58}), 253]]
    found += [Fields(6, one, other, 0, state) for one, other in product(*ports) for state in (False, True)]
    found += [Fields(17, one, other) for one, other in product(*ports)]
    return [*found, *(Fields(number, icmp_type=kind) for number in (1, 58) for kind in types)]


def _port_sets(known: list[Match]) -> tuple[list[Ranges], list[Ranges]]:
    return [m.source_ports for m in known], [m.target_ports for m in known]
