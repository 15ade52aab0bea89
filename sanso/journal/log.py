"""A file of chained lines that is only ever added to, by any number of threads and processes."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from threading import RLock
from typing import Any

from sanso.journal.chain import Chain, Entry, canonical, sealed, torn_entry

BLOCK = 1 << 16
"""Bytes that are looked at first for the last whole line."""


class Log:
    """Adds lines, each linked to the one before it.

    A line is written whole, or, where the controller is killed or the machine loses its power, in half; that half
    stays, and the next line tells of it.

    Args:
        file: made, with its folder, when the first line comes.
        mode: permissions of the file.
        sync: whether each line is on the disk before the work goes on, and so outlives a lost power.
    """

    def __init__(self, file: Path, mode: int = 0o600, *, sync: bool = True) -> None:
        self.file = file
        self.chain = Chain()
        """As far as the file was read."""
        self.half = b""
        """What stands behind the last end of a line."""
        self._mode = mode
        self._sync = sync
        self._end = 0
        self._opened: FileIO | None = None
        self._lock = RLock()

    def add(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Write entries at once.

        Raises:
            OSError: they cannot be written.
        """
        with self._lock, self._alone() as file:
            if not self._end:
                self._resume(file)
            list(self._news(file))
            if self.half:
                file.write(b"\n")
                list(self._news(file))
            if self.chain.torn:
                entries = [torn_entry(self.chain.torn), *entries]
            before, block = self.chain.head, b""
            for entry in entries:
                line = sealed(entry, before)
                before, block = line["hash"], block + canonical(line) + b"\n"
            if file.write(block) != len(block):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.file))
            if self._sync:
                os.fsync(file.fileno())
            list(self._news(file))

    def entries(self) -> Iterator[Entry]:
        """Whole lines in their order, from the first; :attr:`chain` then tells whether they hold together."""
        with self._lock:
            self.chain, self._end = Chain(), 0
            if self.file.exists():
                with FileIO(self.file) as file:
                    yield from self._news(file)

    def close(self) -> None:
        """Nothing more is added now; the next entry opens the file anew."""
        if self._opened is not None:
            self._opened.close()
        self._opened = None

    @contextmanager
    def _alone(self) -> Iterator[FileIO]:
        """The file, while no other process writes."""
        if self._opened is None:
            self._opened = self._open()
        fcntl.flock(self._opened, fcntl.LOCK_EX)
        try:
            yield self._opened
        finally:
            fcntl.flock(self._opened, fcntl.LOCK_UN)

    def _open(self) -> FileIO:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        return FileIO(self.file, "a+", opener=lambda path, flags: os.open(path, flags, self._mode))

    def _resume(self, file: FileIO) -> None:
        """Go on behind the last whole line, however much stands before it: whoever verifies reads all of it."""
        end, size = file.seek(0, os.SEEK_END), 0
        while size < end:
            size = min(end, 2 * size or BLOCK)
            file.seek(end - size)
            *lines, rest = file.read(size).split(b"\n")
            behind = end - len(rest)
            for raw in reversed(lines if size == end else lines[1:]):  # of the first the beginning may be missing
                if self.chain.resume(raw):
                    self._end = behind
                    return
                behind -= len(raw) + 1

    def _news(self, file: FileIO) -> Iterator[Entry]:
        """Lines that came since the last look, whoever wrote them."""
        file.seek(self._end)
        *lines, self.half = file.readall().split(b"\n")
        for text in lines:
            raw = text + b"\n"
            self._end += len(raw)
            if (entry := self.chain.follow(raw)) is not None:
                yield entry
