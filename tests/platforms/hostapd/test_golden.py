"""All files of an access point, as they were looked through once by a person.

``python -m tests.platforms.hostapd.test_golden`` writes them anew after an intended change.
"""

from __future__ import annotations

from pathlib import Path

from sanso.platforms.hostapd import Hardware, render
from tests.platforms.hostapd.test_read import FACTS

GOLDEN = Path(__file__).parent / "golden" / "ap-1.txt"


def rendered() -> str:
    return "\n".join(f"# {file.path}\n{file.text}" for file in render(FACTS, Hardware()))


def test_files_are_as_they_were() -> None:
    assert rendered() == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.write_text(rendered(), encoding="utf-8")
