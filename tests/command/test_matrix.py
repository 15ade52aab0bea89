"""``python -m sanso matrix`` and ``picture``: what passes, as text, as JSON and as SVG."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sanso.city import load_city
from sanso.command import main
from sanso.platforms import load_platform
from sanso.render import intend_city

LAB = Path("inventories/lab")
HEAD = "ip access-list extended SANSO-lgwan_staff-IN-V4"


@pytest.fixture(scope="module")
def backups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded city as a folder of backups, opened by one line."""
    folder = tmp_path_factory.mktemp("backups")
    for name, intent in intend_city(load_city(LAB)).items():
        text = load_platform(intent.facts.platform).render(intent.facts)
        if name == "hoikusho-east-1":
            assert HEAD in text
            text = text.replace(HEAD, f"{HEAD}\n 5 permit ip any any")
        (folder / f"{name}.cfg").write_text(f"hostname {name}\n{text}", encoding="utf-8")
    return folder


def test_what_is_intended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["matrix", "--inventory", str(LAB), "--rendered"]) == 0
    told = capsys.readouterr().out
    assert "mynumber → lgwan: partly: tcp/443" in told
    assert "mynumber → internet" not in told


def test_what_backups_hold(backups: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["matrix", str(backups), "--inventory", str(LAB), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    crossed = {(one["from"]["layer"], one["to"]["layer"]) for one in told["layers"] if one.get("unapproved")}
    assert ("lgwan", "mynumber") in crossed


def test_a_picture(backups: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "city.svg"
    assert main(["picture", str(backups), "--inventory", str(LAB), "--out", str(file), "--lang", "ja"]) == 1
    assert str(file) in capsys.readouterr().out
    drawn = file.read_text(encoding="utf-8")
    assert "mynumber" in drawn
    assert "✕" in drawn
