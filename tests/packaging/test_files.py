"""Product files speak of the project alone."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# [-] is there so that a pattern does not find itself
PATTERNS = {
    "a path of somebody's machine": r"(?<![\w.}])/(?:root|home|work|Users|opt/pypi)/",
    "a package registry": r"\b(?:pypi|pythonhosted|npmjs)\.(?:org|com)\b|--extra-index[-]url",
    "an address of somebody's mailbox": r"\b[\w.]+@(?!example\.|users\.noreply)[\w-]+\.(?:com|net|jp)\b",
    "a conflict that was not resolved": r"^(?:<{7}|>{7}) ",
}


def texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(
        ["/usr/bin/env", "git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, listed.split("\0")):
        file = ROOT / name
        if file.is_file() and file.suffix not in {".png", ".pdf", ".ico"}:
            yield name, file.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", PATTERNS)
def test_no_file_holds(what: str) -> None:
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for name, text in texts()
        for match in re.finditer(PATTERNS[what], text, re.MULTILINE)
    ]
    assert not found


def test_every_file_ends_with_one_line_end_and_has_no_trailing_blanks() -> None:
    code = (".py", ".yml", ".md", ".toml", ".cfg", ".j2")
    wrong = [name for name, text in texts() if name.endswith(code) and text and not re.search(r"\S\n\Z", text)]
    assert not wrong
