"""Read a virtualization host in two rounds; documented in plugins/modules/sanso_read_host.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.hypervisors import UnknownHypervisorError, load_hypervisor
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

READER = "sanso_read_commands"


class ActionModule(ActionBase):
    """Ask a host what its hypervisor is read with."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        _, options = self.validate_argument_spec({"platform": {"type": "str", "required": True}})
        try:
            hypervisor = load_hypervisor(options["platform"])
        except UnknownHypervisorError as problem:
            raise AnsibleActionFail(str(problem)) from problem
        first = self._execute_module(READER, {"commands": _plain(hypervisor.probes)}, task_vars=task_vars)
        if first.get("failed"):
            return first
        asked = {"commands": _plain(hypervisor.further(first["outputs"]))}
        second = self._execute_module(READER, asked, task_vars=task_vars)
        if second.get("failed"):
            return second
        return {
            "changed": False,
            "outputs": {**first["outputs"], **second["outputs"]},
            "failures": {**first["failures"], **second["failures"]},
        }


def _plain(commands: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {name: list(argv) for name, argv in commands.items()}
