"""What goes wrong with a device on demand: at once and for good, or once at a moment that is told beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

Lasting = Literal["busy", "full", "slow", "key", "password", "away"]
"""States of a device, until it is mended."""
Sudden = Literal["drop", "hang", "refuse", "power"]
"""What happens once."""
Kind = Lasting | Sudden

LASTING: Mapping[Lasting, str] = {
    "busy": "a second session is refused while there is one",
    "full": "there is no room to save a configuration",
    "slow": "two seconds pass before each command is done",
    "key": "another host key is shown to whoever logs in",
    "password": "the password is not right any more",
    "away": "no connection comes through, and those that there are break off",
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
    """When something happens or begins, counted from when it is told; the first of these that is reached counts."""

    commands: int | None = None
    """With this command, from 1; where the session ends with it, its answer is lost."""
    octets: int | None = None
    """When so many octets were said, before the next one."""
    seconds: float | None = None
    """So long after the first login from now on."""
    done: bool = True
    """Whether the command is still done."""


class Troubles:
    """What is wrong with one device."""

    def __init__(self) -> None:
        self.lasting: frozenset[Lasting] = frozenset()
        self.silent: frozenset[str] = frozenset()
        """Neighbours by their names, and addresses, from which nothing comes any more."""
        self.watchers: list[Callable[[], None]] = []
        """Called when other things are lastingly wrong."""
        self.pace = SLOW
        """Seconds before each command, while it is slow."""
        self._kind: Kind | None = None
        self._moment = Moment()
        self.commands = self.octets = 0
        """Heard and said since the last :meth:`strike`."""
        self._begun = False

    def last(self, *kinds: Lasting) -> None:
        """Let these be wrong from now on, and no others."""
        self.lasting = frozenset(kinds)
        for told in self.watchers:
            told()

    def hush(self, *who: str) -> None:
        """Let nothing come from these any more, and from all others again."""
        self.silent = frozenset(who)

    def strike(self, kind: Kind, moment: Moment) -> None:
        """Let something happen once, or begin to be wrong."""
        self._kind, self._moment = kind, moment
        self.commands = self.octets = 0
        self._begun = False

    def mend(self) -> None:
        """Let nothing be wrong any more."""
        self.silent, self._kind = frozenset(), None
        self.last()

    def login(self) -> float | None:
        """Note a login; seconds from now until something happens, where a login is what it waits for."""
        if self._kind is None or self._begun:
            return None
        self._begun = True
        return self._moment.seconds

    def command(self) -> Sudden | None:
        """Note a command; what happens with it."""
        self.commands += 1
        return self.happen() if self._moment.commands == self.commands else None

    @property
    def spared(self) -> bool:
        """Whether the command with which something happens is not done."""
        return not self._moment.done

    def room(self) -> int | None:
        """Octets that may be said until something happens; None: as many as one likes."""
        if self._kind is None or self._moment.octets is None:
            return None
        return max(0, self._moment.octets - self.octets)

    def said(self, octets: int) -> None:
        """Note what was said."""
        self.octets += octets

    def happen(self) -> Sudden | None:
        """What happens now, if it has not happened before; then it is over. What lasts begins."""
        kind, self._kind = self._kind, None
        if kind is None or kind in SUDDEN:
            return cast("Sudden | None", kind)
        self.last(*self.lasting, cast("Lasting", kind))
        return None
