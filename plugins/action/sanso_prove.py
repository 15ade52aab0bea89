"""Prove the layers apart; documented in plugins/modules/sanso_prove.py."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:  # imported here, in the parent, so that worker processes inherit netmiko and do not import it anew
    from sanso.messages import Language, text
    from sanso.proof.frame import Frame
    from sanso.proof.lint import lint
    from sanso.proof.matrix import Matrix
    from sanso.proof.unopened import unopened
    from sanso.proof.unopened_findings import unopened_findings
    from sanso.proof.verdict import verdict_of
    from sanso.report.matrix import matrix_lines
    from sanso.report.pictures import picture
    from sanso_plugins.common.network import ARGUMENTS, read_network
    from sanso_plugins.common.validate import refuse_proof
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
                **ARGUMENTS,
                "edges": {"type": "path"},
                "access_points": {"type": "str"},
                "virtualization_hosts": {"type": "str"},
                "radius": {"type": "str"},
                "neighbours": {"type": "bool", "default": False},
                "lint": {"type": "bool", "default": False},
                "picture": {"type": "path"},
            }
        )
        network = read_network(options, task_vars, self._templar)
        assumed = list(network.assumed) if options["virtualization_hosts"] else []
        city, read = network.city, network.read
        frame = Frame(network.topology, network.policy)
        proof = verdict_of(frame)
        tidy = lint(read.snapshots, city) if options["lint"] else []
        warned = [*unopened_findings(unopened(frame), city), *tidy]
        proof = replace(proof, findings=[*read.findings, *proof.findings, *warned])
        matrix = Matrix(frame)  # counts nothing before it is asked
        if options["picture"]:
            drawn = picture(matrix, proof.proof.crossings, city, options["language"], unproved=len(read.findings))
            _write(Path(options["picture"]), drawn)
        if not proof.holds:
            raise refuse_proof(proof.findings, options["language"], "verbose")
        return {
            "changed": False,
            "language": options["language"],
            "msg": proof.summary(options["language"]) + (_assumed(assumed, options["language"]) if assumed else ""),
            "assumed": assumed,
            "trusted": proof.trusted(),
            "layers": matrix_lines(matrix, options["language"]),
            "findings": [finding.as_dict(options["language"]) for finding in proof.findings],
            "warnings": ["\n".join(finding.lines(options["language"])) for finding in proof.findings],
        }


def _assumed(hosts: list[str], lang: Language) -> str:
    return text("prove.assumed", lang, hosts=", ".join(hosts))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
