"""Golden tests: a small change to a valid city, and the exact report on it in both languages.

``base`` is the valid city; ``wireless.yml``, ``disaster.yml`` and ``virtual.yml`` make other valid ones.  Each folder
holds ``case.yml``, which says what is changed in which files of which of them, and the expected texts.
``UPDATE_GOLDEN=1`` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from sanso.city import CityError, load_city
from sanso.messages import LANGUAGES, Finding
from sanso.messages.catalogue import keys
from sanso.rules import all_rules, check_city
from sanso.rules.report import render_findings
from tests.errors.cases import BASE, CASES, DISASTER, HERE, VIRTUAL, WIRELESS, city_of_case, write_changed

TODAY = date(2026, 10, 1)


def findings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Findings of the inventory in a folder, with paths relative to it."""
    monkeypatch.chdir(folder)
    try:
        return check_city(load_city(Path()), TODAY)
    except CityError as error:
        return error.findings


def test_the_base_city_has_no_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert findings(BASE, monkeypatch) == []


@pytest.mark.parametrize("changes", [WIRELESS, DISASTER, VIRTUAL], ids=lambda path: path.stem)
def test_with_access_points_or_virtualization_hosts_it_has_none_either(
    changes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_changed(changes, tmp_path)
    assert findings(tmp_path, monkeypatch) == []


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


NOT_OF_CITIES = (
    "AIR-",
    "HOSTAPD-",
    "TOPO-",
    "PROOF-",
    "LINT-",
    "LAYERS-",
    "BACKUP-",
    "EDGE-",
    "LEDGER-",
    "HOST-",
    "BACK-",
    "licensing.",
    "page.",
)
"""What is said of configurations of devices, files beside them, hosts, copies, ledgers, terminals and pages."""


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
