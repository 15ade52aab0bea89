"""Controllers and access points in a run of ansible-playbook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sanso.journal import Holder, Journal, take
from tests.plugins.conftest import RunningCity, by_hand

WLC = "hall-wlc-1"
AWAY = "ap-shobo-101"
PLAYBOOK, DISASTER = "playbooks/wireless.yml", "playbooks/disaster_mode.yml"
MOVED = ("wireless profile policy internet", "shutdown", "vlan 220", "no shutdown")
DECIDED = (
    *("-e", "approvers=Sato,Suzuki", "-e", "ends=2099-12-05T18:00+09:00"),
    *("-e", json.dumps({"reason": "Flood of the river"})),
)


@pytest.fixture
def air(rolled_out: RunningCity, tmp_path: Path) -> Iterator[RunningCity]:
    """The city, whose controller holds what the inventory says, before and after."""
    city = rolled_out.copy(tmp_path)
    yield city
    mended = city.copy(tmp_path / "after").play(playbook=PLAYBOOK)
    assert mended.status == 0, mended.text


def commands(air: RunningCity, host: str = WLC) -> list[str]:
    report = json.loads((air.folder / "artifacts" / "report.json").read_text(encoding="utf-8"))
    return next(one["commands"] for one in report["hosts"] if one["host"] == host)


def test_a_second_run_changes_nothing(air: RunningCity) -> None:
    ran = air.play(playbook=PLAYBOOK)
    assert ran.status == 0, ran.text
    assert len(ran.hosts("in_sync")) == 67
    assert {one["changed"] for one in ran.recap.values()} == {0}


def test_a_controller_is_worked_on_by_one_run_at_a_time_whoever_its_access_points_are(air: RunningCity) -> None:
    """It stands in the city hall, where somebody works; the access point that is in play, elsewhere."""
    Journal(air.journal).open()
    take(air.journal, "city_hall", Holder("other", "suzuki@far", "another-machine", 4711, "2026-11-29T10:05"))
    ran = air.play("--limit", AWAY, playbook=PLAYBOOK)
    assert (ran.status, ran.hosts("refused")) == (2, {AWAY})
    assert "city_hall is being worked on by suzuki@far" in ran.text.replace("\n", " ")
    mended = air.play("--limit", AWAY, "-e", "sanso_break_lock=gone", playbook=PLAYBOOK)
    assert mended.hosts("in_sync") == {AWAY}


def test_an_ssid_moved_by_hand_is_found_told_by_layer_and_mended(air: RunningCity) -> None:
    by_hand(air, WLC, *MOVED)
    check = air.play("--check", "--diff", "-e", "sanso_fail_on_drift=true", playbook=PLAYBOOK)
    assert check.status != 0
    assert "AIR-07: SSID MIDORIKAWA-INTERNET of layer internet leads into VLAN 220 of layer lgwan" in check.text
    assert "policy internet: VLAN: expected 320, found 220  [lgwan, internet]" in check.text
    assert check.hosts("drift") == {WLC}
    assert commands(air) == [
        *("wireless profile policy internet", " shutdown", " exit"),
        *("wireless profile policy internet", " vlan 320", " exit"),
        *("wireless profile policy internet", " no shutdown", " exit"),
    ]
    mended = air.play(playbook=PLAYBOOK)
    assert mended.hosts("changed") == {WLC}
    assert "AIR-07" not in mended.text


def test_the_proof_reads_controllers(air: RunningCity) -> None:
    by_hand(air, WLC, *MOVED)
    proof = air.play("-e", "sanso_lint=false", playbook="playbooks/prove.yml")
    assert proof.status != 0
    assert "MIDORIKAWA-INTERNET of layer internet and VLAN 220 lgwan_wifi of layer lgwan" in proof.text


def test_a_limit_names_the_access_points_of_one_building(air: RunningCity) -> None:
    by_hand(air, WLC, "ap 0253.414e.0003", "policy-tag internet", "ap 0253.414e.0037", "policy-tag internet")
    other = air.play("--check", "--limit", "building_shobo", playbook=PLAYBOOK)
    assert other.hosts("in_sync") == {f"ap-shobo-10{number}" for number in range(1, 5)}
    assert f"{WLC}: 2 more differences" in other.text
    ran = air.play("--limit", "building_hall", "--diff", playbook=PLAYBOOK)
    assert ran.status == 0, ran.text
    assert ran.hosts("changed") == {"ap-hall-103"}
    assert WLC not in ran.recap
    assert "ap 0253.414e.0003\n   policy-tag lgwan-internet-public-disaster" in ran.text
    left = air.play("--check", playbook=PLAYBOOK)
    assert left.hosts("drift") == {WLC, "ap-toshokan-101"} or left.hosts("drift") == {"ap-toshokan-101"}


def test_an_access_point_is_refused_what_would_open_by_what_it_shares(air: RunningCity) -> None:
    by_hand(air, WLC, *MOVED, "exit", "ap 0253.414e.0003", "policy-tag public-disaster")
    ran = air.play("--limit", "ap-hall-103", playbook=PLAYBOOK)
    assert ran.status != 0
    assert ran.hosts("refused") == {"ap-hall-103"}
    assert "Nothing was sent" in ran.text


def test_an_access_point_is_not_in_sync_where_what_it_shares_leaks(air: RunningCity) -> None:
    by_hand(air, WLC, *MOVED)
    ran = air.play("--check", "--limit", "ap-hall-103", playbook=PLAYBOOK)
    assert ran.hosts("drift") == {"ap-hall-103"}, ran.text
    assert "AIR-07: SSID MIDORIKAWA-INTERNET" in ran.text


def test_a_controller_waits_for_the_windows_of_all_its_access_points(air: RunningCity) -> None:
    day = f"{datetime.now(UTC) + timedelta(days=3):%a}".lower()
    air.edit(
        "group_vars/branch_shobo_minami.yml",
        "windows: always",
        f'windows: [{{days: [{day}], from: "03:00", to: "04:00"}}]',
    )
    by_hand(air, WLC, "ap 0253.414e.0003", "policy-tag internet")
    ran = air.play(playbook=PLAYBOOK)
    assert ran.hosts("refused") == {WLC, *(f"ap-shobo-10{number}" for number in range(1, 5))}, ran.text
    assert ran.hosts("changed") == {"ap-hall-103"}
    air.edit("group_vars/branch_shobo_minami.yml", r"windows: \[.*", "windows: always")


def test_no_limit_comes_past_the_decision(air: RunningCity) -> None:
    file = air.inventory / "group_vars" / "all" / "state.yml"
    ran = air.play("--limit", "ap-hall-103", "-e", "state=disaster", *DECIDED, playbook=DISASTER)
    assert ran.status == 0, ran.text
    assert file.exists()
    file.unlink()


def test_a_disaster_is_decided_by_two_and_ended_by_two(air: RunningCity) -> None:
    file = air.inventory / "group_vars" / "all" / "state.yml"
    alone = air.play("-e", "state=disaster", "-e", "approvers=Sato", *DECIDED[2:], playbook=DISASTER)
    assert alone.status != 0
    assert not file.exists()
    check = air.play("--check", "-e", "state=disaster", *DECIDED, playbook=DISASTER)
    assert check.status == 0, check.text
    assert not file.exists()
    assert commands(air) == ["wlan disaster", " no shutdown", " exit"]
    states = air.folder / "artifacts" / "states"
    assert (states / f"{WLC}-disaster.txt").read_text("utf-8") == "wlan disaster\n no shutdown\n exit\n"
    assert (states / f"{WLC}-normal.txt").read_text("utf-8") == "wlan disaster\n shutdown\n exit\n"
    begun = air.play("-e", "state=disaster", *DECIDED, playbook=DISASTER)
    assert begun.hosts("changed") == {WLC}, begun.text
    later = air.play("--check")
    assert later.hosts("in_sync") == {host["host"] for host in later.report["hosts"]}
    assert "STATE OF THE CITY: disaster until 2099-12-05 18:00 (JST)" in later.text
    ended = air.play("-e", "state=normal", "-e", "approvers=Sato,Suzuki", playbook=DISASTER)
    assert ended.hosts("changed") == {WLC}, ended.text
    assert "STATE OF THE CITY" not in air.play("--check").text
    file.unlink()


def test_a_controller_that_does_not_answer_fails_with_its_access_points_alone(air: RunningCity) -> None:
    air.edit("wireless.yml", r"127\.42\.0\.201", "127.42.99.99")
    ran = air.play("--check", "--limit", f"{WLC},building_shobo", playbook=PLAYBOOK)
    assert ran.status != 0
    assert ran.hosts("unreachable") == {WLC, *(f"ap-shobo-10{number}" for number in range(1, 5))}
    air.edit("wireless.yml", r"127\.42\.99\.99", "127.42.0.201")
