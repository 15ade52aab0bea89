"""One terminal's record in words: how it ended, why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sanso.messages import Language, text
from sanso.messages.catalogue import keys

Record = dict[str, Any]


class Reason(NamedTuple):
    """Why a terminal, or an application on it, failed."""

    what: str
    mend: str
    code: str = ""
    detail: str = ""

    def say(self, lang: Language) -> str:
        """In one line."""
        form = "problem_code" if self.code else "problem" if self.detail else "problem_bare"
        return text(f"licensing.run.{form}", lang, **self._asdict())


def message(record: Record, lang: Language) -> str:
    """How a terminal ended, in one line."""
    if record["status"] == "on_loan":
        return f"{record['host']}: {loan(record, lang)}"
    if record["trouble"]:
        return f"{record['host']}: {trouble(record, lang).say(lang)}"
    said = [
        text("licensing.run.application", lang, **_of(result, lang), said=result_words(result, record, lang))
        for result in record["results"]
    ]
    return f"{record['host']}: " + "; ".join(said or [text(f"licensing.status.{record['status']}", lang)])


def difference_lines(record: Record, lang: Language) -> list[str]:
    """What is, or in check mode would be, done: a line for each application."""
    return [
        text("licensing.run.application", lang, **_of(result, lang), said=result_words(result, record, lang))
        for result in record["results"]
        if result["done"]
    ]


def result_words(result: Record, record: Record, lang: Language) -> str:
    """State of an application, what was done, and what is wrong."""
    state = text(f"licensing.state.{result['state']}", lang)
    doing = done_words(result, record, lang)
    if result["problem"]:
        said = reason(result, lang).say(lang)
        return text(
            f"licensing.run.{'failed_after' if doing else 'failed'}", lang, state=state, doing=doing, problem=said
        )
    if not doing:
        return state
    return text(f"licensing.run.{'todo' if record['check'] else 'done'}", lang, state=state, doing=doing)


def done_words(result: Record, record: Record, lang: Language) -> str:
    """What was done, or in check mode would be."""
    kind = "would" if record["check"] else "doing"
    return ", ".join(text(f"licensing.{kind}.{one}", lang) for one in result["done"])


def reasons(record: Record, lang: Language) -> Iterator[Reason]:
    """All that is wrong with a terminal."""
    if record["trouble"]:
        yield trouble(record, lang)
    else:
        yield from (reason(one, lang) for one in record["results"] if one["problem"])


def trouble(record: Record, lang: Language) -> Reason:
    """Why nothing could be asked of a terminal."""
    key = f"licensing.cause.{record['trouble']}"
    return Reason(text(f"{key}.what", lang), text(f"{key}.mend", lang), detail=record["detail"])


def reason(result: Record, lang: Language) -> Reason:
    """What is wrong with an application: the code behind it says more than that it failed."""
    if not result["code"]:
        key = f"licensing.problem.{result['problem']}"
        return Reason(text(f"{key}.what", lang), text(f"{key}.mend", lang), detail=result["detail"])
    return explain(result["code"], lang, result["detail"])


def explain(code: str, lang: Language, detail: str = "") -> Reason:
    """A Windows code, ``0x`` and eight digits, in words; one that is not known says how to look it up."""
    key = f"licensing.code.{code}"
    if f"{key}.what" in keys():
        return Reason(text(f"{key}.what", lang), text(f"{key}.mend", lang), code, detail)
    unknown = "licensing.unknown_code"
    what = detail or text(f"{unknown}.what", lang, code=code)
    return Reason(what, text(f"{unknown}.mend", lang, code=code), code, detail)


def loan(record: Record, lang: Language) -> str:
    """To whom a tablet is lent, and until when."""
    to = record["loan"]["to"] or text("licensing.run.nobody", lang)
    until = record["loan"]["until"]
    key = "loan_open" if not until else "overdue" if overdue(record) else "loan"
    return text(f"licensing.run.{key}", lang, to=to, until=until)


def overdue(record: Record) -> bool:
    """Whether a tablet on loan should have been back on the day of the record."""
    until = record["loan"]["until"] if record["loan"] else ""
    return bool(until) and date.fromisoformat(until) < date.fromisoformat(record["at"][:10])


def _of(result: Record, lang: Language) -> dict[str, str]:
    return {name: text(f"licensing.{name}.{result[name]}", lang) for name in ("application", "channel")}
