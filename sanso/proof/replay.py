"""One packet at one place, looked at in the plain way: a disagreement with the algebra is a fault of this program."""

from __future__ import annotations

from sanso.network.firewall import Passage
from sanso.network.packets import Packet
from sanso.proof.frame import Frame
from sanso.proof.interpreter import Verdict, judge
from sanso.proof.legs import Stage
from sanso.proof.walk import forwards


class ProofError(Exception):
    """The algebra and the naive interpreter disagree: a fault of this program, never a result."""


def replayed(frame: Frame, stage: Stage, packet: Packet) -> Verdict:
    """What the list at a place says of a packet; of a firewall, its rules must say the same, clause by clause.

    An ICMP error passes a firewall by its list wherever a connection could be that it belongs to.

    Raises:
        ProofError: they do not.
    """
    verdict = judge(frame.list_at(stage, packet.family), packet)
    firewall = frame.snapshots[stage.device].firewall
    if stage.exit and firewall is not None:
        passage = Passage(stage.interface, stage.exit, packet.family)
        if verdict.permitted != forwards(firewall, passage, packet, None if verdict.permitted else ()):
            taken = "" if verdict.permitted else "not "
            raise ProofError(f"{packet} was taken {taken}to pass {stage.acl} of {stage.device}; its rules differ")
    return verdict
