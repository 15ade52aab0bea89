"""The proof of a change: no step opens what neither the state before it nor the state after it does.

Two parts that need each other. For each device, every state is shown to lie between its ends (:mod:`steps`). For the
network, everything that lies between the ends of all its devices is looked at in one (:mod:`network`): so the order
of the devices does not matter, nor how far each of them has come. Where that one network shows something that is open
at neither end, the real states of the devices that have a part in it are tried, each with each; where there are too
many of them, it is not proved.

What opens is what the separation proof would find: packets between layers that no flow asks for, counted by the
interface that they come in by, and layers in one broadcast domain. What the ends open is theirs to answer for.
A device that undoes a change by itself goes back by a way of its own, which is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from sanso.messages import Finding, Language, Severity, text
from sanso.network.snapshot import Line, Snapshot
from sanso.proof.findings import error
from sanso.proof.frame import ListAt
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.transition.course import Course
from sanso.proof.transition.envelope import NotUnited, envelope
from sanso.proof.transition.essence import of_list, of_snapshot
from sanso.proof.transition.network import Excess, Network, excesses, shared_services
from sanso.proof.transition.steps import Opened, walk

LIMIT = 20_000
"""States of a network are tried one by one where these times its devices are no more."""
_LONGEST = 400
"""A device with more commands is not gone through state by state for that."""


@dataclass(frozen=True)
class Transition:
    """What was proved of a change."""

    findings: list[Finding]
    devices: int
    commands: int
    states: int

    @property
    def holds(self) -> bool:
        """Whether no step opens anything."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    def summary(self, lang: Language) -> str:
        """One line."""
        counts = {"devices": self.devices, "commands": self.commands, "states": self.states}
        key = "transition.holds" if self.holds else "transition.fails"
        return text(key, lang, **counts, errors=len(self.findings))


def prove_transition(courses: Mapping[str, Course], network: Topology, policy: Policy) -> Transition:
    """Prove a change of some devices of a network.

    Args:
        courses: by host name, what is to be sent to each device that changes.
        network: what the devices hold before; those that change are read anew from their courses.
        policy: what the network is held to.
    """
    passages = [walk(course) for course in courses.values()]
    findings = [_step(one) for passage in passages for one in passage.opened]
    if not any(one.kind == "unknown" for passage in passages for one in passage.opened):
        findings += _Rollout(courses, network, policy).findings()
    commands = sum(len(passage.course.commands) for passage in passages)
    return Transition(findings, len(passages), commands, sum(passage.states for passage in passages))


