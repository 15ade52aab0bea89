"""What became of each terminal, written as it happens: a run that is killed leaves all that it did.

One file for each day, JSON lines, only ever added to; it holds no secret.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from functools import partial
from io import FileIO
from pathlib import Path
from typing import Any

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
        self._opened: FileIO | None = None

    def add(self, record: Record) -> None:
        """Write one record, whole or not at all."""
        line = json.dumps({"run": self.run, **record}, ensure_ascii=False) + "\n"
        if self._opened is None:
            self._opened = self._open()
        self._opened.write(line.encode())

    def _open(self) -> FileIO:
        """The file, behind the last whole line: a machine that lost its power may have left half a one."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        opened = open(self.file, "ab+", buffering=0, opener=partial(os.open, mode=0o640))  # noqa: SIM115
        if opened.tell():
            opened.seek(-1, os.SEEK_END)
            if opened.read(1) != b"\n":
                opened.write(b"\n")
        return opened

    def close(self) -> None:
        """Nothing more is added now; the next record opens the file anew."""
        if self._opened is not None:
            self._opened.close()
        self._opened = None

    def records(self) -> Iterator[dict[str, Any]]:
        """All records of the day, in the order in which they came; half written ones are left out."""
        if not self.file.exists():
            return
        for line in self.file.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                found = json.loads(line)
            except json.JSONDecodeError:
                continue
            if isinstance(found, dict) and "host" in found:
                yield found

    def of_run(self) -> list[Record]:
        """The last record of each terminal in this run."""
        return list({one["host"]: one for one in self.records() if one["run"] == self.run}.values())

    def licensed(self) -> dict[str, Record]:
        """Terminals that last had what was wanted of them, by name."""
        last = {one["host"]: one for one in self.records()}
        return {host: one for host, one in last.items() if one["status"] in LICENSED}
