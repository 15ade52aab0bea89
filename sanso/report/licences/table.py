"""The table at the end of a run: by site, then why terminals are not licensed, and who was not reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sanso.messages import Language, text
from sanso.report.licences.words import Reason, Record, overdue, reasons
from sanso.report.run import lined_up

COLUMNS = ("licensed", "pending", "grace", "failed", "not_reached", "on_loan")
_FEW = 8
"""So many hosts of a cause are named; all are in the CSV."""


def column(record: Record) -> str:
    """Where a terminal is counted: one that failed, or waits, but works in full for some time is in grace."""
    status = record["status"]
    if status in {"in_sync", "changed"}:
        return "licensed"
    if status in {"failed", "pending"} and not record["trouble"]:
        missing = [one["state"] for one in record["results"] if one["problem"]]
        if status == "failed" and missing and all(state == "grace" for state in missing):
            return "grace"
    return str(status)


def by_site(records: Iterable[Record]) -> dict[str, Counter[str]]:
    """Site → terminals by column, in the order of names."""
    found: dict[str, Counter[str]] = {}
    for one in records:
        found.setdefault(one["site"], Counter())[column(one)] += 1
    return dict(sorted(found.items()))


def by_cause(records: Iterable[Record], lang: Language) -> list[tuple[Reason, list[str]]]:
    """Causes with their terminals, the most frequent first; not reached and on loan are not among them."""
    found: dict[Reason, list[str]] = {}
    for record in records:
        if record["status"] == "failed":
            for one in dict.fromkeys(reasons(record, lang)):
                found.setdefault(one._replace(detail=""), []).append(record["host"])
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


def table(records: Sequence[Record], lang: Language) -> list[str]:
    """All of it, as lines for a terminal."""
    check = any(record["check"] for record in records)
    lines = [say("title_check" if check else "title", lang), *lined_up(rows(records, lang))]
    if carried := sum(bool(record.get("carried")) for record in records):
        lines.append(say("carried", lang, count=carried))
    causes = by_cause(records, lang)
    if causes:
        lines.append(say("causes", lang))
    for reason, hosts in causes:
        what = f"{reason.code} {reason.what}".strip()
        lines.append(say("cause", lang, count=len(hosts), cause=what, hosts=few(hosts, lang)))
        lines.append(say("mend", lang, mend=reason.mend))
    for status, key in (("not_reached", "asleep"), ("on_loan", "loans")):
        hosts = [_named(record, lang) for record in records if record["status"] == status]
        if hosts:
            lines.append(say(key, lang, count=len(hosts), hosts=few(hosts, lang)))
    return lines


def rows(records: Sequence[Record], lang: Language) -> list[list[str]]:
    """Head, a row for each site, and the sum; columns in which nobody stands are left out."""
    sites = by_site(records)
    total = sum(sites.values(), Counter[str]())
    shown = [one for one in COLUMNS if total[one] or one == "licensed"]
    head = [say("site", lang), say("terminals", lang), *(say(f"column.{one}", lang) for one in shown)]
    found = [head]
    for site, counts in [*sites.items(), (say("total", lang), total)]:
        name = site or say("no_site", lang)
        found.append([name, str(counts.total()), *(str(counts[one]) for one in shown)])
    return found


def few(hosts: Sequence[str], lang: Language) -> str:
    """Names in one line, the first few where there are many."""
    named = ", ".join(hosts[:_FEW])
    return named if len(hosts) <= _FEW else say("more", lang, hosts=named, count=len(hosts) - _FEW)


def _named(record: Record, lang: Language) -> str:
    if record["status"] == "on_loan" and overdue(record):
        return say("overdue", lang, host=record["host"], until=record["loan"]["until"])
    return str(record["host"])


def say(key: str, lang: Language, **args: Any) -> str:
    """A text of the report's part of the catalogue."""
    return text(f"licensing.report.{key}", lang, **args)
