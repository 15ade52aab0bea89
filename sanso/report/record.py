"""Outcomes as plain data and as text, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sanso.change import Difference
from sanso.change.compare import Said
from sanso.devices.errors import DeviceError
from sanso.devices.job import Options, Outcome, Status
from sanso.messages import LANGUAGES, Finding, Language, text
from sanso.messages.catalogue import say

PLAIN = {"order": "bare", "doubt": "told", "lacks": "told"}
"""Attributes of which nothing is expected that could be named, and the form of what is said of them."""
FINE = {Status.IN_SYNC, Status.CHANGED}
ROLLBACK = frozenset({"BACK-01", "BACK-02"})
"""Findings that say by themselves why a device is not put back."""


def record(outcome: Outcome, options: Options, lang: Language, crossings: Sequence[Finding] = ()) -> dict[str, Any]:
    """Plain data of an outcome: for Ansible's results and for the reports; it holds no secret.

    What is said in words stands under ``said`` in every language, since pages are written in each.

    Args:
        outcome: what became of the device.
        options: with what the run worked.
        lang: language of the texts.
        crossings: what the proof found on the device as it is now: in check mode drift, else a failure.
    """
    status = outcome.status
    if crossings and status in FINE:
        status = Status.DRIFT if options.check else Status.FAILED
    said = {one: _said(outcome, options, one, crossings) for one in LANGUAGES}
    return {
        "host": outcome.hostname,
        "site": outcome.site,
        "status": str(status),
        **said[lang],
        "said": said,
        "differences": [difference_record(difference, lang) for difference in outcome.differences],
        "commands": outcome.commands,
        "error": _error(outcome.error) if outcome.error else None,
        "read": outcome.read,
    }


def _said(outcome: Outcome, options: Options, lang: Language, crossings: Sequence[Finding]) -> dict[str, Any]:
    """What is said of an outcome in words; differences are put into words where they are shown."""
    said = message(outcome, options, lang)
    if crossings:
        if outcome.status is Status.IN_SYNC:
            said = text("separation.in_scope", lang, host=outcome.hostname)
        first = crossings[0]
        said += text("separation.host", lang, rule=first.rule, first=first.what(lang), count=len(crossings))
    refused = outcome.error.findings if outcome.error is not None else outcome.findings
    found = [{**one.as_dict(lang), "text": "\n".join(one.lines(lang))} for one in (*refused, *crossings)]
    return {"message": said, "findings": found}


def message(outcome: Outcome, options: Options, lang: Language) -> str:
    """One or two sentences: how it ended."""
    host = outcome.hostname
    if outcome.error is not None:
        return _failure(outcome.error, host, options, lang)
    if outcome.left is not None:
        return text("run.left", lang, host=host, why=outcome.left.why(lang))
    if outcome.findings and outcome.findings[0].rule in ROLLBACK:
        return text("run.not_back", lang, host=host, why=outcome.findings[0].what(lang))
    if outcome.findings:
        return text("run.opens", lang, host=host, count=len(outcome.findings), first=outcome.findings[0].what(lang))
    if outcome.status is Status.REFUSED and outcome.removal is not None:
        removal = outcome.removal
        return text(
            "run.removal",
            lang,
            host=host,
            removed=removal.removed,
            total=removal.total,
            percent=round(100 * removal.share),
            limit=round(100 * options.removal_limit),
        )
    return text(f"run.{outcome.status}", lang, host=host, count=len(outcome.differences))


def diff_text(entry: dict[str, Any], lang: Language) -> str:
    """What ``--diff`` shows of a host: the differences, then the exact commands."""
    lines = [entry["message"], *(f"  {difference['text']}" for difference in entry["differences"])]
    if entry["commands"]:
        sent = entry["status"] == Status.CHANGED
        lines.append(text("run.commands_sent" if sent else "run.commands", lang))
        lines += [f"  {command}" for command in entry["commands"]]
    return "\n".join(lines) + "\n"


def difference_text(difference: Difference, lang: Language) -> str:
    """One line: where, what, expected and found."""
    what = text(f"drift.{difference.attribute}", lang)
    if difference.attribute in PLAIN:
        form = PLAIN[difference.attribute]
    elif not difference.expected:
        form = "extra"
    elif not difference.found:
        form = "missing"
    elif difference.crossed:
        return f"{difference.where}: {text('drift.instead', lang, **_both(difference))}"
    else:
        form = "expected_found"
    said = text(f"drift.{form}", lang, what=what, **_both(difference))
    layers = f"  [{', '.join(difference.layers)}]" if difference.layers else ""
    return f"{difference.where}: {said}{layers}"


def _both(difference: Difference) -> dict[str, Said]:
    return {"expected": difference.expected, "found": difference.found}


def difference_record(difference: Difference, lang: Language) -> dict[str, Any]:
    """Plain data of a difference; ``said`` has its sides in every language, where they are words."""
    said = {one: {side: say(words, one) for side, words in _both(difference).items()} for one in LANGUAGES}
    return {
        "kind": difference.kind,
        "where": difference.where,
        "attribute": difference.attribute,
        **said[lang],
        **({"said": said} if len({repr(sides) for sides in said.values()}) > 1 else {}),
        "layers": list(difference.layers),
        "crossed": difference.crossed,
        "text": difference_text(difference, lang),
    }


def failure(error: DeviceError, host: str, lang: Language) -> str:
    """What went wrong with a device, in words."""
    return text(
        f"run.fault.{error.fault}",
        lang,
        host=host,
        detail=error.findings[0].what(lang) if error.findings else error.detail,
        command=error.command,
        answer=error.answer,
        line=error.line,
    )


def _failure(error: DeviceError, host: str, options: Options, lang: Language) -> str:
    said = failure(error, host, lang)
    if error.fault == "unsaved":  # which says by itself what the device holds
        return said
    state = {True: "yes", False: "no", None: "untouched"}[error.restored]
    return f"{said}. {text(f'run.restored.{state}', lang, timer=options.timer)}"


def _error(error: DeviceError) -> dict[str, Any]:
    return {
        "fault": error.fault,
        "detail": error.detail,
        "command": error.command,
        "answer": error.answer,
        "line": error.line,
        "restored": error.restored,
    }
