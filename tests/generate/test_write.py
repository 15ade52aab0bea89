from __future__ import annotations

from pathlib import Path

import pytest

from sanso.generate import Size, TargetError, generate, write_inventory
from sanso.generate.__main__ import main


def arguments(folder: Path, sites: int = 2, switches: int = 3, segments: int = 20) -> list[str]:
    counts = {"sites": sites, "switches": switches, "segments": segments}
    return [*(f"--{name}={count}" for name, count in counts.items()), f"--out={folder}"]


def test_the_command_writes_the_city_and_says_how_to_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments(tmp_path / "city")) == 0
    said = capsys.readouterr().out
    assert "2 sites, 3 switches, 20 site-segments" in said
    assert f"python -m sanso.lab start --inventory {tmp_path}/city --state {tmp_path}/city/.lab" in said
    assert f"ansible-playbook -i {tmp_path}/city site.yml" in said
    assert len(list((tmp_path / "city" / "host_vars").iterdir())) == 3


def test_the_command_refuses_a_size_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments(tmp_path / "city", sites=4)) == 1
    assert capsys.readouterr().err == "error: 4 sites need at least 4 switches, one each, not 3\n"
    assert not (tmp_path / "city").exists()


def test_a_generated_city_is_replaced_whole_and_the_state_of_its_devices_stays(tmp_path: Path) -> None:
    write_inventory(generate(Size(3, 12, 40)), tmp_path)
    (tmp_path / ".lab").mkdir()
    (tmp_path / ".lab" / "known_hosts").write_text("kept")
    write_inventory(generate(Size(2, 2, 20)), tmp_path)
    assert len(list((tmp_path / "host_vars").iterdir())) == 2
    assert (tmp_path / ".lab" / "known_hosts").read_text() == "kept"


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    precious = tmp_path / "group_vars" / "all.yml"
    precious.parent.mkdir()
    precious.write_text("mine")
    assert main(arguments(tmp_path)) == 1
    assert "holds no generated city" in capsys.readouterr().err
    assert precious.read_text() == "mine"
    with pytest.raises(TargetError, match="is a file"):
        write_inventory(generate(Size(1, 1, 16)), precious)


def test_files_are_yaml_that_people_can_read(tmp_path: Path) -> None:
    write_inventory(generate(Size(2, 4, 24)), tmp_path)
    for file in tmp_path.rglob("*.yml"):
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert max(map(len, text.splitlines())) <= 120
        assert "!!" not in text
        assert "&id" not in text
    assert "name_ja: 市役所本庁舎" in (tmp_path / "group_vars" / "city_hall.yml").read_text(encoding="utf-8")
