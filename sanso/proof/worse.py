"""What crosses between layers in one state of a network and not in another, packet by packet.

A line that already lets something cross hides nothing that it lets cross since.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace

from sanso.messages import Finding, Severity
from sanso.network.snapshot import Snapshot, Unread
from sanso.proof.frame import ListAt
from sanso.proof.policy import Policy
from sanso.proof.prove import Look, Prover
from sanso.proof.space import Space, union
from sanso.proof.topology import Topology
from sanso.proof.transition.essence import of_list
from sanso.proof.transition.network import Network, shared_services
from sanso.proof.verdict import crossing_findings, unread_findings

PLACE = re.compile(r" \((?:after|running)\)(?::\d+)?: ")
"""In which text a line stands, and where."""
VARYING = frozenset({"packet", "target", "count"})
"""Arguments of a finding that may change where the fault is the same."""


def worsened(was: Topology, now: Topology, policy: Policy) -> list[Finding]:
    """Errors of a network that were none of another state of it; less is none.

    Args:
        was: the other state.
        now: the network.
        policy: what it is held to.

    Raises:
        ProofError: a witness is not passed by the naive interpreter.
    """
    services = shared_services([was.snapshots, now.snapshots], policy)
    rewritten = frozenset(_rewritten(was.snapshots, now.snapshots))
    one, other = (Network(topology, policy, services, rewritten) for topology in (was, now))
    looks = {look.source: look for look in _more(one, other)}
    unread = {
        name: replace(snapshot, unread=tuple(unread_more(was.snapshots[name], snapshot)))
        for name, snapshot in now.snapshots.items()
    }
    crossings = Prover(other.frame).proof(looks).crossings
    return [*_joined(one, other), *crossing_findings(crossings, now), *unread_findings(unread)]


def unread_more(was: Snapshot, now: Snapshot) -> list[Unread]:
    """Lines that were not understood and were not there, or not so often."""
    known = Counter(map(_unread, was.unread))
    found = []
    for one in now.unread:
        known[_unread(one)] -= 1
        if known[_unread(one)] < 0:
            found.append(one)
    return found


def _rewritten(was: Mapping[str, Snapshot], now: Mapping[str, Snapshot]) -> Iterator[ListAt]:
    """Lists that differ: a line in them that was not understood may mean something else now."""
    for name, snapshot in now.items():
        here, there = snapshot.acls, was[name].acls
        for key in here.keys() & there.keys():
            if here[key] is not there[key] and of_list(here[key]) != of_list(there[key]):
                yield name, *key


def _unread(one: Unread) -> Hashable:
    return one.line.text, one.why, one.interface


def _more(was: Network, now: Network) -> Iterator[Look]:
    """Entrances with the packets that cross from there, and did not."""
    frame = now.frame
    for source, look in Prover(frame).look_around().items():
        parts: list[Space] = []
        for target in dict.fromkeys(arrival.target for arrival in look.arrivals):
            reached = frame.reached(source, target, look.suspect)
            parts.append(reached - was.surely(source, target, reached))
        if left := union(box for part in parts for box in part):
            yield Look(frame, source, left)


def _joined(was: Network, now: Network) -> Iterator[Finding]:
    """What is wrong with how the network is put together, and was not so before.

    Layers that come together by what was found before are told by all that was found of them.
    """
    known: Counter[Hashable] = Counter()
    for finding in was.frame.topology.findings:
        known[fault(finding)] += int(finding.args.get("count", 1))
    met = {device for one in now.stations.joined([was.stations]) for device in one.devices}
    for finding in now.frame.topology.findings:
        if finding.severity is not Severity.ERROR:
            continue
        known[fault(finding)] -= int(finding.args.get("count", 1))
        here = finding.location.file.partition(" (")[0] if finding.location else ""
        if known[fault(finding)] < 0 or (finding.rule == "TOPO-01" and here in met):
            yield finding


def fault(finding: Finding) -> Hashable:
    """What makes a finding the same in another text of a device, whatever the numbers of its lines."""
    said = {name: PLACE.sub(": ", str(value)) for name, value in finding.args.items() if name not in VARYING}
    return finding.rule, finding.variant, frozenset(said.items())
