from __future__ import annotations

from typing import Any

from ansible import constants as C  # noqa: N812  # as all of Ansible names it
from ansible.plugins.callback.default import CallbackModule as Default

DOCUMENTATION = r"""
name: sanso
type: stdout
short_description: Ansible's default output, with every device that is in sync counted
description:
  - M(sanso_devices) reads all devices in one task, and only those with something to say get a task of their own. This
    output also shows the others as C(ok) and counts them in the recap, so that each device in play stands in it. It
    is silent about meta tasks.
  - In everything else it is P(ansible.builtin.default#callback).
extends_documentation_fragment:
  - default_callback
  - result_format_callback
requirements:
  - set as stdout in configuration
author:
  - sanso contributors
"""

META = frozenset(C._ACTION_META)


class CallbackModule(Default):
    """The default output with the recap completed."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "sanso"

    def __init__(self) -> None:
        super().__init__()
        self._in_sync: list[str] = []

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        if task.action not in META:  # Ansible announces a conditional meta task anew for every host
            super().v2_playbook_on_task_start(task, is_conditional)

    def v2_runner_on_skipped(self, result: Any) -> None:
        if result.task.action not in META:
            super().v2_runner_on_skipped(result)

    def v2_runner_on_ok(self, result: Any) -> None:
        super().v2_runner_on_ok(result)
        if result.task.action != "sanso_devices":
            return
        for host, outcome in result.result.get("hosts", {}).items():
            if outcome["status"] == "in_sync" and host != result.host.get_name():
                self._in_sync.append(host)
                if self.get_option("display_ok_hosts"):
                    self._display.display(f"ok: [{host}]", color=C.COLOR_OK)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        for host in self._in_sync:
            stats.increment("ok", host)
        super().v2_playbook_on_stats(stats)
