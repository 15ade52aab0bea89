"""Validate the whole city; documented in plugins/modules/sanso_validate.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso_plugins.common.arguments import CITY, SITUATION
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Build the city of the inventory, check it, fail with all findings."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        _, options = self.validate_argument_spec(
            {
                **CITY,
                **SITUATION,
                "warnings_fail": {"type": "bool", "default": False},
            }
        )
        variables = HostVariables(task_vars or {}, self._templar, options["group"])
        _, verdict = valid_city(
            variables,
            options["language"],
            warnings_fail=options["warnings_fail"],
            situation=options["situation"] or None,
        )
        return {
            "changed": False,
            **verdict.result,
            "rules": verdict.rules,
            "msg": verdict.text,
        }
