"""Tells the journal what happens to devices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sanso.change.stages import RolloutStage
from sanso.devices.errors import DeviceError, Fault
from sanso.devices.job import Outcome
from sanso.devices.observer import Stage
from sanso.journal.journal import Journal
from sanso.journal.marks import Marks
from sanso.messages import LANGUAGES, Finding
from sanso.network.surroundings import Surroundings

PLAIN = frozenset({"event", "host", "site", "stage", "mark", "status", "configuration", "read_at", "operator"})
"""Fields in which no device and no person can put a secret."""
FINAL = frozenset({Stage.CONFIRMED, Stage.SAVED, Stage.UNDONE, Stage.NOT_UNDONE})
"""A device that came so far is not turned back, whatever becomes of the journal."""


class Recorder:
    """Writes each thing before the work goes on.

    Args:
        journal: where to.
        run: name of the run.
        marks: what stands for secrets.
        unfit: why a device may not be started on any more; None where it may.
    """

    def __init__(
        self, journal: Journal, run: str, marks: Marks, unfit: Callable[[str], Fault | None] = lambda _: None
    ) -> None:
        self.journal = journal
        self.run = run
        self.trouble = ""
        """Why something could not be written that no device could be turned back for."""
        self._marks = marks
        self._unfit = unfit
        self._read: dict[str, dict[str, str]] = {}
        self._answered: dict[str, Surroundings] = {}

    def tell(self, *entries: Mapping[str, Any]) -> None:
        """Write entries without secrets.

        Raises:
            OSError: they cannot be written.
        """
        marked = (
            {name: value if name in PLAIN else self._marks.data(value) for name, value in entry.items()}
            for entry in entries
        )
        self.journal.add(self.run, *marked)

    # ----- as an observer of devices --------------------------------------------------------------------------

    def read(self, host: str, text: str) -> None:
        """Keep a configuration; the next entry of the device names it.

        Raises:
            DeviceError: it cannot be kept.
        """
        try:
            digest = self.journal.keep(self._marks.text(text))
        except OSError as error:
            raise _unwritten(error) from error
        self._read[host] = {"configuration": digest, "read_at": datetime.now(UTC).isoformat(timespec="milliseconds")}

    def answered(self, host: str, around: Surroundings) -> None:
        """Keep who answers; the next stage of the device names them."""
        self._answered[host] = around

    def planned(self, outcomes: Iterable[Outcome]) -> None:
        """Tell of all devices that were looked at, before anything is sent."""
        self.tell(*map(self._looked, outcomes))

    def staged(self, stages: Sequence[RolloutStage]) -> None:
        """Tell in which order devices are about to be changed."""
        told = [{"hosts": one.hosts, **{lang: one.title(lang) for lang in LANGUAGES}} for one in stages]
        self.tell({"event": "staged", "stages": told})

    def reached(self, host: str, stage: Stage, mark: str = "") -> None:
        """Tell of a stage.

        Raises:
            DeviceError: it cannot be written, or the device may not be started on; not raised for :data:`FINAL` ones.
        """
        if stage is Stage.ARMING and (why := self._unfit(host)):
            raise DeviceError(why, host)
        about: dict[str, Any] = {"mark": mark} if mark else {}
        if (around := self._answered.pop(host, None)) is not None:
            about["checks"] = around.names()
        if stage is not Stage.CLEARED:  # what was read then stands with what was found
            about |= self._read.pop(host, {})
        try:
            self.tell({"event": "stage", "host": host, "stage": str(stage), **about})
        except OSError as error:
            if stage not in FINAL:
                raise _unwritten(error) from error
            self.trouble = str(error)

    def done(self, outcome: Outcome) -> None:
        """Tell how it ended."""
        host = outcome.hostname
        try:
            self.tell({"event": "done", "host": host, **_end(outcome), **_left(outcome), **self._read.pop(host, {})})
        except OSError as error:
            self.trouble = str(error)

    def _looked(self, outcome: Outcome) -> dict[str, Any]:
        read = self._read.pop(outcome.hostname, {"read_at": datetime.now(UTC).isoformat(timespec="milliseconds")})
        differences = [
            {
                "kind": one.kind,
                "where": one.where,
                "attribute": one.attribute,
                "expected": one.expected,
                "found": one.found,
                "layers": list(one.layers),
            }
            for one in outcome.differences
        ]
        about = {"differences": differences, "commands": outcome.commands}
        return {"event": "looked", "host": outcome.hostname, "site": outcome.site, **about, **_end(outcome), **read}


def _end(outcome: Outcome) -> dict[str, Any]:
    """How it stands with a device: why it is let be, or what went wrong."""
    error = outcome.error
    found = outcome.findings if error is None else error.findings
    return {
        "status": str(outcome.status),
        "findings": [_finding(one) for one in found],
        "error": _error(error) if error is not None else None,
        "removal": [outcome.removal.removed, outcome.removal.total] if outcome.removal is not None else None,
    }


def _left(outcome: Outcome) -> dict[str, Any]:
    """Why it was not begun, in both languages; nothing where it was."""
    return {"left": {lang: outcome.left.why(lang) for lang in LANGUAGES}} if outcome.left is not None else {}


def _finding(finding: Finding) -> dict[str, Any]:
    """A finding in both languages, for whoever reads the journal."""
    return {"rule": finding.rule, **{lang: "\n".join(finding.lines(lang)) for lang in LANGUAGES}}


def _error(error: DeviceError) -> dict[str, Any]:
    return {
        "fault": error.fault,
        "detail": error.detail,
        "command": error.command,
        "answer": error.answer,
        "line": error.line,
        "restored": error.restored,
    }


def _unwritten(error: OSError) -> DeviceError:
    return DeviceError("journal", f"{error.filename or ''} {error.strerror}".strip())
