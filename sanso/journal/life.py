"""What shows that a run lives: a file that the kernel holds locked for a process and all that it forks.

A lock of ``flock`` belongs to the open file, which forked processes share: it ends with the last of them, whatever
ends them. The file is to lie where it ends with the run as well; where a run crashed, it stays and is locked no more.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Life:
    """That of this process and of those that it forks from now on.

    Args:
        file: made by it.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def note(self, folder: Path) -> None:
        """Note a journal that the run works with, for the one process that outlives all others."""
        os.write(self._descriptor, os.fsencode(folder.absolute()) + b"\0")

    @property
    def noted(self) -> set[Path]:
        """Journals that any process of the run noted."""
        return {Path(os.fsdecode(one)) for one in self.file.read_bytes().split(b"\0") if one}

    def end(self) -> None:
        """This process has no more part in it."""
        os.close(self._descriptor)

    @property
    def goes_on(self) -> bool:
        """Whether another process has part in it, once this one has none."""
        return lives(str(self.file))


def lives(file: str) -> bool:
    """Whether any process lives of the run whose file this is."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return False
    except PermissionError:  # somebody else's, whom only a person can ask
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
