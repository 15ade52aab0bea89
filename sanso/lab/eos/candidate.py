"""Configuration sessions: candidates that become the running configuration at once, maybe under a timer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sanso.lab.eos.config import EosConfig

if TYPE_CHECKING:
    from sanso.lab.clock import Timer
    from sanso.lab.eos.device import EosDevice
    from sanso.lab.eos.shell import EosShell

MAX_PENDING, MAX_COMPLETED = 5, 1

PENDING, TIMED, COMPLETED, ABORTED = "pending", "pendingCommitTimer", "completed", "aborted"


class Refused(ValueError):  # noqa: N818 - the device's answer, not a fault of the program
    """What the device prints instead of doing as it was told."""


@dataclass
class Candidate:
    """One configuration session: a copy of the configuration as it ran when the session was opened."""

    name: str
    config: EosConfig
    user: str
    state: str = PENDING
    shells: list[EosShell] = field(default_factory=list)

    def leave(self, shell: EosShell) -> None:
        """Note that a login no longer works on it."""
        if shell in self.shells:
            self.shells.remove(shell)


class Candidates:
    """The configuration sessions of a device."""

    def __init__(self, device: EosDevice) -> None:
        self._device = device
        self._timer: Timer | None = None
        self._before: EosConfig | None = None
        self._count = 0
        self.by_name: dict[str, Candidate] = {}
        self.expires_at = 0.0

    @property
    def timed(self) -> Candidate | None:
        """The session that was committed under a timer which still runs."""
        return next((one for one in self.by_name.values() if one.state == TIMED), None)

    def open(self, name: str, user: str) -> Candidate:
        """Give the pending session of that name, made if it was not there; without a name, a new one.

        Raises:
            Refused: when there are too many, or it was committed under a timer.
        """
        if not name:
            self._count += 1
            name = f"sess-{self._count}"
        found = self.by_name.get(name)
        if found is not None and found.state == TIMED:
            raise Refused(f"% Cannot enter session {name}: its commit waits to be confirmed")
        if found is not None and found.state == PENDING:
            return found
        if sum(one.state == PENDING for one in self.by_name.values()) >= MAX_PENDING:
            raise Refused(
                "% Maximum number of pending sessions has been reached. "
                "Please commit or abort previous sessions before creating a new one."
            )
        self.by_name[name] = Candidate(name, self._device.config.copy(), user)
        return self.by_name[name]

    def find(self, name: str) -> Candidate:
        """Give a session.

        Raises:
            Refused: when there is none of that name.
        """
        found = self.by_name.get(name)
        if found is None or found.state in (COMPLETED, ABORTED):
            raise Refused(f"% Session {name} does not exist")
        return found

    def commit(self, candidate: Candidate, seconds: int | None = None) -> None:
        """Make the candidate the running configuration, for good or until the timer ends.

        Committing for good a session that waits under a timer confirms it.

        Raises:
            Refused: when another session waits to be confirmed.
        """
        timed = self.timed
        if timed is not None and timed is not candidate:
            raise Refused(f"% Cannot commit session {candidate.name}: session {timed.name} waits to be confirmed")
        if timed is None:
            # a restart in the midst of a timer must find what ran before
            self._device.flush()
            self._before = self._device.config
            # what is typed into the session from now on is none of the running configuration's
            self._device.config = candidate.config.copy()
        self._stop_timer()
        if seconds is None:
            self._complete(candidate)
        else:
            candidate.state = TIMED
            self.expires_at = self._device.clock.now() + seconds
            self._timer = self._device.clock.call_later(seconds, self.expire)
        self._device.touched()

    def abort(self, candidate: Candidate) -> None:
        """Drop a candidate; one under a timer is taken back."""
        if candidate.state == TIMED:
            self.expire()
        self._forget(candidate)

    def expire(self) -> None:
        """Put back what ran before the commit that nobody confirmed."""
        candidate, before = self.timed, self._before
        self._stop_timer()
        self._before = None
        if candidate is not None and before is not None:
            self._forget(candidate)
            self._device.config = before
            self._device.touched()

    def clear(self) -> None:
        """Forget all sessions, as a reboot does."""
        self._stop_timer()
        self._before = None
        for candidate in list(self.by_name.values()):
            self._forget(candidate)

    def _complete(self, candidate: Candidate) -> None:
        self._before = None
        candidate.state = COMPLETED
        done = [one.name for one in self.by_name.values() if one.state == COMPLETED]
        for name in done[: -MAX_COMPLETED or None]:
            del self.by_name[name]

    def _forget(self, candidate: Candidate) -> None:
        self.by_name.pop(candidate.name, None)
        candidate.state = ABORTED
        for shell in list(candidate.shells):
            # others who worked on it find themselves outside
            del shell.stack[1:]
            shell.candidate = None
        candidate.shells.clear()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
