"""Prove that nothing but approved flows passes between the layers, or show what does.

python -m sanso prove backups --layers layers.yml
python -m sanso prove backups --inventory inventories/lab
python -m sanso prove --inventory inventories/lab --rendered
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

from sanso.command._network import add_network, read_network
from sanso.messages import language
from sanso.proof.digest import FEW, digest
from sanso.proof.verdict import prove_topology


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    add_network(parser)


def run(options: argparse.Namespace) -> int:
    """Prove, and give the exit status."""
    network = read_network(options)
    verdict = prove_topology(network.topology, network.policy)
    verdict = replace(verdict, findings=[*network.findings, *verdict.findings])
    lang = language(options.lang)
    if options.json:
        found = [finding.as_dict(lang) for finding in verdict.findings]
        trusted = verdict.trusted()
        whole = {"proved": verdict.holds, "summary": verdict.summary(lang), "trusted": trusted, "findings": found}
        print(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        print("\n".join([*digest(verdict.findings, lang, None if options.all else FEW), verdict.summary(lang)]))
    return 0 if verdict.holds else 1
