"""What the work on devices asks before and after a change, whatever kind of device it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from sanso.messages import Finding


class Admission(Protocol):
    """Told what devices hold, it says what may be done to them."""

    def note(self, host: str, text: str) -> None:
        """Take in what a device holds."""

    def plan(self, commands: Mapping[str, Sequence[str]]) -> dict[str, list[Finding]]:
        """Why a device may not be changed by the commands that are planned for it; nothing of those that may."""

    def admit(self, host: str, text: str) -> None:
        """Let a change pass that left nothing but what was planned.

        Raises:
            DeviceError: it left something else, by which the layers are not proved to be apart.
        """
