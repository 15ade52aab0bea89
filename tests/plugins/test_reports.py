"""The pages that a run leaves beside its report."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from tests.plugins.conftest import RunningCity, by_hand

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def pages(city: RunningCity) -> dict[str, str]:
    return {
        lang: (city.folder / "artifacts" / f"report.{lang}.html").read_text(encoding="utf-8") for lang in ("en", "ja")
    }


def test_a_run_leaves_a_page_in_each_language_with_its_evidence(city: RunningCity) -> None:
    by_hand(city, "hoikusho-east-1", "vlan 66", "name <b>shadow</b>")
    try:
        ran = city.play("--check", "-e", "sanso_approver='Yamada Hanako'", "-e", "sanso_ticket=JOHO-2026-0200")
    finally:
        by_hand(city, "hoikusho-east-1", "no vlan 66")
    assert (ran.report["approver"], ran.report["ticket"]) == ("Yamada Hanako", "JOHO-2026-0200")
    read = {host["host"]: host["read"] for host in ran.report["hosts"] if host["read"]}
    assert len(read) >= 24, "every switch, and the controller"
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in read.values())
    assert "said" not in ran.report["proof"], "report.json is in one language, and without pictures"
    for lang, page in pages(city).items():
        assert "Yamada Hanako" in page
        assert "<b>shadow" not in page
        assert "&lt;b&gt;shadow&lt;/b&gt;" in page
        assert page.count("<svg") == 1
        assert all(digest in page for digest in (ran.report["inventory"], *read.values()))
        assert ("東保育所" in page) == (lang == "ja")
        assert ("インベントリとの差異" in page) == (lang == "ja")


def test_a_run_that_was_refused_leaves_pages_as_well(city: RunningCity) -> None:
    city.edit("group_vars/all/flows.yml", r"expires: 2028-03-31", "expires: 2020-03-31")
    ran = city.play("--check")
    assert ran.status == 2
    assert ran.report["hosts"] == []
    found = pages(city)
    assert "FLOW-01" in found["en"] or "FLOW-02" in found["en"]
    assert "緑川市" in found["ja"]


def test_a_closed_window_is_told_in_both_languages(city: RunningCity) -> None:
    later = DAYS[(datetime.now(UTC) + timedelta(days=3)).weekday()]
    window = f'windows: [{{days: [{later}], from: "03:00", to: "03:01"}}]'
    city.edit("group_vars/branch_shobo_minami.yml", r"windows: always", window)
    ran = city.play("--limit", "branch_shobo_minami", playbook="playbooks/network.yml")
    assert ran.hosts("refused") == {"shobo-minami-1", "shobo-minami-2"}
    found = pages(city)
    assert "is outside its maintenance window" in found["en"]
    assert "作業時間帯の外です" in found["ja"]
