"""Snapshots from configuration text, whatever its network OS."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Protocol

from sanso.network.snapshot import Snapshot

PACKAGE = "sanso.platforms"


class UnknownPlatformError(LookupError):
    """No folder has the name, or a text does not tell whose it is; the message lists those that there are."""


class ConfigReader(Protocol):
    """Reads the configuration texts of one network OS: ``READER`` of ``sanso/platforms/<name>/snapshot.py``."""

    name: str
    """Name of the folder."""

    def evidence(self, text: str) -> int:
        """How many lines of a text only this network OS has."""

    def is_whole(self, text: str) -> bool:
        """Whether a text goes on to its end; one that was cut off lacks lines that nobody knows of."""

    def read(self, text: str, file: str) -> Snapshot:
        """Read a text; what is not understood is among the snapshot's unread."""


def reader_names() -> list[str]:
    """Names of the network OSs whose texts become snapshots."""
    return sorted(file.parent.name for file in Path(__file__).parent.glob("*/snapshot.py"))


@cache
def load_reader(name: str) -> ConfigReader:
    """The reader of ``sanso/platforms/<name>``.

    Raises:
        UnknownPlatformError: there is no such reader.
    """
    known = reader_names()
    if name not in known:
        raise UnknownPlatformError(f"no snapshots of platform {name!r}; there are: {', '.join(known)}")
    reader: ConfigReader = importlib.import_module(f"{PACKAGE}.{name}.snapshot").READER
    return reader


def detect_platform(text: str) -> str | None:
    """The network OS that most lines speak for; None if nothing does, or two alike."""
    counts = sorted((load_reader(name).evidence(text), name) for name in reader_names())
    most, name = counts[-1]
    return None if most == 0 or any(count == most for count, _ in counts[:-1]) else name


def read_snapshot(text: str, file: str, platform: str | None = None) -> Snapshot:
    """Read a configuration.

    Args:
        text: the configuration.
        file: what the lines are said to stand in.
        platform: the network OS; found out from the text if not given.

    Raises:
        UnknownPlatformError: there is no such platform, or the text does not tell which it is.
    """
    name = platform or detect_platform(text)
    if name is None:
        known = ", ".join(reader_names())
        raise UnknownPlatformError(f"{file} does not tell its platform; name it, one of: {known}")
    return load_reader(name).read(text, file)
