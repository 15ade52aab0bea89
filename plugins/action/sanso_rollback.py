"""Put devices back to what they held before a run; documented in plugins/modules/sanso_rollback.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:  # imported here, in the parent, so that worker processes inherit netmiko and do not import it anew
    from sanso_plugins.common.arguments import CITY, WORK
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.rollback import Rollback
    from sanso_plugins.common.validate import told, valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Validate the city, then put back the devices in play that a run changed."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec(
            {
                **CITY,
                **WORK,
                "run": {"type": "str", "required": True},
                "over": {"type": "bool", "default": False},
                "workers": {"type": "int", "default": 64},
            }
        )
        variables = HostVariables(task_vars, self._templar, options["group"])
        city, verdict = valid_city(variables, options["language"])
        rollback = Rollback(city, variables, options, check=self._task.check_mode, diff=self._task.diff)
        return told(verdict, rollback.run([str(host) for host in task_vars["ansible_play_batch"]]))
