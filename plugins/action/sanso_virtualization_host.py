"""Compare a virtualization host with the inventory; documented in plugins/modules/sanso_virtualization_host.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.change.virtual import Assessed, assess
    from sanso.hypervisors import Creation
    from sanso_plugins.common.arguments import LANGUAGE
    from sanso_plugins.common.hostvars import plain
    from sanso_plugins.common.looked import of_hosts
    from sanso_plugins.common.roles import details
    from sanso_plugins.common.validate import refuse_proof
    from sanso_plugins.common.virtual import GROUP, Report, intents_of, readings
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

SPEC: dict[str, Any] = {
    "intent": {"type": "str", "required": True},
    "found": {"type": "str", "required": True},
    "accelerated": {"type": "bool", "default": True},
    "kernel_switch": {"type": "bool", "default": True},
    "restart": {"type": "raw", "default": []},
    **LANGUAGE,
}


class ActionModule(ActionBase):
    """Compare what a host does with what it should, and prove the steps between."""

    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        variables = task_vars or {}
        _, options = self.validate_argument_spec(SPEC)
        host = str(variables["inventory_hostname"])
        intents = intents_of(plain(variables[options["intent"]]))
        read = readings(of_hosts(variables, GROUP, options["found"]), intents)
        creation = Creation(
            accelerated=options["accelerated"],
            kernel_switch=options["kernel_switch"],
            restart=_named(plain(options["restart"]), intents[host].facts.machines),
        )
        others = {other: one.facts for other, one in read.items() if other != host and not one.unread}
        assessed = assess(read[host], others, intents, creation)
        report = Report(host, assessed, options["language"])
        result = self._result(assessed, report)
        if assessed.refused:
            raise refuse_proof(assessed.refused, options["language"], "verbose", **result)
        return result

    def _result(self, assessed: Assessed, report: Report) -> dict[str, Any]:
        differs = not assessed.in_sync
        steps = [step.plain() for step in assessed.plan.steps]
        result: dict[str, Any] = {
            "changed": differs and self._task.check_mode,
            "msg": report.message(),
            "in_sync": not differs,
            "differences": report.differences,
            "details": details(assessed.compared.differences, report.lang),
            "crossed": report.crossed,
            "pending": report.pending,
            "reach_steps": steps[: assessed.reached_by],
            "steps": steps,
            "findings": [one.as_dict(report.lang) for one in (*assessed.unread, *assessed.findings)],
        }
        if self._task.diff and differs:
            result["diff"] = [{"prepared": report.diff()}]
        return result


def _named(restart: Any, machines: Any) -> frozenset[str]:
    """Machines that may be restarted: those named, or all."""
    return frozenset(machines if restart is True else restart or ())
