"""Say what virtualization hosts should be; documented in plugins/modules/sanso_virtualization_hosts.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso_plugins.common.arguments import CITY, SITUATION
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import refuse_proof, valid_city
    from sanso_plugins.common.virtual import intended, intent_findings
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Validate and prove the city, then give each virtualization host its part of it."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec({**CITY, **SITUATION})
        variables = HostVariables(task_vars, self._templar, options["group"])
        city, verdict = valid_city(variables, options["language"], situation=options["situation"] or None)
        if findings := intent_findings(city):
            raise refuse_proof(findings, options["language"], "verbose", **verdict.said)
        return {
            "changed": False,
            **verdict.result,
            "hosts": intended(city),
        }
