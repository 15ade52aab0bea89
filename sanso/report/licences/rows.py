"""A terminal's record as rows of a table, one for each application."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.messages import Language, text
from sanso.report.licences.words import Reason, Record, done_words, loan, reason, trouble

HEAD = (
    "site",
    "host",
    "layer",
    "result",
    "application",
    "channel",
    "state",
    "product",
    "partial_key",
    "grace_days",
    "done",
    "code",
    "problem",
    "what_to_do",
    "detail",
    "loan",
    "at",
)
"""Keys below ``licensing.report``."""
_MINUTES = 24 * 60
_NOTHING = Reason("", "")


def terminal_rows(record: Record, lang: Language) -> Iterator[list[str]]:
    """Rows in the order of :data:`HEAD`; one where nothing could be asked of the terminal."""
    status = text(f"licensing.status.{record['status']}", lang)
    start = [record["site"], record["host"], record["layer"], status]
    end = [loan(record, lang) if record["loan"] else "", record["at"]]
    if record["trouble"] or not record["results"]:
        found = trouble(record, lang) if record["trouble"] else _NOTHING
        yield [*start, *[""] * 7, *_reason(found), *end]
        return
    for result in record["results"]:
        found = reason(result, lang) if result["problem"] else _NOTHING
        yield [*start, *_application(result, record, lang), *_reason(found), *end]


def _application(result: Record, record: Record, lang: Language) -> list[str]:
    minutes = result["grace_minutes"]
    return [
        text(f"licensing.application.{result['application']}", lang),
        text(f"licensing.channel.{result['channel']}", lang),
        text(f"licensing.state.{result['state']}", lang),
        result["product"],
        result["partial_key"],
        str(minutes // _MINUTES) if minutes else "",
        done_words(result, record, lang),
    ]


def _reason(reason: Reason) -> list[str]:
    return [reason.code, reason.what, reason.mend, reason.detail]
