"""Golden tests: a small change to a valid city, and the exact report on it in both languages.

``base`` is the valid city.  Each other folder holds ``case.yml``, which says what is changed in which of its files,
and the expected texts.  ``UPDATE_GOLDEN=1`` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sanso.city import CityError, load_city
from sanso.messages import LANGUAGES, Finding
from sanso.messages.catalogue import keys
from sanso.rules import all_rules, check_city
from sanso.rules.report import render_findings

HERE = Path(__file__).parent
BASE = HERE / "base"
CASES = sorted(path.parent.name for path in HERE.glob("*/case.yml"))
TODAY = date(2026, 10, 1)


def city_of_case(case: str, folder: Path) -> None:
    """Write the base city with the changes of a case into a folder."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    description = yaml.safe_load((HERE / case / "case.yml").read_text(encoding="utf-8"))
    for name, change in description["files"].items():
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


def findings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Findings of the inventory in a folder, with paths relative to it."""
    monkeypatch.chdir(folder)
    try:
        return check_city(load_city(Path()), TODAY)
    except CityError as error:
        return error.findings


def test_the_base_city_has_no_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert findings(BASE, monkeypatch) == []


@pytest.mark.parametrize("case", CASES)
def test_a_bad_inventory_gives_the_expected_report(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city_of_case(case, tmp_path)
    found = findings(tmp_path, monkeypatch)
    assert found
    for language in LANGUAGES:
        golden = HERE / case / f"expected.{language}.txt"
        report = render_findings(found, language) + "\n"
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_text(report, encoding="utf-8")
        assert report == golden.read_text(encoding="utf-8")


NOT_OF_CITIES = ("AIR-", "TOPO-", "PROOF-", "LINT-", "LAYERS-", "BACKUP-", "EDGE-", "LEDGER-", "licensing.")
"""What is said of configurations of devices, files beside them, ledgers and terminals."""


def test_every_rule_and_every_wording_has_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: set[str] = set()
    for case in CASES:
        city_of_case(case, tmp_path / case)
        for finding in findings(tmp_path / case, monkeypatch):
            shown.add(f"{finding.rule}.{finding.variant}" if finding.variant else finding.rule)
    words = {
        key.removesuffix(".what") for key in keys() if key.endswith(".what") and not key.startswith(NOT_OF_CITIES)
    }
    assert shown == words
    assert {rule.id for rule in all_rules()} <= {word.partition(".")[0] for word in words}
