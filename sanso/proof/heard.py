"""Puts what a device heard of its neighbours beside its configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sanso.messages import Finding
from sanso.network.snapshot import Line, Neighbour, Snapshot
from sanso.platforms.neighbours import NeighboursError, TellsNothingError, neighbour_tables
from sanso.proof.findings import error, warning

PROTOCOLS = ("lldp", "cdp")
"""Endings of the files beside a backup that hold what the neighbours told."""


class Said(NamedTuple):
    """The answer of a device, and where it stands."""

    file: str
    text: str


def beside(folder: Path, host: str) -> dict[str, Said]:
    """What stands in ``HOST.lldp`` and ``HOST.cdp`` of a folder of backups.

    Raises:
        OSError: there is such a file, and it cannot be read.
    """
    files = {protocol: folder / f"{host}.{protocol}" for protocol in PROTOCOLS}
    return {
        protocol: Said(str(file), file.read_text(encoding="utf-8", errors="replace"))
        for protocol, file in files.items()
        if file.exists()
    }


def hear(snapshot: Snapshot, host: str, said: Mapping[str, Said]) -> tuple[Snapshot, list[Finding]]:
    """The snapshot with the neighbours of all answers, and what could not be read of them.

    Args:
        snapshot: the device, without neighbours.
        host: its name for people.
        said: ``lldp`` or ``cdp`` → the answer.
    """
    tables = neighbour_tables(snapshot.platform)
    heard: list[Neighbour] = []
    findings: list[Finding] = []
    silent: dict[str, Said] = {}
    for protocol, one in said.items():
        try:
            if protocol not in tables:
                raise NeighboursError(f"{protocol.upper()} of {snapshot.platform}")
            heard += tables[protocol].read(one.text)
        except TellsNothingError:
            silent[protocol] = one
        except NeighboursError as problem:
            args = {"device": host, "protocol": protocol.upper(), "detail": str(problem)}
            findings.append(error("TOPO-12", Line(one.file, 0, ""), args, "unread"))
    if silent and len(silent) == len(said):
        args = {"device": host, "protocol": ", ".join(protocol.upper() for protocol in silent)}
        findings.append(warning("TOPO-12", Line(next(iter(silent.values())).file, 0, ""), args, "off"))
    return replace(snapshot, neighbours=(*snapshot.neighbours, *heard)), findings
