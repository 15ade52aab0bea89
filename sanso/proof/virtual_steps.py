"""Whether a change of a virtualization host opens anything on its way that is not open now."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from sanso.hypervisors import ReplayError, Step
from sanso.messages import Finding
from sanso.messages.catalogue import Phrase
from sanso.network.snapshot import Line
from sanso.network.virtual import HostFacts
from sanso.proof.findings import error
from sanso.proof.virtual import Intents, Wrong, finding, wrongs


def step_findings(found: HostFacts, steps: Sequence[Step], intents: Intents) -> list[Finding]:
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


def unknown_step(host: str, problem: ReplayError) -> Finding:
    """A change of which nobody knows what one of its steps does."""
    return error("HOST-09", Line(host, 0, str(problem)), {"host": host, "problem": problem}, "unknown")


def _opened(opened: Sequence[Wrong], number: int, step: Step, intents: Intents) -> Iterator[Finding]:
    for wrong in opened:
        one = finding(step.after.hostname, wrong, intents)
        key = ".".join(filter(None, (one.rule, one.variant, "what")))
        yield _finding("opens", number, step, wrong=Phrase(key, one.args))


def _hung(found: HostFacts, number: int, step: Step) -> Iterator[Finding]:
    """NICs that were on no port before, and are on one of a virtual switch that is not understood."""
    there = set(_plugged(found))
    for thing in _plugged(step.after):
        if step.after.doubts and thing not in there:
            yield _finding("doubt", number, step, thing=thing, found=step.after.doubts[0])


def _finding(variant: str, number: int, step: Step, **args: object) -> Finding:
    host, said = step.after.hostname, shlex.join(step.command.argv)
    return error("HOST-09", Line(host, 0, said), {"host": host, "number": number, "step": said, **args}, variant)


def _plugged(facts: HostFacts) -> Iterator[str]:
    for name, machine in facts.machines.items():
        yield from (f"{name} {nic}" for nic, one in machine.nics.items() if one.passing is not None)
