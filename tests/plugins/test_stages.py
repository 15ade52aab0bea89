"""Stages and the end of a window, as a user of site.yml meets them."""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from sanso.command import main
from sanso.journal import Journal
from tests.plugins.conftest import Ran, RunningCity

BRANCH = "shobo-minami-2"
"""The far end of a branch: it goes ahead there, before its gateway and the city hall."""
GATEWAY = "shobo-minami-1"
HALL = "hall-floor-3"
POINT = "ap-hall-101"
"""An access point, whose controller comes in a later play."""
MACHINES = "hall-kvm-1"
"""A virtualization host, which a role works on by itself; none is there, so none may be contacted."""
IN_SYNC = {"hall-floor-1", "ap-hall-102"}
"""A play of which every host fails ends the run."""
TOKYO = ZoneInfo("Asia/Tokyo")

REFUSING = """
from sanso.devices.session import Session

right = Session.send

def wrong(self, commands):
    right(self, [*commands, "frobnicate the network"] if self.target.hostname == "{host}" else commands)

Session.send = wrong
"""
"""One device is sent what it refuses; it puts itself back."""


@pytest.fixture
def drifted(city: RunningCity) -> RunningCity:
    """Printers of three switches belong elsewhere in their layer, and a radio differs; none is ever changed here."""
    for host in (BRANCH, GATEWAY, HALL):
        city.edit(f"host_vars/{host}.yml", "access, segment: lgwan_printers", "access, segment: lgwan_staff")
    city.edit("wireless.yml", r"channel: 60, width: 40", "channel: 60, width: 20")
    return city


def play(city: RunningCity, *arguments: str, refusing: str = "", **env: str) -> Ran:
    """Play on these and on some that are as they should be, while one of them refuses what it is sent."""
    (city.folder / "sitecustomize.py").write_text(REFUSING.format(host=refusing), encoding="utf-8")
    limit = ",".join((BRANCH, GATEWAY, HALL, POINT, MACHINES, *sorted(IN_SYNC)))
    return city.play("--limit", limit, *arguments, PYTHONPATH=str(city.folder), **env)


def said(ran: Ran, host: str) -> str:
    return str(next(one["message"] for one in ran.report["hosts"] if one["host"] == host))


def test_a_check_with_diff_tells_the_stages(drifted: RunningCity) -> None:
    ran = play(drifted, "--check", "--diff")
    assert ran.status == 0, ran.text
    plan = ran.text.partition("In stages, and none after one that fails:\n")[2].splitlines()[:3]
    assert [line.strip() for line in plan] == [
        f"1. site stage 1, the first device of each site (1): {BRANCH}",
        f"2. site stage 1, devices 1 links away (1): {GATEWAY}",
        f"3. site stage 2, the first device of each site (1): {HALL}",
    ]


def test_where_a_branch_fails_its_gateway_and_the_city_hall_are_left(
    drifted: RunningCity, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = play(drifted, "-e", "sanso_left_out=", refusing=BRANCH)
    assert ran.status == 2
    assert (ran.hosts("failed"), ran.hosts("in_sync")) == ({BRANCH}, IN_SYNC)
    assert ran.hosts("left") == {GATEWAY, HALL, POINT}
    failed = {host for host, counts in ran.recap.items() if counts["failed"]}
    assert failed == {BRANCH, GATEWAY, HALL, POINT, MACHINES}
    assert f"{MACHINES}: left as it is: the change failed at {BRANCH}" in ran.text.replace("\n", " ")
    assert f"the change failed at {BRANCH} (site stage 1, the first device of each site)" in said(ran, HALL)
    assert "Nothing was sent" in said(ran, HALL)
    assert f"failed at {BRANCH}" in said(ran, POINT)
    suites = ElementTree.parse(drifted.folder / "artifacts" / "junit.xml").getroot()  # noqa: S314 - our own file
    counts = {suite.get("name"): (suite.get("failures"), suite.get("errors")) for suite in suites}
    assert (counts["branch_shobo_minami"], counts["city_hall"]) == (("1", "1"), ("2", "0"))
    assert main(["journal", "show", ran.report["run"], "--folder", str(drifted.journal), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert f"3. site stage 2, the first device of each site (1): {HALL}" in shown
    assert f"{HALL} (city_hall): looked at" in shown
    assert shown.count(f"not begun: the change failed at {BRANCH}") == 3
    assert Journal(drifted.journal).verify()[2] is None
    assert play(drifted, "--check").hosts("drift") == {BRANCH, GATEWAY, HALL, POINT}


def test_later_waves_are_left_too(drifted: RunningCity) -> None:
    ran = play(drifted, "-e", "sanso_serial=2", refusing=HALL)
    assert ran.status == 2
    assert (ran.hosts("failed"), ran.hosts("left")) == ({HALL}, {BRANCH, GATEWAY}), "then Ansible ends the run"


def test_a_window_about_to_end_leaves_its_site_and_nobody_else(drifted: RunningCity) -> None:
    ends = datetime.now(TOKYO) + timedelta(minutes=25)
    blackout = f"{{from: {ends:%Y-%m-%dT%H:%M}, to: {ends + timedelta(days=1):%Y-%m-%dT%H:%M}, reason: 訓練}}"
    drifted.edit(
        "group_vars/branch_shobo_minami.yml", "windows: always", f"windows: always\n  blackouts: [{blackout}]"
    )
    ran = play(drifted, "-e", "vlan_segmentation_timer=30", refusing=HALL, SANSO_LANG="ja")
    assert ran.status == 2
    assert (ran.hosts("left"), ran.hosts("failed")) == ({BRANCH, GATEWAY, POINT}, {HALL}), "the hall was begun"
    assert f"南消防署 の作業時間帯は {ends:%Y-%m-%d %H:%M} (JST) に終わります" in said(ran, BRANCH)
    assert f"次の作業時間帯は {ends + timedelta(days=1):%Y-%m-%d %H:%M} (JST) に始まります" in said(ran, BRANCH)
    override = ("-e", "sanso_override_reason=fire", "-e", "sanso_override_by=Sato")
    ran = play(drifted, "-e", "vlan_segmentation_timer=30", *override, refusing=BRANCH)
    assert (ran.hosts("failed"), ran.hosts("left")) == ({BRANCH}, {GATEWAY, HALL, POINT}), (
        "nobody is held back by the clock"
    )
