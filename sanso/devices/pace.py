"""In which stages a fleet is changed, and why a device of it is not begun."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from sanso.change.stages import RolloutStage, at_once
from sanso.devices.job import Outcome, Status
from sanso.devices.left import Left, StageFailed
from sanso.devices.room import Room

WRONG = frozenset({Status.FAILED, Status.UNREACHABLE})
"""How a device ends whose change failed."""


class Pace:
    """Stage by stage, until one fails, and as long as windows have room.

    Args:
        order: gives the stages of the hosts that are to be changed.
        room: in the maintenance windows; None where nobody keeps to them.
        failed: the stage that failed earlier in the same run.
    """

    def __init__(
        self,
        order: Callable[[Sequence[str]], list[RolloutStage]] = at_once,
        room: Room | None = None,
        failed: StageFailed | None = None,
    ) -> None:
        self.order = order
        self.failed = failed
        self._room = room

    def left(self, host: str) -> Left | None:
        """Why a device may not be begun now; None where it may."""
        return self.failed or (self._room.lacks(host) if self._room is not None else None)

    @contextmanager
    def measured(self, outcome: Outcome) -> Iterator[None]:
        """Learn how long a change takes that succeeds."""
        if self._room is None:
            yield
            return
        begun = self._room.clock()
        yield
        if outcome.status is Status.CHANGED:
            self._room.learn(outcome.hostname, self._room.clock() - begun)

    def ended(self, stage: RolloutStage, outcomes: Iterable[Outcome]) -> None:
        """Note whether a stage failed."""
        wrong = tuple(one.hostname for one in outcomes if one.status in WRONG)
        if wrong:
            self.failed = StageFailed(stage, wrong)
