"""Ask whether a machine has arrived as it was; documented in plugins/modules/sanso_arrived.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.change.virtual.hosts_read import HostsRead
    from sanso.change.virtual.maintenance import Move, arrived
    from sanso_plugins.common.arguments import CITY
    from sanso_plugins.common.hostvars import HostVariables, plain
    from sanso_plugins.common.maintenance import read_results
    from sanso_plugins.common.validate import valid_city
    from sanso_plugins.common.virtual import intents_of
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

SPEC: dict[str, Any] = {
    "machine": {"type": "str", "required": True},
    "source": {"type": "str", "required": True},
    "target": {"type": "str", "required": True},
    "intent": {"type": "str", "required": True},
    "before": {"type": "str", "required": True},
    "after": {"type": "str", "required": True},
    **CITY,
}


class ActionModule(ActionBase):
    """Compare what was read of two hosts before a machine moved with what they do after."""

    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        variables = task_vars or {}
        _, options = self.validate_argument_spec(SPEC)
        lang = options["language"]
        city, _ = valid_city(HostVariables(variables, self._templar, options["group"]), lang)
        intents = intents_of(plain(variables[options["intent"]]))
        before, after = (
            HostsRead(city, intents, read_results(plain(variables[options[when]]), intents))
            for when in ("before", "after")
        )
        move = Move(options["machine"], options["source"], options["target"], shared=False)
        if wrong := arrived(move, before, after):
            raise AnsibleActionFail("\n".join(one.text(lang) for one in wrong))
        return {"changed": False, "target": options["target"]}
