"""``python -m sanso journal``: what rollouts did, and whether the journal is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sanso.command import main
from sanso.devices.observer import Stage
from sanso.journal import Journal

RUN = "20261129T100512Z-3fa9c1"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path / "journal")
    journal.open()
    about = {"operator": "tanaka@host", "pid": 7, "approver": "Sato", "ticket": "2026-114", "part": "switches"}
    played = {"version": "0.1.0", "playbooks": ["site.yml"], "limit": "branch_x", "window_override": ""}
    journal.add(RUN, {"event": "begun", **about, **played, "break_lock": "", "crashed": [], "broken": []})
    difference = {
        "kind": "vlan",
        "where": "VLAN 666",
        "attribute": "name",
        "expected": "",
        "found": "x",
        "layers": [],
    }
    looked = {"host": "sw1", "site": "hall", "status": "drift", "read_at": "2026-11-29T10:05:14.000+00:00"}
    found = {"differences": [difference], "commands": ["no vlan 666"], "findings": [], "error": None}
    journal.add(RUN, {"event": "looked", **looked, **found, "configuration": journal.keep("hostname sw1\nend\n")})
    for stage in (Stage.ARMING, Stage.SAVED):
        journal.add(RUN, {"event": "stage", "host": "sw1", "stage": str(stage)})
    return journal


def test_runs_are_listed_with_what_became_of_them(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "list", "--folder", str(journal.folder), "--lang", "en"]) == 0
    line = capsys.readouterr().out.splitlines()[1]
    assert [word in line for word in (RUN, "tanaka@host", "2026-114", "cut off")] == [True] * 4
    journal.add(RUN, {"event": "ended"})
    assert main(["journal", "list", "--folder", str(journal.folder), "--lang", "ja"]) == 0
    assert "終了" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            [
                "approver: Sato; ticket: 2026-114",
                "limit: branch_x",
                "arming → saved",
                "VLAN 666: name",
                "no vlan 666",
            ],
        ),
        (
            "ja",
            ["承認者: Sato、チケット: 2026-114", "対象の限定: branch_x", "arming → saved", "VLAN 666", "no vlan 666"],
        ),
    ],
)
def test_a_run_is_shown_with_who_why_and_what(
    journal: Journal, capsys: pytest.CaptureFixture[str], lang: str, words: list[str]
) -> None:
    assert main(["journal", "show", RUN, "--folder", str(journal.folder), "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert [word for word in words if word not in said] == []
    assert main(["journal", "show", RUN, "--folder", str(journal.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["works"]["sw1"]["commands"] == ["no vlan 666"]


@pytest.mark.parametrize(("lang", "words"), [("en", "looked at"), ("ja", "ネットワーク設定適用報告書")])
def test_a_page_is_made_of_a_run(
    journal: Journal, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    file = tmp_path / "run.html"
    assert main(["journal", "page", RUN, "--folder", str(journal.folder), "--lang", lang, "--out", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    assert words in file.read_text(encoding="utf-8")


def test_a_run_or_a_journal_that_is_not_there_is_wrong_use(
    journal: Journal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["journal", "show", "other", "--folder", str(journal.folder), "--lang", "en"]) == 2
    assert "has no run other" in capsys.readouterr().err
    assert main(["journal", "list", "--folder", str(tmp_path / "none"), "--lang", "ja"]) == 2
    assert "作業記録がありません" in capsys.readouterr().err


def test_verify_tells_the_first_broken_place_and_fails(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["journal", "verify", "--folder", str(journal.folder)]
    assert main([*command, "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("whole: lines 4")
    text = journal.file.read_text(encoding="utf-8")
    journal.file.write_text(text.replace("no vlan 666", "no vlan 667"), encoding="utf-8")
    assert main([*command, "--lang", "en"]) == 1
    assert f"{journal.file}:2: the line was edited" in capsys.readouterr().out
    assert main([*command, "--lang", "ja"]) == 1
    assert f"{journal.file}:2: 行が書き換えられています" in capsys.readouterr().out
    assert main([*command, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["where"], told["fault"]["what"]) == (f"{journal.file}:2", "edited")


def test_half_a_line_at_the_end_is_told_and_is_no_fault(journal: Journal, capsys: pytest.CaptureFixture[str]) -> None:
    with journal.file.open("ab") as file:
        file.write(b'{"event":')
    assert main(["journal", "verify", "--folder", str(journal.folder), "--lang", "en"]) == 0
    assert "half a line" in capsys.readouterr().out.splitlines()[1]
