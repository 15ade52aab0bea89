"""What came of all cases, in one table at the end of a test run."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest

from tests.breaking.checks import ENDS

PROPERTY = "breaking"
"""Under what a test reports what came of its case."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table; a run of other tests has none."""
    cases = [
        dict(report.user_properties)[PROPERTY]
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call" and PROPERTY in dict(report.user_properties)
    ]
    if cases:
        terminalreporter.section("proof by breaking")
        for line in table(cases):
            terminalreporter.write_line(line)


def table(cases: list[dict[str, Any]]) -> list[str]:
    """Lines: kinds of fault, and how devices ended; then what was looked at."""
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    for one in cases:
        ends[one["kind"]].update(one["ends"])
        ends[one["kind"]]["cases"] += 1
    ends["all"] = sum(ends.values(), Counter())
    columns = ("cases", *ENDS)
    lines = [f"{'fault':<12}" + "".join(f"{name:>11}" for name in columns)]
    lines += [f"{kind:<12}" + "".join(f"{count[name]:>11}" for name in columns) for kind, count in ends.items()]
    states = sum(one["states"] for one in cases)
    distinct = len({digest for one in cases for digest in one["proved"]})
    return [*lines, f"{states} states of the network replayed, {distinct} of them distinct, each proved"]
