"""Tell what passes between every two layers: denied, in part or allowed, and which services.

python -m sanso matrix backups --layers layers.yml
python -m sanso matrix --inventory inventories/lab --rendered --json    # every two segments too
"""

from __future__ import annotations

import argparse
import json

from sanso.command._network import add_network, read_network
from sanso.messages import language
from sanso.proof.digest import FEW, digest
from sanso.proof.frame import Frame
from sanso.proof.matrix import Matrix
from sanso.proof.unopened import unopened
from sanso.proof.unopened_findings import unopened_findings
from sanso.report.matrix import matrix_data, matrix_lines


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_network(parser)


def run(options: argparse.Namespace) -> int:
    """Look at all pairs; 1 where something passes that is not approved, or an approved flow does not."""
    network = read_network(options)
    frame = Frame(network.topology, network.policy)
    matrix = Matrix(frame)
    closed = unopened_findings(unopened(frame), network.topology.city)
    findings = [*network.findings, *closed]
    lang = language(options.lang)
    if options.json:
        found = [finding.as_dict(lang) for finding in findings]
        print(json.dumps(matrix_data(matrix, lang) | {"findings": found}, ensure_ascii=False, indent=2))
    else:
        told = digest(findings, lang, None if options.all else FEW)
        print("\n".join([*told, *matrix_lines(matrix, lang)]))
    crossed = any(cell.unapproved for cell in matrix.layers.values())
    return 1 if crossed or findings else 0
