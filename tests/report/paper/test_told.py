"""What the journal tells of a run, on its page and on one that is made from the journal alone."""

from __future__ import annotations

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from sanso.journal import Run as Told
from sanso.messages import LANGUAGES, Language, text
from sanso.report import Run
from sanso.report.run_page import page, past_page
from sanso.report.run_page.past import past_run
from sanso.report.run_page.told import CHECKS, told
from tests.report.paper.conftest import END, RUN
from tests.report.paper.test_run_page import Page

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_device_has_a_row_with_moments_configurations_and_checks(told_run: Told, lang: Language) -> None:
    rows = {row.host: row for row in told(told_run, TOKYO, lang).rows}
    assert rows.keys() == told_run.works.keys()
    changed, cut, undone, looked = (
        rows[host] for host in ("hall-core-1", "hall-floor-1", "toshokan-chuo-1", "hall-floor-2")
    )
    moments = {host: [name for name, _ in row.moments] for host, row in rows.items()}
    words = {name: text(f"page.moment.{name}", lang) for name in ("looked", "armed", "confirmed", "saved", "undone")}
    assert moments["hall-core-1"] == [words[name] for name in ("looked", "armed", "confirmed", "saved")]
    assert moments["hall-floor-1"] == [words["looked"], words["armed"], text("page.moment.applied", lang)]
    assert moments["toshokan-chuo-1"] == [words["looked"], words["armed"], words["undone"]]
    assert changed.checks == [f"✓ {text(f'page.checks.{one}', lang)}" for one in CHECKS]
    assert (cut.checks, looked.checks) == ([], [])
    assert undone.checks[0].startswith("✕ ")
    assert [digest for _, digest in changed.configurations] == [
        told_run.works["hall-core-1"].before,
        told_run.works["hall-core-1"].after,
    ]
    assert (changed.commands, looked.commands) == (2, 0)


def test_who_answered_is_told_with_the_checks(told_run: Told) -> None:
    work = told_run.works["hall-core-1"]
    one = replace(work, checks={"neighbours": ["hall-floor-1 at Gi1/0/1"], "gateways": []})
    (row,) = told(replace(told_run, works={one.host: one}), TOKYO, "en").rows
    assert row.checks[len(CHECKS) :] == ["✓ neighbours answer: hall-floor-1 at Gi1/0/1"]


def test_times_are_those_of_the_city_with_the_day_where_it_is_another(told_run: Told) -> None:
    work = replace(told_run.works["hall-floor-2"], looked_at="2028-02-01T16:05:00.123+00:00", host="late")
    first = {**told_run.first, "at": "2028-02-01T10:05:00.000+00:00"}
    one = replace(told_run, begun=[first], works={"late": work})
    (row,) = told(one, TOKYO, "en").rows
    assert row.moments == [("looked at", "02-02 01:05:00")]
    assert dict(told(one, TOKYO, "en").facts)["Begun"] == "2028-02-01 19:05:00 JST"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_why_and_what_was_out_of_the_ordinary_stand_on_the_page(run: Run, lang: Language) -> None:
    said = Page(page(run, END, lang)).said
    for key in ("told.operator", "approver", "ticket", "told.unusual", "told.proof", "back"):
        assert text(f"page.{key}", lang) in said
    assert said.count(text("page.told.unusual", lang)) == 3, "an override, a lock broken, a lock left"
    assert f"rollback.yml -e run={RUN}" in said


def test_hashes_are_short_on_a_screen_and_whole_in_print(run: Run, told_run: Told) -> None:
    html, digest = page(run, END, "en"), told_run.works["hall-core-1"].before
    assert f'<code title="{digest}">{digest[:12]}<span class="rest">{digest[12:]}</span></code>' in html
    screen, _, printed = html.partition("@media print {\n  .other")
    assert ".told .rest { display: none; }" in screen
    assert ".told .rest { display: inline; }" in printed


def test_a_check_says_that_it_writes_no_journal_and_lists_what_was_read(run: Run) -> None:
    checked = replace(run, check=True, name="", journal="", told=None)
    found = Page(page(checked, END, "ja"))
    assert text("page.check_note", "ja") in found.said
    assert "ab" * 32 in found.said
    assert "journal verify" not in found.said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_past_run_has_its_page_from_the_journal_alone(told_run: Told, lang: Language) -> None:
    html = past_page(told_run, lang)
    found = Page(html)
    assert not {"script", "img", "link", "a"} & set(found.tags)
    assert not {"\x1b", "\u202e"} & set(html)
    assert text("page.past_note", lang) in found.said
    assert f"journal verify --anchor {told_run.head}" in found.said
    for word in {"en": ("City hall", "Midorikawa City"), "ja": ("市役所本庁舎", "緑川市")}[lang]:
        assert word in found.said
    assert text("page.rules", lang) not in re.findall(r"<h3>([^<]+)</h3>", html)


def test_a_past_run_tells_the_same_of_devices_as_its_own_report(told_run: Told, run: Run) -> None:
    past = past_run(told_run, "en")
    failed = "toshokan-chuo-1"
    assert past.records[failed]["message"] == run.records[failed]["message"]
    assert "would remove 9 of the 10 things" in past.records["shobo-minami-1"]["message"]
    assert past.records["hall-core-1"]["differences"][0]["attribute"] == "description"
    assert past.override["by"] == run.override["by"]


def test_a_past_run_that_was_cut_off_or_not_proved_is_not_clean(told_run: Told) -> None:
    fine = replace(told_run, works={"hall-core-1": told_run.works["hall-core-1"]})
    assert text("page.verdict.clean", "en") in past_page(fine, "en")
    assert text("page.verdict.broken", "en") in past_page(replace(fine, ended=[]), "en")
    doubted = {**fine.ended[0], "proof": {"holds": False, "en": "", "ja": ""}}
    assert text("page.verdict.open", "en") in past_page(replace(fine, ended=[doubted]), "en")


@pytest.mark.parametrize(("lang", "words"), [("en", "left as it is: no time"), ("ja", "未着手: 時間不足")])
def test_what_was_not_begun_and_in_which_order_is_told(told_run: Told, lang: Language, words: str) -> None:
    why = {"en": "no time", "ja": "時間不足"}
    left = replace(told_run.works["hall-floor-2"], status="left", left=why)
    stage = {"hosts": [left.host], "en": "first device", "ja": "最初の機器"}
    said = Page(past_page(replace(told_run, works={left.host: left}, staged=[stage]), lang)).said
    assert words in said
    assert stage[lang] in said


def test_findings_of_the_journal_stand_as_texts(told_run: Told) -> None:
    found = {"rule": "BACK-01", "en": "changed since <that> run\n  mend: look", "ja": "変更されています"}
    refused = replace(told_run.works["hall-floor-2"], status="refused", findings=[found])
    html = past_page(replace(told_run, works={refused.host: refused}), "en")
    assert '<pre class="finding">changed since &lt;that&gt; run\n  mend: look</pre>' in html
