"""What the journal tells of a run, as its page shows it: who and why, and a row for each device."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sanso.devices.errors import DeviceError
from sanso.devices.observer import Stage
from sanso.journal import Run, Work
from sanso.messages import Language, text
from sanso.report.journal import stage_lines
from sanso.report.record import failure
from sanso.report.windows import override_text
from sanso.rules.words import some

TOLD = (Stage.ARMED, Stage.CONFIRMED, Stage.SAVED, Stage.UNDONE, Stage.NOT_UNDONE, Stage.CLEARED)
"""Stages of which the moment is told; those between them tell of a controller that was killed."""
CHECKS = ("reachable", "intended", "apart")
"""What every change is held against before it is confirmed."""


@dataclass(frozen=True)
class Row:
    """One device: moments by what happened then, configurations by their hash."""

    host: str
    site: str
    status: str
    moments: list[tuple[str, str]]
    configurations: list[tuple[str, str]]
    commands: int
    checks: list[str]


@dataclass(frozen=True)
class Told:
    """A run in a language."""

    facts: list[tuple[str, str]]
    rows: list[Row]
    back: bool
    """Whether it changed devices that can be put back."""
    beyond: str
    """What is said of hosts that it changed and that cannot be; empty where there are none."""


def told(run: Run, zone: tzinfo | None, lang: Language) -> Told:
    """What the journal tells of a run.

    Args:
        run: from the journal.
        zone: of all times; None for that of this machine.
        lang: the language.
    """
    clock = _Clock(str(run.first["at"]), zone)
    rows = [_row(work, clock, lang) for work in run.works.values()]
    back = any(work.changed and work.before for work in run.works.values())
    beyond = [work.host for work in run.works.values() if work.changed and not work.before]
    said = text("journal.not_back", lang, run=run.id, hosts=some(beyond)) if beyond else ""
    return Told(list(_facts(run, clock, lang)), rows, back, said)


class _Clock:
    """Shows moments: the day with those alone that are not on the first."""

    def __init__(self, first: str, zone: tzinfo | None) -> None:
        self._zone = zone
        self._day = self.whole(first)[:10]

    def whole(self, moment: str) -> str:
        """Day and time."""
        try:
            return f"{datetime.fromisoformat(moment).astimezone(self._zone):%Y-%m-%d %H:%M:%S %Z}"
        except ValueError:
            return moment

    def short(self, moment: str) -> str:
        """The time, and the day where it is another."""
        whole = self.whole(moment)
        return whole[11:19] if whole[:10] == self._day else whole[5:19]


def _facts(run: Run, clock: _Clock, lang: Language) -> Iterator[tuple[str, str]]:
    """Who, when and why, and what was found at locks; what was not said is left out."""
    first = run.first
    ended = clock.whole(run.until) if run.finished else text("journal.show.never", lang)
    played = (*first.get("playbooks", ()), first.get("limit"))
    yield text("page.told.operator", lang), str(first.get("operator", "?"))
    yield text("page.approver", lang), str(first.get("approver") or "–")
    yield text("page.ticket", lang), str(first.get("ticket") or "–")
    yield text("page.told.begun", lang), clock.whole(str(first["at"]))
    yield text("page.told.ended", lang), ended
    yield text("page.told.played", lang), ", ".join(one for one in played if one)
    for words in dict.fromkeys(_unusual(run, lang)):
        yield text("page.told.unusual", lang), words
    for line in stage_lines(run, lang):
        yield text("page.told.stages", lang), line
    for one in run.ended:
        if one.get("proof"):
            part = [text(f"page.part.{one['part']}", lang)] if "part" in one else []
            yield text("page.told.proof", lang), ": ".join([*part, one["proof"][lang]])
        if one.get("error"):
            yield text("page.error", lang), one["error"]


def _unusual(run: Run, lang: Language) -> Iterator[str]:
    """Work outside maintenance windows, locks that were taken from others or left by them, and rollbacks."""
    for begun in run.begun:
        if begun.get("window_override"):
            yield override_text(begun["window_override"], lang)
        if begun.get("back"):
            yield text("journal.show.back", lang, run=begun["back"])
        for kind in ("broken", "crashed"):
            for lock in begun.get(kind, ()):
                yield text(f"journal.show.{kind}", lang, reason=begun.get("break_lock") or "-", **lock)


def _row(work: Work, clock: _Clock, lang: Language) -> Row:
    reached = {stage: at for at, stage in work.stages if stage in TOLD}
    moments = [("looked", work.looked_at), *((str(stage), at) for stage, at in reached.items())]
    if work.in_the_middle and work.stage not in reached:
        moments.append((str(work.stage), work.stages[-1][0]))
    held = (("before", work.before), ("after", work.after))
    return Row(
        work.host,
        work.site,
        work.status,
        [(text(f"page.moment.{name}", lang), clock.short(at)) for name, at in moments],
        [(text(f"page.held.{when}", lang), digest) for when, digest in held if digest],
        len(work.commands) if work.stages else 0,
        list(_checks(work, lang)),
    )


def _checks(work: Work, lang: Language) -> Iterator[str]:
    """What the device was held against after its change, and whether it held."""
    if any(stage is Stage.VERIFIED for _, stage in work.stages):
        yield from (f"✓ {text(f'page.checks.{one}', lang)}" for one in CHECKS)
        answered = {kind: names for kind, names in work.checks.items() if names}
        yield from (f"✓ {text(f'page.checks.{kind}', lang)}: {some(names)}" for kind, names in answered.items())
    elif work.stages and work.error:
        found = [str(one[lang]).split("\n")[0] for one in work.findings[:1]]
        yield f"✕ {(found or [failure(DeviceError(**work.error), work.host, lang)])[0]}"
