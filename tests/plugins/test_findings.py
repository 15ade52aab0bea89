"""The filter and the test plugin in a playbook, as their documentation shows them; and the tag they all stand on."""

from __future__ import annotations

from pathlib import Path

from ansible._internal._datatag._tags import Origin
from ansible.parsing.dataloader import DataLoader

from tests.plugins.conftest import RunningCity

CITY = "dict(groups['network'] | zip(groups['network'] | map('extract', hostvars)))"
PLAYBOOK = f"""
- hosts: localhost
  gather_facts: false
  tasks:
    - ansible.builtin.debug:
        msg: "{{{{ {CITY} | sanso_findings('ja') | map(attribute='rule') | join(' ') }}}}"
    - ansible.builtin.assert:
        that: {CITY} is sanso_valid
"""


def test_a_valid_city(city: RunningCity) -> None:
    playbook = city.folder / "play.yml"
    playbook.write_text(PLAYBOOK, encoding="utf-8")
    ran = city.play(playbook=str(playbook))
    assert ran.status == 0, ran.text
    assert "msg: ''" in ran.text


def test_a_city_that_is_not(city: RunningCity) -> None:
    city.edit("group_vars/all/segments.yml", r"vlan: 320", "vlan: 310")
    playbook = city.folder / "play.yml"
    playbook.write_text(PLAYBOOK, encoding="utf-8")
    ran = city.play(playbook=str(playbook))
    assert ran.status == 2
    assert "msg: SEG-01" in ran.text
    assert "sanso_valid" in ran.text


def test_ansible_tags_values_with_their_origin(tmp_path: Path) -> None:
    """Ansible keeps this to itself; should it move, every finding would lose its line."""
    file = tmp_path / "vars.yml"
    file.write_text("sanso_city:\n  name: Midorikawa\n", encoding="utf-8")
    origin = Origin.get_tag(DataLoader().load_from_file(str(file))["sanso_city"]["name"])
    assert origin is not None
    assert (origin.path, origin.line_num, origin.col_num) == (str(file), 2, 9)
