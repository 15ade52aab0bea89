"""Approved flows that are not open, in words: warnings, for nothing is open that should not be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sanso.city.model import City
from sanso.messages import Finding, Severity
from sanso.messages.catalogue import Phrase
from sanso.network.packets import address_text
from sanso.network.snapshot import Line
from sanso.proof.findings import ChainFinding, Step, place
from sanso.proof.unopened import Stop, Unopened


def unopened_findings(found: Iterable[Unopened], city: City | None) -> list[Finding]:
    """PROOF-04, once for all that one line stops of one direction of a flow.

    A flow whose ends no interface has is told at its place in the inventory, all others at a line of a device.
    """
    groups: dict[tuple[str, bool, Stop, Line | None], list[Unopened]] = {}
    for one in found:
        line = None if one.stop in (Stop.NO_SOURCE, Stop.NO_TARGET) else one.line
        groups.setdefault((one.part.flow, one.part.reply, one.stop, line), []).append(one)
    return [_finding(line, group, city) for (*_, line), group in groups.items()]


def _finding(line: Line | None, group: list[Unopened], city: City | None) -> Finding:
    one = group[0]
    path = city.flows[one.part.flow].at() if city is not None else ()
    declared = city.location(path) if city is not None else None
    where = place(line) if line is not None else declared
    chain = tuple(Step(step.stage.device, step.stage.place, step.line or step.stage.line) for step in one.way)
    return ChainFinding("PROOF-04", Severity.WARNING, path, where, _args(one, line, len(group)), one.stop, chain)


def _args(one: Unopened, line: Line | None, count: int) -> dict[str, Any]:
    family = one.packet.family
    source = f"{one.source.device} {one.source.interface}" if one.source is not None else "-"
    stage = one.way[-1].stage if one.way else None
    return {
        "flow": one.part.flow,
        "direction": Phrase("unopened.replies" if one.part.reply else "unopened.requests"),
        "packet": str(one.packet),
        "from": address_text(family, one.packet.source),
        "to": address_text(family, one.packet.target),
        "source": source,
        "device": stage.device if stage is not None else one.source.device if one.source is not None else "-",
        "interface": stage.place if stage is not None else "-",
        "acl": (stage.acl if stage is not None else None) or "-",
        "line": str(line) if line is not None else "-",
        "count": count,
    }
