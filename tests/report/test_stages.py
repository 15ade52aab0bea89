"""Stages, and devices that were left, as reports tell them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sanso.change import Difference
from sanso.change.stages import RolloutStage
from sanso.city import load_city
from sanso.devices import Options, Outcome, Status
from sanso.devices.left import StageFailed
from sanso.journal import Run as Told
from sanso.journal import Work
from sanso.messages import LANGUAGES, Language, text
from sanso.report import Run, record
from sanso.report.run import STATUSES
from sanso.report.run_page import page
from sanso.report.run_page.page import MARKS
from sanso.report.run_page.past import past_run
from sanso.report.stages import stages_text
from sanso.report.wireless import by_access_point
from tests.errors.cases import BASE
from tests.rules.conftest import wireless_city

CITY = load_city(BASE)
FAILED = StageFailed(RolloutStage(1, "canary", ("annex-1",)), ("annex-1",))


def left(host: str, *differences: Difference) -> Outcome:
    return Outcome(host, "hall", Status.LEFT, differences=list(differences), commands=["no vlan 66"], left=FAILED)


def test_every_status_has_a_word_and_a_sign() -> None:
    assert set(STATUSES) == {str(status) for status in Status}
    assert set(STATUSES) <= MARKS.keys()
    for lang in LANGUAGES:
        assert len({text(f"summary.{status}", lang) for status in STATUSES}) == len(STATUSES)


def test_what_would_be_changed_first_and_last_is_told() -> None:
    drift = [Outcome(host, "", Status.DRIFT) for host in ("hall-1", "hall-2", "annex-1")]
    assert stages_text(CITY, [*drift, Outcome("hall-9", "", Status.IN_SYNC)], "ja").splitlines() == [
        "変更の段階 (失敗した段階より後は開始しません):",
        "  1. 拠点段階 1・各拠点の先行機器 (2 台): hall-2, annex-1",
        "  2. 拠点段階 1・中心から 0 区間の機器 (1 台): hall-1",
    ]
    assert stages_text(CITY, drift[:1], "en") == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_device_that_was_left_says_why_on_the_page_of_the_run(lang: Language) -> None:
    entry = record(left("hall-1"), Options(check=False), lang)
    assert (entry["status"], entry["error"]) == ("left", None)
    assert FAILED.why(lang) in entry["message"]
    run = Run(datetime(2026, 4, 1, tzinfo=UTC))
    run.add([entry])
    shown = page(run, datetime(2026, 4, 1, 1, tzinfo=UTC), lang)
    assert f"{MARKS['left']} {text('summary.left', lang)}<" in shown
    assert entry["message"] in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_months_later_the_journal_still_says_why(lang: Language) -> None:
    at = "2026-04-01T10:00:00+00:00"
    work = Work("hall-1", "hall", "left", at, left={one: FAILED.why(one) for one in LANGUAGES})
    (entry,) = (
        past_run(Told("run", begun=[{"at": at}], works={"hall-1": work}), lang).in_language(lang).records.values()
    )
    assert (entry["status"], entry["message"]) == ("left", record(left("hall-1"), Options(), lang)["message"])


def test_access_points_that_nothing_differs_on_are_in_sync_though_their_controller_was_left() -> None:
    points = list(wireless_city().access_points.values())[:2]
    differs = Difference("ap", points[0].hostname, "channel", "36", "40")
    first, second = by_access_point(left("wlc", differs), points)
    assert (first.status, first.left) == (Status.LEFT, FAILED)
    assert (second.status, second.left) == (Status.IN_SYNC, None)
