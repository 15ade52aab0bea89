"""The journal of a city: one chained file of what every run did, and the configurations that it speaks of.

    journal.jsonl          what happened, a line each
    journal.head           hash of its last line, so that it cannot be cut short unseen
    configurations/HASH    running configurations without secrets, by their SHA-256; each stands there once
    key                    of the marks that stand for secrets
    locks/SITE             who works at a site

All of it is for its owner alone.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from sanso.journal.chain import Chain, Entry, Fault
from sanso.journal.log import Log
from sanso.journal.marks import Marks

_VARYING = re.compile(r"Building configuration|Current configuration|! (?:Last config|NVRAM config|Command:|Time:)")
"""Lines above a configuration that tell of the reading, and not of the device."""


class JournalError(Exception):
    """The journal cannot be read or written; the message is its place and why."""


class Journal:
    """The journal in a folder, which is made when the first run comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "journal.jsonl"
        self._log = Log(self.file)
        self._head = folder / "journal.head"
        self._lock = Lock()

    # ----- writing --------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Make sure that it can be written.

        Raises:
            JournalError: it cannot.
        """
        try:
            for folder in (self.folder, self.folder / "configurations", self.folder / "locks"):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.file.touch(mode=0o600)
            with self.file.open("ab"):
                pass
        except OSError as error:
            raise JournalError(f"{error.filename or self.folder}: {error.strerror}") from error

    def add(self, run: str, *entries: Mapping[str, Any]) -> None:
        """Write what happens in a run.

        Raises:
            OSError: it cannot be written.
        """
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._lock:
            self._log.add([{"at": now, "run": run, **entry} for entry in entries])
            self._keep_head()

    def keep(self, text: str) -> str:
        """Keep a configuration that holds no secret; its hash.

        Raises:
            OSError: it cannot be written.
        """
        data = _stable(text)
        digest = sha256(data).hexdigest()
        file = self.place(digest)
        if not file.exists():
            _write(file, data)
        return digest

    @staticmethod
    def digest(text: str) -> str:
        """The hash by which a configuration would be kept."""
        return sha256(_stable(text)).hexdigest()

    def marks(self, known: Iterable[str] = ()) -> Marks:
        """What stands for secrets in this journal.

        Args:
            known: secrets that are looked for wherever they stand.
        """
        file = self.folder / "key"
        if not file.exists():
            _write(file, secrets.token_bytes(32))
        return Marks(file.read_bytes(), known)

    def close(self) -> None:
        """Nothing more is written now."""
        self._log.close()

    def _keep_head(self) -> None:
        _write(self._head, json.dumps({"hash": self._log.chain.head}).encode(), sync=False)

    # ----- reading --------------------------------------------------------------------------------------------

    def entries(self) -> Iterator[Entry]:
        """All that happened, from the first."""
        return self._log.entries()

    def configuration(self, digest: str) -> str:
        """A configuration that was kept.

        Raises:
            JournalError: it is not there, or is not what it was.
        """
        if fault := self._kept(digest):
            raise JournalError(f"{self.place(digest)}: {fault.what}")
        return self.place(digest).read_text(encoding="utf-8")

    @property
    def head(self) -> str:
        """Hash of the last line that was read or written."""
        return self._log.chain.head

    @property
    def fault(self) -> Fault | None:
        """Where the chain of what was read is broken."""
        return self._log.chain.fault

    def verify(self, anchor: str = "") -> tuple[Chain, Path, Fault | None]:
        """Follow the whole chain.

        Args:
            anchor: hash of a line that was kept elsewhere, and must be in it.

        Returns:
            The chain as far as it goes, and the first place at which it is broken, if it is: which file, and where.
        """
        kept: dict[str, int] = {}
        for number, entry in enumerate(self.entries(), 1):
            if digest := str(entry.get("configuration", "")):
                kept.setdefault(digest, number)
        chain = self._log.chain
        if chain.fault:
            return chain, self.file, chain.fault
        for expected in (self._told_head(), anchor):
            if expected and expected not in chain.hashes:
                return chain, self.file, Fault(chain.lines, "cut", expected, chain.head)
        for digest in kept:
            if fault := self._kept(digest):
                return chain, self.place(digest), fault
        return chain, self.file, None

    @property
    def half(self) -> bool:
        """Whether the file ends with half a line, which the next run will tell of."""
        return bool(self._log.half)

    def _told_head(self) -> str:
        try:
            return str(json.loads(self._head.read_bytes())["hash"])
        except FileNotFoundError:
            return self._missing_head()
        except (ValueError, KeyError, TypeError):
            return "?"

    def _missing_head(self) -> str:
        """The head is written behind the first line, and so is missed only where there is one."""
        return "?" if self._log.chain.lines else ""

    def _kept(self, digest: str) -> Fault | None:
        """What is wrong with a configuration that was kept."""
        try:
            data = self.place(digest).read_bytes()
        except OSError:
            return Fault(1, "missing", digest, "-")
        found = sha256(data).hexdigest()
        return None if found == digest else Fault(1, "changed", digest, found)

    def place(self, digest: str) -> Path:
        """File of a configuration."""
        return self.folder / "configurations" / digest


def _stable(text: str) -> bytes:
    """A configuration without what differs each time that it is read."""
    lines = [line for line in text.replace("\r", "").strip().split("\n") if not _VARYING.match(line)]
    return ("\n".join(lines).strip() + "\n").encode()


def _write(file: Path, data: bytes, *, sync: bool = True) -> None:
    """Write a file whole or not at all, for its owner alone."""
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        if sync:
            os.fsync(out.fileno())
    part.replace(file)
