from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from sanso.messages import LANGUAGES, Language
from sanso.report.licences import table, write_licences

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_by_site(records: list[dict[str, Any]], lang: Language) -> None:
    """By hand: 8 terminals, 2 licensed, 1 in grace, 3 failed, 1 off, 1 on loan."""
    assert "\n".join(table(records, lang)) + "\n" == (GOLDEN / f"table.{lang}.txt").read_text(encoding="utf-8")


def test_the_csv_opens_in_a_spreadsheet_and_runs_nothing(records: list[dict[str, Any]], tmp_path: Path) -> None:
    file, _ = write_licences(records, tmp_path, "run", "ja")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["端末"] for row in rows] == [one["host"] for one in records]
    odd = rows[3]
    assert odd["詳細"].startswith("'=cmd"), "what a terminal says is no formula"
    assert odd["コード"] == "0xC0049999"
    assert rows[1]["残り日数"] == "180"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_and_takes_no_markup_from_terminals(
    records: list[dict[str, Any]], tmp_path: Path, lang: Language
) -> None:
    _, file = write_licences(records, tmp_path, "run", lang)
    text = file.read_text(encoding="utf-8")
    assert "<b>welfare" not in text
    found = [ElementTree.fromstring(one) for one in re.findall(r"<table.*?</table>", text, re.DOTALL)]  # noqa: S314
    by_kind = {kind: [one for one in found if one.get("class") == kind] for kind in ("sums", "todo", "every")}
    (sums,) = by_kind["sums"]
    assert [cell.text for cell in list(sums.iter("tr"))[-1]][1:] == ["8", "2", "1", "3", "1", "1"]
    assert sum(len(list(one.iter("tr"))) - 1 for one in by_kind["every"]) == len(records)
    assert len(by_kind["todo"]) == 3, "one for each site at which somebody is needed"


def test_sites_where_nobody_is_needed_come_last(records: list[dict[str, Any]], tmp_path: Path) -> None:
    well = [{**one, "site": "a_site_that_is_well"} for one in records if one["host"] == "fine"]
    _, file = write_licences([*well, *records], tmp_path, "run", "en")
    assert re.findall(r'<section id="site-(.*?)">', file.read_text(encoding="utf-8"))[-1] == "a_site_that_is_well"


def test_an_empty_run_is_a_table_as_well(tmp_path: Path) -> None:
    assert len(table([], "en")) == 3
    assert all(file.exists() for file in write_licences([], tmp_path, "run", "en"))
