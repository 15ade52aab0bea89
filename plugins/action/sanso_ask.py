"""Answer a question about the network; documented in plugins/modules/sanso_ask.py."""

from __future__ import annotations

import gc
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:  # imported here, in the parent, so that worker processes inherit netmiko and do not import it anew
    from sanso.proof.answer import Words
    from sanso.proof.asked import QuestionError
    from sanso.proof.policy import Policy
    from sanso.proof.question import ask
    from sanso.proof.topology import Topology
    from sanso_plugins.common.configurations import Configurations
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import hosts_in_play, valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Put the configurations of the whole city together and answer one question about them."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        gc.disable()  # all that is made here is needed until this process, a worker of one task, ends
        _, options = self.validate_argument_spec(
            {
                "from": {"type": "str", "required": True},
                "to": {"type": "str", "required": True},
                "service": {"type": "str", "default": "any"},
                "group": {"type": "str", "default": "network"},
                "language": {"type": "str", "choices": ["en", "ja"], "default": "en"},
                "source": {"type": "str", "choices": ["rendered", "running", "folder"], "default": "rendered"},
                "folder": {"type": "path"},
                "workers": {"type": "int", "default": 64},
                "timeout": {"type": "int", "default": 30},
            }
        )
        if options["source"] == "folder" and not options["folder"]:
            raise AnsibleActionFail("source: folder needs folder, where there is a file HOST.cfg for each device")
        variables = HostVariables(task_vars, self._templar, options["group"])
        city, _ = valid_city(variables, options["language"])
        read = Configurations(city, variables, options).read(hosts_in_play(city, task_vars))
        ends = options["from"], options["to"], options["service"]
        try:
            answer = ask(Topology(read.snapshots, city), Policy.of_city(city), *ends, not_read=read.findings)
        except QuestionError as wrong:
            raise AnsibleActionFail(wrong.say(options["language"])) from wrong
        words = Words(answer, options["language"], datetime.now(ZoneInfo(city.settings.timezone)).date())
        said = "\n".join(words.lines())
        return {"changed": False, "language": options["language"], "msg": said, **words.as_dict()}
