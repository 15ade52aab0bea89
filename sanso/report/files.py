"""Reports as files: JSON, JUnit XML as CI systems read it, and a page for people in each language."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from sanso.messages import LANGUAGES
from sanso.report.run import GOOD, Run
from sanso.report.run_page import page


def write_reports(run: Run, folder: Path, finished: datetime) -> list[Path]:
    """Write ``report.json``, ``junit.xml`` and ``report.LANGUAGE.html`` into a folder, made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    report, junit = folder / "report.json", folder / "junit.xml"
    report.write_text(json.dumps(run.as_dict(finished), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    tree = junit_tree(run, finished)
    ElementTree.indent(tree)
    tree.write(junit, encoding="utf-8", xml_declaration=True)
    pages = [folder / f"report.{lang}.html" for lang in LANGUAGES]
    for file, lang in zip(pages, LANGUAGES, strict=True):
        file.write_text(page(run, finished, lang), encoding="utf-8")
    return [report, junit, *pages]


def junit_tree(run: Run, finished: datetime) -> ElementTree.ElementTree[ElementTree.Element]:
    """One suite per site, one case per device; drift and refusals are failures, devices that failed are errors."""
    root = ElementTree.Element("testsuites", name="sanso", time=f"{(finished - run.started).total_seconds():.3f}")
    if run.error:
        _suite(root, "run", [("completed", "error", run.error, "")])
    if run.findings:
        _suite(root, "inventory", [_finding_case(finding) for finding in run.findings])
    if run.proof:
        _suite(root, "proof", [_finding_case(finding) for finding in run.proof["findings"]] or [PROVED])
    for site in run.sites:
        _suite(root, site, [_case(r) for r in run.records.values() if r["site"] == site])
    return ElementTree.ElementTree(root)


Case = tuple[str, str, str, str]
"""Name, kind of the element inside (empty: passed, nothing to say), message, text."""
PROVED: Case = ("holds", "", "", "")


def _finding_case(finding: dict[str, Any]) -> Case:
    """An error fails its case; a warning passes, and is said."""
    kind = "failure" if finding["severity"] == "error" else "system-out"
    return finding["rule"], kind, finding["message"], _finding_text(finding)


def _case(record: dict[str, Any]) -> Case:
    if record["status"] in GOOD:
        return record["host"], "", "", ""
    kind = "error" if record["status"] in {"failed", "unreachable"} else "failure"
    return record["host"], kind, record["message"], "\n".join(d["text"] for d in record["differences"])


def _suite(root: ElementTree.Element, name: str, cases: list[Case]) -> None:
    failures, errors = (sum(case[1] == kind for case in cases) for kind in ("failure", "error"))
    suite = ElementTree.SubElement(
        root, "testsuite", name=name, tests=str(len(cases)), failures=str(failures), errors=str(errors)
    )
    for title, kind, message, body in cases:
        case = ElementTree.SubElement(suite, "testcase", classname=name, name=title)
        if kind == "system-out":
            ElementTree.SubElement(case, kind).text = f"{message}\n{body}"
        elif kind:
            ElementTree.SubElement(case, kind, message=message).text = body


def _finding_text(finding: dict[str, Any]) -> str:
    return "\n".join(f"{key}: {finding[key]}" for key in ("location", "expected", "found", "hint"))
