"""Tell the journal what a role does to a host; documented in plugins/modules/sanso_journal.py."""

from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.devices.errors import DeviceError
    from sanso.messages import text
    from sanso_plugins.common.arguments import LANGUAGE
    from sanso_plugins.common.hostvars import plain
    from sanso_plugins.common.roles import KNOWN, STAGES, HostWork, secrets_of_host
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

SPEC: dict[str, Any] = {
    "begun": {"type": "str", "required": True},
    "stage": {"type": "str", "required": True, "choices": ["looked", *STAGES]},
    "details": {"type": "str", "default": "[]"},
    "commands": {"type": "list", "elements": "str", "default": []},
    "differs": {"type": "bool", "default": True},
    "error": {"type": "str", "default": ""},
    **LANGUAGE,
}


class ActionModule(ActionBase):
    """Write of one host, outside check mode."""

    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec(SPEC)
        if self._task.check_mode:
            return {"changed": False}
        host, lang = str(task_vars["inventory_hostname"]), options["language"]
        known = {name: plain(self._templar.template(task_vars[name])) for name in KNOWN if name in task_vars}
        work = HostWork(host, plain(task_vars[options["begun"]]), secrets_of_host(known))
        try:
            if options["stage"] == "looked":
                work.looked(options["details"], plain(options["commands"]), differs=options["differs"])
            else:
                work.reached(options["stage"], options["error"])
        except OSError as error:
            raise AnsibleActionFail(text("journal.unusable", lang, where=str(error))) from error
        except DeviceError as error:
            raise AnsibleActionFail(text(f"run.fault.{error.fault}", lang, host=host, detail=error.detail)) from error
        trouble = [text("journal.trouble", lang, where=work.trouble)] if work.trouble else []
        return {"changed": False, "warnings": trouble}
