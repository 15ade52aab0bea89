"""Work on one device: read and compare; then apply under a timer, verify over a new connection, confirm, save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from time import monotonic, sleep

from sanso.change import Assessment, Difference, Removal, assess
from sanso.devices.admission import Admission
from sanso.devices.errors import DeviceError
from sanso.devices.left import Left
from sanso.devices.observer import NOBODY, Observer, Stage
from sanso.devices.open import open_session
from sanso.devices.postcheck import expected, still_silent
from sanso.devices.session import Session
from sanso.devices.target import Target
from sanso.messages import Finding
from sanso.network.surroundings import Surroundings
from sanso.platforms import ParseError
from sanso.render import Intent, WirelessIntent

LOST = frozenset({"unreachable", "timeout"})
"""Faults after which nobody knows whether the last command was heard."""
PAUSE = 5.0
"""Seconds between two tries to reach a device that is lost."""
GRACE = 60.0
"""Seconds for which a device is tried beyond its timer: undoing a change takes a while, too."""
SETTLE = 60.0
"""Seconds for which one that answers again may still be putting itself back."""


class Status(StrEnum):
    """How the work on a device ended."""

    IN_SYNC = "in_sync"
    DRIFT = "drift"
    CHANGED = "changed"
    REFUSED = "refused"
    LEFT = "left"
    """Not begun, though it was to be changed; nothing was sent."""
    FAILED = "failed"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Options:
    """How to work: ``check`` touches nothing; ``timer`` is in minutes; removal limits as in :mod:`change.guard`.

    ``patience`` is how many seconds neighbours and gateways have to answer again after a change; never more than half
    of the timer. ``waits`` for a device that is lost, until its timer has undone the change and that was seen.
    """

    check: bool = True
    timer: int = 5
    removal_limit: float = 0.3
    removal_floor: int = 3
    patience: float = 40.0
    waits: bool = True


@dataclass(frozen=True)
class Job:
    """One device to work on."""

    target: Target
    intent: Intent | WirelessIntent
    pending: str | None = None
    """By what to take over a change that an earlier run left in the middle; None where there is none."""


@dataclass
class Outcome:
    """What was found on a device and what was done."""

    hostname: str
    site: str
    status: Status
    differences: list[Difference] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    removal: Removal | None = None
    findings: list[Finding] = field(default_factory=list)
    """What the change would open on its way: why it was refused."""
    left: Left | None = None
    """Why it was not begun."""
    error: DeviceError | None = None
    read: str = ""
    """SHA-256 of the configuration as it was read first; empty where it was not."""


def run_job(job: Job, options: Options, gate: Admission | None = None, observer: Observer = NOBODY) -> Outcome:
    """Do all the work on one device; without a gate only the device itself is looked at."""
    outcome = look(job, options, gate, observer)
    observer.planned([outcome])
    return outcome if options.check else change(job, outcome, options, gate, observer)


def look(job: Job, options: Options, gate: Admission | None, observer: Observer = NOBODY) -> Outcome:
    """Read a device, tell the gate what it holds, and plan what would mend it; nothing is sent.

    A change that an earlier run left in the middle is undone first, outside check mode, unless it was confirmed.
    A device that fails gives an outcome that says so, never an exception of its own.
    """
    outcome = Outcome(job.target.hostname, job.intent.site, Status.IN_SYNC)
    with _told(outcome):
        with open_session(job.target) as session:
            if job.pending is not None and not options.check:
                session.adopt(job.pending)
                session.cancel()
            text = session.read()
        observer.read(job.target.hostname, text)
        outcome.read = sha256(text.encode()).hexdigest()
        if gate is not None:
            gate.note(job.target.hostname, text)
        assessment = _assess(job, text)
        outcome.differences, outcome.commands = assessment.differences, assessment.commands
        outcome.removal = assessment.removal
        if not assessment.in_sync:
            refused = assessment.removal.exceeds(options.removal_limit, options.removal_floor)
            outcome.status = Status.REFUSED if refused else Status.DRIFT
            if job.pending is not None and not options.check:
                observer.reached(job.target.hostname, Stage.CLEARED)
    return outcome


def change(
    job: Job, outcome: Outcome, options: Options, gate: Admission | None, observer: Observer = NOBODY
) -> Outcome:
    """Mend a device that was found to differ, by exactly the commands that were planned."""
    if outcome.status is Status.IN_SYNC and job.pending is not None:
        _keep(job, outcome, observer)
    elif outcome.status is Status.DRIFT:
        with _told(outcome), open_session(job.target) as session:
            before = session.read()
            observer.read(job.target.hostname, before)
            assessment = _assess(job, before)
            if assessment.commands != outcome.commands:
                raise DeviceError("moved", f"{job.target.hostname} was changed since it was read")
            _Change(session, job, options, gate, observer).apply(assessment, before)
            outcome.status = Status.CHANGED
        observer.done(outcome)
    return outcome


def _keep(job: Job, outcome: Outcome, observer: Observer) -> None:
    """Save what an earlier run confirmed, for it may not have come to that."""
    with _told(outcome), open_session(job.target) as session:
        if _assess(job, session.read()).differences:
            raise DeviceError("moved", f"{job.target.hostname} was changed since it was read")
        session.save()
        observer.reached(job.target.hostname, Stage.SAVED)


@contextmanager
def _told(outcome: Outcome) -> Iterator[None]:
    """Keep what went wrong with a device in its outcome."""
    try:
        yield
    except DeviceError as error:
        outcome.error = error
        outcome.status = Status.UNREACHABLE if error.unreachable and error.restored is None else Status.FAILED


def _assess(job: Job, text: str) -> Assessment:
    try:
        return assess(job.intent, text)
    except ParseError as error:
        raise DeviceError("parse", f"{job.target.hostname}: {error}") from error


class _Change:
    """One change under the device's timer, told as it goes."""

    def __init__(
        self, session: Session, job: Job, options: Options, gate: Admission | None, observer: Observer
    ) -> None:
        self.session = session
        self.job = job
        self.host = job.target.hostname
        self.options = options
        self.gate = gate
        self.observer = observer

    def apply(self, assessment: Assessment, before: str) -> None:
        """Send the planned commands; confirm and save what a new connection then reads, or undo them."""
        session = self.session
        session.require(assessment.commands)
        around = expected(session.look_around(session.gateways(before)), self.job.intent, before)
        self._reached(Stage.ARMING, session.mark)
        try:
            session.begin(self.options.timer)
            self._reached(Stage.ARMED)
            for step in assessment.steps:
                session.send(step.commands)
            session.finish()
            self._reached(Stage.APPLIED)
            self._verify(around)
            self._reached(Stage.VERIFIED)
            self._confirm()
        except DeviceError as error:
            error.restored = self._restore(before)
            self._reached(Stage.UNDONE if error.restored else Stage.NOT_UNDONE)
            raise
        self._reached(Stage.CONFIRMED)
        self._save(before)
        self._reached(Stage.SAVED)

    def _confirm(self) -> None:
        """Confirm; where the session is lost with it, nobody knows whether it was heard, and it is said anew."""
        try:
            self.session.confirm()
        except DeviceError as error:
            if error.fault not in LOST:
                raise
            self._in_new_session(self._confirm_anew)

    def _confirm_anew(self, session: Session) -> None:
        try:
            session.confirm()
        except DeviceError as error:
            if error.fault != "command":  # refused where it was heard: there is nothing left to confirm
                raise
        if _assess(self.job, session.read()).differences:
            raise DeviceError("verification", "the change is gone again")

    def _save(self, before: str) -> None:
        """Save, if need be over a new connection.

        Raises:
            DeviceError: with fault ``unsaved``: the change is in force, and a restart of the device would undo it; or
                ``verification``: it has restarted, and the change is gone.
        """
        try:
            self.session.save()
        except DeviceError:
            try:
                self._in_new_session(lambda session: self._save_anew(session, before))
            except DeviceError as error:
                if error.fault == "verification":
                    raise
                raise DeviceError("unsaved", error.detail, restored=False) from error

    def _save_anew(self, session: Session, before: str) -> None:
        """Save the change if it is still there: a restart, by which a session is lost, brings back what was saved."""
        text = session.read()
        if _assess(self.job, text).differences:
            restored = _essence(text) == _essence(before)
            self.observer.read(self.host, text)
            self._reached(Stage.UNDONE if restored else Stage.NOT_UNDONE)
            raise DeviceError("verification", "the device restarted before the change was saved", restored=restored)
        session.save()

    def _in_new_session(self, work: Callable[[Session], None]) -> None:
        with open_session(self.job.target) as fresh:
            fresh.adopt(self.session.mark)
            work(fresh)

    def _reached(self, stage: Stage, mark: str = "") -> None:
        self.observer.reached(self.host, stage, mark)

    def _verify(self, around: Surroundings) -> None:
        """Log in anew, which shows that the change has not cut the device off, and look at it and around it.

        Raises:
            DeviceError: it holds something else than planned, or somebody no longer answers of those who must.
        """
        with _after_the_change():
            fresh = open_session(self.job.target)
        with fresh:
            with _after_the_change():
                held = fresh.read()
                self.observer.read(self.host, held)
                left = _assess(self.job, held).differences
            if left:
                said = f"after the change, {len(left)} differences remain, first {left[0].where}"
                raise DeviceError("verification", said)
            if self.gate is not None:
                self.gate.admit(self.host, held)
            with _after_the_change():
                silent = still_silent(fresh, around, self._patience)
        self.observer.answered(self.host, around - silent)
        if silent:
            raise DeviceError("silent", str(silent))

    @property
    def _patience(self) -> float:
        return min(self.options.patience, self.options.timer * 30)

    def _restore(self, before: str) -> bool:
        """Undo the change; whether the device was seen to hold what it held.

        One that is lost is tried again and again, until its own timer must have undone the change. One that answers
        may be in the middle of that.
        """
        with suppress(DeviceError):  # the session is lost: the same from a new one
            if self._undo(self.session, before):
                return True
        last = monotonic() + (self.options.timer * 60 + GRACE if self.options.waits else 0)
        while True:
            try:
                with open_session(self.job.target) as fresh:
                    fresh.adopt(self.session.mark)
                    if self._undo(fresh, before):
                        return True
                last = min(last, monotonic() + SETTLE)
            except DeviceError as error:
                if error.fault not in LOST:  # who is not let in is not let in later either
                    return False
            if monotonic() >= last:
                return False
            sleep(PAUSE)

    def _undo(self, session: Session, before: str) -> bool:
        session.cancel()
        text = session.read()
        self.observer.read(self.host, text)
        return _essence(text) == _essence(before)


@contextmanager
def _after_the_change() -> Iterator[None]:
    """Let what goes wrong on the new connection speak against the change."""
    try:
        yield
    except DeviceError as error:
        said = f"after the change, a new connection failed: {error.detail}"
        raise DeviceError("verification", said) from error


def _essence(text: str) -> list[str]:
    """Configuration lines without the header, which has times and sizes in it."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith(("!", "Current", "Building"))]
