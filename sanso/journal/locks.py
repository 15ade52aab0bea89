"""One rollout at a site at a time: a lock for each site, which outlives a crash as words and not as a lock.

The kernel holds the lock (flock) as long as the process lives that took it, and the file says who that is. So a file
with words that nobody holds was left by a run that crashed. Over a network the kernel of another machine may not be
asked: there, words alone hold.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex

FOLDER = "locks"


@dataclass(frozen=True)
class Holder:
    """Who works at a site: ``operator`` as user@host, ``since`` as ISO 8601."""

    run: str
    operator: str
    host: str
    pid: int
    since: str


class HeldError(Exception):
    """Somebody else works at the site."""

    def __init__(self, site: str, holder: Holder) -> None:
        super().__init__(f"{site} is locked by {holder.run}")
        self.site = site
        self.holder = holder


@dataclass(frozen=True)
class Taken:
    """A lock that we hold, and whose words stood there before: of a crashed run, or of one whose lock was broken."""

    site: str
    file: Path
    descriptor: int
    stale: Holder | None = None
    broken: Holder | None = None

    @property
    def held(self) -> bool:
        """Whether it is still ours: nobody broke it."""
        return _same(self.file, self.descriptor)

    def release(self) -> None:
        """Let others in."""
        if self.held:
            os.ftruncate(self.descriptor, 0)
        os.close(self.descriptor)


def take(folder: Path, site: str, me: Holder, *, breaking: bool = False) -> Taken:
    """Lock a site.

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
    if breaking and (holder := _live(file)):
        return _replaced(file, site, me, holder)
    while True:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise HeldError(site, _words(file) or _unknown()) from None
        if not _same(file, descriptor):  # broken between opening and locking
            os.close(descriptor)
            continue
        left = _words(file)
        if left is not None and left.host != me.host:
            os.close(descriptor)
            raise HeldError(site, left)
        _write(descriptor, me)
        return Taken(site, file, descriptor, stale=left)


def holders(folder: Path) -> Iterator[tuple[str, Holder]]:
    """Sites that somebody works at now, and who."""
    for file in sorted((folder / FOLDER).glob("[!.]*")):
        if holder := _live(file):
            yield file.name, holder


def release(locks: Iterable[Taken]) -> None:
    """Let others in at all of the sites."""
    for one in locks:
        one.release()


def _replaced(file: Path, site: str, me: Holder, holder: Holder) -> Taken:
    """Put a lock of our own in the place of one that is held; whoever holds that sees that it is another file."""
    part = file.with_name(f".{site}.{token_hex(4)}")
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    _write(descriptor, me)
    part.replace(file)
    return Taken(site, file, descriptor, broken=holder)


def _live(file: Path) -> Holder | None:
    """Who holds a lock now; None where it is free, or left by a run that crashed on this machine."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _words(file) or _unknown()
    finally:
        os.close(descriptor)
    words = _words(file)
    return words if words is not None and words.host != socket.gethostname() else None


def _words(file: Path) -> Holder | None:
    try:
        return Holder(**json.loads(file.read_bytes()))
    except (ValueError, TypeError, FileNotFoundError):  # empty: free; half written: its run never came to work
        return None


def _unknown() -> Holder:
    """Of a lock that is held, and whose words are being written."""
    return Holder("?", "?", "?", 0, "?")


def _write(descriptor: int, holder: Holder) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(asdict(holder)).encode(), 0)
    os.fsync(descriptor)


def _same(file: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.stat(file), os.fstat(descriptor))
    except FileNotFoundError:
        return False
