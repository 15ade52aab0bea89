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
    from sanso.proof.question import ask
    from sanso_plugins.common.network import ARGUMENTS, read_network
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
                **ARGUMENTS,
            }
        )
        network = read_network(options, task_vars, self._templar)
        ends = options["from"], options["to"], options["service"]
        try:
            answer = ask(network.topology, network.policy, *ends, not_read=network.read.findings)
        except QuestionError as wrong:
            raise AnsibleActionFail(wrong.say(options["language"])) from wrong
        words = Words(answer, options["language"], datetime.now(ZoneInfo(network.city.settings.timezone)).date())
        said = "\n".join(words.lines())
        return {"changed": False, "language": options["language"], "msg": said, **words.as_dict()}
