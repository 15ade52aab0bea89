"""One rollout at a site at a time: a lock for each site, which outlives a crash as words and not as a lock.

The file of a site says who works there, from the first task of a run to the end of its last. Whether that run lives
the kernel knows (:mod:`sanso.journal.life`): words of one that does not were left by a crash. The kernel of another
machine may not be asked: there, words alone hold.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from sanso.journal.life import lives

FOLDER = "locks"


@dataclass(frozen=True)
class Holder:
    """Who works at a site: ``operator`` as user@host, ``since`` as ISO 8601."""

    run: str
    operator: str
    host: str
    pid: int
    since: str
    life: str = ""
    """File that is locked as long as the run lives."""

    @property
    def lives(self) -> bool:
        """Whether the run goes on, as far as this machine can know."""
        return self.host != socket.gethostname() or lives(self.life)


class HeldError(Exception):
    """Somebody else works at the site."""

    def __init__(self, site: str, holder: Holder) -> None:
        super().__init__(f"{site} is locked by {holder.run}")
        self.site = site
        self.holder = holder


@dataclass(frozen=True)
class Taken:
    """A lock of our run, and whose words stood there before: of a crashed run, or of one whose lock was broken."""

    site: str
    file: Path
    holder: Holder
    stale: Holder | None = None
    broken: Holder | None = None

    @property
    def held(self) -> bool:
        """Whether it is still our run's: nobody broke it."""
        return _holds(self.file, self.holder.run)


def take(folder: Path, site: str, me: Holder, *, breaking: bool = False) -> Taken:
    """Lock a site; what the same run has locked is its own.

    Args:
        folder: of the journal.
        site: the site.
        me: who takes it.
        breaking: take it from whoever holds it; that run starts no further device once it notices.

    Raises:
        HeldError: somebody else holds it.
        OSError: the lock cannot be written.
    """
    file = folder / FOLDER / site
    with _alone(file, os.O_RDWR | os.O_CREAT) as descriptor:
        words = _words(descriptor)
        other = None if _is_of(me.run, words) else words
        held = other is not None and other.lives
        if other is not None and held and not breaking:
            raise HeldError(site, other)
        _write(descriptor, json.dumps(asdict(me)).encode())
    return Taken(site, file, me, stale=None if held else other, broken=other if held else None)


def holds(folder: Path, site: str, run: str) -> bool:
    """Whether a run has a site."""
    return _holds(folder / FOLDER / site, run)


def holders(folder: Path) -> Iterator[tuple[str, Holder]]:
    """Sites at which somebody works now."""
    for file in sorted((folder / FOLDER).glob("[!.]*")):
        with _alone(file, os.O_RDONLY, fcntl.LOCK_SH) as descriptor:  # whoever may only read may ask
            words = _words(descriptor)
        if words is not None and words.lives:
            yield file.name, words


def release(folders: Iterable[Path], run: str, over: Callable[[], bool] = lambda: True) -> None:
    """Let others in wherever a run holds a lock.

    Args:
        folders: of journals.
        run: the run.
        over: whether it is over; asked while nobody else can see the words, so that nobody takes them for a crash's.
    """
    files = sorted(file for folder in folders for file in (folder / FOLDER).glob("[!.]*"))
    with ExitStack() as stack:
        found = [stack.enter_context(_alone(file)) for file in files]
        ours = [one for one in found if _is_of(run, _words(one))]
        for descriptor in ours if over() else ():
            _write(descriptor, b"")


def _holds(file: Path, run: str) -> bool:
    with _alone(file) as descriptor:
        return _is_of(run, _words(descriptor))


@contextmanager
def _alone(file: Path, flags: int = os.O_RDWR, lock: int = fcntl.LOCK_EX) -> Iterator[int]:
    """A descriptor of a lock's file, whose words nobody else writes meanwhile."""
    descriptor = os.open(file, flags, 0o600)
    try:
        fcntl.flock(descriptor, lock)
        yield descriptor
    finally:
        os.close(descriptor)


def _words(descriptor: int) -> Holder | None:
    try:
        return Holder(**json.loads(os.pread(descriptor, os.fstat(descriptor).st_size, 0)))
    except (ValueError, TypeError):  # empty: free; half written: its run never came to work
        return None


def _is_of(run: str, words: Holder | None) -> bool:
    return words is not None and words.run == run


def _write(descriptor: int, words: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, words, 0)
    os.fsync(descriptor)
