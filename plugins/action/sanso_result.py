"""Give a host its own outcome; documented in plugins/modules/sanso_result.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.report import diff_text
    from sanso_plugins.common.arguments import LANGUAGE
    from sanso_plugins.common.hostvars import plain
    from sanso_plugins.common.records import unpacked
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

FAILED = {"failed", "refused", "left"}


class ActionModule(ActionBase):
    """Turn a recorded outcome into this host's result."""

    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        _, options = self.validate_argument_spec(
            {
                "outcomes": {"type": "str", "required": True},
                **LANGUAGE,
                "fail_on_drift": {"type": "bool", "default": False},
            }
        )
        variables = task_vars or {}
        outcome = unpacked(plain(variables[options["outcomes"]]["hosts"][variables["inventory_hostname"]]))
        status = outcome["status"]
        result: dict[str, Any] = {
            "changed": status in {"drift", "changed"},
            "msg": outcome["message"],
            "status": status,
            "commands": outcome["commands"],
        }
        if self._task.diff and outcome["differences"]:
            result["diff"] = [{"prepared": diff_text(outcome, options["language"])}]
        if (outcome["error"] or status == "refused") and outcome[
            "findings"
        ]:  # crossings that stand have been shown by sanso_devices
            result["report"] = "\n".join(finding["text"] for finding in outcome["findings"])
        if status == "unreachable":
            result["unreachable"] = True
        elif status in FAILED or (status == "drift" and options["fail_on_drift"]):
            result["failed"] = True
        return result
