"""What became of each terminal, written as it happens: a run that is killed leaves all that it did.

One file for each day, of chained lines as those of the journal of rollouts are; it holds no secret. Its lines are not
flushed to the disk one by one: where the power is lost, the last terminals are looked at once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sanso.journal.log import Log
from sanso.licensing.record import LICENSED, Record

FOLDER = "licences"


class Journal:
    """The journal of a day.

    Args:
        folder: of reports; made if it is not there.
        day: in the city's time.
        run: name of the run that writes.
    """

    def __init__(self, folder: Path, day: date, run: str) -> None:
        self.file = folder / FOLDER / f"{day.isoformat()}.jsonl"
        self.run = run
        self._log = Log(self.file, 0o640, sync=False)

    def add(self, record: Record) -> None:
        """Write one record."""
        self._log.add([{"run": self.run, **record}])

    def close(self) -> None:
        """Nothing more is added now; the next record opens the file anew."""
        self._log.close()

    def records(self) -> Iterator[Record]:
        """All records of the day, in the order in which they came; half written ones are left out."""
        for entry in self._log.entries():
            if "host" in entry:
                yield {name: value for name, value in entry.items() if name not in {"before", "hash"}}

    def of_run(self) -> list[Record]:
        """The last record of each terminal in this run."""
        return list({one["host"]: one for one in self.records() if one["run"] == self.run}.values())

    def licensed(self) -> dict[str, Record]:
        """Terminals that last had what was wanted of them, by name."""
        last = {one["host"]: one for one in self.records()}
        return {host: one for host, one in last.items() if one["status"] in LICENSED}
