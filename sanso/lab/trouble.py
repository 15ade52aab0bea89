"""What goes wrong with a device on demand: at once and for good, or once at a moment that is told beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Lasting = Literal["busy", "full", "slow"]
"""States of a device, for as long as they are told."""
Sudden = Literal["drop", "hang", "refuse", "power"]
"""What happens once."""

LASTING: Mapping[Lasting, str] = {
    "busy": "a second session is refused while there is one",
    "full": "there is no room to save a configuration",
    "slow": "two seconds pass before each command is done",
}
SUDDEN: Mapping[Sudden, str] = {
    "drop": "the connection breaks off",
    "hang": "the session says no more, and stays open",
    "refuse": "the command is not understood",
    "power": "the power fails for a moment, and the device starts with what was saved",
}
SLOW = 2.0
"""Seconds."""


class StoreFullError(Exception):
    """There is no room to save a configuration."""


@dataclass(frozen=True)
class Moment:
    """When something happens, counted from when it is told; the first of these that is reached counts."""

    commands: int | None = None
    """With this command, from 1; it is done before, except by ``refuse``, and its answer is lost."""
    octets: int | None = None
    """When so many octets were said, before the next one."""
    seconds: float | None = None
    """So long after the first login from now on."""


class Troubles:
    """What is wrong with one device."""

    def __init__(self) -> None:
        self.lasting: frozenset[Lasting] = frozenset()
        self.silent: frozenset[str] = frozenset()
        """Neighbours by their names, and addresses, from which nothing comes any more."""
        self._kind: Sudden | None = None
        self._moment = Moment()
        self._commands = self._octets = 0
        self._begun = False

    def last(self, *kinds: Lasting) -> None:
        """Let these be wrong from now on, and no others."""
        self.lasting = frozenset(kinds)

    def hush(self, *who: str) -> None:
        """Let nothing come from these any more, and from all others again."""
        self.silent = frozenset(who)

    def strike(self, kind: Sudden, moment: Moment) -> None:
        """Let something happen once."""
        self._kind, self._moment = kind, moment
        self._commands = self._octets = 0
        self._begun = False

    def mend(self) -> None:
        """Let nothing be wrong any more."""
        self.lasting, self.silent, self._kind = frozenset(), frozenset(), None

    def login(self) -> float | None:
        """Note a login; seconds from now until something happens, where a login is what it waits for."""
        if self._kind is None or self._begun:
            return None
        self._begun = True
        return self._moment.seconds

    def command(self) -> Sudden | None:
        """Note a command; what happens with it."""
        self._commands += 1
        return self.happen() if self._moment.commands == self._commands else None

    def room(self) -> int | None:
        """Octets that may be said until something happens; None: as many as one likes."""
        if self._kind is None or self._moment.octets is None:
            return None
        return max(0, self._moment.octets - self._octets)

    def said(self, octets: int) -> None:
        """Note what was said."""
        self._octets += octets

    def happen(self) -> Sudden | None:
        """What happens now, if it has not happened before; then it is over."""
        kind, self._kind = self._kind, None
        return kind
