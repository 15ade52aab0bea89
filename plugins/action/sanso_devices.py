"""Work on every device in play; documented in plugins/modules/sanso_devices.py."""

from __future__ import annotations

import gc
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:  # imported here, in the parent, so that worker processes inherit netmiko and do not import it anew
    from sanso.report import Separation
    from sanso_plugins.common.arguments import CHANGE, CITY
    from sanso_plugins.common.batch import Batch
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.records import packed_proof
    from sanso_plugins.common.validate import hosts_in_play, refuse_proof, told, valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Validate, render and prove the city, then read, compare and change the devices in play."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        gc.disable()  # all that is made here is needed until this process, a worker of one task, ends
        _, options = self.validate_argument_spec(
            {
                **CITY,
                **CHANGE,
                "workers": {"type": "int", "default": 64},
            }
        )
        variables = HostVariables(task_vars, self._templar, options["group"])
        city, verdict = valid_city(variables, options["language"])
        batch = Batch(city, variables, options, check=self._task.check_mode, diff=self._task.diff)
        if not batch.proved and not (proof := batch.prove()).holds:
            proved = packed_proof(Separation(proof, ()), options["language"], batch.gate.frame(), city)
            raise refuse_proof(proof.findings, options["language"], "report", **verdict.said, proof=proved)
        last = task_vars["ansible_play_hosts"][-1] in task_vars["ansible_play_batch"]
        return told(verdict, batch.run(hosts_in_play(city, task_vars), last=last))
