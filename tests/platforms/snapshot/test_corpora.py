"""Configurations that nobody here wrote, where they are at hand: how much of each corpus is read, is held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sanso.network.secrets import without_secrets
from sanso.network.snapshot import Snapshot
from sanso.platforms import detect_platform, read_snapshot

CORPORA = Path(__file__).parents[3].parent / "shared" / "corpora"
UNDERSTOOD = {
    "batfish-ios-eos-testconfigs": Counter(lines=2034, rules=50),
    "batfish-example": Counter(lines=1922, rules=132),
    "batfish-basic": Counter(lines=498),
    "hier_config": Counter(lines=278, rules=9),
    "avd-eos": Counter(lines=18706),
}
"""So much was understood when this was written; more is progress, less a fault."""
ALL_LINES = {
    "batfish-ios-eos-testconfigs": 2759,
    "batfish-example": 2746,
    "batfish-basic": 678,
    "hier_config": 348,
    "avd-eos": 20920,
}
"""Most of what is not understood are routing protocols' blocks: unread, each as one."""
WHOLE_DEVICES = {"batfish-example": "ios", "batfish-basic": "ios", "avd-eos": "eos"}
"""Folders in which every file is a device's whole configuration."""


@pytest.fixture(scope="module")
def corpora() -> Path:
    if not CORPORA.is_dir():
        pytest.skip("no folder shared/corpora beside the repository")
    return CORPORA


def configurations(folder: Path) -> Iterator[tuple[Path, str]]:
    """Files of a corpus that are IOS's or EOS's."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix not in {".json", ".md", ".v4", ".yml"}:
            # hier_config tests many network OSs; its files without one in their names are IOS's
            other = folder.name == "hier_config" and not file.name.startswith(
                ("ios_", "eos_", "running", "generated")
            )
            if not other and "junos" not in file.name:
                yield file, file.read_text(encoding="utf-8", errors="replace")


def platform_of(file: Path, corpus: str) -> str:
    return "eos" if corpus == "avd-eos" or file.name.startswith("eos_") else "ios"


def snapshots(folder: Path) -> Iterator[tuple[Snapshot, str]]:
    for file, text in configurations(folder):
        yield read_snapshot(text, file.name, platform_of(file, folder.name)), text


@pytest.mark.parametrize("corpus", UNDERSTOOD)
def test_so_much_is_understood(corpora: Path, corpus: str) -> None:
    found: Counter[str] = Counter()
    total = 0
    for read, _ in snapshots(corpora / corpus):
        total += read.lines
        found["lines"] += read.understood
        found["rules"] += sum(rule.understood for acl in read.acls.values() for rule in acl.rules)
    assert total == ALL_LINES[corpus]
    assert not UNDERSTOOD[corpus] - found, found


@pytest.mark.parametrize("corpus", UNDERSTOOD)
def test_what_is_unread_is_named_by_its_own_line(corpora: Path, corpus: str) -> None:
    for read, text in snapshots(corpora / corpus):
        lines = text.split("\n")
        for unread in read.unread:
            assert without_secrets(lines[unread.line.number - 1].strip()) == unread.line.text
        assert read.understood == read.lines or read.unread


def test_most_lines_of_acls_are_understood_and_the_others_explained(corpora: Path) -> None:
    rules = understood = 0
    for corpus in UNDERSTOOD:
        for read, _ in snapshots(corpora / corpus):
            explained = {unread.line for unread in read.unread}
            for rule in (rule for acl in read.acls.values() for rule in acl.rules):
                rules += 1
                understood += rule.understood
                assert rule.understood or rule.line in explained
    assert understood / rules >= 0.95, f"{understood} of {rules}"


@pytest.mark.parametrize(("corpus", "platform"), WHOLE_DEVICES.items())
def test_whole_configurations_tell_their_platform(corpora: Path, corpus: str, platform: str) -> None:
    assert {detect_platform(text) for _, text in configurations(corpora / corpus)} == {platform}


def test_texts_of_other_platforms_are_no_reason_to_fail(corpora: Path) -> None:
    """Whoever names the wrong platform gets lines that are unread, and no crash."""
    for file in sorted((corpora / "hier_config").rglob("*.conf")):
        for platform in ("ios", "eos"):
            read = read_snapshot(file.read_text(encoding="utf-8", errors="replace"), file.name, platform)
            assert read.understood <= read.lines
