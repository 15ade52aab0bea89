"""Write the parameter sheet; documented in plugins/modules/sanso_parameter_sheet.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.report.parameters import Terminal, parameter_sheet
    from sanso.report.parameters.terminals import GROUP, VARIABLES
    from sanso_plugins.common.arguments import CITY
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Build the city, and write its parameter sheet where that has changed."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec({**CITY, "path": {"type": "path", "required": True}})
        city, verdict = valid_city(HostVariables(task_vars, self._templar, options["group"]), options["language"])
        known = HostVariables(task_vars, self._templar, GROUP)
        terminals = [
            Terminal.of(host, known.values(host, VARIABLES), groups, city) for host, groups in known.groups.items()
        ]
        file, sheet = Path(options["path"]), parameter_sheet(city, terminals)
        changed = not file.exists() or file.read_bytes() != sheet
        if changed and not self._task.check_mode:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(sheet)
        return {"changed": changed, "path": str(file), **verdict.result}
