"""What somebody has to do at a site: each cause once, with its terminals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sanso.messages import Language, text
from sanso.report.licences.table import column, say
from sanso.report.licences.words import Reason, Record, done_words, loan, reason, trouble

ORDER = ("failed", "grace", "not_reached", "pending", "on_loan")
"""Columns of terminals that are not as wanted, the most urgent first."""
_DAY = 24 * 60
"""Minutes."""


class Need(NamedTuple):
    """Why terminals are not as wanted; ``application`` is empty where that is a matter of the whole terminal."""

    column: str
    application: str
    reason: Reason


def needs(records: Iterable[Record], lang: Language) -> list[tuple[Need, list[str]]]:
    """Causes with their terminals, the most urgent first, then the most frequent; who is licensed is in none."""
    found: dict[Need, list[str]] = {}
    for record in records:
        for need, remark in _of(record, lang):
            host = f"{record['host']} ({remark})" if remark else record["host"]
            found.setdefault(need, []).append(host)
    return sorted(found.items(), key=lambda item: (ORDER.index(item[0].column), -len(item[1]), item[0]))


def _of(record: Record, lang: Language) -> Iterator[tuple[Need, str]]:
    """What is wrong with one terminal, and what is said of it alone."""
    where = column(record)
    if where not in ORDER:
        return
    if where == "on_loan":
        yield Need(where, "", Reason("", "")), loan(record, lang)
    elif record["trouble"]:
        yield Need(where, "", trouble(record, lang)._replace(detail="")), ""
    else:
        for one in record["results"]:
            if one["problem"]:
                yield Need(where, _application(one, lang), reason(one, lang)._replace(detail="")), _left(one, lang)
            elif where == "pending" and one["done"]:
                yield Need(where, _application(one, lang), Reason(done_words(one, record, lang), "")), ""


def _application(result: Record, lang: Language) -> str:
    words = (text(f"licensing.{name}.{result[name]}", lang) for name in ("application", "channel"))
    return "{} ({})".format(*words)


def _left(result: Record, lang: Language) -> str:
    """For how many days it still works in full."""
    if result["state"] != "grace" or not result["grace_minutes"]:
        return ""
    return say("days", lang, count=result["grace_minutes"] // _DAY)
