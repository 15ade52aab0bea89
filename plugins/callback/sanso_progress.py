from __future__ import annotations

from time import monotonic
from typing import Any

from ansible import constants as C  # noqa: N812  # as all of Ansible names it
from ansible.plugins.loader import callback_loader

from sanso.messages import language, text
from sanso_plugins.common.screen import LIVE

DOCUMENTATION = r"""
name: sanso_progress
type: stdout
short_description: What is new and how far a run is, for a person at a terminal
description:
  - At a terminal shows how far the work on devices and terminals is, what was changed, failed or found, and one line
    at the end. Tasks and hosts with nothing new are not shown, nor is the recap.
  - Where nobody watches (output into a file or a pipe, C(NO_COLOR)), and with C(-v), it is P(sanso#callback),
    Ansible's usual output. C(ANSIBLE_STDOUT_CALLBACK=sanso) asks for that at a terminal too.
extends_documentation_fragment:
  - default_callback
  - result_format_callback
requirements:
  - set as stdout in configuration
author:
  - sanso contributors
"""

Sanso = callback_loader.get("sanso", class_only=True)


class CallbackModule(Sanso):  # type: ignore[misc, valid-type]  # a class that Ansible loads
    """The output of ``sanso``, and at a terminal only what is new."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "sanso_progress"

    def __init__(self) -> None:
        super().__init__()
        self._started = monotonic()
        self._language: str | None = None
        self._short = False

    def set_options(self, *args: Any, **kwargs: Any) -> None:
        super().set_options(*args, **kwargs)
        self._short = LIVE and not self._display.verbosity
        if self._short:
            self.set_option("display_ok_hosts", False)
            self.set_option("display_skipped_hosts", False)

    def v2_playbook_on_play_start(self, play: Any) -> None:
        if self._short:
            self._play = play
            self._display.display(play.get_name(), color=C.COLOR_HIGHLIGHT)
        else:
            super().v2_playbook_on_play_start(play)

    def _print_task_banner(self, task: Any) -> None:
        """The name of a task that has something new, without a row of asterisks."""
        if self._short:
            self._display.display(f"{task.get_name()}:")
            self._last_task_banner = task._uuid
        else:
            super()._print_task_banner(task)

    def v2_runner_on_ok(self, result: Any) -> None:
        self._language = result.result.get("language", self._language)
        super().v2_runner_on_ok(result)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        if not self._short:
            super().v2_playbook_on_stats(stats)
            return
        self.count_quiet(stats)
        counts = {
            "hosts": len(stats.processed),
            "changed": len(stats.changed),
            "failed": len(stats.failures),
            "unreachable": len(stats.dark),
        }
        wrong = counts["failed"] or counts["unreachable"]
        colour = C.COLOR_ERROR if wrong else C.COLOR_CHANGED if counts["changed"] else C.COLOR_OK
        said = text("progress.end", language(self._language), seconds=round(monotonic() - self._started), **counts)
        self._display.display(said, color=colour)
