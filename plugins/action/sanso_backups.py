"""Say how machines are backed up, and which backups are missing; documented in plugins/modules/sanso_backups.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.render.backups import intend_backups
    from sanso_plugins.common.arguments import CITY
    from sanso_plugins.common.backups import missing
    from sanso_plugins.common.hostvars import HostVariables, plain
    from sanso_plugins.common.validate import valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

SPEC: dict[str, Any] = {
    "found": {"type": "str", "default": ""},
    "hours": {"type": "int", "default": 6},
    "fail_on_drift": {"type": "bool", "default": False},
    **CITY,
}


class ActionModule(ActionBase):
    """Read the city, and judge what lies on its hosts."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec(SPEC)
        variables = HostVariables(task_vars, self._templar, options["group"])
        city, _ = valid_city(variables, options["language"])
        hosts = intend_backups(city)
        result: dict[str, Any] = {
            "changed": False,
            "hosts": {
                host: {machine: {**asdict(one), "start": f"{one.start:%H:%M}"} for machine, one in machines.items()}
                for host, machines in hosts.items()
            },
        }
        if options["found"]:
            found = _found(task_vars, options["found"])
            allowed = timedelta(hours=options["hours"])
            lines, judged = missing(hosts, found, datetime.now(UTC), allowed, options["language"])
            failed = bool(lines) and self._task.check_mode and options["fail_on_drift"]
            result |= {"missing": lines, "judged": judged, "failed": failed, "msg": "\n".join(lines)}
        return result


def _found(task_vars: Mapping[str, Any], name: str) -> dict[str, list[tuple[str, float]]]:
    """Host → files that were found there, with the time of each, where a host of the play has looked."""
    hosts = {str(host): task_vars["hostvars"][host].get(name) for host in task_vars["ansible_play_batch"]}
    return {
        host: [(str(file["path"]), float(file["mtime"])) for file in plain(looked["files"])]
        for host, looked in hosts.items()
        if looked is not None
    }
