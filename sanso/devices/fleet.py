"""Work on many devices at once, in threads of one process."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from sanso.devices.job import Job, Options, Outcome, run_job


def run_fleet(jobs: Iterable[Job], options: Options, workers: int = 64) -> list[Outcome]:
    """Run every job; outcomes come in the order of the jobs, one each, whatever happens to any of them."""
    todo = list(jobs)
    if not todo:
        return []
    with ThreadPoolExecutor(max_workers=min(workers, len(todo))) as pool:
        return list(pool.map(lambda job: run_job(job, options), todo))
