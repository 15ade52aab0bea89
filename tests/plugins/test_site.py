"""What a user of site.yml meets, on the embedded city."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from sanso.city import load_city
from sanso.lab.inventory import inventory_specs
from tests.plugins.conftest import Ran, RunningCity, by_hand

BRANCH = "branch_hoikusho_east"
HOST = "hoikusho-east-1"
OTHER = "shobo-minami-2"


@pytest.fixture
def drifted(city: RunningCity) -> Iterator[RunningCity]:
    """Somebody widened a trunk, added a VLAN and a permit line on one device."""
    by_hand(
        city,
        HOST,
        "vlan 666",
        "name shadow",
        "interface GigabitEthernet1/0/1",
        "switchport access vlan 666",
        "exit",
        "ip access-list extended SANSO-lgwan_staff-IN-V4",
        "1 permit ip any any",
    )
    yield city
    mended = city.play("--limit", HOST)
    assert mended.status == 0, mended.text


def hosts_of(city: RunningCity) -> set[str]:
    """All that site.yml plays on: switches, controllers and access points."""
    here = load_city(city.inventory)
    return {*here.devices, *here.controllers, *here.access_points}


def left_out(city: RunningCity) -> set[str]:
    """Those that it names and does not contact: the emulated city has none of them."""
    return set(load_city(city.inventory).virtualization_hosts)


def test_a_second_run_changes_nothing_on_any_host(city: RunningCity) -> None:
    ran = city.play()
    assert ran.status == 0
    assert set(ran.recap) == hosts_of(city) | left_out(city)
    assert all(counts["changed"] == 0 and counts["ok"] > 0 for counts in ran.recap.values())
    assert ran.hosts("in_sync") == hosts_of(city)


def test_a_check_shows_drift_and_the_commands_and_touches_nothing(drifted: RunningCity) -> None:
    first, second = drifted.play("--check", "--diff"), drifted.play("--check", "--diff")
    assert (first.status, second.status) == (0, 0)
    assert first.hosts("drift") == second.hosts("drift") == {HOST}
    assert first.recap[HOST]["changed"] == 1
    for words in (
        "VLAN 666: name: shadow",
        "access VLAN: expected 210, found 666",
        "permit ip any any",
        "no vlan 666",
    ):
        assert words in first.text, words
    assert "Drift by site and layer" in first.text
    suites = ElementTree.parse(drifted.folder / "artifacts" / "junit.xml").getroot()  # noqa: S314 - our own file
    assert [suite.get("name") for suite in suites if suite.get("failures") != "0"] == ["proof", BRANCH]


def test_a_run_sends_exactly_what_the_check_told(drifted: RunningCity) -> None:
    told = drifted.play("--check").report["hosts"]
    done = drifted.play().report["hosts"]
    assert {host["host"]: host["commands"] for host in told} == {host["host"]: host["commands"] for host in done}
    assert drifted.play("--check").hosts("drift") == set()


def test_drift_fails_the_run_when_asked(drifted: RunningCity) -> None:
    ran = drifted.play("--check", "-e", "sanso_fail_on_drift=true")
    assert ran.status == 2
    assert ran.recap[HOST]["failed"] == 1
    assert drifted.play("--check", "--limit", OTHER, "-e", "sanso_fail_on_drift=true").status == 0


def forget_host_keys(city: RunningCity, keep: str) -> None:
    """Leave one device's host key: contact with any other device fails."""
    address = next(spec.address for spec in inventory_specs(city.inventory) if spec.name == keep)
    kept = [line for line in city.known_hosts.read_text().splitlines() if line.startswith(f"[{address}]")]
    known = city.folder / "known_hosts"
    known.write_text("\n".join(kept) + "\n", encoding="utf-8")
    city.edit("group_vars/all/connection.yml", r"sanso_known_hosts: .*", f"sanso_known_hosts: {known}")


def test_limit_contacts_only_the_branch(city: RunningCity) -> None:
    forget_host_keys(city, HOST)
    assert city.play("--limit", OTHER).status == 2
    ran = city.play("--limit", BRANCH)
    assert ran.status == 0
    assert set(ran.recap) == {HOST}


def test_limit_still_sees_a_clash_with_another_branch(city: RunningCity) -> None:
    city.edit("group_vars/branch_shobo_minami.yml", r"number: 5", "number: 1")
    ran = city.play("--limit", BRANCH)
    assert ran.status == 2
    assert "branch_shobo_minami.yml:" in ran.text
    assert ran.report["hosts"] == []


def test_validation_alone_contacts_no_device(city: RunningCity) -> None:
    city.edit("group_vars/all/connection.yml", r"sanso_known_hosts: .*", "sanso_known_hosts: /dev/null")
    assert city.play().status == 2
    assert city.play(playbook="playbooks/validate.yml").status == 0


def test_an_error_shows_its_line_and_every_other_error(city: RunningCity) -> None:
    city.edit("group_vars/all/segments.yml", r"vlan: 110", "vlan: 1")
    city.edit(f"host_vars/{HOST}.yml", r"segment: lgwan_printers", "segment: lgwan_printer")
    ran = city.play(playbook="playbooks/validate.yml")
    assert ran.status == 2
    assert "group_vars/all/segments.yml:" in ran.text
    assert f"host_vars/{HOST}.yml:" in ran.text
    assert "Origin:" in ran.text
    assert len(ran.report["findings"]) >= 2


