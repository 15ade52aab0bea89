"""A proof of configurations that somebody has at hand as texts, held to a file of layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sanso.city.inventory import InventoryError
from sanso.messages import Finding
from sanso.network.secrets import without_secrets
from sanso.network.snapshot import Line, Snapshot
from sanso.platforms import UnknownPlatformError, detect_platform, read_snapshot
from sanso.platforms.reading import reader_names
from sanso.proof.findings import error
from sanso.proof.folder import cut_off
from sanso.proof.layers import read_layers
from sanso.proof.topology import Topology
from sanso.proof.verdict import Verdict, prove_topology


def prove_texts(texts: Mapping[str, str], layers: Path, today: date) -> Verdict:
    """Prove a network from its devices' configurations.

    Args:
        texts: configuration of each device, by host name; the network OS is found out from the text.
        layers: file of layers and approved flows.
        today: flows that ended before are refused.

    Raises:
        InventoryError: the file of layers says something that it may not.
    """
    held_to = read_layers(layers, today)
    snapshots: dict[str, Snapshot] = {}
    findings: list[Finding] = []
    for name, text in texts.items():
        try:
            snapshots[name] = replace(read_snapshot(text, name, detect_platform(text)), hostname=name)
            findings += cut_off(text, snapshots[name])
        except UnknownPlatformError:
            first = next((line.strip() for line in text.splitlines() if line.strip()), "")
            args = {"platforms": ", ".join(reader_names()), "detail": without_secrets(first)}
            findings.append(error("BACKUP-01", Line(name, 0, ""), args, "platform"))
    if wrong := held_to.check(snapshots):
        raise InventoryError(wrong)
    verdict = prove_topology(Topology(snapshots, placement=held_to.placement), held_to.policy)
    return replace(verdict, findings=[*findings, *verdict.findings])
