"""Work on many devices at once, in threads of one process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from typing import Literal, TypeVar

from sanso.devices.admission import Admission
from sanso.devices.errors import DeviceError
from sanso.devices.job import Job, Options, Outcome, Status, change, look
from sanso.devices.observer import NOBODY, Observer
from sanso.devices.open import open_session
from sanso.devices.pace import Pace
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
    pace: Pace | None = None,
) -> list[Outcome]:
    """Look at every device, and outside check mode, once all were looked at, change those that differ and may be.

    Outcomes come in the order of the jobs, one each, whatever happens to any of them. Without a pace all devices are
    changed at the same time; with one, stage by stage, and those that it holds back are left.
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
        if not options.check:
            work = [(job, one) for job, one in zip(todo, seen, strict=True) if _is_to_do(job, one)]
            if work:
                _Changing(options, gate, observer, pace or Pace()).run(pool, work, watch)
        return seen


def _is_to_do(job: Job, outcome: Outcome) -> bool:
    """Whether there is something to do: to change, or to save what an earlier run confirmed."""
    return outcome.status is Status.DRIFT or (outcome.status is Status.IN_SYNC and job.pending is not None)


class _Changing:
    """Changes devices that were looked at, stage by stage."""

    def __init__(self, options: Options, gate: Admission, observer: Observer, pace: Pace) -> None:
        self.options = options
        self.gate = gate
        self.observer = observer
        self.pace = pace

    def run(self, pool: Executor, work: Sequence[tuple[Job, Outcome]], watch: Watch | None) -> None:
        """First save what needs nothing else, which changes nothing on a device; then change the others."""
        tell = watch and watch("change", [job for job, _ in work])
        _told([pool.submit(self._change, *one) for one in work if one[1].status is not Status.DRIFT], tell)
        by_host = {job.target.hostname: (job, one) for job, one in work if one.status is Status.DRIFT}
        stages = self.pace.order(list(by_host)) if by_host else []
        if stages:
            self.observer.staged(stages)
        for stage in stages:
            ended = _told([pool.submit(self._begin, *by_host[host]) for host in stage.hosts], tell)
            self.pace.ended(stage, ended)

    def _begin(self, job: Job, outcome: Outcome) -> Outcome:
        """Change a device, unless it is too late for that."""
        if (why := self.pace.left(outcome.hostname)) is not None:
            outcome.status, outcome.left = Status.LEFT, why
            self.observer.done(outcome)
            return outcome
        with self.pace.measured(outcome):
            return self._change(job, outcome)

    def _change(self, job: Job, outcome: Outcome) -> Outcome:
        return change(job, outcome, self.options, self.gate, self.observer)


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
