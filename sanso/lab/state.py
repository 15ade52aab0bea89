"""Where a device keeps what survives a restart: named texts, in memory or in a directory of its own."""

import contextlib
import os
from pathlib import Path
from typing import Protocol


class Store(Protocol):
    """Named texts."""

    def read(self, name: str) -> str | None:
        """Give the text kept under ``name``, or ``None``."""

    def write(self, name: str, text: str) -> None:
        """Keep ``text`` under ``name``."""

    def delete(self, name: str) -> None:
        """Forget ``name``, which need not exist."""


class MemoryStore:
    """Texts that end with the process."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        """Give the text kept under ``name``, or ``None``."""
        return self._texts.get(name)

    def write(self, name: str, text: str) -> None:
        """Keep ``text`` under ``name``."""
        self._texts[name] = text

    def delete(self, name: str) -> None:
        """Forget ``name``."""
        self._texts.pop(name, None)


class DirectoryStore:
    """Texts as files; each write replaces the file whole."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def read(self, name: str) -> str | None:
        """Give the text kept under ``name``, or ``None``."""
        try:
            return (self._directory / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def write(self, name: str, text: str) -> None:
        """Keep ``text`` under ``name``, readable by its owner alone: configurations hold hashes and keys."""
        self._directory.mkdir(parents=True, exist_ok=True)
        path = self._directory / name
        part = path.with_name(f".{name}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        part.replace(path)

    def delete(self, name: str) -> None:
        """Forget ``name``."""
        with contextlib.suppress(FileNotFoundError):
            (self._directory / name).unlink()
