"""Read the licences of terminals; documented in plugins/modules/sanso_endpoint_license_info.py."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:  # imported here, in the parent, so that worker processes inherit pywinrm and do not import it anew
    from sanso.licensing.fleet import Fleet, Limits
    from sanso.licensing.record import product_record, record
    from sanso.report.licences import message
    from sanso_plugins.common.endpoints import ARGUMENTS, Times, read_endpoints
    from sanso_plugins.common.hostvars import HostVariables
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

OPTIONS = {**ARGUMENTS, "rounds": {"type": "int", "default": 1}}


class ActionModule(ActionBase):
    """Ask every terminal in play for the products that a key is installed for."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec(OPTIONS)
        hosts = [str(host) for host in task_vars["ansible_play_batch"]]
        variables = HostVariables(task_vars, self._templar, "", hosts)
        times = Times(options["connect_timeout"], options["timeout"])
        endpoints = read_endpoints(variables, hosts, times, options["language"])
        endpoints.refuse(options["language"])
        limits = Limits(options["workers"], rounds=options["rounds"])
        now, lang = datetime.now(UTC), options["language"]
        found = {}
        for outcome, one in zip(Fleet(limits, check=True).run(endpoints.terminals), endpoints.terminals, strict=True):
            status = "read" if str(outcome.status) == "in_sync" else str(outcome.status)
            found[outcome.hostname] = {
                "status": status,
                "message": "" if status == "read" else message(record(outcome, one, now), lang),
                "products": [product_record(product) for product in outcome.products],
            }
        return {"changed": False, "language": lang, "hosts": found}
