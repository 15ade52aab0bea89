"""Work on one device: read and compare; then apply under a timer, verify over a new connection, confirm, save."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from sanso.change import Assessment, Difference, Removal, assess
from sanso.devices.admission import Admission
from sanso.devices.errors import DeviceError
from sanso.devices.open import open_session
from sanso.devices.session import Session
from sanso.devices.target import Target
from sanso.messages import Finding
from sanso.platforms import ParseError
from sanso.render import Intent, WirelessIntent


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
    intent: Intent | WirelessIntent


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
    error: DeviceError | None = None
    read: str = ""
    """SHA-256 of the configuration as it was read first; empty where it was not."""


def run_job(job: Job, options: Options, gate: Admission | None = None) -> Outcome:
    """Do all the work on one device; without a gate only the device itself is looked at."""
    outcome = look(job, options, gate)
    return outcome if options.check else change(job, outcome, options, gate)


def look(job: Job, options: Options, gate: Admission | None) -> Outcome:
    """Read a device, tell the gate what it holds, and plan what would mend it; nothing is sent.

    A device that fails gives an outcome that says so, never an exception of its own.
    """
    outcome = Outcome(job.target.hostname, job.intent.site, Status.IN_SYNC)
    with _told(outcome):
        with open_session(job.target) as session:
            text = session.read()
        outcome.read = sha256(text.encode()).hexdigest()
        if gate is not None:
            gate.note(job.target.hostname, text)
        assessment = _assess(job, text)
        outcome.differences, outcome.commands = assessment.differences, assessment.commands
        outcome.removal = assessment.removal
        if not assessment.in_sync:
            refused = assessment.removal.exceeds(options.removal_limit, options.removal_floor)
            outcome.status = Status.REFUSED if refused else Status.DRIFT
    return outcome


def change(job: Job, outcome: Outcome, options: Options, gate: Admission | None) -> Outcome:
    """Mend a device that was found to differ, by exactly the commands that were planned."""
    if outcome.status is not Status.DRIFT:
        return outcome
    with _told(outcome), open_session(job.target) as session:
        before = session.read()
        assessment = _assess(job, before)
        if assessment.commands != outcome.commands:
            raise DeviceError("moved", f"{job.target.hostname} was changed since it was read")
        _apply(session, job, assessment, options, before, gate)
        outcome.status = Status.CHANGED
    return outcome


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


def _apply(
    session: Session, job: Job, assessment: Assessment, options: Options, before: str, gate: Admission | None
) -> None:
    session.require(assessment.commands)
    session.begin(options.timer)
    try:
        for step in assessment.steps:
            session.send(step.commands)
        session.finish()
        held = _verify(job)
        if gate is not None:
            gate.admit(job.target.hostname, held)
    except DeviceError as error:
        error.restored = _restore(session, job, before)
        raise
    session.confirm()
    session.save()


def _verify(job: Job) -> str:
    """Log in anew, which shows that the change has not cut the device off, and compare what it now holds."""
    try:
        with open_session(job.target) as fresh:
            held = fresh.read()
        left = _assess(job, held).differences
    except DeviceError as error:
        raise DeviceError("verification", f"after the change, a new connection failed: {error.detail}") from error
    if left:
        raise DeviceError("verification", f"after the change, {len(left)} differences remain, first {left[0].where}")
    return held


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
