"""``python -m sanso``: of an inventory, and of a folder that this project never wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sanso.city.load import load_city
from sanso.command import commands, main
from sanso.platforms import load_platform
from sanso.render import intend_city
from tests.proof.topology.networks import LAB

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "batfish-example" / "networks/example/live/configs"

ROUTER = """\
version 15.2
service timestamps log datetime msec
hostname edge
interface GigabitEthernet0/1
 ip address 10.1.0.1 255.255.255.0
 ip access-group OFFICE in
interface GigabitEthernet0/2
 ip address 10.2.0.1 255.255.255.0
 ip access-group WEB in
ip access-list extended OFFICE
 permit tcp 10.1.0.0 0.0.0.255 host 10.2.0.80 eq 443
 deny ip any any log
ip access-list extended WEB
 permit tcp host 10.2.0.80 eq 443 10.1.0.0 0.0.0.255 established
 deny ip any any log
line vty 0 4
end
"""
LAYERS = """\
prefixes: {10.1.0.0/16: lgwan, 10.2.0.0/16: internet}
flows:
  - {name: web, from: lgwan, to: 10.2.0.80, service: https}
"""


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    """A folder of one router, and its layers."""
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "edge.cfg").write_text(ROUTER, encoding="utf-8")
    (tmp_path / "layers.yml").write_text(LAYERS, encoding="utf-8")
    return folder


def run(folder: Path, action: str, *more: str) -> int:
    return main([action, str(folder), "--layers", str(folder.parent / "layers.yml"), *more])


def test_a_folder_is_proved(backups: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(backups, "prove") == 0
    assert capsys.readouterr().out.startswith("proved: ")


def test_what_the_file_does_not_approve_crosses(backups: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (backups.parent / "layers.yml").write_text(LAYERS.partition("flows")[0], encoding="utf-8")
    assert run(backups, "prove") == 1
    said = capsys.readouterr().out
    assert "edge.cfg:11:1: error PROOF-01: tcp 10.1.0." in said
    assert "or approve it under flows of the file of layers" in said
    assert run(backups, "prove", "--json") == 1
    data = json.loads(capsys.readouterr().out)
    assert data["proved"] is False
    assert {one["rule"] for one in data["findings"]} == {"PROOF-01"}


def test_a_file_that_is_not_read_is_not_proved(backups: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (backups / "other.cfg").write_bytes(b"\0")
    assert run(backups, "prove", "--lang", "ja") == 1
    assert "other.cfg:1:1: エラー BACKUP-01" in capsys.readouterr().out
    assert run(backups, "ask", "--from", "10.1.0.9", "--to", "10.2.0.9") == 1
    assert capsys.readouterr().out.startswith("not sure; as far as is known, no: ")


def test_a_question_is_answered_with_its_exit_status(backups: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(backups, "ask", "--from", "10.1.0.9", "--to", "10.2.0.80", "--service", "https") == 0
    said = capsys.readouterr().out
    assert said.startswith("yes: 10.1.0.9 reaches 10.2.0.80 by https (IPv4)\n")
    assert "  approved: web\n" in said
    assert run(backups, "ask", "--from", "lgwan", "--to", "10.2.0.80", "--service", "tcp/80", "--json") == 1
    assert json.loads(capsys.readouterr().out)["answer"] == "no"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "lgwann", "--to", "10.2.0.80"], "did you mean: lgwan?"),
        (["--from", "lgwan", "--to", "internet"], "no line to the Internet is known here"),
        (["--from", "lgwan", "--to", "10.2.0.80", "--service", "443"], "write tcp/443 or udp/443"),
        (["--from", "lgwan", "--to", "10.2.0.80", "--inventory", "x"], "give one of them"),
        (["--from", "lgwan", "--to", "10.2.0.80", "--rendered"], "--rendered needs --inventory DIR"),
    ],
)
def test_wrong_use_is_told_and_has_a_status_of_its_own(
    backups: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(backups, "ask", *arguments) == 2
    assert said in capsys.readouterr().err


def test_wrong_folders_and_files_are_told(backups: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", str(backups)]) == 2
    assert "--layers FILE, or --inventory DIR" in capsys.readouterr().err
    assert main(["prove", "--inventory", str(LAB)]) == 2
    assert "give a folder of backups" in capsys.readouterr().err
    (backups.parent / "layers.yml").write_text("vlan: {}\ninternet: {egde: [Gi0]}\n", encoding="utf-8")
    assert run(backups, "prove") == 2
    assert "layers.yml:1:7: error LAYERS-01: no key is called vlan" in capsys.readouterr().err
    (backups.parent / "layers.yml").write_text("internet: {egde: [Gi0]}\n", encoding="utf-8")
    assert run(backups, "prove") == 2
    assert "did you mean edge?" in capsys.readouterr().err


def test_an_inventory_is_asked_as_rendered(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--inventory", str(LAB), "--rendered"]
    assert main(["prove", *arguments]) == 0
    assert capsys.readouterr().out.startswith("proved: ")
    assert main(["prove", *arguments, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert f"{len(data['trusted'])} entrances from outside are taken on trust" in data["summary"]
    assert {"device": "hoikusho-east-1", "port": "TenGigabitEthernet1/1/1", "outside": "wan"} in data["trusted"]
    ends = ["--from", "resident_records", "--to", "data_link", "--service", "https"]
    assert main(["ask", *arguments, *ends, "--lang", "ja"]) == 0
    assert capsys.readouterr().out.startswith("通ります: ")


def test_a_folder_is_held_to_an_inventory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, intent in intend_city(load_city(LAB)).items():
        text = load_platform(intent.facts.platform).render(intent.facts)
        (tmp_path / f"{name}.cfg").write_text(text, encoding="utf-8")
    arguments = ["prove", str(tmp_path), "--inventory", str(LAB)]
    assert main(arguments) == 0, capsys.readouterr().out
    (tmp_path / "hall-core-1.cfg").rename(tmp_path / "hall-core-9.cfg")
    file = tmp_path / "hall-core-9.cfg"
    file.write_text(file.read_text(encoding="utf-8").replace("hostname hall-core-1", "hostname hall-core-9"))
    capsys.readouterr()
    assert main(arguments) == 1
    said = capsys.readouterr().out
    assert "the inventory has no device hall-core-9" in said
    assert "PROOF-03: not proved: hall-core-1 could not be read" in said


def test_every_command_says_what_it_does() -> None:
    assert {"ask", "prove"} <= {command.__name__.rpartition(".")[2] for command in commands()}
    assert all(command.__doc__ for command in commands())


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpora are not part of the project")
def test_a_network_that_nobody_here_wrote_is_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layers = tmp_path / "layers.yml"
    layers.write_text("prefixes: {2.128.0.0/16: dept, 2.0.0.0/8: as2, 1.0.0.0/8: as1}\n", encoding="utf-8")
    base = [str(CORPUS), "--layers", str(layers)]
    assert main(["prove", *base]) == 1
    said = capsys.readouterr().out
    assert said.index("PROOF-01") < said.index("PROOF-02")
    assert "more of PROOF-01; --all shows them" in said
    assert len(said.splitlines()) < 150
    assert main(["ask", *base, "--from", "2.128.0.101", "--to", "1.0.1.9", "--service", "tcp/443"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("not sure; as far as is known, ")
    assert "as2dept1.cfg:111: permit ip 2.128.0.0 0.0.255.255 any" in said
