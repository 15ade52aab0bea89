"""Bring the licences of terminals to what is wanted; documented in plugins/modules/sanso_endpoint_license.py."""

from __future__ import annotations

import gc
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:  # imported here, in the parent, so that worker processes inherit pywinrm and do not import it anew
    from sanso.city import City
    from sanso.licensing.ways import Network
    from sanso.messages import text
    from sanso.rules.words import some
    from sanso_plugins.common.endpoints import ARGUMENTS, Endpoints, Known, Times, read_endpoints
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.licences import Licences
    from sanso_plugins.common.network import whole_network
    from sanso_plugins.common.screen import Screen
    from sanso_plugins.common.validate import valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

OPTIONS: dict[str, Any] = {
    **ARGUMENTS,
    "products": {"type": "str", "default": "endpoint_licensing_products"},
    "kms_hosts": {"type": "dict", "default": {}},
    "group": {"type": "str", "default": "network"},
    "timezone": {"type": "str", "default": "Asia/Tokyo"},
    "prove": {"type": "bool", "default": True},
    "network": {"type": "str", "choices": ["rendered", "running"], "default": "rendered"},
    "resume": {"type": "bool", "default": False},
    "fail_on_pending": {"type": "bool", "default": False},
    "per_lane": {"type": "int", "default": 0},
    "folder": {"type": "path", "default": "artifacts"},
}


class ActionModule(ActionBase):
    """Prove the ways to licences, then work on every terminal in play."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec(OPTIONS)
        licences = self._licences(task_vars, options)
        endpoints = self._endpoints(task_vars, options, licences)
        result: dict[str, Any] = {"changed": False, "language": options["language"], "hosts": {}, "news": []}
        if not endpoints.terminals:
            licences.screen.line(text("licensing.run.nothing", options["language"]))
            return result
        if endpoints.without:
            count, hosts = len(endpoints.without), some(endpoints.without)
            licences.screen.line(text("licensing.run.without", options["language"], count=count, hosts=hosts))
        gc.disable()  # all that the proof makes is needed until its end
        proof = licences.prove(endpoints.terminals)
        gc.freeze()
        gc.enable()
        licences.screen.line(proof)
        found = licences.run(endpoints.terminals)
        licences.screen.line(found["table"])
        first = str(task_vars["inventory_hostname"])
        changed = first not in found["news"] and found["hosts"].get(first, {}).get("status") in {"changed", "drift"}
        return {**result, **found, "proof": proof, "changed": changed}

    def _licences(self, task_vars: dict[str, Any], options: dict[str, Any]) -> Licences:
        devices = HostVariables(task_vars, self._templar, options["group"])
        city = valid_city(devices, options["language"])[0] if devices.groups else None

        def network(city: City) -> Network:
            return Network(*whole_network(city, devices, options["network"]))

        mode = {"check": self._task.check_mode, "diff": self._task.diff}
        return Licences(city, options, network, **mode, screen=Screen())

    def _endpoints(self, task_vars: dict[str, Any], options: dict[str, Any], licences: Licences) -> Endpoints:
        hosts = [str(host) for host in task_vars["ansible_play_batch"]]
        variables = HostVariables(task_vars, self._templar, "", hosts)
        times = Times(options["connect_timeout"], options["timeout"], options["products"])
        self._refuse_play_variables(task_vars, variables, times, options)
        endpoints = read_endpoints(variables, hosts, times, options["language"], Known(licences.city, licences.kms))
        endpoints.refuse(options["language"])
        return endpoints

    def _refuse_play_variables(
        self, task_vars: dict[str, Any], variables: HostVariables, times: Times, options: dict[str, Any]
    ) -> None:
        """Wishes are read host by host from the inventory; those of a play would silently count for nobody."""
        host = str(task_vars["inventory_hostname"])
        if task_vars.get(times.wishes) and times.wishes not in variables.values(host, (times.wishes,)):
            raise AnsibleActionFail(text("licensing.wanted.play", options["language"], name=times.wishes))
