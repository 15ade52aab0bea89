"""Read what a virtualization host says of itself; documented in plugins/modules/sanso_read_host.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.hypervisors import load_hypervisor
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Ask a host in two rounds, the second about what the answers to the first name."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        _, options = self.validate_argument_spec({"platform": {"type": "str", "required": True}})
        hypervisor = load_hypervisor(options["platform"])
        first = self._ask(hypervisor.probes, task_vars)
        if "outputs" not in first:
            return first
        second = self._ask(hypervisor.further(first["outputs"]), task_vars)
        if "outputs" not in second:
            return second
        return {
            "changed": False,
            "answers": {**first["outputs"], **second["outputs"]},
            "failures": {**first["failures"], **second["failures"]},
        }

    def _ask(self, commands: Mapping[str, Sequence[str]], task_vars: dict[str, Any] | None) -> dict[str, Any]:
        arguments = {"commands": {name: list(argv) for name, argv in commands.items()}}
        said: dict[str, Any] = self._execute_module("sanso_read_commands", arguments, task_vars=task_vars)
        return said
