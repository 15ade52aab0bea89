from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible import constants as C  # noqa: N812  # as all of Ansible names it
from ansible.plugins.callback.default import CallbackModule as Default

DOCUMENTATION = r"""
name: sanso
type: stdout
short_description: Ansible's default output, with every device counted and findings printed as text
description:
  - M(sanso_devices) and M(sanso_endpoint_license) work on all hosts in one task, and only those with something to say
    get a task of their own. This output also shows the others as C(ok) or C(changed) and counts them in the recap, so
    that each host in play stands in it. It is silent about meta tasks.
  - Findings of a city that was refused, and the differences of a device that failed, are printed as text and not once
    more as data, unless C(-v) asks for all.
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
OF_CITY = frozenset({"findings", "language", "report", "said", "situation"})
OF_DEVICES = OF_CITY | {"hosts", "proof", "separation", "change", "stages", "run", "journal"}
AS_TEXT = {
    **dict.fromkeys(("sanso_validate", "sanso_parameter_sheet", "sanso_prove", "sanso_windows"), OF_CITY),
    "sanso_ask": {"doubts", "language", "paths"},
    **dict.fromkeys(("sanso_devices", "sanso_wireless", "sanso_rollback"), OF_DEVICES),
    "sanso_result": {"commands", "status", "report"},
    "sanso_endpoint_license": {"hosts", "news", "language", "proof", "table", "report"},
}
"""What of a result is printed as text, or stands in the report."""
TOLD = {"sanso_prove", "sanso_ask", "sanso_windows"}
"""Say what they found, and not only that they did."""
BATCHES = {"sanso_devices", "sanso_wireless", "sanso_rollback", "sanso_endpoint_license"}
"""Work on all hosts in one task, and name those that get one of their own."""


class CallbackModule(Default):
    """The default output with the recap completed."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "sanso"

    def __init__(self) -> None:
        super().__init__()
        self._quiet: dict[str, bool] = {}  # host → whether it was changed
        self._action = ""

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._action = task.action
        if task.action not in META:  # Ansible announces a conditional meta task anew for every host
            super().v2_playbook_on_task_start(task, is_conditional)

    def v2_runner_on_skipped(self, result: Any) -> None:
        if result.task.action not in META:
            super().v2_runner_on_skipped(result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        if report := result.result.get("report"):
            self._display.display(f"\n{report}\n", color=C.COLOR_ERROR)
        if diff := result.result.get("diff"):  # Ansible itself shows those of hosts that did not fail
            self._display.display(self._get_diff(diff))
        super().v2_runner_on_failed(result, ignore_errors)

    def _handle_warnings_and_exception(self, result: Any) -> None:
        """Ansible's own words, unless they would tell a host's outcome once more, with the lines of the role."""
        if result.task.action != "sanso_result" or self._display.verbosity:
            super()._handle_warnings_and_exception(result)

    def v2_runner_on_ok(self, result: Any) -> None:
        super().v2_runner_on_ok(result)
        if result.task.action in TOLD and (said := result.result.get("msg")):
            self._display.display(said, color=C.COLOR_OK)
        if result.task.action not in BATCHES:
            return
        if separation := result.result.get("separation"):
            self._display.display(f"\n{separation}\n", color=C.COLOR_ERROR)
        for told in ("change", "stages"):
            if words := result.result.get(told):
                self._display.display(f"\n{words}\n")
        news = {*result.result.get("news", ()), result.host.get_name()}
        for host, outcome in result.result.get("hosts", {}).items():
            if host not in news:
                self._tell_quiet(host, changed=outcome["status"] != "in_sync")

    def _tell_quiet(self, host: str, *, changed: bool) -> None:
        """Show a host that gets no result of its own."""
        self._quiet[host] = changed
        if changed:
            self._display.display(f"changed: [{host}]", color=C.COLOR_CHANGED)
        elif self.get_option("display_ok_hosts"):
            self._display.display(f"ok: [{host}]", color=C.COLOR_OK)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        self.count_quiet(stats)
        super().v2_playbook_on_stats(stats)

    def count_quiet(self, stats: Any) -> None:
        """Count hosts that got no result of their own."""
        for host, changed in self._quiet.items():
            stats.increment("ok", host)
            if changed:
                stats.increment("changed", host)

    def _dump_results(self, result: Mapping[str, Any], *args: Any, **kwargs: Any) -> str:
        hidden = AS_TEXT.get(self._action, set()) if not self._display.verbosity else set()
        shown = {name: value for name, value in result.items() if name not in hidden and name != "diff"}
        return str(super()._dump_results(shown, *args, **kwargs))
