"""Dates as ledgers write them: 2026-04-01, 2026/4/1, 2026年4月1日, 20260401, 令和8年4月1日, R8.4.1."""

from __future__ import annotations

import re
from datetime import date

_WESTERN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T(].*)?")
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
_ERA = re.compile(r"(令和|平成|R|H|r|h)(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_YEAR_BEFORE = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}


def read_date(value: str) -> date:
    """The day that a text means.

    Raises:
        ValueError: none that is known.
    """
    text = value.strip()
    if match := _ERA.fullmatch(text.replace(" ", "")):
        era, year, month, day = match.groups()
        before = _YEAR_BEFORE[era.upper()]
        return date(before + (1 if year == "元" else int(year)), int(month), int(day))
    match = _WESTERN.fullmatch(text) or _DIGITS.fullmatch(text)
    if match is None:
        raise ValueError(f"{value} is not a date")
    year, month, day = match.groups()
    return date(int(year), int(month), int(day))
