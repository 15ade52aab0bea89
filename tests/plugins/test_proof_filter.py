"""The filter and the test plugin over configuration texts, in a playbook."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.conftest import RunningCity
from tests.proof.test_texts import LAYERS, SWITCH

PLAYBOOK = """
- hosts: localhost
  gather_facts: false
  vars:
    texts: {sw1: "{{ lookup('ansible.builtin.file', folder ~ '/sw1.cfg') }}"}
  tasks:
    - ansible.builtin.debug:
        msg: "{{ (texts | sanso_proof(folder ~ '/layers.yml', 'ja')).findings | map(attribute='rule') | join(' ') }}"
    - ansible.builtin.assert:
        that: texts is sanso_separated(folder ~ '/layers.yml')
"""


def play(city: RunningCity, folder: Path, acl: str) -> tuple[int, str]:
    (folder / "play.yml").write_text(PLAYBOOK, encoding="utf-8")
    (folder / "layers.yml").write_text(LAYERS, encoding="utf-8")
    (folder / "sw1.cfg").write_text(SWITCH.format(name="sw1", acl=acl), encoding="utf-8")
    ran = city.play("-e", f"folder={folder}", playbook=str(folder / "play.yml"))
    return ran.status, ran.text


def test_layers_apart(city: RunningCity, tmp_path: Path) -> None:
    status, text = play(city, tmp_path, "CLOSED")
    assert status == 0, text
    assert "msg: ''" in text


def test_layers_joined(city: RunningCity, tmp_path: Path) -> None:
    status, text = play(city, tmp_path, "OPEN")
    assert status == 2
    assert "msg: PROOF-01" in text
    assert "sanso_separated" in text
