"""One page of HTML: the sums by site, the causes, then site by site who needs somebody; prints on A4.

Every terminal stands in a table that is folded away, and so is not printed: on paper are those that need somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

from sanso.messages import Language
from sanso.report.licences.needs import needs
from sanso.report.licences.rows import HEAD, terminal_rows
from sanso.report.licences.table import by_cause, column, rows, say
from sanso.report.licences.words import Record

_FOLDED = [name for name in HEAD if name not in {"site", "what_to_do"}]
"""What is told of every terminal: the heading says the site, and the cause above what to do."""


def page(records: Sequence[Record], run: str, lang: Language) -> str:
    """The whole page; whatever came from a terminal is escaped."""
    title = say("title_check" if any(record["check"] for record in records) else "title", lang)
    finished = max((record["at"] for record in records), default="-")
    parts = [
        f"<h1>{escape(title)}</h1>\n<p>{escape(say('run', lang, run=run, finished=finished))}</p>",
        f'<div class="whole">{_sums(records, lang)}{_causes(records, lang)}</div>\n',
        f'<p><label>{escape(say("filter", lang))} <input id="filter"></label></p>',
        *(_site(site, mine, lang) for site, mine in _by_site(records)),
    ]
    style, script = (
        files("sanso.report.licences").joinpath(f"page.{kind}").read_text("utf-8") for kind in ("css", "js")
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style}</style></head>\n<body>{''.join(parts)}<script>{script}</script></body></html>\n"
    )


def _by_site(records: Iterable[Record]) -> list[tuple[str, list[Record]]]:
    """Records of each site; those sites first at which somebody is needed."""
    found: dict[str, list[Record]] = {}
    for one in records:
        found.setdefault(one["site"], []).append(one)
    return sorted(found.items(), key=lambda item: (all(column(one) == "licensed" for one in item[1]), item[0]))


def _sums(records: Sequence[Record], lang: Language) -> str:
    head, *sites, total = rows(records, lang)
    linked = [(_link(site[0]), *map(escape, site[1:])) for site in sites]
    return _table(head, [*linked, tuple(map(escape, total))], "sums")


def _causes(records: Sequence[Record], lang: Language) -> str:
    """Why terminals failed, all sites together; which they are stands below."""
    causes = [
        (_problem(reason.code, reason.what), reason.mend, str(len(hosts)))
        for reason, hosts in by_cause(records, lang)
    ]
    if not causes:
        return ""
    head = [say(name, lang) for name in ("problem", "what_to_do", "terminals")]
    told = _table(head, [tuple(map(escape, row)) for row in causes], "causes")
    return f"<div><h2>{escape(say('causes', lang))}</h2>\n{told}</div>"


def _site(site: str, records: Sequence[Record], lang: Language) -> str:
    name = site or say("no_site", lang)
    todo = [
        (
            f'<span class="{need.column}">{escape(say(f"column.{need.column}", lang))}</span>',
            *map(escape, (need.application, _problem(need.reason.code, need.reason.what), need.reason.mend)),
            f"<b>{len(hosts)}</b> {escape(', '.join(hosts))}",
        )
        for need, hosts in needs(records, lang)
    ]
    head = [say(one, lang) for one in ("result", "application", "problem", "what_to_do", "host")]
    every = [
        tuple(escape(row[HEAD.index(one)]) for one in _FOLDED)
        for record in records
        for row in terminal_rows(record, lang)
    ]
    folded = _table([say(one, lang) for one in _FOLDED], every, "every")
    summary = escape(say("every", lang, count=len(records)))
    return (
        f'<section id="{escape(name)}"><h2>{escape(name)}</h2>\n{_table(head, todo, "todo") if todo else ""}'
        f"<details><summary>{summary}</summary>\n{folded}</details></section>\n"
    )


def _problem(code: str, what: str) -> str:
    return f"{code} {what}".strip()


def _link(site: str) -> str:
    return f'<a href="#{escape(site)}">{escape(site)}</a>'


def _table(head: Sequence[str], body: Sequence[Sequence[str]], kind: str) -> str:
    """A table; its cells are markup, its head is text."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    return f'<table class="{kind}"><thead><tr>{top}</tr></thead>\n<tbody>{lines}</tbody></table>\n'
