"""A chain of JSON lines: each holds the hash of the one before it, and its own.

The hash is SHA-256 (FIPS 180-4) over the line without ``hash`` in one canonical form: keys in order, no blanks,
UTF-8. A line must stand in the file in exactly that form, so that nothing in it can be changed unseen. Whoever can
write the file can make a whole new chain; that is seen by a hash that was kept elsewhere (``Chain.hashes``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

Entry = dict[str, Any]
START = "0" * 64
"""What the first line holds for the hash of the one before it."""
TORN = "torn"
"""Event of the line that tells of half a line before it; its ``torn`` is the hash of that."""


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one form of a line; half a character (a lone surrogate) stands as its escape."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace")


def sealed(entry: Mapping[str, Any], before: str) -> Entry:
    """An entry as a link of the chain, behind the line with the hash ``before``."""
    line = {**entry, "before": before}
    return {**line, "hash": sha256(canonical(line)).hexdigest()}


def torn_entry(torn: bytes) -> Entry:
    """What tells of half a line that a killed controller or a lost power left."""
    return {"event": TORN, "torn": sha256(torn).hexdigest()}


@dataclass(frozen=True)
class Fault:
    """The first place at which a chain is broken, by its line from 1; ``what`` is a catalogue key."""

    line: int
    what: Literal["unreadable", "edited", "order", "cut", "missing", "changed"]
    expected: str
    found: str


class Chain:
    """Follows a chain line by line, and knows whether it holds so far."""

    def __init__(self) -> None:
        self.lines = 0
        self.head = START
        """Hash of the last whole line."""
        self.torn = b""
        """What stands behind that line and is none, with its line ends; told of by the next line."""
        self.fault: Fault | None = None
        self.tears = 0
        """How many half lines were told of."""
        self.hashes: set[str] = {START}

    def follow(self, raw: bytes) -> Entry | None:
        """Take the next line, its end included; None where it is half a one."""
        self.lines += 1
        entry = _read(raw)
        if entry is None:
            self.torn += raw
            return None
        self._check(raw, entry)
        self.head, self.torn = str(entry["hash"]), b""
        self.hashes.add(self.head)
        return entry

    def resume(self, raw: bytes) -> bool:
        """Go on behind a line, whatever stands before it; whether it is a whole one."""
        entry = _read(raw)
        if entry is not None:
            self.head = str(entry["hash"])
        return entry is not None

    def _check(self, raw: bytes, entry: Entry) -> None:
        own = sealed({name: value for name, value in entry.items() if name != "hash"}, str(entry.get("before")))
        told = str(entry.get("torn", "")) if entry.get("event") == TORN else ""
        if self.torn or told:
            self.tears += 1
            self._expect("unreadable", told, sha256(self.torn).hexdigest(), self.lines - 1)
        self._expect("edited", str(own["hash"]), str(entry["hash"]))
        self._expect("order", self.head, str(entry.get("before")))
        if raw != canonical(entry) + b"\n":
            self._break(Fault(self.lines, "edited", canonical(entry).decode(), raw.decode(errors="replace").strip()))

    def _expect(self, what: Literal["unreadable", "edited", "order"], expected: str, found: str, at: int = 0) -> None:
        if expected != found:
            self._break(Fault(at or self.lines, what, expected, found))

    def _break(self, fault: Fault) -> None:
        self.fault = self.fault or fault


def _read(raw: bytes) -> Entry | None:
    try:
        found = json.loads(raw)
    except ValueError:  # no JSON, or no UTF-8
        return None
    return found if isinstance(found, dict) and isinstance(found.get("hash"), str) else None
