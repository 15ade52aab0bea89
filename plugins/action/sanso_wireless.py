"""Work on wireless controllers; documented in plugins/modules/sanso_wireless.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:  # imported here, in the parent, so that worker processes inherit netmiko and do not import it anew
    from sanso_plugins.common.arguments import CHANGE, CITY, SITUATION
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import refuse_proof, told, valid_city
    from sanso_plugins.common.wireless import WirelessBatch
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Validate, render and prove the city, then work on the controllers of the access points in play."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec(
            {
                **CITY,
                **SITUATION,
                **CHANGE,
                "workers": {"type": "int", "default": 16},
                "folder": {"type": "path", "default": ""},
            }
        )
        variables = HostVariables(task_vars, self._templar, options["group"])
        city, verdict = valid_city(variables, options["language"], situation=options["situation"] or None)
        batch = WirelessBatch(city, variables, options, check=self._task.check_mode, diff=self._task.diff)
        proof = batch.prove()
        if not proof.holds:
            raise refuse_proof(proof.findings, options["language"], "report", **verdict.said)
        if options["folder"]:
            batch.write_states(Path(options["folder"]) / "states")
        hosts = [str(host) for host in task_vars["ansible_play_batch"]]
        return told(verdict, batch.run(hosts))
