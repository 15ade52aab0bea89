"""Which line is at fault where packets cross between layers: where they got in, and what is wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sanso.network.facts import Family
from sanso.network.snapshot import Line
from sanso.proof.intended import Intended
from sanso.proof.legs import Stage
from sanso.proof.passages import NUMBER
from sanso.proof.prove import Crossing, Passed
from sanso.proof.topology import Topology


class Fault(NamedTuple):
    """A line at fault, and the words for it."""

    variant: str
    line: Line
    args: Mapping[str, str]


class Blame:
    """Finds faults in a network; the list of another segment is told where there is a city."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.intended = Intended(topology.city)

    def fault(self, crossing: Crossing) -> Fault:
        """What let a packet in."""
        first = _where(crossing)
        stage = first.stage
        args = {"device": stage.device, "interface": stage.place, "acl": (stage.acl or "-").partition(NUMBER)[0]}
        variant, line = _variant(first), first.line or stage.line
        if variant == "filtered" and (strange := self._strange(stage, crossing.packet.family)):
            variant, line, args = "strange", stage.line, {**args, **strange}
        return Fault(variant, line, {**args, "line": str(line)})

    def _strange(self, stage: Stage, family: Family) -> Mapping[str, str]:
        """Whose list is bound where another's should be; nothing where no list of a segment is."""
        other = self.intended.segment_of_list(str(stage.acl), family)
        interface = self.topology.snapshots[stage.device].interfaces.get(stage.interface)
        if other is None or interface is None or stage.exit:
            return {}
        wanted = self.intended.list_of(stage.device, interface.vlan, family)
        return {} if wanted in {None, stage.acl} else {"other": other, "wanted": str(wanted)}


def _where(crossing: Crossing) -> Passed:
    """Where a packet got in: lists stand where packets enter; where none does, the first firewall lets it through."""
    first, *others = crossing.way
    if first.stage.acl is None:
        return next((one for one in others if one.stage.exit), first)
    return first


def _variant(first: Passed) -> str:
    if first.stage.acl is None:
        return "unhooked" if first.stage.exit else "unfiltered"
    return "filtered" if first.stage.exit else "undefined" if first.line == first.stage.line else "filtered"
