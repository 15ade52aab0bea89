"""How far a task is, shown while it runs in a worker process of Ansible.

A worker has no terminal. What it displays goes through Ansible's queue to the parent, which alone writes, so that
lines of both never mix. While such a task runs nothing else is displayed: Ansible holds a worker's warnings back
until it ends.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from ansible import constants as C  # noqa: N812  # as all of Ansible names it
from ansible.utils.color import ANSIBLE_COLOR
from ansible.utils.display import Display

from sanso.city import City
from sanso.devices import Job
from sanso.devices.fleet import Tell, Watch
from sanso.messages import Language, text
from sanso.report.columns import clipped
from sanso.report.progress import Progress

LIVE = sys.stdout.isatty() and ANSIBLE_COLOR
"""Whether a person watches who wants colours (NO_COLOR): asked in the parent, before any worker is made."""
_UP = "\x1b[1A\x1b[2K"
"""One line up, and clear it (ECMA-48: CUU, EL)."""
_COLOURS = {
    "failed": C.COLOR_ERROR,
    "refused": C.COLOR_ERROR,
    "left": C.COLOR_ERROR,
    "unreachable": C.COLOR_UNREACHABLE,
    "not_reached": C.COLOR_UNREACHABLE,
    "drift": C.COLOR_CHANGED,
    "pending": C.COLOR_CHANGED,
    "changed": C.COLOR_CHANGED,
    "in_sync": C.COLOR_OK,
}
"""Of statuses, the worst first."""


class Screen:
    """Lines by way of Ansible's display."""

    live = LIVE

    def __init__(self) -> None:
        self._display = Display()
        self._below = False

    def line(self, words: str, statuses: Iterable[str] = ()) -> None:
        """Show a line that stays."""
        found = set(statuses)
        colour = next((colour for status, colour in _COLOURS.items() if status in found), None)
        self._show(words, color=colour)
        self._below = False

    def status(self, words: str) -> None:
        """Show a line that the next one takes the place of."""
        self._show(clipped(words, self._display.columns - 1), screen_only=True)
        self._below = True

    def _show(self, words: str, **how: Any) -> None:
        self._display.display(f"{_UP if self._below else ''}{words}", **how)


def watching(city: City, lang: Language) -> Watch:
    """Shows how far the work on devices is."""
    screen = Screen()

    def name(site: str) -> str:
        return city.sites[site].name_ja if lang == "ja" else city.sites[site].name

    def watch(phase: str, jobs: Sequence[Job]) -> Tell:
        sites = [name(job.intent.site) for job in jobs]
        progress = Progress(text(f"progress.{phase}", lang), sites, screen, lang, partial(_word, lang))
        return lambda outcome: progress.add(name(outcome.site), str(outcome.status))

    return watch


def _word(lang: Language, status: str) -> str:
    return text(f"summary.{status}", lang)
