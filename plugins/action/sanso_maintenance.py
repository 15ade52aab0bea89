"""Plan how machines leave a host and come home; documented in plugins/modules/sanso_maintenance.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.change.virtual.hosts_read import HostsRead
    from sanso.change.virtual.maintenance import come_home, leave
    from sanso_plugins.common.arguments import CITY
    from sanso_plugins.common.hostvars import HostVariables, plain
    from sanso_plugins.common.maintenance import course_lines, moves, power, read_results, where_lines
    from sanso_plugins.common.validate import valid_city
    from sanso_plugins.common.virtual import intents_of
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

SPEC: dict[str, Any] = {
    "intent": {"type": "str", "required": True},
    "found": {"type": "str", "required": True},
    "home": {"type": "bool", "default": False},
    "shut_down": {"type": "list", "elements": "str", "default": []},
    **CITY,
}


class ActionModule(ActionBase):
    """Join what was read of all hosts of a site with the city."""

    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        variables = task_vars or {}
        _, options = self.validate_argument_spec(SPEC)
        host, lang = str(variables["inventory_hostname"]), options["language"]
        city, _ = valid_city(HostVariables(variables, self._templar, options["group"]), lang)
        intents = intents_of(plain(variables[options["intent"]]))
        hosts = HostsRead(city, intents, read_results(plain(variables[options["found"]]), intents))
        course = come_home(hosts, host) if options["home"] else leave(hosts, host, frozenset(options["shut_down"]))
        lines = course_lines(course, host, lang)
        result: dict[str, Any] = {
            "changed": self._task.check_mode and bool(course.moves or course.stops),
            "msg": "\n".join(lines),
            "moves": moves(course, hosts),
            "stops": power(course, host, hosts),
            "refused": [one.text(lang) for one in course.refused],
            "where": where_lines(hosts, lang),
        }
        if self._task.diff and (course.moves or course.stops):
            result["diff"] = [{"prepared": f"{result['msg']}\n"}]
        return result