def close_window(city: RunningCity) -> None:
    """Leave the branch a minute a week, five minutes before now at the earliest."""
    file = f"group_vars/{BRANCH}.yml"
    city.edit(file, r"\n  windows: always", '\n  windows:\n    - {days: [DAY], from: "03:00", to: "03:01"}')
    past = datetime.now(ZoneInfo("Asia/Tokyo")) - timedelta(days=2)
    city.edit(file, "DAY", past.strftime("%a").lower())


def test_a_closed_window_refuses_its_site_alone(city: RunningCity) -> None:
    close_window(city)
    forget_host_keys(city, OTHER)
    ran = city.play("--limit", f"{HOST},{OTHER}")
    assert ran.status == 2
    assert ran.hosts("refused") == {HOST}
    assert ran.hosts("in_sync") == {OTHER}
    assert "03:00" in next(host["message"] for host in ran.report["hosts"] if host["host"] == HOST)


def test_a_check_needs_no_window_and_an_override_a_reason_and_a_name(city: RunningCity) -> None:
    close_window(city)
    reason, by = "sanso_override_reason='line cut, ticket 114'", "sanso_override_by=佐藤"
    assert city.play("--check", "--limit", BRANCH).status == 0
    assert city.play("--limit", BRANCH, "-e", "sanso_override_reason='  '").hosts("refused") == {HOST}
    half = city.play("--limit", BRANCH, "-e", reason)
    assert half.status == 2
    assert "sanso_override_by is missing" in half.text
    assert half.report["hosts"] == []
    ran = city.play("--limit", f"{HOST},{OTHER}", "-e", reason, "-e", by)
    assert ran.status == 0, ran.text
    assert ran.report["window_override"] == {"reason": "line cut, ticket 114", "by": "佐藤", "hosts": [HOST]}
    assert f"outside maintenance windows, by 佐藤: line cut, ticket 114. Hosts: {HOST}" in ran.text
    assert city.play("--check", "--limit", HOST, "-e", reason, "-e", by).report["window_override"] == {}


def test_a_blackout_refuses_every_site_and_says_why(city: RunningCity) -> None:
    today = datetime.now(ZoneInfo("Asia/Tokyo")).date()
    calendar = city.inventory / "group_vars" / "all" / "calendar.yml"
    calendar.write_text(
        f"sanso_calendar: {{blackouts: [{{from: {today}, to: {today + timedelta(days=1)}, reason: 市長選挙}}]}}\n",
        encoding="utf-8",
    )
    forget_host_keys(city, HOST)
    forget_host_keys(city, OTHER)
    ran = city.play("--limit", f"{HOST},{OTHER}", SANSO_LANG="ja")
    assert ran.status == 2
    assert ran.hosts("refused") == {HOST, OTHER}
    said = next(host["message"] for host in ran.report["hosts"] if host["host"] == HOST)
    assert f"{today + timedelta(days=2)} 00:00 (JST) に始まります" in said
    assert "市長選挙" in said


def test_an_unreachable_device_fails_alone(city: RunningCity) -> None:
    city.edit("hosts.yml", r"127\.42\.1\.1", "127.42.99.99")
    ran = city.play("--check")
    assert ran.status == 4
    assert ran.recap[HOST]["unreachable"] == 1
    assert ran.hosts("in_sync") == hosts_of(city) - {HOST}


def test_waves_reach_every_host_once(city: RunningCity) -> None:
    ran = city.play("--check", "-e", "sanso_serial=9")
    assert ran.status == 0
    assert set(ran.recap) == hosts_of(city) | left_out(city)
    assert ran.hosts("in_sync") == hosts_of(city)


def test_removing_much_is_refused_until_told(city: RunningCity) -> None:
    city.edit("group_vars/all/breakouts.yml", f"{BRANCH}, ", "")
    file = city.inventory / f"group_vars/{BRANCH}.yml"
    file.write_text(file.read_text().replace("    internet_staff:\n", "").replace("    lgwan_printers:\n", ""))
    ports = city.inventory / f"host_vars/{HOST}.yml"
    ports.write_text(ports.read_text().replace("segment: lgwan_printers", "segment: lgwan_staff"))
    ports.write_text(ports.read_text().replace("segment: internet_staff", "segment: lgwan_staff"))
    refused = city.play("--limit", BRANCH, "-e", "vlan_segmentation_removal_limit=0.05")
    assert refused.status == 2, refused.text
    assert refused.hosts("refused") == {HOST}
    assert "vlan_segmentation_removal_limit" in refused.text


@pytest.mark.parametrize(("env", "arguments"), [({"SANSO_LANG": "ja"}, []), ({}, ["-e", "sanso_language=ja"])])
def test_japanese(city: RunningCity, env: dict[str, str], arguments: list[str]) -> None:
    ran: Ran = city.play("--check", *arguments, **env)
    assert ran.status == 0
    assert "拠点・層ごとの差異" in ran.text
    assert "Drift by site" not in ran.text


def test_no_secret_is_printed_or_written(drifted: RunningCity) -> None:
    drifted.edit("group_vars/all/connection.yml", r"ansible_become_password: \S+", "ansible_become_password: geheim7")
    ran = drifted.play("--check", "--diff", "-vvv")
    assert "geheim7" not in ran.text
    assert "geheim7" not in (drifted.folder / "artifacts" / "report.json").read_text(encoding="utf-8")
