"""Inventories of the golden tests: the valid city in ``base``, changed as a description says."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
BASE = HERE / "base"
WIRELESS = HERE / "wireless.yml"
"""The base city with access points; valid, too."""
DISASTER = HERE / "disaster.yml"
"""That one in a disaster, with all that a WLAN and an access point may have; valid, too."""
VIRTUAL = HERE / "virtual.yml"
"""The base city with virtualization hosts and machines; valid, too."""
CASES = sorted(path.parent.name for path in HERE.glob("*/case.yml"))


def city_of_case(case: str, folder: Path) -> None:
    """Write the base city with the changes of a case into a folder."""
    write_changed(HERE / case / "case.yml", folder)


def write_changed(description: Path, folder: Path) -> None:
    """Write the base city with the changes that a file describes into a folder, after those that it builds on."""
    changes = yaml.safe_load(description.read_text(encoding="utf-8"))
    if "after" in changes:
        write_changed(HERE / changes["after"], folder)
    else:
        shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for name, change in changes["files"].items():
        apply(folder / name, change)


def apply(file: Path, change: dict[str, Any]) -> None:
    """Delete a file, or replace texts that it holds exactly once, add text, save it in another encoding."""
    if change.get("delete"):
        file.unlink()
        return
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    for old, new in change.get("replace", {}).items():
        assert text.count(old) == 1, f"{file.name} holds {old!r} {text.count(old)} times"
        text = text.replace(old, new)
    file.write_text(text + change.get("add", ""), encoding=change.get("encoding", "utf-8"))
