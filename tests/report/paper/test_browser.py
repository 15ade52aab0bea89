"""Pages as a browser shows and prints them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sanso.journal import Run as Told
from sanso.messages import LANGUAGES, Language
from sanso.report import Run
from sanso.report.licences.page import page as licences_page
from sanso.report.run_page import page, past_page
from tests.report.licences.conftest import records as licence_records
from tests.report.paper.conftest import END, Browser

A4 = (595, 842)
"""Points, upright."""
Look = Callable[[str, int], dict[str, Any]]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [1280, 703])
def test_nothing_is_wider_than_the_window_or_the_sheet(run: Run, looked: Look, lang: Language, width: int) -> None:
    """703 px are the 186 mm between the margins of A4."""
    found = looked(page(run, END, lang), width)
    assert found == {"wide": 0, "scripts": 1, "broken": False}, "one script is the probe"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_run_prints_on_a4_with_the_picture_across(
    run: Run, browser: Browser, tmp_path: Path, lang: Language
) -> None:
    sheets = printed(browser, page(run, END, lang), tmp_path)
    assert set(sheets) == {A4, A4[::-1]}
    assert sheets.count(A4[::-1]) == 1


@pytest.mark.parametrize("width", [1280, 703])
def test_a_past_run_fits_and_prints_on_a4(
    told_run: Told, looked: Look, browser: Browser, tmp_path: Path, width: int
) -> None:
    html = past_page(told_run, "ja")
    assert looked(html, width) == {"wide": 0, "scripts": 1, "broken": False}
    assert set(printed(browser, html, tmp_path)) == {A4}


def test_licences_print_on_a4(browser: Browser, tmp_path: Path) -> None:
    records = licence_records.__wrapped__()  # type: ignore[attr-defined]
    assert set(printed(browser, licences_page(records, "run", "ja"), tmp_path)) == {A4}


def printed(browser: Browser, html: str, folder: Path) -> list[tuple[int, int]]:
    """Width and height of each sheet."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(html, encoding="utf-8")
    browser("--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri())
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", target.read_bytes())
    return [(round(float(wide)), round(float(high))) for wide, high in boxes]
