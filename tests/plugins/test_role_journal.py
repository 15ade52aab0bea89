"""What roles do to hosts by themselves stands in the journal; no host is contacted here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from sanso.devices.observer import Stage
from sanso.journal import Holder, Journal, Run, read_runs, take
from tests.plugins.conftest import Ran, RunningCity

HOST, OTHER = "hall-kvm-1", "hoikusho-east-1"
SITE = "city_hall"
SECRET = "Hidden-enable-word"  # noqa: S105 - of the test's own
DETAILS = [
    {"kind": "port", "where": "vnet3", "attribute": "vlan", "expected": "210", "found": "310", "layers": ["lgwan"]}
]


def telling(stage: str, **options: object) -> dict[str, object]:
    return {"sanso_journal": {"begun": "rollout_begun", "stage": stage, **options}}


PLAY = [
    {
        "hosts": f"{HOST}:{OTHER}",
        "gather_facts": False,
        "vars": {"rollout_part": "virtualization", "ansible_become_password": SECRET},
        "tasks": [
            {"ansible.builtin.import_role": {"name": "rollout"}},
            telling(
                "looked", details=json.dumps(DETAILS), commands=["ovs-vsctl set"], differs="{{ differs | bool }}"
            ),
            {
                "when": "differs | bool",
                "block": [
                    telling("arming"),
                    {"ansible.builtin.fail": {"msg": f"said {SECRET}"}, "when": "fails | bool"},
                    {"ansible.builtin.meta": "end_play", "when": "breaks_off | default(false) | bool"},
                    telling("saved"),
                ],
                "rescue": [
                    telling("undone", error="{{ ansible_failed_result.msg }}"),
                    {"ansible.builtin.fail": {"msg": "put back"}},
                ],
            },
        ],
    }
]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> RunningCity:
    """The embedded city, none of whose devices run."""
    city = RunningCity(tmp_path_factory.mktemp("city"))
    (city.folder / "play.yml").write_text(yaml.safe_dump(PLAY), encoding="utf-8")
    return city


@pytest.fixture
def city(copied: RunningCity, tmp_path: Path) -> RunningCity:
    other = copied.copy(tmp_path)
    (tmp_path / "play.yml").write_text(yaml.safe_dump(PLAY), encoding="utf-8")
    return other


def play(city: RunningCity, *arguments: str, differs: bool = True, fails: bool = False, **env: str) -> Ran:
    given = ("-e", f"differs={differs}", "-e", f"fails={fails}")
    return city.play(*given, *arguments, playbook=str(city.folder / "play.yml"), **env)


def runs(city: RunningCity) -> list[Run]:
    return list(read_runs(Journal(city.journal).entries()).values())


def test_who_why_what_and_how_it_ended(city: RunningCity) -> None:
    ran = play(city, "--limit", HOST, "-e", "sanso_approver=Sato", "-e", "sanso_ticket=2026-117")
    assert ran.status == 0, ran.text
    (run,) = runs(city)
    begun, work = run.first, run.works[HOST]
    assert (begun["part"], begun["approver"], begun["ticket"]) == ("virtualization", "Sato", "2026-117")
    assert (work.site, work.status, work.commands, work.differences) == (SITE, "changed", ["ovs-vsctl set"], DETAILS)
    assert [stage for _, stage in work.stages] == [Stage.ARMING, Stage.CONFIRMED, Stage.SAVED]
    assert [(one["part"], one["statuses"]) for one in run.ended] == [("virtualization", {"changed": 1})]
    assert Journal(city.journal).verify(ran.report["journal"])[2] is None
    page = (city.folder / "artifacts" / "report.ja.html").read_text(encoding="utf-8")
    assert "仮想化ホスト" not in page.split("<h2>")[0]
    assert HOST in page
    assert "Ansible のロールによる作業のため" in page
    back = city.play("-e", f"run={run.id}", playbook="playbooks/rollback.yml")
    assert back.status == 2
    assert f"run {run.id} changed {HOST}; Ansible roles did" in back.text.replace("\n", " ")


def test_a_failure_is_told_without_secrets(city: RunningCity) -> None:
    assert play(city, "--limit", HOST, fails=True).status == 2
    (run,) = runs(city)
    work = run.works[HOST]
    assert (work.status, work.stage, run.finished) == ("failed", Stage.UNDONE, True)
    assert work.error is not None
    assert work.error["detail"].startswith("said <hidden ")
    assert SECRET not in Journal(city.journal).file.read_text(encoding="utf-8")


def test_what_was_left_in_the_middle_is_told_and_cleared_by_the_next_run(city: RunningCity) -> None:
    assert play(city, "--limit", HOST, "-e", "breaks_off=true").status == 0
    (first,) = runs(city)
    assert first.works[HOST].in_the_middle
    lines = Journal(city.journal).file.read_bytes()
    told = play(city, "--check", "--limit", HOST)
    assert f"{HOST} (arming)" in told.text
    assert Journal(city.journal).file.read_bytes() == lines, "a check writes nothing"
    again = play(city, "--limit", HOST, differs=False)
    assert f"{HOST} (arming)" in again.text
    assert runs(city)[-1].works[HOST].stage is Stage.CLEARED


def test_where_somebody_else_works_hosts_are_refused_and_others_go_on(city: RunningCity) -> None:
    journal = Journal(city.journal)
    journal.open()
    holder = Holder("20261129T100512Z-3fa9c1", "suzuki@far", "another-machine", 4711, "2026-11-29T10:05:12+00:00")
    lock = take(city.journal, SITE, holder)
    ran = play(city)
    assert ran.status == 2
    assert "is being worked on by suzuki@far" in ran.text
    assert (ran.recap[HOST]["failed"], ran.recap[OTHER]["failed"]) == (1, 0)
    assert runs(city)[-1].works.keys() == {OTHER}
    assert lock.held
    broken = play(city, "--limit", HOST, "-e", 'sanso_break_lock="suzuki gone home"')
    assert broken.status == 0, broken.text
    assert runs(city)[-1].first["broken"][0]["operator"] == "suzuki@far"


def test_without_a_journal_nothing_is_begun(city: RunningCity) -> None:
    ran = play(city, SANSO_JOURNAL="/dev/null/journal")
    assert ran.status == 2
    assert "the journal cannot be written" in ran.text
