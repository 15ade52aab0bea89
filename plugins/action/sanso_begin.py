"""Lock sites and begin in the journal; documented in plugins/modules/sanso_begin.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso_plugins.common.arguments import CITY, JOURNAL, SITUATION
    from sanso_plugins.common.hostvars import HostVariables, plain
    from sanso_plugins.common.roles import PARTS, begin
    from sanso_plugins.common.validate import told, valid_city
    from sanso_plugins.common.windows import sites_in_play
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

SPEC: dict[str, Any] = {
    "part": {"type": "str", "required": True, "choices": list(PARTS)},
    "window_override": {"type": "dict", "default": {}},
    **CITY,
    **SITUATION,
    **JOURNAL,
}


class ActionModule(ActionBase):
    """Begin for all hosts in play; none is contacted."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec(SPEC)
        variables = HostVariables(task_vars, self._templar, options["group"])
        city, verdict = valid_city(variables, options["language"], situation=options["situation"] or None)
        options["window_override"] = plain(options["window_override"])
        return told(verdict, begin(city, sites_in_play(city, task_vars), options, check=self._task.check_mode))
