"""Read what a virtualization host does; documented in plugins/modules/sanso_virtualization_host_info.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.hypervisors import load_hypervisor
    from sanso_plugins.common.hostvars import plain
    from sanso_plugins.common.virtual import FACTS, intents_of, reading_of
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Ask a host in two rounds, and read the answers."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        variables = task_vars or {}
        _, options = self.validate_argument_spec({"intent": {"type": "str", "required": True}})
        intent = intents_of(plain(variables[options["intent"]]))[str(variables["inventory_hostname"])]
        hypervisor = load_hypervisor(intent.facts.platform)
        answers: dict[str, str] = {}
        for ask in (lambda: hypervisor.probes, lambda: hypervisor.further(answers)):
            said = self._ask(ask(), variables)
            if "outputs" not in said:
                return said
            answers.update(said["outputs"])
        reading = reading_of({"answers": answers}, intent)
        return {
            "changed": False,
            "answers": answers,
            "facts": FACTS.dump_python(reading.facts, mode="json"),
            "unread": [list(one) for one in reading.unread],
        }

    def _ask(self, commands: Mapping[str, Sequence[str]], variables: dict[str, Any]) -> dict[str, Any]:
        arguments = {"commands": {name: list(argv) for name, argv in commands.items()}}
        said: dict[str, Any] = self._execute_module("sanso_read_commands", arguments, task_vars=variables)
        return said
