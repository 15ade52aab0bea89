"""The policy of a RADIUS server; documented in plugins/modules/sanso_radius_policy.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.messages import RefusedError
    from sanso.radius.policy import policy
    from sanso.radius.service import check_secrets, service
    from sanso_plugins.common.arguments import CITY
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Write the policy of the node that the host is; what it needs besides is looked at first."""

    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        _, options = self.validate_argument_spec(
            {
                "node": {"type": "str", "required": True},
                "secrets": {"type": "dict", "required": True, "no_log": True},
                **CITY,
            }
        )
        language = options["language"]
        city, _ = valid_city(HostVariables(task_vars or {}, self._templar, options["group"]), language)
        try:
            served = service(city, options["node"])
            text = policy(served)
            check_secrets(served, options["secrets"])
        except RefusedError as error:
            raise AnsibleActionFail(error.text(language)) from error
        return {
            "changed": False,
            "policy": text,
            "layers": [str(layer) for layer in served.layers],
            "clients": [{**client._asdict(), "prefix": str(client.prefix)} for client in served.clients],
        }
