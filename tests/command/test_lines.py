"""``python -m sanso lines``: what to tidy up in a folder of backups."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sanso.command import main

CORE = """\
hostname core
interface Vlan10
 ip address 10.0.0.1 255.255.255.0
 ip access-group IN in
ip access-list extended IN
 permit tcp any any eq 443
 permit ip any any
 permit udp any any
end
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "core.cfg").write_text(CORE, encoding="utf-8")
    return tmp_path


def test_findings_and_their_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lines", str(folder), "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert f"{folder / 'core.cfg'}:8:1: warning LINT-02" in said
    assert said.splitlines()[-1] == "findings: 1, on 1 devices, 9 lines"


def test_redundant_lines_on_request(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lines", str(folder), "--redundant", "--json", "--lang", "ja"]) == 1
    assert [one["rule"] for one in json.loads(capsys.readouterr().out)] == ["LINT-03", "LINT-02"]


def test_nothing_to_tell(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "core.cfg").write_text(CORE.replace(" permit udp any any\n", ""), encoding="utf-8")
    assert main(["lines", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("findings: 0")


def test_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lines", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
