"""What the page of a run shows, gathered for its template."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from sanso.messages import LANGUAGES, Language, text
from sanso.messages.catalogue import keys
from sanso.report.paper import render
from sanso.report.run import GOOD, Run, summary_rows
from sanso.report.run_page.devices import Device, of_records
from sanso.report.run_page.evidence import evidence
from sanso.report.run_page.told import told
from sanso.report.separation import proof_lines
from sanso.report.windows import override_text

MARKS = {
    "in_sync": "✓",
    "changed": "✓",
    "drift": "△",
    "refused": "■",
    "left": "■",
    "failed": "✕",
    "unreachable": "✕",
    "error": "✕",
    "warning": "△",
}
"""What tells statuses and severities apart where there is no colour."""


def page(run: Run, finished: datetime, lang: Language, *, past: bool = False) -> str:
    """The whole page in a language; whatever came from a device is escaped.

    Args:
        run: the run.
        finished: when it ended.
        lang: the language.
        past: whether all that is known of the run is what the journal tells.
    """
    run = run.in_language(lang)
    zone = ZoneInfo(run.city.get("timezone", "UTC"))
    started, ended = (f"{one.astimezone(zone):%Y-%m-%d %H:%M:%S %Z}" for one in (run.started, finished))
    kind = text("page.title.check" if run.check else "page.title.apply", lang)
    title = f"{run.city.get('name', '')} {kind}".strip()
    sites = run.city.get("sites", {})
    devices = of_records(run.records.values(), lang)
    head, *rows = summary_rows(run, lang)
    return render(
        "run_page/page.html.j2",
        lang,
        title=title,
        other=next(one for one in LANGUAGES if one != lang),
        past=past,
        running=f"{title}  {started}",
        run=run,
        started=started,
        finished=ended,
        seconds=round((finished - run.started).total_seconds()),
        verdict=_verdict(run),
        facts={
            "approver": run.approver,
            "ticket": run.ticket,
            "override": override_text(run.override, lang) if run.override else "",
            "situation": run.situation,
            "error": run.error,
        },
        marks=MARKS,
        head=[_layer(cell, lang) for cell in head],
        rows=[[sites.get(name, name), *counts] for name, *counts in rows],
        undone=[one for one in devices if one.undone],
        proof_lines=proof_lines(run.proof, lang) if run.proof else [],
        picture=Markup(run.proof.get("picture", "")),  # noqa: S704 - XML of our own, which is escaped
        proof_rules=_by_rule(run.proof.get("findings", ()), lang),
        rules=_by_rule(run.findings, lang),
        devices=[one for one in devices if one.tells],
        quiet=_by_site(one for one in devices if not one.tells),
        evidence=evidence(run, lang),
        told=told(run.told, zone, lang) if run.told is not None else None,
        layer=lambda one: _layer(one, lang),
        site=lambda one: sites.get(one, one),
    )


def _verdict(run: Run) -> str:
    """What it comes to: ``broken`` off, ``open`` where somebody has to look, ``clean``."""
    if run.error:
        return "broken"
    errors = any(finding["severity"] == "error" for finding in run.findings)
    crossed = bool(run.proof) and bool(run.proof["crossings"] or run.proof["unproved"])
    ended = run.told.ended if run.told is not None else ()
    doubted = any(not one["proof"]["holds"] for one in ended if one.get("proof"))
    told = run.told.works.values() if run.told is not None else ()
    statuses = {*run.statuses(), *(one.status for one in told if one.status and one.host not in run.records)}
    return "open" if errors or crossed or doubted or statuses - GOOD else "clean"


def _by_rule(findings: Iterable[dict[str, Any]], lang: Language) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """Id, title and findings of each rule, in the order in which rules come."""
    found: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        found.setdefault(finding["rule"], []).append(finding)
    return [(rule, _known(f"{rule}.title", "", lang), mine) for rule, mine in found.items()]


def _by_site(devices: Iterable[Device]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in devices:
        found.setdefault(one.site, []).append(one.host)
    return found


def _layer(word: str, lang: Language) -> str:
    """Name of a layer; any other word is itself."""
    return _known(f"picture.layer.{word}", word, lang)


def _known(key: str, otherwise: str, lang: Language) -> str:
    return text(key, lang) if key in keys() else otherwise