class _Rollout:
    """Any order of the devices, each with the others as far as they may have come."""

    def __init__(self, courses: Mapping[str, Course], network: Topology, policy: Policy) -> None:
        self.courses = courses
        self.topology = network
        self.policy = policy
        before = self._with({name: one.before for name, one in courses.items()})
        after = self._with({name: one.after for name, one in courses.items()})
        self.services = shared_services([before, after], policy)
        self.rewritten = frozenset(_rewritten(courses.values()))
        self.ends = self._network(before), self._network(after)

    def _with(self, changed: Mapping[str, Snapshot]) -> dict[str, Snapshot]:
        """All devices, some of them in another state; who their neighbours are stays what it was."""
        heard = {name: one.neighbours for name, one in self.topology.snapshots.items()}
        told = {name: replace(one, neighbours=heard.get(name, one.neighbours)) for name, one in changed.items()}
        return {**self.topology.snapshots, **told}

    def _network(self, snapshots: Mapping[str, Snapshot]) -> Network:
        return Network(self.topology.anew(snapshots), self.policy, self.services, self.rewritten)

    def findings(self) -> Iterator[Finding]:
        """What opens on the way, or may open."""
        changed: dict[str, Snapshot] = {}
        for name, course in self.courses.items():
            try:
                changed[name] = envelope(course.before, course.after, self.services)
            except NotUnited as problem:
                yield error("PROOF-05", Line(name, 0, ""), {"device": name, "what": str(problem)}, "moved")
                return
        united = self._with(changed)
        found = excesses(self._network(united), self.ends)
        if found:
            yield from self._decided(found, united)

    def _decided(self, found: Sequence[Excess], united: Mapping[str, Snapshot]) -> Iterator[Finding]:
        """What of it is open in some real state of the devices that have a part in it."""
        parts = sorted({name for one in found for name in one.devices if name in self.courses})
        states = {name: _states(self.courses[name]) for name in parts}
        count = prod(map(len, states.values()))
        if count * len(united) > LIMIT:
            yield from (_unsure(one, parts, count) for one in found)
            return
        told: set[tuple[str, str, bool]] = set()
        for mix in product(*states.values()):
            snapshots = self._with({name: snapshot for name, (snapshot, _) in zip(parts, mix, strict=True)})
            snapshots = {name: snapshots[name] for name in parts}
            numbers = {name: number for name, (_, number) in zip(parts, mix, strict=True)}
            for one in excesses(self._network({**united, **snapshots}), self.ends):
                key = (one.one, one.other, one.packet is None)
                if key not in told:
                    told.add(key)
                    real = self._is_real(key, snapshots)
                    yield _order(one, self.courses, numbers) if real else _unsure(one, parts, count)

    def _is_real(self, key: tuple[str, str, bool], snapshots: Mapping[str, Snapshot]) -> bool:
        """Whether it is open too while the devices that seem to have no part in it are at an end."""
        return any(
            key == (one.one, one.other, one.packet is None)
            for end in self.ends
            for one in excesses(self._network({**end.frame.snapshots, **snapshots}), self.ends)
        )


def _states(course: Course) -> list[tuple[Snapshot, int]]:
    """The states of a device that differ in what matters, each with the number of commands that led to it."""
    numbers = range(1, len(course.commands)) if course.stepwise and len(course.commands) <= _LONGEST else ()
    found = [(course.before, 0)]
    for number, snapshot in zip(numbers, course.states(numbers), strict=True):
        if of_snapshot(snapshot) != of_snapshot(found[-1][0]):
            found.append((snapshot, number))
    if of_snapshot(course.after) == of_snapshot(found[-1][0]) and len(found) > 1:
        found.pop()
    return [*found, (course.after, len(course.commands))]


def _rewritten(courses: Iterable[Course]) -> Iterator[ListAt]:
    """Lists that differ between the ends."""
    for course in courses:
        before, after = course.before.acls, course.after.acls
        for key in {*before, *after}:
            if key not in before or key not in after or of_list(before[key]) != of_list(after[key]):
                yield course.hostname, *key


# ----- words ----------------------------------------------------------------------------------------------------


def _step(opened: Opened) -> Finding:
    args = {
        "device": opened.device,
        "number": opened.number,
        "command": opened.command,
        "interface": opened.interface,
        "what": opened.what,
        "line": str(opened.line),
    }
    return error("PROOF-05", opened.line, args, opened.kind)


def _open(one: Excess) -> dict[str, object]:
    layers = {"layer": one.layers[0], "other_layer": one.layers[1]}
    return {"one": one.one, "other": one.other, **layers, "packet": str(one.packet or "")}


def _order(one: Excess, courses: Mapping[str, Course], numbers: Mapping[str, int]) -> Finding:
    """The first device that is in the middle of it is blamed: how far each has come is told."""
    come = ", ".join(f"{name} {number}/{len(courses[name].commands)}" for name, number in numbers.items())
    name = next(iter(numbers), "")
    args = {**_open(one), "come": come, "devices": ", ".join(numbers)}
    return error("PROOF-05", Line(name, 0, ""), args, "order" if one.packet else "joined")


def _unsure(one: Excess, parts: Sequence[str], count: int) -> Finding:
    args = {**_open(one), "devices": ", ".join(parts), "count": count}
    return error(
        "PROOF-05", Line(parts[0] if parts else "", 0, ""), args, "unsure" if one.packet else "unsure_joined"
    )
