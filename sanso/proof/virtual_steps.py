"""Whether a change of a virtualization host opens anything on its way that is not open now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from sanso.messages import Finding
from sanso.messages.catalogue import Phrase
from sanso.network.snapshot import Line
from sanso.network.virtual import HostFacts
from sanso.proof.findings import error
from sanso.proof.virtual import Intents, Wrong, finding, wrongs


class Stepped(Protocol):
    """A step of a change, as the proof sees it: what it is called, and what the host does after it."""

    @property
    def after(self) -> HostFacts:
        """The host once the step is done."""

    def __str__(self) -> str:
        """What is done, for people."""


def step_findings(found: HostFacts, steps: Sequence[Stepped], intents: Intents) -> list[Finding]:
    """What the first step that opens anything opens; nothing where none does.

    Each step is held to the one before, and the first to what was found: what is wrong there may be so until a step
    mends it, and is not opened again.  Nothing new is hung on a virtual switch that has something on it of which
    nobody knows what it joins.

    Args:
        found: what the host does now.
        steps: in the order in which they are sent.
        intents: what the city intends, for every host that it has.
    """
    known = wrongs(found, intents)
    for number, step in enumerate(steps, 1):
        now = wrongs(step.after, intents)
        opened = [one for one in now if not any(before.covers(one) for before in known)]
        if told := [*_opened(opened, number, step, intents), *_hung(found, number, step)]:
            return told
        known = now
    return []


def _opened(opened: Sequence[Wrong], number: int, step: Stepped, intents: Intents) -> Iterator[Finding]:
    host = step.after.hostname
    for wrong in opened:
        one = finding(host, wrong, intents)
        key = ".".join(filter(None, (one.rule, one.variant, "what")))
        words = {"host": host, "number": number, "step": str(step), "wrong": Phrase(key, one.args)}
        yield error("HOST-09", Line(host, 0, str(step)), words, "opens")


def _hung(found: HostFacts, number: int, step: Stepped) -> Iterator[Finding]:
    """NICs that are new on a virtual switch that is not understood."""
    host, there = step.after.hostname, set(_nics(found))
    for thing in _nics(step.after):
        if step.after.doubts and thing not in there:
            words = {"host": host, "number": number, "step": str(step), "thing": thing, "found": step.after.doubts[0]}
            yield error("HOST-09", Line(host, 0, str(step)), words, "doubt")


def _nics(facts: HostFacts) -> Iterator[str]:
    return (f"{name} {nic}" for name, machine in facts.machines.items() for nic in machine.nics)
