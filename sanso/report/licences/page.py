"""One page of HTML: the sums by site, the causes with what to do, and every terminal; prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from sanso.messages import Language
from sanso.report.licences.rows import HEAD, terminal_rows
from sanso.report.licences.table import by_cause, column, rows, say
from sanso.report.licences.words import Record

_STYLE = """
body{font:14px/1.5 system-ui,"Hiragino Sans","Yu Gothic UI",sans-serif;margin:2em auto;max-width:110em;padding:0 1em}
table{border-collapse:collapse;margin:1em 0}th,td{border:1px solid #bbb;padding:.2em .6em;text-align:left}
th{background:#eee;position:sticky;top:0}
.sums td+td,.sums th+th{text-align:right}.sums tr:last-child{font-weight:bold}
.failed td:nth-child(4){background:#fbd5d5}.grace td:nth-child(4){background:#fdf0c4}
.not_reached td:nth-child(4),.on_loan td:nth-child(4){background:#e4e4e4}.licensed td:nth-child(4){background:#d8f0d8}
input{font:inherit;padding:.3em;width:24em}
@media print{input,label{display:none}th{position:static}body{font-size:9px;margin:0}@page{size:A4 landscape}}
"""
_SCRIPT = """
document.getElementById('filter').addEventListener('input',function(e){var w=e.target.value.toLowerCase();
document.querySelectorAll('#all tbody tr').forEach(function(r){r.hidden=!r.textContent.toLowerCase().includes(w)})})
"""


def page(records: Sequence[Record], run: str, lang: Language) -> str:
    """The whole page; whatever came from a terminal is escaped."""
    check = any(record["check"] for record in records)
    title = say("title_check" if check else "title", lang)
    finished = max((record["at"] for record in records), default="-")
    causes = [
        [reason.code, reason.what, reason.mend, str(len(hosts)), ", ".join(hosts)]
        for reason, hosts in by_cause(records, lang)
    ]
    head = [say(name, lang) for name in ("code", "problem", "what_to_do", "terminals", "host")]
    every = [(column(one), row) for one in records for row in terminal_rows(one, lang)]
    sums, *counts = rows(records, lang)
    parts = [
        f"<h1>{escape(title)}</h1><p>{escape(say('run', lang, run=run, finished=finished))}</p>",
        _table(sums, [("", row) for row in counts], 'class="sums"'),
        f"<h2>{escape(say('causes', lang))}</h2>" + _table(head, [("", row) for row in causes]) if causes else "",
        f'<p><label>{escape(say("filter", lang))} <input id="filter"></label></p>',
        _table([say(name, lang) for name in HEAD], every, 'id="all"'),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head>\n<body>{''.join(parts)}<script>{_SCRIPT}</script></body></html>\n"
    )


def _table(head: Sequence[str], body: Sequence[tuple[str, Sequence[str]]], marked: str = "") -> str:
    """A table whose rows have a class each."""
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "\n".join(
        f'<tr class="{kind}">' + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for kind, row in body
    )
    return f"<table {marked}><thead><tr>{top}</tr></thead>\n<tbody>{lines}</tbody></table>\n"
