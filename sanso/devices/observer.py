"""Who is told what happens to devices while it happens: the journal of a rollout, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from sanso.change.stages import RolloutStage
from sanso.network.surroundings import Surroundings

if TYPE_CHECKING:
    from sanso.devices.job import Outcome


class Stage(StrEnum):
    """How far a change came; each but the first is told once it was reached."""

    ARMING = "arming"
    """Told before the device's timer is started: from here on the device may have to be cleared."""
    ARMED = "armed"
    APPLIED = "applied"
    VERIFIED = "verified"
    CONFIRMED = "confirmed"
    SAVED = "saved"
    UNDONE = "undone"
    """Put back, and seen to hold what it held."""
    NOT_UNDONE = "not_undone"
    """Not seen to hold what it held: its own timer undoes the change."""
    CLEARED = "cleared"
    """What an earlier run had left in the middle is no more: it was confirmed, or is undone."""


class Observer(Protocol):
    """Told of every device, from many threads."""

    def read(self, host: str, text: str) -> None:
        """The running configuration of a device, each time that one is read."""

    def answered(self, host: str, around: Surroundings) -> None:
        """Who answers after the change of a device, of those who must; the stage that follows says whether all do."""

    def planned(self, outcomes: Iterable[Outcome]) -> None:
        """What was found on all devices, and is to be done; nothing was sent yet."""

    def staged(self, stages: Sequence[RolloutStage]) -> None:
        """In which order devices are about to be changed."""

    def reached(self, host: str, stage: Stage, mark: str = "") -> None:
        """A stage of the change of a device.

        Args:
            host: the device.
            stage: the stage.
            mark: with :attr:`Stage.ARMING`, by what another login takes the change over.

        Raises:
            DeviceError: the change of this device may not go on; not raised once it was confirmed or undone.
        """

    def done(self, outcome: Outcome) -> None:
        """How the work on a device ended that was to be changed; also of one that was not begun."""


class Nobody:
    """Nobody is told."""

    def read(self, host: str, text: str) -> None:
        """Told to nobody."""

    def answered(self, host: str, around: Surroundings) -> None:
        """Told to nobody."""

    def planned(self, outcomes: Iterable[Outcome]) -> None:
        """Told to nobody."""

    def staged(self, stages: Sequence[RolloutStage]) -> None:
        """Told to nobody."""

    def reached(self, host: str, stage: Stage, mark: str = "") -> None:
        """Told to nobody."""

    def done(self, outcome: Outcome) -> None:
        """Told to nobody."""


NOBODY = Nobody()
