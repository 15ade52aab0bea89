"""Findings as people read them: by file, errors before warnings, and a count."""

from __future__ import annotations

from itertools import groupby

from sanso.messages import Finding, Language, Severity, text


def render_findings(findings: list[Finding], lang: Language) -> str:
    """All findings, those of a file together, errors before warnings, and a closing line that counts them."""
    faulty = {_file(finding) for finding in findings if finding.severity is Severity.ERROR}
    ordered = sorted(findings, key=lambda finding: (_file(finding) not in faulty, *_order(finding)))
    blocks = [
        "\n".join(line for finding in of_file for line in finding.lines(lang))
        for _, of_file in groupby(ordered, key=_file)
    ]
    return "\n\n".join([*blocks, _count(findings, lang)])


def _count(findings: list[Finding], lang: Language) -> str:
    if not findings:
        return text("finding.none", lang)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    files = len({_file(finding) for finding in findings})
    count = {"errors": errors, "warnings": len(findings) - errors, "files": files}
    return text("finding.count", lang, **count)


def _file(finding: Finding) -> str:
    return finding.location.file if finding.location else ""


def _order(finding: Finding) -> tuple[str, bool, int, int, str]:
    line, column = (finding.location.line, finding.location.column) if finding.location else (0, 0)
    return _file(finding), finding.severity is not Severity.ERROR, line, column, finding.rule
