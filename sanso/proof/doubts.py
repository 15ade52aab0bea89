"""What could turn the answer to a question: lines that were not understood, and what is not known of the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_network
from itertools import product

from sanso.messages import Finding, Language, Severity
from sanso.messages.catalogue import Phrase
from sanso.network.facts import Family
from sanso.proof.frame import Frame
from sanso.proof.legs import Router, Stage
from sanso.proof.links import End
from sanso.proof.sides import Side
from sanso.proof.topology import Topology

_READ_EXACTLY = frozenset({"acl_entry"})
"""What both readings of a list allow for by themselves."""
_FOLLOWED = frozenset({"TOPO-01", "TOPO-02", "TOPO-03", "TOPO-11", "TOPO-13"})
"""What is wrong and yet known: packets are followed along it."""
_CABLES = frozenset({"TOPO-07", "TOPO-08"})
"""Nobody knows where a port leads."""


@dataclass(frozen=True)
class Doubt:
    """What was not understood, or is not known, and could turn an answer."""

    where: str
    what: Phrase | Finding

    def say(self, lang: Language) -> str:
        """In one line."""
        what = self.what.say(lang) if isinstance(self.what, Phrase) else self.what.what(lang)
        return f"{self.where}: {what}"


class Doubts:
    """What is doubtful in a network.

    Args:
        topology: the network.
        not_read: errors of configurations that are missing in it.
    """

    def __init__(self, topology: Topology, not_read: Iterable[Finding] = ()) -> None:
        self.topology = topology
        self.not_read = tuple(not_read)
        self._unread = {
            name: tuple(
                Doubt(str(one.line), Phrase(f"unread.{one.why}"))
                for one in snapshot.unread
                if one.why not in _READ_EXACTLY
            )
            for name, snapshot in topology.snapshots.items()
        }

    # ----- ways that nobody sees ------------------------------------------------------------------------------

    def hiding(self, source: Side, target: Side) -> tuple[Doubt, ...]:
        """What may hide a way between two ends: lines anywhere, and what is not known where packets get to."""
        unknown = (one for one in self._unknown if self._matters(one, source, target))
        lines = (doubt for own in self._unread.values() for doubt in own)
        return *lines, *(Doubt(str(one.location or "-"), one) for one in unknown)

    def of_lack(self, side: Side) -> tuple[Doubt, ...]:
        """A port that is shut is so for sure; addresses that nobody here has may be somebody else's."""
        if side.lack == "shut":
            return ()
        elsewhere = [Doubt(side.addresses, Phrase("question.elsewhere"))] if side.lack == "subnet" else []
        return (*elsewhere, *self.hiding(side, side))

    @cached_property
    def _unknown(self) -> tuple[Finding, ...]:
        found = (*self.topology.findings, *self.not_read)
        return tuple(one for one in found if one.severity is Severity.ERROR and one.rule not in _FOLLOWED)

    def _matters(self, unknown: Finding, source: Side, target: Side) -> bool:
        """Whether packets could get to what is not known; of what cannot be told, they could."""
        if source.domain is None or target.domain is None:
            return True
        if unknown.rule == "TOPO-09":
            routers, _ = self._reached(source, target)
            return unknown.args["device"] in {one.device for one in routers} and _holds(unknown, target)
        if unknown.rule in _CABLES:
            here = self._domains_at(unknown)
            return not here or not here.isdisjoint(self._reached(source, target)[1])
        return True

    def _reached(self, source: Side, target: Side) -> tuple[set[Router], set[int]]:
        """Routers that packets get to, and broadcast domains."""
        routers: set[Router] = set()
        domains = {source.domain} if source.domain is not None else set()
        for entrance, subnet in product(source.entrances, target.targets):
            found = self.topology.layer3.reached(entrance, subnet)
            routers.update(found.routers)
            domains.update(leg.domain for leg in found.legs)
        return routers, domains

    def _domains_at(self, unknown: Finding) -> set[int]:
        """Broadcast domains of the ports that a finding names."""
        layer2 = self.topology.layer2
        ports = str(unknown.args.get("port") or unknown.args["ports"]).split(", ")
        wires = (layer2.wires.of(*End(str(unknown.args["device"]), port)) for port in ports)
        return {layer2.find(node) for wire in wires for _, node in wire.sends | wire.takes if node >= 0}

    # ----- on a way -------------------------------------------------------------------------------------------

    def on_the_way(self, stages: Iterable[Stage]) -> list[Doubt]:
        """Lines not understood of the devices that a packet passes."""
        devices = dict.fromkeys(stage.device for stage in stages)
        return [doubt for name in devices for doubt in self._unread[name]]

    def of_own(self, *sides: Side) -> Iterator[Doubt]:
        """What a firewall lets in or out for itself is read by hooks that are not looked at."""
        for side in sides:
            firewall = self.topology.snapshots[side.own].firewall if side.own else None
            if firewall is not None:
                yield Doubt(str(firewall.line), Phrase("question.own_hooks"))


def not_read(frame: Frame, ways: Iterable[Sequence[Stage]], family: Family) -> Iterator[Doubt]:
    """Lines of the lists on some ways that were not understood, rules of firewalls that take some packets only."""
    for stage in dict.fromkeys(stage for way in ways for stage in way if stage.acl is not None):
        for rule in frame.list_at(stage, family).rules:
            if not rule.understood:
                yield Doubt(str(rule.line), Phrase("question.inexact" if stage.exit else "unread.acl_entry"))


def _holds(route: Finding, target: Side) -> bool:
    """Whether a route that leads nobody knows where is for some of a target's addresses."""
    prefix = ip_network(str(route.args["prefix"]))
    ends = ((int(prefix.network_address), int(prefix.broadcast_address)),)
    return (prefix.version == 4) == (target.family == "ipv4") and _meet(ends, target.spans)


def _meet(some: Iterable[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    return any(first <= high and low <= last for first, last in some for low, high in others)
