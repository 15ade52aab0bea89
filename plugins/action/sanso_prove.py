"""Prove the layers apart; documented in plugins/modules/sanso_prove.py."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:  # imported here, in the parent, so that worker processes inherit netmiko and do not import it anew
    from sanso.proof.frame import Frame
    from sanso.proof.lint import lint
    from sanso.proof.matrix import Matrix
    from sanso.proof.policy import Policy
    from sanso.proof.topology import Topology
    from sanso.proof.unopened import unopened
    from sanso.proof.unopened_findings import unopened_findings
    from sanso.proof.verdict import prove_topology
    from sanso.report.matrix import matrix_lines
    from sanso.report.pictures import picture
    from sanso_plugins.common.configurations import Configurations
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import hosts_in_play, refuse_proof, valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


class ActionModule(ActionBase):
    """Put the configurations of the whole city together and prove that the layers are apart."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        gc.disable()  # all that is made here is needed until this process, a worker of one task, ends
        _, options = self.validate_argument_spec(
            {
                "group": {"type": "str", "default": "network"},
                "language": {"type": "str", "choices": ["en", "ja"], "default": "en"},
                "source": {"type": "str", "choices": ["rendered", "running", "folder"], "default": "rendered"},
                "folder": {"type": "path"},
                "edges": {"type": "path"},
                "neighbours": {"type": "bool", "default": False},
                "lint": {"type": "bool", "default": False},
                "picture": {"type": "path"},
                "workers": {"type": "int", "default": 64},
                "timeout": {"type": "int", "default": 30},
            }
        )
        if options["source"] == "folder" and not options["folder"]:
            raise AnsibleActionFail("source: folder needs folder, where there is a file HOST.cfg for each device")
        variables = HostVariables(task_vars, self._templar, options["group"])
        city, _ = valid_city(variables, options["language"])
        read = Configurations(city, variables, options).read(hosts_in_play(city, task_vars))
        topology, policy = Topology(read.snapshots, city, edges=read.edges), Policy.of_city(city)
        proof = prove_topology(topology, policy)
        frame = Frame(topology, policy)
        tidy = lint(read.snapshots, city) if options["lint"] else []
        warned = [*unopened_findings(unopened(frame), city), *tidy]
        proof = replace(proof, findings=[*read.findings, *proof.findings, *warned])
        matrix = Matrix(frame)
        if options["picture"]:
            drawn = picture(matrix, proof.proof.crossings, city, options["language"], unproved=len(read.findings))
            _write(Path(options["picture"]), drawn)
        if not proof.holds:
            raise refuse_proof(proof.findings, options["language"], "verbose")
        return {
            "changed": False,
            "language": options["language"],
            "msg": proof.summary(options["language"]),
            "trusted": proof.trusted(),
            "layers": matrix_lines(matrix, options["language"]),
            "findings": [finding.as_dict(options["language"]) for finding in proof.findings],
            "warnings": ["\n".join(finding.lines(options["language"])) for finding in proof.findings],
        }


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
