"""Windows alone: no device is contacted, so none runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.plugins.conftest import RunningCity

PLAYBOOK = "playbooks/windows.yml"
BRANCH = "branch_hoikusho_east"
HOST = "hoikusho-east-1"
OTHER = "toshokan-chuo-1"
FOREIGN = """\
- name: The work of somebody else
  hosts: servers:{hosts}
  gather_facts: false
  roles:
    - role: maintenance_window
  tasks:
    - name: Work
      ansible.builtin.debug:
        msg: the work is done
"""
"""Every host would be unreachable, were it contacted."""
SERVERS = """\
---
servers:
  hosts: {lone-server: {}}
branch_hoikusho_east:
  hosts: {branch-server: {}}
branch_toshokan_chuo:
  hosts: {library-server: {}}
all:
  children:
    servers:
      hosts: {branch-server: {}, library-server: {}}
"""


@pytest.fixture
def city(tmp_path: Path) -> RunningCity:
    """The embedded city without its devices; in the branch a window of a minute in the week."""
    city = RunningCity(tmp_path)
    day = f"{datetime.now(ZoneInfo('Asia/Tokyo')) - timedelta(days=2):%a}".lower()
    window = f'windows: [{{days: [{day}], from: "03:00", to: "03:01"}}]'
    city.edit(f"group_vars/{BRANCH}.yml", r"(?m)^  windows: always", f"  {window}")
    return city


def foreign(city: RunningCity) -> str:
    """A playbook and hosts that are not of the project."""
    (city.inventory / "servers.yml").write_text(SERVERS, encoding="utf-8")
    playbook = city.folder / "foreign.yml"
    playbook.write_text(FOREIGN.format(hosts=f"{HOST}:{OTHER}"), encoding="utf-8")
    return str(playbook)


def test_the_coming_windows_are_told_and_written(city: RunningCity, tmp_path: Path) -> None:
    file = tmp_path / "calendars" / "windows.ics"
    ran = city.play("-e", f"sanso_windows_ics={file}", "-e", "sanso_windows_days=21", playbook=PLAYBOOK)
    assert ran.status == 0, ran.text
    assert "Maintenance windows of the 21 days from" in ran.text
    assert ran.text.count("\nEast nursery school ") == 3
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) == 3


def test_a_limit_tells_the_windows_of_its_sites_alone(city: RunningCity) -> None:
    ran = city.play("--limit", BRANCH, playbook=PLAYBOOK, SANSO_LANG="ja")
    assert "日間の作業時間帯" in ran.text
    assert "東保育所" in ran.text
    assert "中央図書館" not in ran.text


@pytest.mark.parametrize("days", ["-1", "367"])
def test_days_that_nobody_plans_are_refused(city: RunningCity, days: str) -> None:
    ran = city.play("-e", f"sanso_windows_days={days}", playbook=PLAYBOOK)
    assert ran.status == 2
    assert f"days is {days}" in ran.text


def test_the_playbook_of_somebody_else_keeps_to_windows_host_by_host(city: RunningCity) -> None:
    ran = city.play(playbook=foreign(city))
    assert ran.status == 2
    assert {host: counts["failed"] for host, counts in ran.recap.items()} == {
        HOST: 1,
        OTHER: 0,
        "branch-server": 1,
        "library-server": 0,
        "lone-server": 1,
    }
    assert "East nursery school is outside its maintenance windows" in ran.text
    assert "lone-server belongs to no site of the city" in ran.text


def test_a_check_and_an_override_come_past_the_windows(city: RunningCity) -> None:
    playbook = foreign(city)
    assert city.play("--check", playbook=playbook).status == 0
    given = ("-e", "sanso_override_reason='line cut'", "-e", "sanso_override_by=Sato")
    ran = city.play(*given, playbook=playbook)
    assert ran.status == 0, ran.text
    assert "outside maintenance windows, by Sato: line cut. Hosts: " in ran.text
    assert set(ran.report["window_override"]["hosts"]) == {HOST, "branch-server", "lone-server"}
    half = city.play(*given[2:], playbook=playbook)
    assert half.status == 2
    assert "sanso_override_reason is missing" in half.text
    assert "the work is done" not in half.text


ROLE = """\
- name: A role that logs in by itself
  hosts: {host}
  gather_facts: false
  tasks:
    - name: Play it
      ansible.builtin.import_role:
        name: {role}
"""


@pytest.mark.parametrize("role", ["access_point", "virtualization_host"])
def test_roles_that_log_in_by_themselves_ask_before_they_do(city: RunningCity, role: str) -> None:
    playbook = city.folder / "role.yml"
    playbook.write_text(ROLE.format(host=HOST, role=role), encoding="utf-8")
    ran = city.play(playbook=str(playbook))
    assert ran.status == 2
    assert ran.recap[HOST]["failed"] == 1
    assert "East nursery school is outside its maintenance windows" in ran.text
