"""The journal, the locks of sites and the way back, as a user of the playbooks meets them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from sanso.devices.observer import Stage
from sanso.journal import HeldError, Holder, Journal, Life, Run, read_runs, release, take
from tests.plugins.conftest import ROOT, RunningCity, by_hand

HOST = "hoikusho-east-1"
OTHER = "shobo-minami-2"
SITE = "branch_hoikusho_east"
CONTROLLER = "hall-wlc-1"
BACK = "playbooks/rollback.yml"


def move(city: RunningCity, segment: str) -> None:
    """Intend a port of the device to be in a segment of the same layer as before."""
    port = "0/9: {profile: access, segment: "
    city.edit(f"host_vars/{HOST}.yml", rf"{re.escape(port)}\w+", f"{port}{segment}")


def runs(city: RunningCity) -> list[Run]:
    return list(read_runs(Journal(city.journal).entries()).values())


@pytest.fixture
def changed(city: RunningCity) -> Iterator[tuple[RunningCity, Run]]:
    """A run that moved a port of one device to another segment of its layer; the device is as intended in the end."""
    move(city, "lgwan_staff")
    ran = city.play("--limit", HOST, "-e", "sanso_approver=Sato", "-e", "sanso_ticket=2026-114")
    assert ran.hosts("changed") == {HOST}, ran.text
    yield city, runs(city)[-1]
    move(city, "lgwan_printers")
    mended = city.play("--limit", HOST)
    assert mended.status == 0, mended.text


def test_a_run_leaves_who_why_and_what_and_a_check_leaves_nothing(changed: tuple[RunningCity, Run]) -> None:
    city, run = changed
    begun, work = run.first, run.works[HOST]
    assert (begun["approver"], begun["ticket"], begun["limit"]) == ("Sato", "2026-114", HOST)
    assert begun["playbooks"] == ["site.yml"]
    assert [stage for _, stage in work.stages][-1] is Stage.SAVED
    assert run.finished
    assert work.before != work.after
    page = (city.folder / "artifacts" / "report.en.html").read_text(encoding="utf-8")
    assert all(f'title="{digest}"' in page for digest in (work.before, work.after))
    assert f"rollback.yml -e run={run.id}" in page
    lines = Journal(city.journal).file.read_bytes()
    check = city.play("--check", "--diff", "--limit", HOST)
    assert check.status == 0
    assert Journal(city.journal).file.read_bytes() == lines
    assert "journal: run" not in check.text


def test_the_end_of_a_run_names_it_and_what_to_verify_it_by(changed: tuple[RunningCity, Run]) -> None:
    city, _ = changed
    ran = city.play("--limit", HOST)
    assert f"journal: run {ran.report['run']}" in ran.text
    assert Journal(city.journal).verify(ran.report["journal"])[2] is None
    assert "admin" not in Journal(city.journal).file.read_text()


def test_a_device_is_put_back_to_what_it_held(changed: tuple[RunningCity, Run]) -> None:
    city, run = changed
    told = city.play("-e", f"run={run.id}", "--check", "--diff", playbook=BACK)
    assert told.status == 0, told.text
    (planned,) = told.report["hosts"]
    assert (planned["host"], planned["status"]) == (HOST, "drift")
    done = city.play("-e", f"run={run.id}", playbook=BACK)
    assert done.status == 0, done.text
    (host,) = done.report["hosts"]
    assert (host["status"], host["commands"]) == ("changed", planned["commands"])
    back = runs(city)[-1]
    assert (back.first["back"], back.works[HOST].after) == (run.id, run.works[HOST].before)
    again = city.play("-e", f"run={run.id}", playbook=BACK)
    assert again.hosts("in_sync") == {HOST}


def test_a_device_that_was_changed_since_is_refused_unless_that_may_be_lost(changed: tuple[RunningCity, Run]) -> None:
    city, run = changed
    by_hand(city, HOST, "vlan 667", "name shadow")
    refused = city.play("-e", f"run={run.id}", playbook=BACK, SANSO_LANG="ja")
    assert refused.status == 2
    assert "の後に変更されており" in refused.text
    assert refused.report["hosts"][0]["status"] == "refused"
    over = city.play("-e", f"run={run.id}", "-e", "sanso_rollback_over=true", playbook=BACK)
    assert over.hosts("changed") == {HOST}, over.text
    assert "no vlan 667" in over.report["hosts"][0]["commands"]


def test_a_device_is_not_put_back_to_where_layers_touch(city: RunningCity) -> None:
    by_hand(city, HOST, "ip access-list extended SANSO-lgwan_staff-IN-V4", "1 permit ip any any")
    mended = city.play("--limit", HOST)
    assert mended.hosts("changed") == {HOST}, mended.text
    ran = city.play("-e", f"run={runs(city)[-1].id}", playbook=BACK)
    assert ran.status == 2
    (host,) = ran.report["hosts"]
    assert host["status"] == "refused"
    assert "the layers are not apart" in host["message"]
    assert "BACK-02" in ran.text
    assert "PROOF-01" in ran.text
    assert city.play("--check", "--limit", HOST, "-e", "sanso_fail_on_drift=true").status == 0


def test_what_no_run_changed_is_not_put_back(changed: tuple[RunningCity, Run]) -> None:
    city, run = changed
    assert "has no run other" in city.play("-e", "run=other", playbook=BACK).text
    assert f"it changed: {HOST}" in city.play("-e", f"run={run.id}", "--limit", OTHER, playbook=BACK).text
    assert "-e run=RUN names the run" in city.play(playbook=BACK).text


def test_a_locked_site_is_refused_alone_and_the_lock_can_be_broken_with_a_reason(city: RunningCity) -> None:
    Journal(city.journal).open()
    holder = Holder("20261129T100512Z-3fa9c1", "suzuki@host", "another-machine", 4711, "2026-11-29T10:05:12+00:00")
    lock = take(city.journal, SITE, holder)
    try:
        ran = city.play("--limit", f"{HOST},{OTHER}")
        assert ran.status == 2
        assert (ran.hosts("refused"), ran.hosts("in_sync")) == ({HOST}, {OTHER})
        message = next(host["message"] for host in ran.report["hosts"] if host["host"] == HOST)
        assert all(word in message for word in ("suzuki@host", "2026-11-29T10:05:12", "4711", "sanso_break_lock"))
        assert city.play("--check", "--limit", HOST).status == 0
        broken = city.play("--limit", HOST, "-e", 'sanso_break_lock="suzuki gone home"')
        assert broken.hosts("in_sync") == {HOST}
        begun = runs(city)[-1].first
        assert begun["break_lock"] == "suzuki gone home"
        assert begun["broken"][0]["operator"] == "suzuki@host"
        assert not lock.held
    finally:
        release([city.journal], holder.run)


def test_no_other_run_gets_a_site_between_two_waves(city: RunningCity) -> None:
    """Somebody tries again and again from the first wave to the end."""
    Journal(city.journal).open()
    life = Life(city.folder / "life")
    me = Holder("other", "suzuki@host", socket.gethostname(), os.getpid(), "then", str(life.file))
    env = {**os.environ, "SANSO_JOURNAL": str(city.journal), "SANSO_REPORT_DIR": str(city.folder / "waves")}
    command = [sys.executable, "-m", "ansible", "playbook", "-i", city.inventory, "playbooks/network.yml"]
    command += ["--limit", "branch_shobo_minami", "-e", "sanso_serial=1"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) as process:
        wait_for(city, b'"begun"')
        refused = 0
        while True:
            try:
                lock = take(city.journal, "branch_shobo_minami", me)
            except HeldError:
                refused += 1
                time.sleep(0.01)
            else:
                break
    assert process.returncode == 0
    (run,) = runs(city)
    assert (len(run.begun), len(run.ended)) == (2, 2), "it was free only when both waves had ended"
    assert run.begun[0]["pid"] != run.begun[1]["pid"]
    assert lock.stale is None, "a run that ended well leaves no words"
    assert refused > 2
    life.end()


def test_a_run_that_is_killed_is_told_and_finished_by_the_next(city: RunningCity) -> None:
    move(city, "lgwan_staff")
    command = [sys.executable, "-m", "ansible", "playbook", "-i", city.inventory, "--limit", HOST, "site.yml"]
    env = {**os.environ, "SANSO_JOURNAL": str(city.journal), "SANSO_REPORT_DIR": str(city.folder / "killed")}
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        wait_for(city, b'"stage"')
        for pid in (process.pid, runs(city)[0].first["pid"]):  # and its worker, which works on a device
            os.kill(pid, signal.SIGKILL)
    (killed,) = runs(city)
    stage = killed.works[HOST].stage
    assert not killed.finished
    city_told = city.play("--check", "--limit", HOST)
    ran = city.play("--limit", HOST)
    assert ran.status == 0, ran.text
    if killed.works[HOST].in_the_middle:
        assert all(f"run {killed.id}" in one.text and f"{HOST} ({stage})" in one.text for one in (city_told, ran))
    assert city.play("--check", "--limit", HOST, "-e", "sanso_fail_on_drift=true").status == 0
    assert runs(city)[1].first["crashed"][0]["run"] == killed.id
    move(city, "lgwan_printers")
    assert city.play("--limit", HOST).status == 0
    assert Journal(city.journal).verify()[2] is None


def wait_for(city: RunningCity, what: bytes) -> None:
    """Until something stands in the journal."""
    file = Journal(city.journal).file
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if file.exists() and what in file.read_bytes():
            return
        time.sleep(0.01)
    pytest.fail(f"no {what!r} was written")


def test_a_wireless_controller_is_in_the_journal_and_is_put_back_too(city: RunningCity) -> None:
    wireless = "playbooks/wireless.yml"
    by_hand(city, CONTROLLER, "wireless profile policy internet", "shutdown")
    ran = city.play("--limit", CONTROLLER, playbook=wireless)
    assert ran.hosts("changed") == {CONTROLLER}, ran.text
    run = runs(city)[-1]
    work = run.works[CONTROLLER]
    assert work.stage is Stage.SAVED
    assert "key <hidden" in Journal(city.journal).configuration(work.before)
    back = city.play("-e", f"run={run.id}", playbook=BACK)
    assert back.hosts("changed") == {CONTROLLER}, back.text
    assert runs(city)[-1].works[CONTROLLER].after == work.before
    assert city.play("--limit", CONTROLLER, playbook=wireless).hosts("changed") == {CONTROLLER}


def test_without_a_journal_no_device_is_contacted(city: RunningCity) -> None:
    city.edit("group_vars/all/connection.yml", r"sanso_known_hosts: .*", "sanso_known_hosts: /dev/null")
    ran = city.play("--limit", HOST, SANSO_JOURNAL="/dev/null/journal")
    assert ran.status == 2
    assert "the journal cannot be written" in ran.text
    assert "known_hosts" not in ran.text
