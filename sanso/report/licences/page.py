"""One page of HTML: the sums by site, the causes, then site by site who needs somebody; prints on A4.

Every terminal stands in a table that is folded away, and so is not printed: on paper are those that need somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from sanso.messages import Language
from sanso.report.licences.needs import needs
from sanso.report.licences.rows import HEAD, terminal_rows
from sanso.report.licences.table import by_cause, column, rows, say
from sanso.report.licences.words import Reason, Record
from sanso.report.paper import render

_FOLDED = [name for name in HEAD if name not in {"site", "what_to_do"}]
"""What is told of every terminal: the heading says the site, and the cause above what to do."""


def page(records: Sequence[Record], run: str, lang: Language) -> str:
    """The whole page; whatever came from a terminal is escaped."""
    title = say("title_check" if any(record["check"] for record in records) else "title", lang)
    finished = max((record["at"] for record in records), default="-")
    return render(
        "licences/page.html.j2",
        lang,
        files("sanso.report.licences").joinpath("page.js").read_text("utf-8"),
        title=title,
        running=f"{title}  {finished}",
        run=run,
        finished=finished,
        sums=rows(records, lang),
        # why terminals failed, all sites together; which they are stands below
        causes=[(_problem(reason), reason.mend, len(hosts)) for reason, hosts in by_cause(records, lang)],
        sites=[_site(site, mine, lang) for site, mine in _by_site(records)],
        folded=_FOLDED,
        headings=lambda names: [say(name, lang) for name in names],
        problem=_problem,
    )


def _by_site(records: Iterable[Record]) -> list[tuple[str, list[Record]]]:
    """Records of each site; those sites first at which somebody is needed."""
    found: dict[str, list[Record]] = {}
    for one in records:
        found.setdefault(one["site"], []).append(one)
    return sorted(found.items(), key=lambda item: (all(column(one) == "licensed" for one in item[1]), item[0]))


def _site(site: str, records: Sequence[Record], lang: Language) -> dict[str, Any]:
    every = [[row[HEAD.index(one)] for one in _FOLDED] for record in records for row in terminal_rows(record, lang)]
    name = site or say("no_site", lang)
    return {"name": name, "needs": needs(records, lang), "terminals": len(records), "every": every}


def _problem(reason: Reason) -> str:
    return f"{reason.code} {reason.what}".strip()
