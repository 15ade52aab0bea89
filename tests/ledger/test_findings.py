"""What people get wrong in ledgers, and the exact words that they are told.  ``UPDATE_GOLDEN=1`` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from sanso.ledger import SourcesError
from sanso.ledger.spec import reject_unknown
from sanso.messages import LANGUAGES, Finding
from sanso.messages.catalogue import keys
from tests.ledger.ledgers import CITY, fleet, place

HERE = Path(__file__).parent
CASES: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8"))
OF_DIRECTORIES = {"unreachable", "certificate", "starttls", "password", "bind", "base", "search", "nothing", "mark"}
"""Wordings of LEDGER-10, which need a server: see test_directory.py."""
OF_WORKBOOKS = {"LEDGER-02.unused", "LEDGER-02.hidden", "LEDGER-02.sheet", "LEDGER-04.uncounted"}
"""See test_formats.py."""


def findings(case: dict[str, Any], folder: Path) -> list[Finding]:
    """Findings of a case: files by name, and what the inventory source says."""
    for name, content in case.get("files", {}).items():
        data = bytes.fromhex(content["hex"]) if isinstance(content, dict) else content.encode()
        (folder / name).write_bytes(data)
    said = dict(case.get("source", {"ledgers": [{"file": "a.csv"}]}))
    city = said.pop("city", str(CITY))
    try:
        reject_unknown(said, ["ledgers", "directories", "loans", "sites", "layers"], place)
        return fleet(folder, *said.pop("ledgers", []), city=Path(city) if city else None, **said).findings
    except SourcesError as error:
        return error.findings


def in_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    return Path()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_mistake_is_told_in_words(lang: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for name, case in CASES.items():
        found = findings(case, in_folder(tmp_path / name, monkeypatch))
        lines = [line.replace(str(CITY), "CITY") for one in found for line in one.lines(lang)]
        told.append("\n".join([f"# {name}", *lines]))
    golden = HERE / f"expected.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text("\n\n".join(told) + "\n", encoding="utf-8")
    assert "\n\n".join(told) + "\n" == golden.read_text(encoding="utf-8")


def test_every_wording_has_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = {
        f"{one.rule}.{one.variant}".rstrip(".")
        for name, case in CASES.items()
        for one in findings(case, in_folder(tmp_path / name, monkeypatch))
    }
    words = {key.removesuffix(".what") for key in keys() if key.startswith("LEDGER-") and key.endswith(".what")}
    assert words - shown == OF_WORKBOOKS | {f"LEDGER-10.{variant}" for variant in OF_DIRECTORIES}
    assert {one for one in shown if one.startswith("LEDGER-")} <= words
