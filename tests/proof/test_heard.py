"""Neighbours beside a configuration: read, switched off, or not to be read."""

from __future__ import annotations

from sanso.messages import LANGUAGES, Severity
from sanso.network.snapshot import Neighbour, Snapshot
from sanso.proof.heard import Said, hear

SWITCH = Snapshot("sw1", "ios", "sw1.cfg")
OFF = Said("sw1.lldp", "% LLDP is not enabled\n")
CDP = Said("sw1.cdp", "Device ID: sw2\nInterface: Gi1,  Port ID (outgoing port): Gi2\nVersion :\nIOS\n")


def test_one_protocol_of_two_is_enough() -> None:
    snapshot, findings = hear(SWITCH, "sw1", {"lldp": OFF, "cdp": CDP})
    assert snapshot.neighbours == (Neighbour("Gi1", "sw2", "Gi2"),)
    assert findings == []


def test_a_device_that_does_not_listen_is_a_warning() -> None:
    snapshot, (finding,) = hear(SWITCH, "sw1", {"lldp": OFF})
    assert snapshot.neighbours == ()
    assert (finding.rule, finding.variant, finding.severity) == ("TOPO-12", "off", Severity.WARNING)


def test_an_answer_that_cannot_be_read_leaves_the_proof_open() -> None:
    for protocol, said in {"lldp": CDP, "cdp": OFF._replace(text="% Invalid input"), "fdp": CDP}.items():
        _, (finding,) = hear(SWITCH, "sw1", {protocol: said})
        assert (finding.rule, finding.variant, finding.severity) == ("TOPO-12", "unread", Severity.ERROR)
        assert finding.location is not None
        assert finding.location.file == said.file
        assert all(len(finding.lines(lang)) == 4 for lang in LANGUAGES)


def test_nothing_asked_is_nothing_said() -> None:
    assert hear(SWITCH, "sw1", {}) == (SWITCH, [])
