"""What terminals hold, kept in a folder while no lab runs: licences and registry values, a file for each terminal."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from sanso.lab.wsman.licences import Licence
from sanso.lab.wsman.terminal import Terminal

_SUFFIX = ".json"


class States:
    """Keeps terminals; only those that were asked anything since are looked at again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[str, tuple[int, str]] = {}
        """Terminal → how many messages it had had, and what it held then."""

    def restore(self, name: str, terminal: Terminal) -> None:
        """Bring a terminal back to what it held, where anything is kept of it."""
        file = self._folder / f"{name}{_SUFFIX}"
        if not file.exists():
            return
        text = file.read_text(encoding="utf-8")
        held = json.loads(text)
        terminal.classes.licences.held[:] = [Licence(**licence) for licence in held["licences"]]
        terminal.classes.registry = {(key, value): data for key, value, data in held["registry"]}
        self._kept[name] = terminal.messages, text

    def keep(self, name: str, terminal: Terminal, *, at_once: bool = False) -> None:
        """Write what a terminal holds, where that has changed."""
        messages, before = self._kept.get(name, (0, ""))
        if terminal.messages == messages and not at_once:
            return
        text = _text(terminal)
        self._kept[name] = terminal.messages, text
        if text != before:
            (self._folder / f"{name}{_SUFFIX}").write_text(text, encoding="utf-8")


def _text(terminal: Terminal) -> str:
    classes = terminal.classes
    licences = [asdict(licence) for licence in classes.licences.held]
    registry = [[key, value, data] for (key, value), data in classes.registry.items()]
    return json.dumps({"licences": licences, "registry": registry}, indent=1)
