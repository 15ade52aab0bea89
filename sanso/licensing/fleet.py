"""Work on thousands of terminals at once, in threads, so that nobody is flooded and nobody waited for.

Terminals that are off are asked again when the others are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from queue import SimpleQueue

from sanso.licensing.awake import asleep
from sanso.licensing.lanes import Lanes
from sanso.licensing.outcome import Outcome, Status
from sanso.licensing.secrets import without_keys
from sanso.licensing.terminal import Terminal
from sanso.licensing.work import Work
from sanso.wsman.client import Client
from sanso.wsman.errors import WsmanError

WORKERS = 128


@dataclass(frozen=True)
class Limits:
    """How many at once: in all, and in each lane (0: no limit); how often those that are off are asked."""

    workers: int = WORKERS
    per_lane: int = 0
    rounds: int = 2


Report = Callable[[Outcome], None]


class Fleet:
    """Works on terminals.

    Args:
        limits: how many at once.
        check: touch nothing.
        report: told of each outcome as soon as it is known for good, in the thread that runs the fleet.
        stopped: asked before each terminal whether nobody waits for the outcome any more.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        check: bool,
        report: Report | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.limits = limits
        self.check = check
        self._report = report
        self._stopped = stopped

    def run(self, terminals: Iterable[Terminal]) -> list[Outcome]:
        """Bring every terminal's licences to what is wanted, and read those of whom nothing is wanted.

        Returns:
            Outcomes in the order of the terminals, one each, whatever happens to any of them; those that were not
            asked when it was stopped have none.
        """
        todo = left = list(terminals)
        outcomes: dict[str, Outcome] = {}
        for turn in range(self.limits.rounds):
            last = turn + 1 == self.limits.rounds
            outcomes |= {one.hostname: one for one in self._round(left, last=last)}
            if self._stopped():
                break
            left = [one for one in left if outcomes[one.hostname].status is Status.NOT_REACHED]
        return [outcomes[one.hostname] for one in todo if one.hostname in outcomes]

    def _round(self, terminals: list[Terminal], *, last: bool) -> list[Outcome]:
        """Ask every terminal once; those that are off are not reported before the last round."""
        outcomes = []
        for outcome in self._asked(terminals):
            if self._report is not None and (last or outcome.status is not Status.NOT_REACHED):
                self._report(outcome)
            outcomes.append(outcome)
        return outcomes

    def _asked(self, terminals: list[Terminal]) -> Iterator[Outcome]:
        """Outcomes as they come, from all threads to this one: files that each would open have them wait in line."""
        off = asleep(terminals)
        yield from (_off(one, check=self.check) for one in terminals if one.hostname in off)
        lanes = Lanes([one for one in terminals if one.hostname not in off], self.limits.per_lane)
        workers = min(self.limits.workers, len(terminals) - len(off)) or 1
        done: SimpleQueue[Outcome | None] = SimpleQueue()

        def worker() -> None:
            try:
                for terminal in takewhile(lambda _: not self._stopped(), lanes):
                    done.put(license_terminal(terminal, check=self.check))
            finally:
                done.put(None)

        with ThreadPoolExecutor(max_workers=workers) as pool:
            working = [pool.submit(worker) for _ in range(workers)]
            for _ in working:
                yield from iter(done.get, None)
            for one in working:
                one.result()


def license_terminal(terminal: Terminal, *, check: bool) -> Outcome:
    """Work on one terminal; one that fails gives an outcome that says so, never an exception of its own."""
    outcome = _outcome(terminal, check=check)
    client = Client(terminal.endpoint)
    try:
        with client:
            Work(client, outcome).ensure(terminal.wanted)
    except WsmanError as error:
        outcome.trouble, outcome.detail = error.cause, without_keys(error.detail)
    except Exception as error:  # what one terminal answers must not stop the others
        outcome.trouble, outcome.detail = "answer", without_keys(f"{type(error).__name__}: {error}")
    outcome.messages = client.sent
    return outcome


def _off(terminal: Terminal, *, check: bool) -> Outcome:
    outcome = _outcome(terminal, check=check)
    outcome.trouble = "unreachable"
    return outcome


def _outcome(terminal: Terminal, *, check: bool) -> Outcome:
    return Outcome(terminal.hostname, terminal.site, terminal.layer, loan=terminal.loan, check=check)
