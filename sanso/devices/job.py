"""Work on one device: read, compare, apply under a timer, verify over a new connection, confirm, save."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sanso.change import Assessment, Difference, Removal, assess
from sanso.devices.errors import DeviceError
from sanso.devices.open import open_session
from sanso.devices.session import Session
from sanso.devices.target import Target
from sanso.platforms import ParseError, load_platform
from sanso.render.intent import Intent


class Status(StrEnum):
    """How the work on a device ended."""

    IN_SYNC = "in_sync"
    DRIFT = "drift"
    CHANGED = "changed"
    REFUSED = "refused"
    FAILED = "failed"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Options:
    """How to work: ``check`` touches nothing; ``timer`` is in minutes; removal limits as in :mod:`change.guard`."""

    check: bool = True
    timer: int = 5
    removal_limit: float = 0.3
    removal_floor: int = 3


@dataclass(frozen=True)
class Job:
    """One device to work on."""

    target: Target
    intent: Intent


@dataclass
class Outcome:
    """What was found on a device and what was done."""

    hostname: str
    site: str
    status: Status
    differences: list[Difference] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    removal: Removal | None = None
    error: DeviceError | None = None


def run_job(job: Job, options: Options) -> Outcome:
    """Do the work; a device that fails gives an outcome that says so, never an exception of its own."""
    outcome = Outcome(job.target.hostname, job.intent.site, Status.IN_SYNC)
    try:
        with open_session(job.target) as session:
            _work(session, job, options, outcome)
    except DeviceError as error:
        outcome.error = error
        outcome.status = Status.UNREACHABLE if error.unreachable and error.restored is None else Status.FAILED
    return outcome


def _work(session: Session, job: Job, options: Options, outcome: Outcome) -> None:
    before = session.read()
    assessment = _assess(job, before)
    outcome.differences, outcome.commands = assessment.differences, assessment.commands
    if assessment.in_sync:
        return
    outcome.removal = assessment.removal
    if assessment.removal.exceeds(options.removal_limit, options.removal_floor):
        outcome.status = Status.REFUSED
    elif options.check:
        outcome.status = Status.DRIFT
    else:
        _apply(session, job, assessment, options, before)
        outcome.status = Status.CHANGED


def _assess(job: Job, text: str) -> Assessment:
    nos = load_platform(job.target.platform)
    try:
        running = nos.parse(job.target.hostname, text)
    except ParseError as error:
        raise DeviceError("parse", f"{job.target.hostname}: {error}") from error
    return assess(nos, running, job.intent)


def _apply(session: Session, job: Job, assessment: Assessment, options: Options, before: str) -> None:
    session.begin(options.timer)
    try:
        for step in assessment.steps:
            session.send(step.commands)
        session.finish()
        _verify(job)
    except DeviceError as error:
        error.restored = _restore(session, job, before)
        raise
    session.confirm()
    session.save()


def _verify(job: Job) -> None:
    """Log in anew, which shows that the change has not cut the device off, and compare what it now holds."""
    try:
        with open_session(job.target) as fresh:
            left = _assess(job, fresh.read()).differences
    except DeviceError as error:
        raise DeviceError("verification", f"after the change, a new connection failed: {error.detail}") from error
    if left:
        raise DeviceError("verification", f"after the change, {len(left)} differences remain, first {left[0].where}")


def _restore(session: Session, job: Job, before: str) -> bool:
    """Undo the change; whether the device now holds what it held. If not, its own timer undoes the change."""
    try:
        return _undo(session, before)
    except DeviceError:
        pass  # the session is lost: the same from a new one
    try:
        with open_session(job.target) as fresh:
            fresh.adopt(session)
            return _undo(fresh, before)
    except DeviceError:
        return False


def _undo(session: Session, before: str) -> bool:
    session.cancel()
    return _essence(session.read()) == _essence(before)


def _essence(text: str) -> list[str]:
    """Configuration lines without the header, which has times and sizes in it."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith(("!", "Current", "Building"))]
