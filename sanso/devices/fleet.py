"""Work on many devices at once, in threads of one process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import Literal, TypeVar

from sanso.devices.admission import Admission
from sanso.devices.errors import DeviceError
from sanso.devices.job import Job, Options, Outcome, Status, change, look
from sanso.devices.observer import NOBODY, Observer
from sanso.devices.open import open_session
from sanso.devices.session import Session
from sanso.devices.target import Target

T = TypeVar("T")
Tell = Callable[[Outcome], None]
Watch = Callable[[Literal["read", "change"], Sequence[Job]], Tell]
"""Given what is begun with which devices, it gives what is told of each as soon as it is done."""


def run_fleet(
    jobs: Iterable[Job],
    options: Options,
    gate: Admission,
    workers: int = 64,
    observer: Observer = NOBODY,
    watch: Watch | None = None,
) -> list[Outcome]:
    """Look at every device, and outside check mode, once all were looked at, change those that differ and may be.

    Outcomes come in the order of the jobs, one each, whatever happens to any of them.
    """
    todo = list(jobs)
    if not todo:
        return []
    with ThreadPoolExecutor(max_workers=min(workers, len(todo))) as pool:
        seen = _told([pool.submit(look, job, options, gate, observer) for job in todo], watch and watch("read", todo))
        refused = gate.plan({one.hostname: one.commands for one in seen if one.status is Status.DRIFT})
        for one in seen:
            if one.hostname in refused:
                one.status, one.findings = Status.REFUSED, refused[one.hostname]
        observer.planned(seen)
        if options.check:
            return seen
        left = [(job, one) for job, one in zip(todo, seen, strict=True) if _is_left(job, one)]
        if left:
            tell = watch and watch("change", [job for job, _ in left])
            _told([pool.submit(change, job, one, options, gate, observer) for job, one in left], tell)
        return seen


def _is_left(job: Job, outcome: Outcome) -> bool:
    """Whether there is something left to do: to change, or to save what an earlier run confirmed."""
    return outcome.status is Status.DRIFT or (outcome.status is Status.IN_SYNC and job.pending is not None)


def _told(work: Sequence[Future[Outcome]], tell: Tell | None) -> list[Outcome]:
    """Outcomes in order; each is told, in this thread, when it is there."""
    for one in as_completed(work):
        if tell is not None:
            tell(one.result())
    return [one.result() for one in work]


def read_fleet(targets: Iterable[Target], workers: int = 64) -> dict[str, str | DeviceError]:
    """Read the running configuration of every device; by host name, the text or why there is none."""
    return ask_fleet(targets, lambda session: session.read(), workers)


def ask_fleet(
    targets: Iterable[Target], ask: Callable[[Session], T], workers: int = 64
) -> dict[str, T | DeviceError]:
    """Do something in one login at every device; by host name, what came of it or why nothing did."""

    def at(target: Target) -> T | DeviceError:
        try:
            with open_session(target) as session:
                return ask(session)
        except DeviceError as error:
            return error

    todo = list(targets)
    if not todo:
        return {}
    with ThreadPoolExecutor(max_workers=min(workers, len(todo))) as pool:
        return dict(zip((target.hostname for target in todo), pool.map(at, todo), strict=True))
