"""The report of a past run from its journal alone, for whoever asks months later.

The journal has no findings on the inventory and no picture; the page that the run left has.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sanso.change import Difference, Removal
from sanso.devices.errors import DeviceError
from sanso.devices.job import Options, Outcome, Status
from sanso.journal import Run as Told
from sanso.journal import Work
from sanso.messages import LANGUAGES, Language, text
from sanso.report.record import record
from sanso.report.run import Run
from sanso.report.run_page.page import page


def past_page(told: Told, lang: Language) -> str:
    """The page of a past run in a language."""
    return page(past_run(told, lang), datetime.fromisoformat(told.until), lang, past=True)


def past_run(told: Told, lang: Language) -> Run:
    """What the journal tells of a run, as its own report would."""
    first = told.first
    run = Run(datetime.fromisoformat(first["at"]), check=False, name=told.id, journal=told.head, told=told)
    run.approver, run.ticket = (str(first.get(name, "")) for name in ("approver", "ticket"))
    for begun in told.begun:
        run.add_override(begun.get("window_override") or {})
    errors = [one["error"] for one in told.ended if one.get("error")]
    run.error = "; ".join(errors) if told.finished else text("journal.show.never", lang)
    run.hear({one: {"findings": [], "situation": "", "city": _city(told, one)} for one in LANGUAGES}, lang)
    given = {name: first.get(name, getattr(Options, name)) for name in ("timer", "removal_limit")}
    options = Options(check=False, **given)
    run.add(_record(work, options, lang) for work in told.works.values() if work.status)
    return run


def _city(told: Told, lang: Language) -> dict[str, Any]:
    """What the city was called then, with all sites that were worked at."""
    cities = [begun["city"][lang] for begun in told.begun if "city" in begun]
    sites = {site: name for city in cities for site, name in city["sites"].items()}
    return {**cities[0], "sites": sites} if cities else {}


def _record(work: Work, options: Options, lang: Language) -> dict[str, Any]:
    outcome = Outcome(
        work.host,
        work.site,
        Status.DRIFT if work.findings or work.left else Status(work.status),  # what is said of it then comes below
        [Difference(**{**one, "layers": tuple(one["layers"])}) for one in work.differences],
        work.commands,
        Removal(*work.removal) if work.removal else None,
        error=DeviceError(**work.error) if work.error else None,
    )
    made = record(outcome, options, lang)
    return {
        **made,
        "status": work.status,
        "said": {one: {**made["said"][one], **_found(work, one)} for one in LANGUAGES},
    }


def _found(work: Work, lang: Language) -> dict[str, Any]:
    """What the journal has as texts: findings, which say why a device was let be, and why it was not begun."""
    if work.left:
        return {"message": text("run.left", lang, host=work.host, why=work.left[lang])}
    if not work.findings:
        return {}
    findings = [{"rule": one["rule"], "text": one[lang]} for one in work.findings]
    return {"findings": findings, **({} if work.error else {"message": findings[0]["text"].split("\n")[0]})}
