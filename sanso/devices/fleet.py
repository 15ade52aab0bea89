"""Work on many devices at once, in threads of one process."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from sanso.devices.errors import DeviceError
from sanso.devices.gate import Gate
from sanso.devices.job import Job, Options, Outcome, change, look
from sanso.devices.open import open_session
from sanso.devices.target import Target


def run_fleet(jobs: Iterable[Job], options: Options, gate: Gate, workers: int = 64) -> list[Outcome]:
    """Look at every device, and outside check mode, once all were looked at, change those that differ.

    Outcomes come in the order of the jobs, one each, whatever happens to any of them.
    """
    todo = list(jobs)
    if not todo:
        return []
    with ThreadPoolExecutor(max_workers=min(workers, len(todo))) as pool:
        seen = list(pool.map(lambda job: look(job, options, gate), todo))
        if options.check:
            return seen
        return list(pool.map(lambda job, outcome: change(job, outcome, options, gate), todo, seen))


def read_fleet(targets: Iterable[Target], workers: int = 64) -> dict[str, str | DeviceError]:
    """Read the running configuration of every device; by host name, the text or why there is none."""
    todo = list(targets)
    if not todo:
        return {}
    with ThreadPoolExecutor(max_workers=min(workers, len(todo))) as pool:
        return dict(zip((target.hostname for target in todo), pool.map(_read, todo), strict=True))


def _read(target: Target) -> str | DeviceError:
    try:
        with open_session(target) as session:
            return session.read()
    except DeviceError as error:
        return error
