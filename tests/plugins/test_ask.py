"""playbooks/ask.yml on the embedded city."""

from __future__ import annotations

from tests.plugins.conftest import Ran, RunningCity, by_hand

HOST = "hoikusho-east-1"
STAFF = "lgwan_staff@branch_hoikusho_east"


def ask(city: RunningCity, source: str, target: str, service: str, *more: str, **env: str) -> Ran:
    ends = (f"sanso_from={source}", f"sanso_to={target}", f"sanso_service={service}")
    extra = [word for one in ends for word in ("-e", one)]
    return city.play(*extra, *more, playbook="playbooks/ask.yml", **env)


def test_what_the_inventory_intends_is_answered_with_its_lines(city: RunningCity) -> None:
    city.edit("group_vars/all/connection.yml", r"sanso_known_hosts: .*", "sanso_known_hosts: /dev/null")
    ran = ask(city, "resident_records", "data_link", "https")
    assert ran.status == 0, ran.text
    assert "\nyes: resident_records reaches data_link by https (IPv4 + IPv6)\n" in ran.text
    assert "\n  approved: resident_record_link (until " in ran.text
    assert "\n    hall-core-1 Vlan120 in: hall-core-1 (rendered):" in ran.text
    assert "paths" not in ran.text


def test_what_a_device_holds_is_answered_on_demand(city: RunningCity) -> None:
    by_hand(city, HOST, "ip access-list extended SANSO-lgwan_staff-IN-V4", "1 permit tcp any any eq 3389")
    try:
        held = ask(city, STAFF, "resident_records", "tcp/3389", "--limit", HOST, "-e", "sanso_running=true")
        meant = ask(city, STAFF, "resident_records", "tcp/3389", SANSO_LANG="ja")
    finally:
        assert city.play("--limit", HOST).status == 0
    assert held.status == 0, held.text
    assert "NOT APPROVED: no flow asks for what gets there" in held.text
    assert f"{HOST} (running):" in held.text
    assert "1 permit tcp any any eq 3389" in held.text
    assert f"通りません: {STAFF} から resident_records へ tcp/3389" in meant.text


def test_a_wrong_question_fails_with_what_may_stand_there(city: RunningCity) -> None:
    ran = ask(city, "lgwan_staf", "resident_records", "https")
    assert ran.status == 2
    assert "did you mean: lgwan_staff?" in " ".join(ran.text.split())
    missing = city.play(playbook="playbooks/ask.yml")
    assert missing.status == 2
    assert "a question has two ends" in " ".join(missing.text.split())
