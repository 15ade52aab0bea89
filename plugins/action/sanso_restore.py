"""Choose a copy to restore, and the host; documented in plugins/modules/sanso_restore.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.change.backups import LATEST, Held, choose_copy
    from sanso.city import City
    from sanso.messages import RefusedError, text
    from sanso_plugins.common.arguments import CITY
    from sanso_plugins.common.backups import held
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

SPEC: dict[str, Any] = {
    "machine": {"type": "str", "required": True},
    "copy": {"type": "str", "default": LATEST},
    "beside": {"type": "str", "default": ""},
    "stop": {"type": "bool", "default": False},
    "held": {"type": "str", "required": True},
    "gone": {"type": "list", "elements": "str", "default": []},
    **CITY,
}
NAME = re.compile(r"[a-z][a-z0-9-]{0,62}")


class ActionModule(ActionBase):
    """Look at what every host of the machine has of it."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec(SPEC)
        city, _ = valid_city(HostVariables(task_vars, self._templar, options["group"]), options["language"])
        try:
            _check_names(city, options["machine"], options["beside"])
            chosen = choose_copy(
                options["machine"],
                city.machines[options["machine"]].home,
                _held(city, options, task_vars["hostvars"]),
                options["copy"],
                beside=bool(options["beside"]),
                stop=options["stop"],
            )
        except RefusedError as error:
            raise AnsibleActionFail(error.text(options["language"])) from error
        words = {"machine": options["machine"], "copy": chosen.copy, "host": chosen.host}
        return {"changed": False, "msg": text("backup.chosen", options["language"], **words), **asdict(chosen)}


def _check_names(city: City, machine: str, beside: str) -> None:
    if machine not in city.machines:
        raise RefusedError("backup.unknown", machine=machine)
    if beside and (beside in city.machines or not NAME.fullmatch(beside)):
        raise RefusedError("backup.name", name=beside)


def _held(city: City, options: Mapping[str, Any], hostvars: Mapping[str, Any]) -> dict[str, Held]:
    """What each host of the machine has of it.

    Raises:
        RefusedError: a host that is not known to be gone has not told.
    """
    machine = options["machine"]
    hosts = [host for host in city.machines[machine].hosts if host not in options["gone"]]
    told = {host: held(hostvars[host].get(options["held"]) or {}) for host in hosts}
    if silent := [host for host, one in told.items() if one is None]:
        raise RefusedError("backup.not_looked_at", machine=machine, hosts=", ".join(silent))
    return {host: one for host, one in told.items() if one is not None}
