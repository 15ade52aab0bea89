"""What the journal tells, for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sanso.change import Difference
from sanso.journal import Journal, Run, Work
from sanso.journal.chain import Fault
from sanso.messages import Language, text
from sanso.report.record import difference_text
from sanso.report.run import lined_up

COLUMNS = ("run", "begun", "operator", "ticket", "state", "touched", "devices")


def list_lines(runs: Iterable[Run], working: Collection[str], lang: Language) -> list[str]:
    """A line for each run, the newest first.

    Args:
        runs: all of them.
        working: names of those that hold a lock now.
        lang: the language.
    """
    head = [text(f"journal.list.{name}", lang) for name in COLUMNS]
    rows = [_row(run, working, lang) for run in sorted(runs, key=lambda run: str(run.first["at"]), reverse=True)]
    return lined_up([head, *rows])


def state(run: Run, working: Collection[str]) -> str:
    """``ended``, ``working`` or ``cut``."""
    if run.id in working:
        return "working"
    return "ended" if run.finished else "cut"


def show_lines(run: Run, journal: Journal, lang: Language) -> list[str]:
    """Everything about a run."""
    return [
        run.id,
        *(line for batch in run.begun for line in _batch(batch, lang)),
        *(f"  {line}" for line in (*stage_lines(run, lang), *_end(run, lang))),
        *(line for work in run.works.values() for line in _work(work, journal, lang)),
    ]


def fault_text(fault: Fault, where: str, lang: Language) -> str:
    """Where a journal is broken, and how."""
    return text(f"journal.verify.{fault.what}", lang, where=where, expected=fault.expected, found=fault.found)


def _row(run: Run, working: Collection[str], lang: Language) -> list[str]:
    first = run.first
    touched = sum(bool(work.stages) for work in run.works.values())
    said = text(f"journal.state.{state(run, working)}", lang)
    about = (_minute(str(first["at"])), str(first.get("operator", "?")), str(first.get("ticket") or "-"))
    return [run.id, *about, said, str(touched), str(len(run.works))]


def _batch(begun: dict[str, object], lang: Language) -> Iterator[str]:
    """Who and why, and what was found at the locks."""

    def said(name: str, **more: object) -> str:
        shown = {
            key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in begun.items()
        }
        return text(f"journal.show.{name}", lang, **{key: value or "-" for key, value in {**shown, **more}.items()})

    yield f"  {_minute(str(begun['at']))} {begun['part']}"
    yield from (f"    {said(name)}" for name in ("operator", "why", "played"))
    override = begun.get("window_override")
    if override and isinstance(override, dict):
        yield f"    {said('override', reason=override['reason'], by=override['by'])}"
    if begun.get("back"):
        yield f"    {said('back', run=begun['back'])}"
    for kind in ("crashed", "broken"):
        for lock in _dicts(begun.get(kind)):
            yield f"    {text(f'journal.show.{kind}', lang, reason=begun.get('break_lock') or '-', **lock)}"


def _dicts(value: object) -> list[dict[str, str]]:
    return value if isinstance(value, list) else []


def stage_lines(run: Run, lang: Language) -> Iterator[str]:
    """Stages in which devices were to be changed, a line each."""
    for place, one in enumerate(run.staged, 1):
        about = {"title": one[lang], "count": len(one["hosts"]), "hosts": ", ".join(one["hosts"])}
        yield text("stage.line", lang, place=place, **about)


def _end(run: Run, lang: Language) -> Iterator[str]:
    for one in run.ended:
        if one.get("proof"):
            yield text("journal.show.proof", lang, said=one["proof"][lang])
        if one.get("error"):
            yield text("journal.show.error", lang, error=one["error"])
    if not run.finished:
        yield text("journal.show.never", lang)


def _work(work: Work, journal: Journal, lang: Language) -> Iterator[str]:
    status = text(f"summary.{work.status}", lang) if work.status else "-"
    looked = text("journal.show.looked", lang, at=_minute(work.looked_at), status=status)
    yield f"  {work.host} ({work.site}): {looked}"
    if work.stages:
        stages = " → ".join(str(stage) for _, stage in work.stages)
        yield f"    {text('journal.show.stages', lang, stages=stages, seconds=f'{work.seconds:.1f}')}"
    if work.left:
        yield f"    {text('journal.show.left', lang, why=work.left[lang])}"
    if work.error:
        yield f"    {text('journal.show.fault', lang, fault=work.error['fault'], detail=work.error['detail'])}"
    if work.before:
        yield f"    {text('journal.show.before', lang, file=journal.place(work.before))}"
    if work.after:
        yield f"    {text('journal.show.after', lang, file=journal.place(work.after))}"
    told = [Difference(**{**one, "layers": tuple(one["layers"])}) for one in work.differences]
    yield from _listed("differences", [difference_text(one, lang) for one in told], lang)
    yield from _listed("commands", work.commands, lang)
    yield from _listed("findings", [line for one in work.findings for line in one[lang].splitlines()], lang)


def _listed(name: str, lines: list[str], lang: Language) -> Iterator[str]:
    if lines:
        yield f"    {text(f'journal.show.{name}', lang)}"
        yield from (f"      {line}" for line in lines)


def _minute(moment: str) -> str:
    """In the reader's own time."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return moment
