from __future__ import annotations

import pytest

from sanso.messages import Finding, Language, Severity
from sanso.messages.source import Location
from sanso.rules.report import render_findings


def finding(file: str, line: int, severity: Severity) -> Finding:
    args = {"name": f"x{line}", "near": "x"}
    return Finding("REF-01", severity, (), Location(file, line, 1), args, "segment")


def test_findings_of_a_file_stand_together_and_errors_come_first() -> None:
    report = render_findings(
        [
            finding("0.yml", 2, Severity.WARNING),
            finding("a.yml", 10, Severity.ERROR),
            finding("a.yml", 9, Severity.WARNING),
            finding("a.yml", 2, Severity.ERROR),
        ],
        "en",
    )
    heads = [line.split(": ")[0] for line in report.splitlines() if line and not line.startswith(" ")]
    assert heads[:-1] == ["a.yml:2:1", "a.yml:10:1", "a.yml:9:1", "0.yml:2:1"]
    assert report.splitlines()[-1] == "errors: 2, warnings: 2, files: 2"


def test_a_finding_without_a_file_shows_its_path() -> None:
    bare = Finding("REF-01", Severity.ERROR, ("segments", "x", 0), None, {"name": "x", "near": "y"}, "segment")
    assert render_findings([bare], "en").startswith("segments.x.0: error REF-01: segment x is not declared")


@pytest.mark.parametrize(("language", "start"), [("en", "No findings"), ("ja", "指摘はありません")])
def test_no_findings_is_said_in_words(language: Language, start: str) -> None:
    assert render_findings([], language).startswith(start)
