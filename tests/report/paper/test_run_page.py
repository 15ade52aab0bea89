"""The page of a run: what stands in it, and what cannot get out of it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from sanso.journal import Work
from sanso.messages import LANGUAGES, Language, text
from sanso.report import Run
from sanso.report.run_page import page
from sanso.report.run_page.devices import MOST, of_records
from sanso.rules import all_rules
from tests.report.paper.conftest import END, HOSTILE, START


class Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_devices_say_stays_text(run: Run, lang: Language) -> None:
    html = page(run, END, lang)
    found = Page(html)
    assert not {"script", "img", "iframe", "object", "form", "link"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert found.tags.count("style") == 2
    assert "onerror=alert(1)" in found.said, "it is told, as text"
    assert "{{ 7 * 7 }}" in found.said
    assert "49" not in re.findall(r"\b49\b", found.said)
    assert "\\u001b[2J" in found.said
    assert "\\u202eevil" in found.said
    assert not {"\x1b", "\u202e"} & set(html)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_loaded_from_anywhere(run: Run, lang: Language) -> None:
    found = Page(page(run, END, lang))
    links = {value for name, value in found.attributes if name in {"href", "src", "xlink:href"}}
    assert links == {f"report.{'en' if lang == 'ja' else 'ja'}.html"}
    policy = next(value for name, value in found.attributes if name == "content" and "default-src" in str(value))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; script-src 'none'"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Midorikawa City network rollout report", "City hall", "Central library", "2028-02-01 19:05:00 JST"]),
        ("ja", ["緑川市 ネットワーク設定適用報告書", "市役所本庁舎", "中央図書館", "95 秒"]),
    ],
)
def test_names_and_times_are_those_of_the_city(run: Run, lang: Language, words: list[str]) -> None:
    said = Page(page(run, END, lang)).said
    assert all(one in said for one in words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_that_an_auditor_asks_for_is_there(run: Run, lang: Language) -> None:
    found = Page(page(run, END, lang))
    for rule in all_rules():
        assert rule.id in found.said
        assert rule.title(lang) in found.said
    assert "ab" * 32 in found.said, "digest of what was read"
    assert run.city["digest"] in found.said
    assert f"journal verify --anchor {run.journal}" in found.said
    assert text("run.commands_sent", lang) in found.said
    assert found.tags.count("svg") == 1
    assert {one["rule"] for one in run.findings} == {"FLOW-02"}
    assert f"({len(run.findings)})" in found.said


def test_a_status_is_told_without_colour(run: Run) -> None:
    marks = re.findall(r'<span class="mark (\w+)">(.) ([^<]+)</span>', page(run, END, "en"))
    assert {(kind, sign) for kind, sign, _ in marks} >= {("drift", "△"), ("failed", "✕"), ("changed", "✓")}


def test_a_run_that_broke_off_is_a_page_as_well() -> None:
    html = page(Run(START, error="Unexpected <failure>"), END, "ja")
    assert "Unexpected &lt;failure&gt;" in html
    assert text("page.verdict.broken", "ja") in html


def test_a_clean_run_says_so_and_one_with_crossings_does_not(run: Run) -> None:
    good = {host: one for host, one in run.records.items() if one["status"] in {"in_sync", "changed"}}
    assert run.told is not None
    works = {host: work for host, work in run.told.works.items() if host in good}
    clean = replace(run, records=good, told=replace(run.told, works=works))
    assert text("page.verdict.clean", "en") in page(clean, END, "en")
    aside = {
        **works,
        "hall-kvm-1": Work("hall-kvm-1", "city_hall", "failed", START.isoformat()),
    }  # which a role works on by itself
    assert text("page.verdict.open", "en") in page(replace(clean, told=replace(run.told, works=aside)), END, "en")
    crossed = replace(clean, proof={**clean.proof, "crossings": 1})
    assert text("page.verdict.open", "en") in page(crossed, END, "en")


def test_long_lists_are_cut_and_it_is_said(run: Run) -> None:
    record: dict[str, Any] = run.records["hall-floor-1"]
    many = {**record, "differences": record["differences"] * MOST, "commands": ["no vlan 66"] * (MOST + 5)}
    (device,) = of_records([many], "en")
    assert (len(device.differences), len(device.commands), device.left_out) == (MOST, MOST, 2 * MOST + 5)
    html = page(replace(run, records={"hall-floor-1": many}), END, "en")
    assert text("separation.more", "en", count=2 * MOST + 5) in html


def test_hostile_words_are_what_the_run_holds(run: Run) -> None:
    assert run.records["hall-floor-1"]["differences"][0]["found"] == HOSTILE
