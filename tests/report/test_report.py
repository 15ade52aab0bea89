"""What a run prints and writes."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from sanso.change import Difference, Removal
from sanso.devices.errors import DeviceError
from sanso.devices.job import Options, Outcome, Status
from sanso.messages import LANGUAGES, Language
from sanso.messages.catalogue import Phrase
from sanso.report import Run, diff_text, record, summary, write_reports

START = datetime(2026, 4, 1, 19, 5, tzinfo=UTC)
WIDENED = Difference("port", "Gi1/0/1", "allowed", "10,20", "all", ("lgwan", "internet"))
EXTRA_VLAN = Difference("vlan", "VLAN 66", "name", "", "shadow")
GONE = Difference("svi", "Vlan10", "svi", "present", "", ("lgwan",))


def outcome(host: str, site: str, status: Status, *differences: Difference, **more: Any) -> Outcome:
    return Outcome(host, site, status, differences=list(differences), **more)


def records(lang: Language = "en") -> list[dict[str, Any]]:
    lost = DeviceError("unreachable", "127.0.0.1:4022: Connection refused")
    refused = DeviceError("command", "x", command="vlan 5000", answer="% Bad VLAN", line=3, restored=True)
    found = [
        outcome("hall-1", "city_hall", Status.DRIFT, WIDENED, EXTRA_VLAN, commands=["no vlan 66"]),
        outcome("hall-2", "city_hall", Status.IN_SYNC),
        outcome("east-1", "branch_east", Status.UNREACHABLE, error=lost),
        outcome("east-2", "branch_east", Status.FAILED, GONE, error=refused, commands=["vlan 5000"]),
        outcome("east-3", "branch_east", Status.REFUSED, GONE, removal=Removal(removed=9, total=10)),
    ]
    return [record(one, Options(), lang) for one in found]


def run_of(entries: list[dict[str, Any]]) -> Run:
    run = Run(START, check=True)
    run.add(entries)
    return run


def test_summary_has_a_line_per_site_and_counts_layers() -> None:
    assert summary(run_of(records()), "en") == [
        "Drift by site and layer: devices | differences",
        "site         devices  in sync  drift  refused  failed  unreachable  |  internet  lgwan  no layer",
        "city_hall          2        1      1        0       0            0  |         1      1         1",
        "branch_east        3        0      0        1       1            1  |         0      2         0",
        "all                5        1      1        1       1            1  |         1      3         1",
    ]


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def test_japanese_summary_lines_up_on_a_terminal() -> None:
    _, *table = summary(run_of(records("ja")), "ja")
    assert len({columns(line) for line in table}) == 1


@pytest.mark.parametrize(("lang", "words"), [("en", "the device refused command 3"), ("ja", "3 番目のコマンド")])
def test_a_refused_command_is_told_with_its_line_and_the_devices_words(lang: Language, words: str) -> None:
    message = records(lang)[3]["message"]
    assert words in message
    assert "vlan 5000" in message
    assert "% Bad VLAN" in message


def test_diff_says_what_differs_and_the_commands_that_mend_it() -> None:
    assert diff_text(records()[0], "en").splitlines() == [
        "hall-1: 2 differences from the inventory",
        "  Gi1/0/1: allowed VLANs: expected 10,20, found all  [lgwan, internet]",
        "  VLAN 66: name: shadow is not in the inventory",
        "commands that mend it:",
        "  no vlan 66",
    ]


def test_a_later_record_of_a_host_replaces_the_earlier() -> None:
    run = run_of(records())
    run.add([record(outcome("hall-1", "city_hall", Status.IN_SYNC), Options(), "en")])
    assert run.statuses("city_hall") == {"in_sync": 2}


def test_files_hold_every_host_and_ci_reads_them(tmp_path: Path) -> None:
    run = run_of(records())
    run.findings = [
        {"rule": "FLOW-03", "severity": "warning", "message": "soon", "location": "f.yml:3:1", "expected": "later",
         "found": "2026-04-02", "hint": "renew"},
    ]  # fmt: skip
    report, junit, *_ = write_reports(run, tmp_path / "deep" / "artifacts", START + timedelta(seconds=90))
    written = json.loads(report.read_text(encoding="utf-8"))
    assert (written["mode"], written["finished"]) == ("check", "2026-04-01T19:06:30+00:00")
    assert [host["host"] for host in written["hosts"]] == ["hall-1", "hall-2", "east-1", "east-2", "east-3"]
    assert written["summary"]["sites"]["city_hall"]["differences"] == {"lgwan": 1, "internet": 1, "other": 1}
    suites = {suite.get("name"): suite for suite in ElementTree.parse(junit).getroot()}  # noqa: S314 - our own file
    hall, east = suites["city_hall"], suites["branch_east"]
    assert (hall.get("tests"), hall.get("failures"), hall.get("errors")) == ("2", "1", "0")
    assert (east.get("tests"), east.get("failures"), east.get("errors")) == ("3", "1", "2")
    warned = suites["inventory"].find("testcase/system-out")
    assert suites["inventory"].get("failures") == "0"
    assert warned is not None
    assert "soon" in str(warned.text)


def test_a_run_that_broke_off_is_no_success(tmp_path: Path) -> None:
    run = Run(START)
    run.error = "Unexpected failure"
    report, junit, *_ = write_reports(run, tmp_path, START)
    assert json.loads(report.read_text(encoding="utf-8"))["error"] == "Unexpected failure"
    assert ElementTree.parse(junit).find("testsuite/testcase/error") is not None  # noqa: S314 - our own file


def test_sides_of_a_difference_that_are_words_are_told_in_the_language_of_a_page(tmp_path: Path) -> None:
    words = Phrase("page.verified_yes")
    told = Difference("port", "Gi1/0/1", "description", words, "as it is")
    run = run_of([record(outcome("hall-1", "city_hall", Status.DRIFT, told, WIDENED), Options(), "en")])
    sides = {lang: run.in_language(lang).records["hall-1"]["differences"][0]["expected"] for lang in LANGUAGES}
    assert sides == {"en": "yes", "ja": "照合済み"}
    assert "said" not in run.records["hall-1"]["differences"][1], "what is no word is told once"
    report, *_ = write_reports(run, tmp_path, START)
    assert '"said"' not in report.read_text(encoding="utf-8")
