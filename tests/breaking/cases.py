"""What goes wrong in each case: seeded, so that every run walks the same ones unless it is told to go further."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from typing import Literal

from sanso.devices.observer import Stage
from sanso.lab.trouble import Kind

HOSTS = ("hall-1", "hall-2", "hall-3", "annex-1", "annex-2")
ROUND: tuple[Kind | Literal["kill"], ...] = (
    *("drop", "power", "kill", "refuse", "hang", "key", "drop", "power", "kill", "busy"),
    *("drop", "power", "kill", "refuse", "full", "password", "drop", "power", "kill", "slow"),
    *("drop", "refuse", "kill", "hang", "busy", "full", "slow", "kill", "key", "password"),
)
"""Kinds of fault in turn, as often as they come to different ends."""
PAIR = 8
"""Every so many cases another device fails, too."""
STAGED = 3
"""Of so many cases one changes all devices at once, so that their changes interleave in every way."""
STAGES = (Stage.ARMING, Stage.ARMED, Stage.APPLIED, Stage.VERIFIED, Stage.CONFIRMED, Stage.SAVED)
PACES = (0.02, 2.0)
"""Seconds before each command of a slow device: some that are waited for, some that are not."""


@dataclass(frozen=True)
class When:
    """A moment of a run, as a share of what is said and heard in one in which nothing fails.

    ``last`` counts commands from the end, in the place of a share: 1 is the last, by which the change is saved.
    """

    what: Literal["commands", "octets", "seconds"]
    share: float = 0.0
    last: int = 0
    done: bool = True

    def __str__(self) -> str:
        place = f"last-{self.last}" if self.last else f"{self.share:.2f}"
        return f"{self.what}-{place}{'' if self.done else '-undone'}"


@dataclass(frozen=True)
class Fault:
    """Something that happens to a device."""

    host: str
    kind: Kind
    when: When
    pace: float = 0.0

    def __str__(self) -> str:
        return f"{self.kind}-{self.host}-{self.when}"


@dataclass(frozen=True)
class Kill:
    """SIGKILL for the controller: at a stage of a device, with a change of any device, or after a time."""

    host: str = ""
    stage: Stage | None = None
    before: bool = False
    """Whether it comes before the stage is told, or after that."""
    changes: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        if self.stage:
            return f"kill-{'before' if self.before else 'after'}-{self.stage}-{self.host}"
        return f"kill-change-{self.changes}" if self.changes else f"kill-seconds-{self.seconds:.2f}"


@dataclass(frozen=True)
class Case:
    """What goes wrong in a run; the next comes at once, or when all timers are over."""

    faults: tuple[Fault, ...]
    kill: Kill | None
    at_once: bool
    staged: bool = True
    """Whether devices are changed in stages, or all at the same time."""

    @property
    def kind(self) -> str:
        """What is counted by."""
        kinds = [*(fault.kind for fault in self.faults), *(["kill"] if self.kill else [])]
        return kinds[0] if len(kinds) == 1 else "two at once"

    def __str__(self) -> str:
        what = [*map(str, self.faults), *([str(self.kill)] if self.kill else [])]
        return f"{'+'.join(what)}{'-at-once' if self.at_once else ''}{'' if self.staged else '-unstaged'}"


FOUND = (
    # the run saved what the restart had brought back, and said that the change was saved
    Case((Fault("annex-2", "power", When("commands", last=1, done=False)),), None, at_once=False),
)


def cases() -> list[Case]:
    """As many as ``CASES`` says, from the seed ``SEED``; and those by which a fault of the project was found."""
    random = Random(int(os.environ.get("SEED", "20261129")))  # noqa: S311 - what fails, not what is secret
    count = int(os.environ.get("CASES", "300"))
    return [*FOUND, *(_case(random, kind, number) for number, kind in enumerate(islice(cycle(ROUND), count)))]


def _case(random: Random, kind: Kind | Literal["kill"], number: int) -> Case:
    hosts = random.sample(HOSTS, 2)
    faults = () if kind == "kill" else (_fault(random, kind, hosts[0]),)
    if number % PAIR == 0:
        other: Kind = random.choice(("drop", "hang", "power", "key", "password", "full"))
        faults = (*faults, _fault(random, other, hosts[1]))
    killed = _kill(random, hosts[0]) if kind == "kill" else None
    return Case(faults, killed, random.random() < 0.5, staged=number % STAGED > 0)


def _fault(random: Random, kind: Kind, host: str) -> Fault:
    pace = random.choice(PACES) if kind == "slow" else 0.0
    return Fault(host, kind, random.choice(tuple(_moments(random, kind))), pace)


def _moments(random: Random, kind: Kind) -> Iterator[When]:
    """Some moments, those at the end more often than by chance: there it is decided what stays."""
    done = random.random() < 0.7
    yield When("commands", random.random(), done=done)
    yield When("commands", last=random.randint(1, 6), done=done)
    if kind != "refuse":
        yield When("octets", random.random())
        yield When("seconds", random.random())


def _kill(random: Random, host: str) -> Kill:
    match random.choice(("stage", "stage", "changes", "seconds")):
        case "stage":
            return Kill(host, random.choice(STAGES), before=random.random() < 0.5)
        case "changes":
            return Kill(changes=random.randint(1, 34))
    return Kill(seconds=random.uniform(0.1, 1.5))
