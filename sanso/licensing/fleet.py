"""Work on thousands of terminals at once, in threads, so that nobody is flooded and nobody waited for.

A terminal that is off costs its connection timeout once, and is asked again when the others are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sanso.licensing.lanes import Lanes
from sanso.licensing.outcome import Outcome, Status
from sanso.licensing.wanted import Wanted
from sanso.licensing.work import Work
from sanso.wsman.client import Client
from sanso.wsman.endpoint import Endpoint
from sanso.wsman.errors import WsmanError

WORKERS = 128


@dataclass(frozen=True)
class Terminal:
    """A terminal to work on; ``lane`` names what it shares with others, a breakout line or a KMS host."""

    hostname: str
    endpoint: Endpoint
    wanted: tuple[Wanted, ...]
    site: str = ""
    layer: str = ""
    lane: str = ""


@dataclass(frozen=True)
class Limits:
    """How many at once: in all, and in each lane (0: no limit); how often those that are off are asked again."""

    workers: int = WORKERS
    per_lane: int = 0
    rounds: int = 2


Report = Callable[[Outcome], None]


def license_fleet(
    terminals: Iterable[Terminal], limits: Limits, *, check: bool, report: Report | None = None
) -> list[Outcome]:
    """Bring every terminal's licences to what is wanted.

    Args:
        terminals: what to work on.
        limits: how many at once.
        check: touch nothing.
        report: told of each outcome as soon as it is known for good, from several threads.

    Returns:
        Outcomes in the order of the terminals, one each.
    """
    todo = list(terminals)
    outcomes: dict[str, Outcome] = {}
    left = todo
    for turn in range(limits.rounds):
        last = turn + 1 == limits.rounds
        for outcome in _round(left, limits, check=check, report=report, last=last):
            outcomes[outcome.hostname] = outcome
        left = [one for one in left if outcomes[one.hostname].status is Status.NOT_REACHED]
    return [outcomes[one.hostname] for one in todo]


def _round(
    terminals: list[Terminal], limits: Limits, *, check: bool, report: Report | None, last: bool
) -> list[Outcome]:
    """Ask every terminal once; those that are off are not reported before the last round."""
    lanes = Lanes(terminals, limits.per_lane)

    def worker(_: int) -> list[Outcome]:
        done = []
        for terminal in lanes:
            outcome = license_terminal(terminal, check=check)
            done.append(outcome)
            if report is not None and (last or outcome.status is not Status.NOT_REACHED):
                report(outcome)
        return done

    workers = min(limits.workers, len(terminals)) or 1
    with ThreadPoolExecutor(max_workers=workers) as pool:
        return [outcome for found in pool.map(worker, range(workers)) for outcome in found]


def license_terminal(terminal: Terminal, *, check: bool) -> Outcome:
    """Work on one terminal; one that fails gives an outcome that says so, never an exception of its own."""
    outcome = Outcome(terminal.hostname, terminal.site, terminal.layer, check=check)
    client = Client(terminal.endpoint)
    try:
        with client:
            Work(client, outcome).ensure(terminal.wanted)
    except WsmanError as error:
        outcome.trouble, outcome.detail = error.cause, error.detail
    outcome.messages = client.sent
    return outcome
